"""Real HTML tables of formatted figures: what a chart shows, for everyone."""

from typing import Final

import pandas as pd
import streamlit as st

from pages.components import status
from pages.components.dates import day, moment
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from pages.components.targets import target
from scorecard.wording import figure

BESIDE_A_CHART: Final = 9
"""Periods that fit beside a chart; the others are a click away."""


def series(frame: pd.DataFrame, unit: str, decimals: int, title: str) -> None:
    """A measure through time, the latest first."""
    newest_first = frame.iloc[::-1]
    has_target = frame["target_low"].notna().any()
    rows = [
        {"Period": as_text(one.period), "Figure": as_text(figure(one.value, unit, decimals, one.marker))}
        | ({"Target": as_text(target(one.target_low, one.target_high, unit, decimals) or "none")} if has_target else {})
        for one in rows_of(newest_first)
    ]
    _draw(rows[:BESIDE_A_CHART], f"{title}: the latest periods")
    if len(rows) > BESIDE_A_CHART:
        with st.expander(f"All {len(rows)} periods"):
            _draw(rows, f"{title}: all periods")


def peers(frame: pd.DataFrame, unit: str, decimals: int, title: str) -> None:
    """Home and its peers by name: not in the order of their figures, which would make a league of them."""
    rows = [
        {"Council": as_text(one.name), "Figure": as_text(figure(one.value, unit, decimals, one.marker))}
        for one in rows_of(frame)
    ]
    _draw(rows, title)


def files(frame: pd.DataFrame) -> None:
    """What became of each file, from `quality.files`."""
    rows = [
        {
            "File": as_text(one.path),
            "Outcome": status.outcome(one.outcome),
            "Source": as_text(one.source or "none"),
            "Rows used": _whole(one.rows_accepted),
            "Set aside": _whole(one.rows_set_aside),
            "First seen": moment(one.first_seen_at),
        }
        for one in rows_of(frame)
    ]
    _draw(rows, "What became of each file")


def freshness(frame: pd.DataFrame) -> None:
    """What came last from each source, from `quality.freshness`."""
    rows = [
        {
            "Source": as_text(one.source),
            "Publisher": as_text(one.publisher),
            "Figures reach": day(one.last_period),
            "Latest file": moment(one.last_file_at),
            "Measures": _whole(one.measures),
        }
        for one in rows_of(frame)
    ]
    _draw(rows, "What came last from each source")


def checks(frame: pd.DataFrame) -> None:
    """The checks of each source, from `quality.checks`."""
    rows = [
        {
            "Source": as_text(one.source),
            "Check": as_text(" ".join(part for part in (one.column_name, one.check_name) if part)),
            "Result": status.check(one.passed),
            "Rows checked": _whole(one.checked),
            "Failed": _whole(one.failed),
        }
        for one in rows_of(frame)
    ]
    _draw(rows, "Checks of each source")


def rows_set_aside(frame: pd.DataFrame) -> None:
    """Rows that were left out, from `quality.rows_set_aside`."""
    rows = [
        {"File": as_text(one.path), "Row": str(one.source_row), "Why": as_text(one.sentence)} for one in rows_of(frame)
    ]
    _draw(rows, "Rows that were set aside")


def _whole(number: int | None) -> str:
    return "–" if number is None or pd.isna(number) else f"{number:,}"


def _draw(rows: list[dict[str, str]], alt: str) -> None:
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal", alt=alt)
