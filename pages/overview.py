"""How is the council doing?"""

import streamlit as st

from pages.components import freshness, glance, glossary, states, top_exceptions, tour
from pages.components.plan import registers_glance

st.title("How is the council doing?")
with states.guarded("The answer"):
    st.markdown(glance.answer())
with states.guarded("The themes"):
    glance.themes()
attention, rest = st.columns([2, 1], gap="large")
with attention, states.guarded("What needs attention"):
    top_exceptions.show()
with rest:
    with states.guarded("What has improved"):
        top_exceptions.show_better()
    with states.guarded("How fresh the figures are"):
        freshness.show()
    with states.guarded("The registers"):
        registers_glance.show()
with states.guarded("The first-visit guide"):
    tour.show()
glossary.words_used("status", "exception", "exception_state", "late", "refused")
