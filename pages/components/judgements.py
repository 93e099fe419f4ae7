"""The judgements of a measure as a short list: what each is about, whether it is bad or good news, and its sentence."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import rows, status
from pages.components.states import as_text
from scorecard.wording import joined

LABELS: Final = {
    "target": "Against its target",
    "change": "Sudden or lasting change",
    "direction": "Direction of travel",
    "variation": "Usual variation",
    "forecast": "Where the year may end",
    "assurance": "Meeting the target reliably",
    "peers": "Beside its peers",
    "parts": "Wards and parts",
    "data": "The data",
    "shape": "What the figures allow",
}
"""Judgement → its name for readers."""


def show(findings: pd.DataFrame) -> None:
    """What was judged (`judgements.findings`), one line each, under its heading; nothing where nothing was.

    What could not be judged is folded below, with why.
    """
    if findings.empty:
        return
    st.header("What the figures say")
    silent = findings[findings["is_silent"]]
    said = findings.drop(silent.index)
    if said.empty:
        st.markdown("Nothing can be judged yet.")
    else:
        st.markdown("\n".join(f"- {status.news(_adverse(one.adverse))} {_line([one])}" for one in rows.of(said)))
    if len(silent):
        with st.expander("What could not be judged, and why"):
            reasons(silent)


def reasons(findings: pd.DataFrame) -> None:
    """Findings as a list of sentences; those that say the same are told once, under all their names."""
    same = findings.groupby("sentence", sort=False)
    st.markdown("\n".join(f"- {_line(list(rows.of(many)))}" for _, many in same))


def _line(many: list[Any]) -> str:
    names = list(dict.fromkeys(LABELS.get(one.judgement, one.judgement) for one in many))
    rest = [f"{name[:1].lower()}{name[1:]}" for name in names[1:]]
    return f"**{as_text(joined([*names[:1], *rest]))}:** {as_text(many[0].sentence)}"


def _adverse(of: bool | None) -> bool | None:
    return None if of is None or pd.isna(of) else bool(of)
