"""The judgements of a measure as a short list: what each is about, whether it is bad or good news, and its sentence."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import rows, status
from pages.components.states import as_text

LABELS: Final = {
    "change": "Change",
    "direction": "Direction of travel",
    "variation": "Variation",
    "forecast": "Year-end forecast",
    "assurance": "Assurance",
    "peers": "Peers",
    "parts": "Parts of the council",
    "data": "The figures themselves",
    "shape": "What the figures allow",
}
"""Judgement → its name for readers, as the tables of performance reports have them."""


def show(findings: pd.DataFrame) -> None:
    """What was judged (`judgements.findings`), one line each, under its heading; nothing where nothing was.

    What could not be judged is folded below, with why.
    """
    if findings.empty:
        return
    st.header("What the figures say")
    said = findings[~findings["is_silent"]]
    silent = findings[findings["is_silent"]]
    if len(said):
        st.markdown("\n".join(f"- {_line(one)}" for one in rows.of(said)))
    if len(silent):
        with st.expander("What could not be judged, and why"):
            st.markdown("\n".join(f"- {_line(one)}" for one in rows.of(silent)))


def _line(one: Any) -> str:
    badge = "" if one.adverse is None or pd.isna(one.adverse) else f"{status.news(bad=bool(one.adverse))} "
    return f"{badge}**{as_text(LABELS.get(one.judgement, one.judgement))}:** {as_text(one.sentence)}"
