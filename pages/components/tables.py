"""Real HTML tables of formatted figures: what a chart shows, for everyone."""

from typing import Final

import pandas as pd
import streamlit as st

from pages.components import status
from pages.components.dates import day
from pages.components.figures import bare, bare_target, headed
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.wording import count

BESIDE_A_CHART: Final = 10
"""Periods that fit beside a chart; the others are a click away."""
MOST_SHOWN: Final = 200
"""Rows of one table on a page; a download has them all."""


def series(frame: pd.DataFrame, unit: str, decimals: int, title: str) -> None:
    """A measure through time, the latest first."""
    figure, has_target = headed("Figure", unit), frame["target_low"].notna().any()
    rows = []
    for one in rows_of(frame.iloc[::-1]):
        row = {"Period": as_text(one.period), figure: as_text(bare(one.value, unit, decimals, one.marker))}
        goal = as_text(bare_target(one.target_low, one.target_high, unit, decimals))
        rows.append(row | {"Target": goal} if has_target else row)
    _draw(rows[:BESIDE_A_CHART], f"{title}: the latest periods")
    if len(rows) > BESIDE_A_CHART:
        with st.expander(f"All {len(rows)} periods"):
            _draw(rows, f"{title}: all periods")


def peers(frame: pd.DataFrame, unit: str, decimals: int, title: str) -> None:
    """Home and its peers by name: not in the order of their figures, which would make a league of them."""
    _draw(
        [
            {
                "Council": as_text(one.name),
                headed("Figure", unit): as_text(bare(one.value, unit, decimals, one.marker)),
            }
            for one in rows_of(frame)
        ],
        title,
    )


def files(frame: pd.DataFrame) -> None:
    """What became of each file, from `quality.files`: those to look at first, then those that are as they should be."""
    rows = [
        {
            "File": as_text(one.path),
            "Outcome": status.outcome(one.outcome),
            "Rows used": _whole(one.rows_accepted),
            "Set aside": _whole(one.rows_set_aside),
            "First seen": day(one.first_seen_at),
        }
        for one in rows_of(frame)
    ]
    outcomes = list(frame["outcome"])
    _draw_or_say([row for row, one in zip(rows, outcomes, strict=True) if one == "refused"], "No file was refused.")
    for outcome, words in (("unmatched", "not recognised"), ("loaded", "loaded"), ("superseded", "replaced since")):
        _folded([row for row, one in zip(rows, outcomes, strict=True) if one == outcome], "file", words)


def freshness(frame: pd.DataFrame) -> None:
    """What came last from each source, from `quality.freshness`."""
    _draw(
        [
            {
                "Source": as_text(one.source),
                "Figures reach": day(one.last_period),
                "Latest file": day(one.last_file_at),
                "Measures": _whole(one.measures),
            }
            for one in rows_of(frame)
        ],
        "What came last from each source",
    )


def checks(frame: pd.DataFrame) -> None:
    """The checks of each source, from `quality.checks`: the failed ones first."""
    rows = [
        {
            "Source": as_text(one.source),
            "Rule": as_text(one.rule),
            "Result": status.check(one.passed),
            "Rows": _whole(one.checked),
            "Failed": _whole(one.failed),
        }
        for one in rows_of(frame)
    ]
    passed = list(frame["passed"])
    _draw_or_say([row for row, one in zip(rows, passed, strict=True) if not one], "No check failed.")
    _folded([row for row, one in zip(rows, passed, strict=True) if one], "check", "passed")


def rows_set_aside(frame: pd.DataFrame) -> None:
    """Rows that were left out, from `quality.rows_set_aside`."""
    _draw(
        [
            {"File": as_text(one.path), "Row": str(one.source_row), "Why": as_text(one.sentence)}
            for one in rows_of(frame)
        ],
        "Rows that were set aside",
    )


def notes(frame: pd.DataFrame) -> None:
    """Problems that keep nothing out, from `quality.problems`."""
    _folded(
        [{"What": as_text(one.sentence), "What to do": as_text(one.fix)} for one in rows_of(frame)], "note", "to read"
    )


def _draw_or_say(rows: list[dict[str, str]], otherwise: str) -> None:
    if rows:
        _draw(rows, "To look at")
    else:
        st.markdown(otherwise)


def _folded(rows: list[dict[str, str]], noun: str, words: str) -> None:
    if rows:
        with st.expander(f"{count(len(rows), noun)} {words}"):
            _draw(rows, words)


def _whole(number: int | None) -> str:
    return "–" if number is None or pd.isna(number) else f"{number:,}"


def _draw(rows: list[dict[str, str]], alt: str) -> None:
    if len(rows) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} of {len(rows):,}.")
    st.table(pd.DataFrame(rows[:MOST_SHOWN]), hide_index=True, border="horizontal", alt=alt)
