"""Published figures that have changed since: what was said, what is said now, and why."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import tables
from pages.components.dates import short_day
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.wording import count, figure

_WHY: Final[Mapping[str, str]] = {
    "corrected_file": "a corrected file",
    "definition_changed": "the definition changed",
    "withdrawn": "its file was withdrawn",
    "file_lost": "its file was lost",
    "worked_out_anew": "worked out anew",
}


def show(frame: pd.DataFrame) -> None:
    """From `quality.restated`, folded away: the number of them is what matters at first sight."""
    if frame.empty:
        nothing("No published figure of the council has changed.")
        return
    total = int(frame["total"].iloc[0])
    with st.expander(f"{count(total, 'published figure')} {'has' if total == 1 else 'have'} changed"):
        if total > len(frame):
            st.caption(f"The latest {len(frame):,} of {total:,}.")
        tables.draw([_row(one) for one in rows_of(frame)], "Published figures that have changed, the latest first")


def _row(one: Any) -> dict[str, str]:
    return {
        "Measure (opens in a new tab)": f"[{as_text(one.title)}](measure?measure={one.measure_id})",
        "Figure for": as_text(one.period),
        "Was": as_text(figure(one.old_value, one.unit, one.decimals, one.old_marker)),
        "Is": as_text(figure(one.new_value, one.unit, one.decimals, one.new_marker)),
        "Since": short_day(one.known_to),
        "Because": as_text(_WHY.get(one.why, one.why)),
    }
