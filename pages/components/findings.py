"""What is to be said first about a measure in one area: the latest figure and how it stands."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.components import rows, status
from pages.components.figures import target
from pages.components.states import as_text
from scorecard.wording import figure


@dataclass(frozen=True)
class Finding:
    """The latest figure of a series with its judgement, in words; status and direction only where it was judged."""

    period: str
    figure: str
    target: str
    sentence: str
    movement: str
    status: str | None
    direction: str | None


def finding(series: pd.DataFrame, area: str, unit: str, decimals: int) -> Finding | None:
    """The finding of `series.series`, or None when the area has neither a figure nor a judgement."""
    judged = series[series["is_latest"].fillna(value=False).astype(bool)]
    chosen = judged if len(judged) else series[series["value"].notna()]
    if chosen.empty:
        return None
    one = next(rows.of(chosen.tail(1)))
    shown = figure(one.value, unit, decimals, one.marker)
    return Finding(
        period=one.period,
        figure=shown,
        target=target(one.target_low, one.target_high, unit, decimals),
        sentence=one.status_sentence or f"{area}: {shown} in {one.period}.",
        movement=one.direction_sentence or "",
        status=one.status,
        direction=one.last_period,
    )


def show(found: Finding) -> None:
    """Latest figure, target, status and direction side by side, each under its heading; stacked on a phone."""
    blocks = [(found.period, f"**{as_text(found.figure)}**")]
    if found.target:
        blocks.append(("Target", as_text(found.target)))
    if found.status:
        blocks.append(("Status", status.status(found.status)))
    if found.direction and found.direction != "unknown":
        blocks.append(("Against the period before", status.direction(found.direction)))
    with st.container(horizontal=True, gap="medium"):
        for heading, words in blocks:
            with st.container(width="content", gap=None):
                st.caption(as_text(heading))
                st.markdown(words)
