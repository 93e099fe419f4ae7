"""Which few measures need attention, why, since when, what to ask, and who answers for them?"""

import streamlit as st

from pages.components import agenda, glossary, states

st.title("What needs attention")
with states.guarded("The summary"):
    st.markdown(agenda.answer())

wanted, state, group = agenda.choose()
agenda.show(wanted, state, group)
if not state:
    with states.guarded("What is better, and what is settled"):
        agenda.show_news(wanted)
glossary.words_used("exception", "exception_state", "severity", "by_chance", "audience")
