"""How far the figures of a measure can be relied on: the verdict, and what it rests on."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import rows, snapshot
from pages.components.states import as_text
from pages.components.status import badge
from scorecard.judge.data import confidence
from scorecard.judge.finding import Finding
from scorecard.snapshot.confidence import standing
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, joined

_LEVEL: Final = {
    "good": ("green", "verified", "Good"),
    "fair": ("orange", "change_history", "Fair"),
    "poor": ("red", "dangerous", "Poor"),
}


@dataclass(frozen=True)
class Confidence:
    """The verdict as markdown and in plain words, and what is known besides."""

    said: str
    plain: tuple[str, ...]


def _made(shown: Snapshot, measure_id: str, area_code: str) -> Confidence | None:
    known = standing(shown, measure_id, area_code)
    if not known["figures"]:
        return None
    findings = snapshot.findings(measure_id, area_code)
    held = findings[(findings["judgement"] == "data") & (findings["area_code"] == area_code)]
    judged = confidence([_finding(one) for one in rows.of(held)])
    facts = [*(one.sentence for one in rows.of(held) if one.sentence not in judged.sentence), *_facts(known)]
    lines = [f"{badge(*_LEVEL[judged.level])} {as_text(judged.sentence)}", *(f"- {as_text(each)}" for each in facts)]
    return Confidence(
        said=f"{lines[0]}\n\n" + "\n".join(lines[1:]),
        plain=(f"{_LEVEL[judged.level][2]}. {judged.sentence}", *facts),
    )


made = snapshot.remembered(_made)


def show(measure_id: str, area_code: str) -> None:
    """The verdict and what it rests on, under their heading; nothing where there is no figure."""
    held = made(measure_id, area_code)
    if held is not None:
        st.header("How far to rely on the figures")
        st.markdown(held.said)


def _finding(one: Any) -> Finding:
    return Finding("data", one.status, one.sentence, None if pd.isna(one.adverse) else bool(one.adverse))


def _facts(known: dict[str, Any]) -> list[str]:
    """What is known of the figures beside what was judged of them."""
    facts = [f"{count(int(known['figures']), 'figure')}, {known['first_period']} to {known['last_period']}."]
    marks = [
        f"{int(known[name]):,} {name}" for name in ("provisional", "estimated", "revised", "withheld") if known[name]
    ]
    facts += [f"Of these {joined(marks)}." if not known["withheld"] else f"Marked: {joined(marks)}."] if marks else []
    if known["restated"]:
        facts.append(
            f"{count(int(known['restated']), 'published figure has', 'published figures have')} changed since."
        )
    if known["set_aside"]:
        facts.append(f"{count(int(known['set_aside']), 'row')} of the latest file could not be used.")
    if known["small"]:
        facts.append("They rest on small counts, which move by chance alone.")
    return facts
