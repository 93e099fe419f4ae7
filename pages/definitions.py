"""What does each measure mean, what is counted, what is good, and who answers for it?"""

import streamlit as st

from pages.components import cards, filters, rows, snapshot, states
from scorecard.wording import count

st.title("Definitions")
measures = snapshot.latest()
if measures.empty:
    states.nothing("There are no measures yet.")
    st.stop()

with st.container(horizontal=True):
    words = filters.search("Search the definitions", "search")
    theme = filters.choose("Theme", "theme", filters.all_of("All themes", measures, "theme_id", "theme"))
    at_stage = filters.stage("Stage", "stage", measures)

found = filters.matching(
    filters.kept(at_stage, theme_id=theme),
    words,
    ["title", "definition", "counted", "caveat", "service", "owner", "goal"],
)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.markdown(f"{count(len(found), 'measure')} of {len(measures)}.", width="content")
    with states.guarded("The printable definitions"):
        st.download_button(
            "Printable definitions (HTML)",
            snapshot.printable_definitions(),
            "definitions.html",
            "text/html",
            icon=":material/print:",
            on_click="ignore",
        )
if found.empty:
    states.nothing("No definition has these words. Try fewer of them.")
targets, decisions = snapshot.targets(), snapshot.decisions()
for measure in rows.of(found):
    with states.guarded("This definition"):
        name = measure.measure_id
        cards.definition(measure, filters.kept(targets, measure_id=name), filters.kept(decisions, measure_id=name))
