"""The measures of one service as a table: how each stands, where it is going, and where the year may end."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import filters, snapshot, sparklines, status, tables, year_ends
from pages.components.figures import target
from pages.components.palette import Palette, palette
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.snapshot import services as reader
from scorecard.snapshot.recent import recent
from scorecard.snapshot.store import Snapshot
from scorecard.wording import figure

A_PAGE: Final = 25
"""Measures that stand on one page."""
NOTHING: Final = "–"
_LATEST: Final = "Latest figure, period".replace(" ", "\N{NO-BREAK SPACE}")
"""In one line, so that it is wider than every word below it: on a phone a cell as wide as its column may scroll."""


def _table(shown: Snapshot, service_id: str, first: int, colours: Palette) -> pa.Table:
    frame, figures = reader.measures(shown, service_id), recent(shown)
    several = frame["service"].nunique() > 1
    return tables.ready(
        [
            _row(one, figures.get(one.measure_id, ()), colours, with_service=several)
            for one in rows_of(frame.iloc[first : first + A_PAGE])
        ]
    )


def _row(one: Any, figures: Sequence[float | None], colours: Palette, *, with_service: bool) -> dict[str, str]:
    named = f"[{as_text(one.title)}](measure?measure={one.measure_id})"
    return {
        "Measure (opens in a new tab)": f"{named} ({as_text(one.service)})" if with_service else named,
        "Status": status.status(one.status) if one.stage == "live" else status.stage(one.stage),
        _LATEST: _latest(one),
        "Target": as_text(target(one.target_low, one.target_high, one.unit, one.decimals)) or NOTHING,
        "Where the year may end": year_ends.year_end(one),
        "Lately": sparklines.picture(figures, _words(one, figures), colours, _goal(one)) or NOTHING,
        "Direction": NOTHING if one.last_period == "unknown" else status.direction(one.last_period),
    }


def _latest(one: Any) -> str:
    if not one.period:
        return "no figure yet"
    shown = as_text(figure(one.value, one.unit, one.decimals, one.marker))
    return f"**{shown}** in {as_text(one.period)}" if not pd.isna(one.value) else f"{shown} for {as_text(one.period)}"


def _goal(one: Any) -> float | None:
    """The target of a picture: one line, so none for a band."""
    return float(one.target_low) if one.target_low == one.target_high else None


def _words(one: Any, figures: Sequence[float | None]) -> str:
    """The picture in words."""
    known = [each for each in figures if each is not None]
    if not known:
        return ""
    low, high, first, last = (
        figure(each, one.unit, one.decimals) for each in (min(known), max(known), known[0], known[-1])
    )
    return f"The last {len(figures)} figures: from {first} to {last}, lowest {low}, highest {high}"


_measures = snapshot.remembered(reader.measures)
_ready = snapshot.remembered(_table)


def show(service_id: str) -> None:
    """Every measure in use of a service and all below it, A_PAGE at a time, those off target first."""
    frame = _measures(service_id)
    if frame.empty:
        nothing("There are no measures here yet.")
        return
    # A page of its own for each service: who chooses another begins at its first.
    page = filters.page_of(frame, A_PAGE, f"{service_id}_page")
    st.markdown("Those off target come first. The pictures show the last thirteen periods, with the target dashed.")
    tables.draw(_ready(service_id, int(page.index[0]), palette()), "The measures, and where the year may end")
