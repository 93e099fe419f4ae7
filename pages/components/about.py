"""What a measure is, in words."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from pages.components.cards import link_to
from pages.components.states import as_text

_GOOD: Final[Mapping[str, str]] = {
    "higher": "Higher is better",
    "lower": "Lower is better",
    "band": "Within the band is good",
    "neutral": "Neither high nor low is good in itself",
}
_BASIS: Final[Mapping[str, str]] = {
    "period": "each {frequency} by itself",
    "year_to_date": "the year so far, at the end of each {frequency}",
    "rolling": "a rolling stretch, at the end of each {frequency}",
    "snapshot": "a count on the last day of each {frequency}",
}


def in_short(measure: Mapping[str, Any]) -> None:
    """Theme, service, owner and which way is good, on one line that wraps."""
    parts = (measure["theme"], measure["service"], measure["owner"], _GOOD[measure["polarity"]])
    st.caption(" · ".join(as_text(part) for part in parts))


def unit_and_period(measure: Mapping[str, Any]) -> str:
    """What the figures of a chart are: "Unit: %. Each quarter by itself."."""
    basis = _BASIS[measure["basis"]].format(frequency=measure["frequency"])
    return f"Unit: {as_text(measure['unit'])}. {basis[0].upper()}{basis[1:]}."


def definition(measure: Mapping[str, Any]) -> None:
    """Plain and exact definition, caveat, and the measure to read beside it."""
    st.markdown(as_text(measure["definition"]))
    if measure["counted"]:
        st.markdown(f"**What is counted:** {as_text(measure['counted'])}")
    if measure["caveat"]:
        st.warning(as_text(measure["caveat"]), icon=":material/warning:")
    if measure["counter_measure"]:
        st.markdown(f"**Read it beside:** {as_text(measure['counter_title'])}")
        link_to(measure["counter_measure"], "See its figures")
