"""The backlog of a baseline as it is burnt down: how much of it is left, and how much should be."""

from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables, vega
from pages.components.dates import day, short_day
from pages.components.palette import Palette, palette
from pages.components.registers import chosen
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import burn_down
from scorecard.snapshot.store import Snapshot

HEIGHT: Final = 220


@dataclass(frozen=True)
class Shown:
    """A burn-down ready to be drawn."""

    sentence: str
    why: str
    points: pa.Table
    table: pa.Table


def show(register_id: str) -> None:
    """Heading, sentence, chart and table; nothing for a register without a baseline."""
    held = _ready(register_id)
    if held is None:
        return
    st.header("The backlog, burnt down")
    st.markdown(f"**{as_text(held.sentence)}** {as_text(held.why)}")
    vega.draw(held.points, _specification(palette()), held.sentence, HEIGHT)
    st.caption("Line: how many of the backlog are left at each count. Dashed: the pace agreed.")
    with st.expander("The figures of the burn-down"):
        tables.draw(held.table, "How much of the backlog was left at each count")


def _made(shown: Snapshot, register_id: str) -> Shown | None:
    frame = burn_down.burn(shown, register_id)
    about = chosen.found(register_id)
    if frame.empty or about["baseline_on"] is None:
        return None
    latest = frame.iloc[-1]
    rows = [
        {
            "Count at": short_day(one.counted_on),
            "Dealt with": f"{one.dealt_with:,}",
            "Left": f"{one.left:,}",
            "Share dealt with": "–" if pd.isna(one.share) else f"{one.share:.0f}%",
        }
        for one in rows_of(frame.iloc[::-1])
    ]
    return Shown(_sentence(latest, about), _why(latest, about), _points(frame, about), tables.ready(rows))


_ready = snapshot.remembered(_made)


def _sentence(latest: Any, about: dict[str, Any]) -> str:
    """ "Of the 127 overdue at 23 July 2024, 26 (20%) had been dealt with by 29 November 2024; 101 are left."."""
    if not latest["backlog"]:
        return f"Nothing was overdue at {day(about['baseline_on'])}, so there is no backlog."
    left = int(latest["left"])
    rest = f"{left:,} {'is' if left == 1 else 'are'} left" if left else "none is left"
    return (
        f"Of the {latest['backlog']:,} overdue at {day(about['baseline_on'])}, {latest['dealt_with']:,}"
        f" ({latest['share']:.0f}%) had been dealt with by {day(latest['counted_on'])}; {rest}."
    )


def _why(latest: Any, about: dict[str, Any]) -> str:
    """Why it is counted from there, and what pace was agreed."""
    said = f"{about['baseline_reason'].rstrip('.')}."
    if about["baseline_target"] is None or about["baseline_by"] is None or pd.isna(latest["share"]):
        return said
    planned = _pace(latest["counted_on"], about)
    if planned >= about["baseline_target"]:
        where = "reached" if latest["share"] >= about["baseline_target"] else "not reached"
        return f"{said} The aim was {about['baseline_target']:.0f}% by {day(about['baseline_by'])}: {where}."
    word = "ahead of" if latest["share"] >= planned else "behind"
    aim = f"The aim is {about['baseline_target']:.0f}% by {day(about['baseline_by'])}"
    return f"{said} {aim}, which at an even pace is {planned:.0f}% by now: it is {word} that."


def _pace(on: pd.Timestamp, about: dict[str, Any]) -> float:
    """Per cent that should be dealt with on a day, at an even pace from the baseline to the aim."""
    whole = (about["baseline_by"] - about["baseline_on"]).days
    gone = (on - about["baseline_on"]).days
    return float(about["baseline_target"]) * min(gone / whole, 1.0) if whole > 0 else float(about["baseline_target"])


def _points(frame: pd.DataFrame, about: dict[str, Any]) -> pa.Table:
    """One row a count: day, left, planned (left at an even pace), label of the latest."""
    has_aim = about["baseline_target"] is not None and about["baseline_by"] is not None
    planned = [(1 - _pace(one.counted_on, about) / 100) * one.backlog if has_aim else None for one in rows_of(frame)]
    held = pd.DataFrame(
        {
            "day": frame["counted_on"],
            "left": frame["left"].astype("float64"),
            "planned": pd.Series(planned, index=frame.index, dtype="float64"),
            "label": [None] * (len(frame) - 1) + [f"{int(frame['left'].iloc[-1]):,}"],
        }
    )
    return vega.plotted(held)


@st.cache_data(show_spinner=False, max_entries=4)
def _specification(colours: Palette) -> vega.Specification:
    x = alt.X(
        "day:T", title=None,
        axis=alt.Axis(format="%b %Y", labelColor=colours.peer, tickCount=6, grid=False, aria=False),
        scale=alt.Scale(range=[0, alt.ExprRef("width - 40")]),
    )  # fmt: skip
    axis = alt.Axis(tickCount=5, tickMinStep=1, labelColor=colours.peer, domain=False, aria=False, format=",~d")
    base = alt.Chart(pd.DataFrame({"day": []})).encode(x=x)
    left = alt.Y("left:Q", title=None, axis=axis, scale=alt.Scale(domainMin=0))
    tooltip = [alt.Tooltip("day:T", title="Count at", format="%-d %b %Y"), alt.Tooltip("left:Q", title="Left")]
    label = base.mark_text(
        color=colours.text, fontSize=13, fontWeight="bold", align="left", dx=8, baseline="middle", aria=False
    )
    return vega.without_data(
        alt.layer(
            base.mark_line(color=colours.target, strokeDash=[6, 4], strokeWidth=2, aria=False).encode(
                y=alt.Y("planned:Q", title=None, axis=axis)
            ),
            base.mark_line(color=colours.figure, strokeWidth=2.5, aria=False).encode(y=left),
            base.mark_point(color=colours.figure, filled=True, opacity=1, aria=False).encode(y=left, tooltip=tooltip),
            label.encode(y=left, text="label:N").transform_filter("datum.label != null"),
        )
    )
