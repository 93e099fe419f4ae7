"""How does everything under one theme stand?"""

import streamlit as st

from pages.components import cards, filters, rows, snapshot, states, summary
from scorecard.wording import count

themes = snapshot.themes()
st.title("Themes")
if themes.empty:
    states.nothing("There are no measures yet.")
    st.stop()

theme = filters.choose("Theme", "theme", filters.titles(themes, "theme_id", "title"))
measures = filters.in_use(filters.kept(snapshot.latest(), theme_id=theme))
with states.guarded("The summary"):
    st.header(filters.titles(themes, "theme_id", "question")[theme])
    st.markdown(summary.of_statuses(measures))

with_figures, without = filters.reported(measures)
for service, its_measures in with_figures.groupby("service", sort=False):
    st.subheader(states.as_text(str(service)))
    with st.grid(2, min_column_width=cards.NARROWEST):
        for measure in rows.of(its_measures):
            with states.guarded("This measure"):
                cards.measure(measure)

if not without.empty:
    with st.expander(f"{count(len(without), 'measure')} with no figures for this council"):
        for measure in rows.of(without):
            with states.guarded("This measure"):
                cards.without_figures(measure)
