"""What is to be said first about a measure in one area: the latest figure and how it stands."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from pages.components import rows, signs, snapshot, status
from pages.components.figures import bare_target
from pages.components.states import as_text
from scorecard.judge.status import DIRECTION_WORDS, STATUS_WORDS, Direction, Status
from scorecard.snapshot.store import Snapshot
from scorecard.wording import figure


@dataclass(frozen=True)
class Finding:
    """The latest figure of a series with its judgement, in words."""

    latest: str
    """The latest figure there is, in words."""
    sentence: str
    """How it stands against its target."""
    movement: str
    """How it moved; empty where that was not judged."""
    signs: tuple[tuple[str, str, str], ...]
    """Heading, words, and the same as markdown: figure, target, status, movement, variation, assurance, ..."""
    markdown: tuple[str, ...]
    """Each sign under its heading, ready to be drawn."""

    @property
    def whole(self) -> str:
        """Both sentences."""
        return f"{self.sentence} {self.movement}".strip()


def _found(shown: Snapshot, measure_id: str, area_code: str) -> Finding | None:
    """None when the area has neither a figure nor a judgement."""
    measure, series = snapshot.definition(measure_id), snapshot.figures(measure_id, area_code)
    judged = series[series["is_latest"].fillna(value=False).astype(bool)]
    chosen = judged if len(judged) else series[series["value"].notna()]
    if chosen.empty:
        return None
    one = next(rows.of(chosen.tail(1)))
    said = figure(one.value, measure["unit"], measure["decimals"], one.marker)
    known = [
        *_last(one, series, measure),
        *_figures(one, measure, said),
        *_judgements(snapshot.findings(measure_id, area_code)),
    ]
    return Finding(
        latest=next((words for _, words, _ in known), said),
        sentence=one.status_sentence or f"{_name(measure_id, area_code)}: {said} in {one.period}.",
        movement=one.direction_sentence or "",
        signs=tuple(known),
        markdown=tuple(f":small[{as_text(heading)}]  \n{words}" for heading, _, words in known),
    )


found = snapshot.remembered(_found)


def show(finding: Finding) -> None:
    """How it stands and moved in a sentence each; latest figure, target and each sign side by side."""
    st.header(as_text(finding.sentence))
    if finding.movement:
        st.markdown(as_text(finding.movement))
    with st.container(horizontal=True, gap="small"):
        for words in finding.markdown:
            st.markdown(words, width="content")


def _figures(one: Any, measure: dict[str, Any], said: str) -> list[tuple[str, str, str]]:
    known = [(str(one.period), said, f"**{as_text(said)}**")]
    goal = bare_target(one.target_low, one.target_high, measure["unit"], measure["decimals"])
    if goal != "none":
        known.append(("Target", goal, as_text(goal)))
    if one.status:
        known.append(("Status", STATUS_WORDS[Status(one.status)], status.status(one.status)))
    if one.last_period and one.last_period != "unknown":
        moved = DIRECTION_WORDS[Direction(one.last_period)]
        known.append((f"Against the {measure['frequency']} before", moved, status.direction(one.last_period)))
    return known


def _last(one: Any, series: pd.DataFrame, measure: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The last figure there is, where the period that is judged has none."""
    if pd.notna(one.value):
        return []
    held = series[series["value"].notna()]
    known = ((each.period, figure(each.value, measure["unit"], measure["decimals"], each.marker))
             for each in rows.of(held.tail(1)))  # fmt: skip
    return [(f"Last figure, {period}", said, f"**{as_text(said)}**") for period, said in known]


def _judgements(findings: pd.DataFrame) -> list[tuple[str, str, str]]:
    """A sign for each finding of the area as a whole that has one, in the order of `signs.HEADINGS`."""
    own = findings[(findings["part"] == "") & (findings["area_code"] == findings["asked_of"])]
    held = {one.judgement: one for one in rows.of(own)}
    known = []
    for judgement, heading in signs.HEADINGS.items():
        one = held.get(judgement)
        sign = one and signs.sign_of(judgement, one.status, None if pd.isna(one.adverse) else bool(one.adverse))
        if sign:
            known.append((heading, sign[2], signs.drawn(sign)))
    return known


def _name(measure_id: str, area_code: str) -> str:
    areas = snapshot.areas(measure_id)
    return str(areas.loc[areas["area_code"] == area_code, "name"].iloc[0])
