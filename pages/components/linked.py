"""The measures to read beside one: its counter-measure, and those of the same goal or service."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import links, picks, rows, snapshot, sparklines, status, tables
from pages.components.figures import target
from pages.components.palette import Palette, palette
from pages.components.states import as_text
from scorecard.judge.status import STATUS_WORDS, Status
from scorecard.snapshot.linked import linked
from scorecard.snapshot.store import Snapshot
from scorecard.wording import figure

_WHY: Final = {"both": "same service and goal", "service": "same service", "goal": "same goal"}


@dataclass(frozen=True)
class Counter:
    """The counter-measure in one line of markdown."""

    measure_id: str
    words: str


@dataclass(frozen=True)
class Linked:
    """What to read beside a measure, ready to be drawn; `plain` is each as title, why, figure and status."""

    counter: Counter | None
    others: pa.Table | None
    plain: tuple[tuple[str, str, str, str], ...]


def _made(shown: Snapshot, measure_id: str, colours: Palette) -> Linked:
    frame = linked(shown, measure_id)
    counter = frame[frame["link"] == "counter"]
    others = [_row(one, colours) for one in rows.of(frame.drop(counter.index))]
    return Linked(
        counter=next((Counter(one.measure_id, _beside(one, colours)) for one in rows.of(counter)), None),
        others=tables.ready(others) if others else None,
        plain=tuple(
            (one.title, _WHY.get(one.link, "counter-measure"), _latest(one), STATUS_WORDS[Status(one.status)])
            for one in rows.of(frame)
        ),
    )


made = snapshot.remembered(_made)


def counter(measure_id: str, area_code: str) -> None:
    """The counter-measure with its latest figure, how it stands and its course; nothing where there is none."""
    held = made(measure_id, palette()).counter
    if held is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", border=True):
            whole = "" if picks.is_council(area_code) else " Figures of the council as a whole."
            st.markdown(f"{held.words}{whole}", width="content")
            links.here("See it by itself", measure=held.measure_id)


def others(measure_id: str) -> None:
    """Other measures of the same service or goal as a table, under their heading; nothing where there are none."""
    held = made(measure_id, palette()).others
    if held is not None:
        st.header("Linked measures")
        tables.draw(held, "Measures of the same service or goal of the council plan")


def _beside(one: Any, colours: Palette) -> str:
    goal = target(one.target_low, one.target_high, one.unit, one.decimals)
    aimed = f", target {as_text(goal)}" if goal else ""
    return (
        f"**Read it beside {as_text(one.title)}:** {as_text(_latest(one))}{aimed}"
        f" {status.status(one.status)} {_picture(one, colours)}"
    )


def _row(one: Any, colours: Palette) -> dict[str, str]:
    return {
        "Measure (opens in a new tab)": f"[{as_text(one.title)}](measure?measure={one.measure_id}) {_WHY[one.link]}",
        "Latest": f"{as_text(_latest(one))} {status.status(one.status)}",
        "Course": _picture(one, colours) or "–",
    }


def _latest(one: Any) -> str:
    if one.period is None or pd.isna(one.period):
        return "no figure yet"
    return f"{figure(one.value, one.unit, one.decimals, one.marker)} in {one.period}"


def _picture(one: Any, colours: Palette) -> str:
    if not isinstance(one.values, list):
        return ""
    level = one.target_low if one.target_low == one.target_high else None
    return sparklines.picture(one.values, f"{one.title}: its last {len(one.values)} figures", colours, level)
