"""The time limits of a register: what share was kept in the last year, and what has passed without being met."""

from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import clocks
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count


def show(register_id: str) -> None:
    """Heading, sentence and table; nothing for a register without time limits."""
    held = _ready(register_id)
    if held is None:
        return
    sentence, table = held
    st.header("Time limits kept")
    st.markdown(sentence)
    tables.draw(table, "Each time limit: how many were kept, and how many run or have passed now")


def _made(shown: Snapshot, register_id: str) -> tuple[str, pa.Table] | None:
    frame = clocks.kept(shown, register_id)
    if frame.empty:
        return None
    lengths = clocks.lengths(shown, register_id)
    rows = [_row(one, lengths.get(int(one.position), "")) for one in rows_of(frame)]
    late = int(frame["overdue"].sum())
    passed = (
        f"**{count(late, 'time limit has', 'time limits have')} passed and not been met**"
        if late
        else ("No time limit has passed without being met")
    )
    worst = frame[frame["share"].notna()].sort_values("share", kind="stable").head(1)
    least = "".join(f" Kept least often in the last year: {as_text(one.title)}, {_share(one.met, one.missed)}."
                    for one in rows_of(worst) if one.missed)  # fmt: skip
    return f"{passed}.{least}", tables.ready(rows)


_ready = snapshot.remembered(_made)


def _row(one: Any, length: str) -> dict[str, str]:
    extended = f" ({one.extended:,} extended)" if one.extended else ""
    return {
        "Time limit": f"{as_text(one.title)}{f', {length}' if length else ''}",
        "Kept in the last year": f"{_share(one.met, one.missed)}{extended}",
        "Year before": _share(one.met_before, one.missed_before),
        "Now": f"{one.running:,} running, {one.overdue:,} passed and not met",
    }


def _share(met: int, missed: int) -> str:
    """ "812 of 901, 90%"; a dash where none fell due. Never 100% while one was missed."""
    due = met + missed
    if not due or pd.isna(due):
        return "–"
    share = 100 * met / due
    words = f"{share:.0f}%" if met == due or share < 99.5 else "over 99%"
    return f"{met:,} of {due:,}, {words}"
