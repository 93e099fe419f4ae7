"""How does everything under one theme stand?"""

import streamlit as st

from pages.components import filters, glossary, measure_table, snapshot, states
from scorecard.wording import count

themes = snapshot.themes()
st.title("Themes")
if themes.empty:
    states.nothing("There are no measures yet.")
    st.stop()

theme = filters.choose("Theme", "theme", filters.titles(themes, "theme_id", "title"))
with states.guarded("The summary"):
    st.header(filters.titles(themes, "theme_id", "question")[theme])
    st.markdown(measure_table.standing(theme))

measures = [one for one in measure_table.listed() if one.theme_id == theme and one.stage != "removed"]
with states.guarded("The measures"):
    reported = [one for one in measures if one.has_figures]
    st.markdown(measure_table.KEY)
    measure_table.draw(measure_table.gravest_first(reported), "Measures of this theme")

without = [one for one in measures if not one.has_figures]
if without:
    with st.expander(f"{count(len(without), 'measure')} with no figures for this council"):
        measure_table.without_figures(without)
with states.guarded("The words used here"):
    glossary.words_used("status", "target", "tolerance", "direction", "small_numbers")
