"""Which measures were proposed, taken up, kept, changed or dropped, since when, why and who agreed?"""

import streamlit as st

from pages.components import decided, filters, glossary, snapshot, states
from scorecard.measure_words import DECISION_WORDS
from scorecard.snapshot.changes import year_began

st.title("Changes to measures")
answer = st.container()
with st.container(horizontal=True):
    since = filters.day("Since", "since", year_began(snapshot.council()["as_at"]))
    decision = filters.choose("Decision", "decision", {"": "Any decision", **DECISION_WORDS})
    words = filters.search("Search measures and reasons", "search")

asked = decided.Asked(since, decision, words)
with answer, states.guarded("The summary"):
    st.markdown(decided.decided(asked).sentence)
with states.guarded("The decisions"):
    decided.show(asked)
with states.guarded("The words used here"):
    glossary.words_used("stage", "break", "rebase", "target")
