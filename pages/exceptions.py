"""Which few measures need attention, why, since when, what to ask, and who answers for them?"""

from functools import partial

import streamlit as st

from pages.components import agenda, exports, glossary, snapshot, states
from scorecard.exports.listings import exceptions_export

st.title("What needs attention")
with states.guarded("The summary"):
    st.markdown(agenda.answer())

wanted, state, group = agenda.choose()
agenda.show(wanted, state, group)
if not state:
    with states.guarded("What is better, and what is settled"):
        agenda.show_news(wanted)
with states.guarded("The downloads"):
    exports.buttons(partial(exceptions_export, snapshot.opened()), "exceptions")
glossary.words_used("exception", "exception_state", "severity", "by_chance", "audience")
