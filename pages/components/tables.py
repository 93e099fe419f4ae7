"""Real HTML tables of formatted figures: what a chart shows, for everyone."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components.dates import short_day
from pages.components.figures import headed
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.measure_words import DECISION_WORDS
from scorecard.wording import bare

BESIDE_A_CHART: Final = 10
"""Periods that fit beside a chart; the others are a click away."""
MOST_SHOWN: Final = 200
"""Rows of one table on a page; a download has them all."""
_AGAINST_USUAL: Final = "Against usual"
_CHANGED: Final = {"break": " (counted differently from here)", "rebase": " (new usual level from here)"}


def peers(frame: pd.DataFrame, unit: str, decimals: int, title: str) -> None:
    """Home and its peers by name: not in the order of their figures, which would make a league of them."""
    draw(
        [
            {
                "Council": as_text(one.name),
                headed("Figure", unit): as_text(bare(one.value, unit, decimals, one.marker)),
            }
            for one in rows_of(frame)
        ],
        title,
    )


def decisions(frame: pd.DataFrame) -> pa.Table:
    """Rows of `changes.decisions` ready to be drawn, each with a link to its measure."""
    rows = [
        {
            "Date": f"{short_day(one.decided_on)}{' (to come)' if one.is_to_come else ''}",
            "Measure (opens in a new tab)": f"[{as_text(one.title)}](measure?measure={one.measure_id})",
            "Decision": DECISION_WORDS[one.decision],
            "Reason": as_text(one.reason),
            "Approved by": as_text(one.approved_by or "not agreed yet"),
            "Comparable with before?": comparable(one.decision, broken=one.breaks_comparability),
        }
        for one in rows_of(frame)
    ]
    return ready(rows)


def comparable(decision: str, *, broken: bool) -> str:
    """Whether an amendment left figures comparable with those before: "Yes", "No"; a dash for other decisions."""
    return "–" if decision != "amended" else "No" if broken else "Yes"


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def ready(rows: Sequence[Mapping[str, str]]) -> pa.Table:
    """Rows of safe text made ready to be drawn; to be remembered, as making it costs more than drawing."""
    return pa.Table.from_pylist([dict(row) for row in rows])


def draw(rows: Sequence[Mapping[str, str]] | pa.Table, alt: str) -> None:
    """Rows of safe text as a table, as many as fit on a page; `alt` says what it is."""
    table = rows if isinstance(rows, pa.Table) else ready(rows)
    if table.num_rows > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} of {table.num_rows:,}.")
    st.table(table.slice(0, MOST_SHOWN), hide_index=True, border="horizontal", alt=alt)
