"""What was found of a measure, beside what to ask about it: side by side, below each other on a phone."""

import streamlit as st

from pages.components import asked, concerns, judgements, outlook, states


def show(measure_id: str, area_code: str) -> None:
    """Judgements and year end; questions and exceptions."""
    found, ask = st.columns([3, 2], gap="large")
    with found, states.guarded("The judgements"):
        judgements.show(measure_id, area_code)
    with found, states.guarded("The year end"):
        outlook.show(measure_id, area_code)
    with ask, states.guarded("The questions"):
        asked.show(measure_id, area_code)
    with ask, states.guarded("The exceptions"):
        concerns.show(measure_id)
