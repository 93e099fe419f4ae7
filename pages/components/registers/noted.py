"""What was noted of the items that ended last: opinion, outcome, what was learnt, as the register has it."""

import json
from typing import Final

import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables
from pages.components.dates import short_day
from pages.components.registers import addresses, chosen
from pages.components.registers.stretches import kept
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import items
from scorecard.snapshot.store import Snapshot

NAMED: Final = 10
"""Items whose notes are shown; an item's own page has them all."""


def show(register_id: str) -> None:
    """A table of the items that ended last with their further details; nothing for a register without any."""
    if not chosen.shape(register_id).get("details"):
        return
    table = _ready(register_id)
    if table is None:
        return
    with st.expander(f"What was noted of the {table.num_rows} that ended last"):
        tables.draw(table, "The items that ended last, with what was noted of each")


def _made(shown: Snapshot, register_id: str) -> pa.Table | None:
    held = [(one, json.loads(one.details)) for one in rows_of(items.ended_last(shown, register_id, NAMED))]
    headings = [each for _, details in held for each, cell in details.items() if cell not in (None, "")]
    if not headings:
        return None
    return tables.ready(
        [
            {
                "Item (opens in a new tab)": addresses.item_cell(register_id, one.item_id, one.title),
                "Ended": short_day(one.ended),
            }
            | {as_text(each): as_text(kept(str(details.get(each) or "–"))) for each in dict.fromkeys(headings)}
            for one, details in held
        ]
    )


_ready = snapshot.remembered(_made)
