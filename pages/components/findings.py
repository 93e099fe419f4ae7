"""What is to be said first about a measure in one area: the latest figure and how it stands."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from pages.components import rows, status
from pages.components.states import as_text
from pages.components.targets import target
from scorecard.wording import figure


@dataclass(frozen=True)
class Finding:
    """The latest figure of a series with its judgement, in words; `judged` only for areas that have targets."""

    period: str
    figure: str
    target: str
    sentence: str
    movement: str
    status: str | None
    direction: str | None


def finding(series: pd.DataFrame, area: str, unit: str, decimals: int) -> Finding | None:
    """The finding of `series.series`, or None when the area has neither a figure nor a judgement."""
    judged = series[series["is_latest"].eq(True).fillna(False)]
    chosen = judged if len(judged) else series[series["value"].notna()]
    if chosen.empty:
        return None
    one: Any = next(rows.of(chosen.tail(1)))
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
    """The latest figure large, then period, target, status and direction on one line that wraps."""
    st.markdown(f"## {as_text(found.figure)}")
    parts = [as_text(found.period)]
    if found.target:
        parts.append(f"target {as_text(found.target)}")
    if found.status:
        parts.append(status.status(found.status))
    if found.direction:
        parts.append(status.direction(found.direction))
    st.markdown(" · ".join(parts))
