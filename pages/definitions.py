"""What does each measure mean, what is counted, and who answers for it?"""

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

found = filters.matching(
    filters.kept(measures, theme_id=theme), words, ["title", "definition", "counted", "caveat", "service", "owner"]
)
st.markdown(f"{count(len(found), 'measure')} of {len(measures)}.")
if found.empty:
    states.nothing("No definition has these words. Try fewer of them.")
for measure in rows.of(found):
    with states.guarded("This definition"):
        cards.definition(measure)
