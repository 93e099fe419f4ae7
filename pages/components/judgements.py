"""The judgements of a measure as a short list: what each is about, whether it is bad or good news, and its sentence."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import outlook, rows, snapshot, status
from pages.components.states import as_text
from scorecard.snapshot.store import Snapshot
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


@dataclass(frozen=True)
class Told:
    """What was judged of a measure in an area: `said` and `silent` as markdown, `plain` as name and sentence."""

    said: str
    silent: str
    plain: tuple[tuple[str, str], ...]


def _told(shown: Snapshot, measure_id: str, area_code: str) -> Told | None:
    findings = snapshot.findings(measure_id, area_code)
    if findings.empty:
        return None
    if outlook.made(measure_id, area_code):  # the year end is told by itself, under a heading of its own
        findings = findings[findings["judgement"] != "forecast"]
    silent = findings[findings["is_silent"]]
    said = list(rows.of(findings.drop(silent.index)))
    lines = [f"- {status.news(_adverse(one.adverse))} {_line([one])}" for one in said]
    return Told(
        said="\n".join(lines) or "Nothing can be judged yet.",
        silent=_reasons(silent) if len(silent) else "",
        plain=tuple((LABELS.get(one.judgement, one.judgement), one.sentence) for one in said),
    )


told = snapshot.remembered(_told)


def show(measure_id: str, area_code: str) -> None:
    """What was judged, one line each, under its heading; nothing where nothing was.

    What could not be judged is folded below, with why.
    """
    held = told(measure_id, area_code)
    if held is None:
        return
    st.header("What the figures say")
    st.markdown(held.said)
    if held.silent:
        with st.expander("What could not be judged, and why"):
            st.markdown(held.silent)


def _reasons(findings: pd.DataFrame) -> str:
    """Findings as a list of sentences; those that say the same are told once, under all their names."""
    same = findings.groupby("sentence", sort=False)
    return "\n".join(f"- {_line(list(rows.of(many)))}" for _, many in same)


def _line(many: list[Any]) -> str:
    names = list(dict.fromkeys(LABELS.get(one.judgement, one.judgement) for one in many))
    rest = [f"{name[:1].lower()}{name[1:]}" for name in names[1:]]
    return f"**{as_text(joined([*names[:1], *rest]))}:** {as_text(many[0].sentence)}"


def _adverse(of: bool | None) -> bool | None:
    return None if of is None or pd.isna(of) else bool(of)
