"""Which measures were proposed, taken up, kept, changed or dropped, since when, why and who agreed?"""

import streamlit as st

from pages.components import downloads, filters, glossary, snapshot, states, summary, tables
from scorecard.measure_words import DECISION_WORDS
from scorecard.snapshot.changes import year_began

st.title("Changes to measures")
decisions = snapshot.decisions()
answer = st.container()
with st.container(horizontal=True):
    since = filters.day("Since", "since", year_began(snapshot.council()["as_at"]))
    decision = filters.choose("Decision", "decision", {"": "Any decision", **DECISION_WORDS})
    words = filters.search("Search measures and reasons", "search")

in_time = filters.from_day(decisions, "decided_on", since)
with answer, states.guarded("The summary"):
    st.markdown(summary.of_decisions(in_time, since))

found = filters.matching(filters.kept(in_time, decision=decision), words, ["title", "reason", "approved_by"])
with states.guarded("The decisions"):
    if decisions.empty:
        states.nothing("The catalogue records no decision about any measure.")
    elif found.empty:
        states.nothing("No decision fits these filters. Try an earlier date or fewer words.")
    else:
        tables.decisions(found)
        st.download_button(
            "Download these decisions as CSV",
            downloads.decisions(found),
            "changes_to_measures.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
with states.guarded("The words used here"):
    glossary.words_used("stage", "break", "rebase", "target")
