"""Is the council plan on course: which actions are late, what was agreed about them, and what do the measures say?"""

import streamlit as st

from pages.components import filters, glossary, states
from pages.components.plan import gaps, goals, report, thread

heading = st.container()
with st.container(width=420):
    goal = filters.choose("Goal", "goal", goals.offered())

with heading:
    goals.heading(goal)
if goal:
    st.header("From goal to action to measure")
    with states.guarded("The actions"):
        thread.show(goal)
else:
    st.header("The goals")
    with states.guarded("The goals"):
        goals.show()

st.header("Gaps in the thread")
with states.guarded("The gaps"):
    gaps.show(goal)

st.header("Annual strategic report")
with states.guarded("The annual strategic report"):
    report.show(goal)

with states.guarded("The words used here"):
    glossary.words_used("golden_thread", "original_due", "redated", "predicted_late", "direction", "peers", "target")
