"""What has my post on it, by date: what is late, what is due this month, what comes later?"""

import streamlit as st

from pages.components import filters, glossary, states
from pages.components.registers import owned

st.title("My items")
answer = st.container()
owner = filters.choose("Post", "owner", owned.options())
if not owner:
    with states.guarded("The posts"):
        owned.to_choose_from()
    st.stop()

with answer, states.guarded("The summary"):
    st.markdown(owned.answer(owner))
with states.guarded("The items"):
    owned.show(owner)
with states.guarded("The words used here"):
    glossary.words_used("register", "original_due", "redated", "overdue", "sign_off", "predicted_late", "exception")
