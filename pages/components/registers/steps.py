"""From step to step by year, each share with its exact interval: few cases say little, and the words say so."""

from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import tallies
from scorecard.snapshot.store import Snapshot

SO_FEW: Final = 30.0
"""Percentage points of an interval from which a share is called one of few."""


def show(register_id: str) -> None:
    """The latest year in sentences, every year as a table; nothing for a register without steps."""
    held = _ready(register_id)
    if held is None:
        return
    sentences, table = held
    st.header("From step to step")
    st.markdown(sentences)
    tables.draw(table, "How many took each step, by financial year, with exact 95% intervals")


def _made(shown: Snapshot, register_id: str) -> tuple[str, pa.Table] | None:
    frame = tallies.tally(shown, register_id)
    if frame.empty:
        return None
    latest = frame[frame["period_end"] == frame["period_end"].max()]
    lines = [f"- {as_text(sentence(one))}" for one in rows_of(latest)]
    said = f"**{as_text(str(latest['period'].iloc[0]))}:**\n\n" + "\n".join(lines)
    rows = [
        {
            "Opened in": as_text(str(year["period"].iloc[0])),
            "Steps": as_text("; ".join(_short(one) for one in rows_of(year))),
        }
        for _, year in frame.groupby("period_end", sort=False)
    ]
    return said, tables.ready(rows)


_ready = snapshot.remembered(_made)


def sentence(one: Any) -> str:
    """ "Upheld: 2 of 3 investigated: 67%, but so few that anything from 9% to 99% is consistent"; plain text.

    `one` is a row of `tallies.tally`.
    """
    title = str(one.title)
    if pd.isna(one.share):
        return f"{title}: {one.items:,}."
    said = f"{title}: {one.items:,} of {int(one.out_of):,} ({str(one.of_title).lower()}), {_per_cent(one.share)}"
    low, high = _per_cent(one.lower), _per_cent(one.upper)
    if one.upper - one.lower >= SO_FEW:
        return f"{said}, but so few that anything from {low} to {high} is consistent."
    return f"{said}; anything from {low} to {high} is consistent."


def _short(one: Any) -> str:
    """ "Upheld 2 of 3 (67%; 9% to 99%)"."""
    if pd.isna(one.share):
        return f"{one.title} {one.items:,}"
    share = f"{_per_cent(one.share)}; {_per_cent(one.lower)} to {_per_cent(one.upper)}"
    return f"{one.title} {one.items:,} of {int(one.out_of):,} ({share})"


def _per_cent(value: float) -> str:
    """Rounded; what is not quite none or all is not said to be."""
    if 0 < value < 0.5:
        return "under 1%"
    return "over 99%" if 99.5 <= value < 100 else f"{value:.0f}%"
