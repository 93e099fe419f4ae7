"""Published figures that have changed since: what was said, what is said now, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables
from pages.components.dates import short_day
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.quality import Sources
from scorecard.snapshot.restatements import restated
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, figure

_WHY: Final[Mapping[str, str]] = {
    "corrected_file": "a corrected file",
    "definition_changed": "the definition changed",
    "withdrawn": "its file was withdrawn",
    "file_lost": "its file was lost",
    "worked_out_anew": "worked out anew",
}


@dataclass(frozen=True)
class Restated:
    """The figures that have changed: how many, and the latest as a table."""

    total: int
    table: pa.Table


def _restated(shown: Snapshot, sources: Sources, service_id: str) -> Restated:
    frame = restated(shown, sources, service_id, tables.MOST_SHOWN)
    return Restated(
        0 if frame.empty else int(frame["total"].iloc[0]), tables.ready([_row(one) for one in rows_of(frame)])
    )


_found = snapshot.remembered(_restated)


def show(sources: Sources, service_id: str) -> None:
    """Of measures fed by `sources` and of a service, folded away: the number of them is what matters at first sight."""
    here = _found(sources, service_id)
    if not here.total:
        st.markdown("No published figure of the council has changed here.")
        return
    with st.expander(f"{count(here.total, 'published figure')} {'has' if here.total == 1 else 'have'} changed"):
        if here.total > here.table.num_rows:
            st.markdown(f"The latest {here.table.num_rows:,} of {here.total:,}.")
        tables.draw(here.table, "Published figures that have changed, the latest first")


def _row(one: Any) -> dict[str, str]:
    return {
        "Measure (opens in a new tab)": f"[{as_text(one.title)}](measure?measure={one.measure_id})",
        "Figure for": as_text(one.period),
        "Was": as_text(figure(one.old_value, one.unit, one.decimals, one.old_marker)),
        "Is": as_text(figure(one.new_value, one.unit, one.decimals, one.new_marker)),
        "Since": short_day(one.known_to),
        "Because": as_text(_WHY.get(one.why, one.why)),
    }
