"""How far the items of a register have come, and which have stood longest where they are."""

from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables
from pages.components.dates import short_day
from pages.components.registers import addresses
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import stages
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

NAMED: Final = 10
"""Items that stand longest, by name."""


def show(register_id: str) -> None:
    """Heading, the stages, and the items that have stood longest; nothing for a register without stages."""
    held = _ready(register_id)
    if held is None:
        return
    every, longest = held
    st.header("How far they have come")
    tables.draw(every, "How many have reached each stage, and how many stand there now")
    if longest is not None:
        st.markdown("**Open, and longest at the stage they have reached:**")
        tables.draw(longest, "The open items that have stood longest at their stage")


def _made(shown: Snapshot, register_id: str) -> tuple[pa.Table, pa.Table | None] | None:
    reached = [_stage(one) for one in rows_of(stages.reached(shown, register_id))]
    if not reached:
        return None
    longest = [_item(register_id, one) for one in rows_of(stages.furthest(shown, register_id, NAMED))]
    return tables.ready(reached), tables.ready(longest) if longest else None


_ready = snapshot.remembered(_made)


def _stage(one: Any) -> dict[str, str]:
    return {
        "Stage": as_text(one.title),
        "Have reached it": f"{one.items:,}",
        "Open, and no further": f"{one.standing:,}",
        "Longest there": "–" if pd.isna(one.longest) else count(int(one.longest), "day"),
    }


def _item(register_id: str, one: Any) -> dict[str, str]:
    return {
        "Item (opens in a new tab)": addresses.item_cell(register_id, one.item_id, one.title),
        "Owner": as_text(one.owner or "–"),
        "Furthest stage": as_text(one.stage),
        "Reached on": short_day(one.reached_on),
        "Since then": count(int(one.days), "day"),
    }
