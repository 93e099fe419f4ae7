"""How long items have been overdue since their original dates, how often dates were moved, and whose most."""

from datetime import date
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables
from pages.components.dates import short_day
from pages.components.registers import addresses, chosen
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import ageing
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, joined

MOST_MOVED: Final = 10
"""Items named with every due date."""
FEW: Final = 3
"""Overdue items that need no table to be told in bands."""
_KINDS: Final = {"owner": "Owner", "service": "Service"}


def show(register_id: str) -> None:
    """Ageing of what is overdue, and slippage; nothing for a register whose items have no dates."""
    if not chosen.shape(register_id).get("due"):
        return
    st.header("How late, since the original date")
    bands, sentence = _bands(register_id)
    st.markdown(sentence)
    if bands is not None:
        tables.draw(bands, "Overdue items by how long their original date has passed")
    _slippage(register_id)


def _slippage(register_id: str) -> None:
    said, moved, repeated = _moved(register_id)
    if not said:
        return
    st.subheader("Re-dated")
    st.markdown(said)
    if moved is not None:
        tables.draw(moved, "The items re-dated most often, with every due date")
    if repeated is not None:
        st.markdown("**Repeat slippage:** who has two or more open items that were re-dated twice or more.")
        tables.draw(repeated, "Posts and services whose items were re-dated again and again")


def _ageing(shown: Snapshot, register_id: str) -> tuple[pa.Table | None, str]:
    frame = ageing.ageing(shown, register_id)
    overdue, redated = int(frame["items"].sum()), int(frame["redated"].sum())
    if not overdue:
        return None, "Nothing is overdue."
    hidden = f"; {redated:,} would not count as late by the date agreed since" if redated else ""
    if overdue <= FEW:
        bands = joined([f"{one.items:,} by {_band(one)}" for one in rows_of(frame) if one.items])
        return None, f"{count(overdue, 'is', 'are')} overdue: {bands}{hidden}."
    old = int(frame["items"].iloc[-1])
    said = f"{count(old, 'is', 'are')} more than a year late" if old else "none is more than a year late"
    rows = [
        {
            "Past the original date by": _band(one),
            "Overdue": f"{one.items:,}",
            "Share": f"{one.items / overdue:.0%}",
            "Of these, re-dated to a day to come": f"{one.redated:,}",
        }
        for one in rows_of(frame)
    ]
    return tables.ready(rows), f"Of {overdue:,} overdue, {said}{hidden}."


_bands = snapshot.remembered(_ageing)


def _band(one: Any) -> str:
    return "over a year" if pd.isna(one.to_days) else f"{one.from_days} to {one.to_days:.0f} days"


def _redated(shown: Snapshot, register_id: str) -> tuple[str, pa.Table | None, pa.Table | None]:
    frame = ageing.slippage(shown, register_id)
    every, moved = int(frame["items"].sum()), frame[frame["times"] > 0]
    if not every or moved.empty:
        return (
            ("No open item has been re-dated." if every and chosen.shape(register_id)["current_due"] else ""),
            None,
            None,
        )
    often = [f"{int(one.items):,} {_times(int(one.times))}" for one in rows_of(moved)]
    said = f"Of {every:,} open with a date, {int(moved['items'].sum()):,} have been re-dated: {', '.join(often)}."
    named = [_item(register_id, one) for one in rows_of(ageing.moved_most(shown, register_id, MOST_MOVED))]
    repeated = [
        {
            "Who": f"{_KINDS[one.kind]}: {as_text(one.name)}",
            "Open with a date": f"{one.items:,}",
            "Re-dated twice or more": f"{one.again:,}",
            "Most often": _times(int(one.most)),
        }
        for one in rows_of(ageing.repeated(shown, register_id))
    ]
    return said, tables.ready(named), tables.ready(repeated) if repeated else None


_moved = snapshot.remembered(_redated)


def _times(many: int) -> str:
    return {1: "once", 2: "twice"}.get(many, f"{many} times")


def _item(register_id: str, one: Any) -> dict[str, str]:
    return {
        "Item (opens in a new tab)": addresses.item_cell(register_id, one.item_id, one.title),
        "Owner": as_text(one.owner or "–"),
        "Due dates, the original first": ", ".join(
            short_day(date.fromisoformat(each)) for each in one.dates.split(",")
        ),
        "Days late": f"{one.days_late:,}" if one.days_late else "–",
    }
