"""The standing agenda of the performance board: what must be decided, and how each item stands."""

import streamlit as st

from pages.components import glossary, states
from pages.components.board import agenda
from pages.components.palette import palette

st.title("The performance board")
said = st.container()
directorate = agenda.choose()
with said, states.guarded("The answer"):
    st.markdown(agenda.answer(directorate, palette()))
st.markdown(agenda.contents())
agenda.show(directorate)
with states.guarded("The words used here"):
    glossary.words_used(
        "standing_agenda", "register", "original_due", "overdue", "stock_and_flow", "sign_off", "burn_down",
        "complaint_code", "ombudsman", "interval", "appetite", "stuck_risk", "rescore", "failure_indicator",
    )  # fmt: skip
