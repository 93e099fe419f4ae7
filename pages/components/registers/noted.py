"""What was noted of the items that ended last: opinion, outcome, what was learnt, as the register has it."""

import json
from typing import Any, Final

from pages.components import lists, snapshot
from pages.components.dates import short_day
from pages.components.registers import addresses, chosen
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import items
from scorecard.snapshot.store import Snapshot

NAMED: Final = 10
"""Items whose notes are shown; an item's own page has them all."""


def show(register_id: str) -> None:
    """The items that ended last with their further details, folded away; nothing for a register without any."""
    lines = _ready(register_id) if chosen.shape(register_id).get("details") else ()
    lists.folded(lines, f"What was noted of the {len(lines)} that ended last")


def _made(shown: Snapshot, register_id: str) -> tuple[str, ...]:
    return tuple(_line(register_id, one) for one in rows_of(items.ended_last(shown, register_id, NAMED)))


def _line(register_id: str, one: Any) -> str:
    details = json.loads(one.details)
    noted = "; ".join(
        f"**{as_text(str(heading))}:** {as_text(str(cell))}"
        for heading, cell in details.items()
        if cell not in (None, "")
    )
    named = addresses.item_link(register_id, one.item_id, one.title)
    return f"{named}, ended {short_day(one.ended)}{f'. {noted}' if noted else ''}"


_ready = snapshot.remembered(_made)
