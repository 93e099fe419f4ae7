"""What an item is linked with, both ways, as a list of links."""

from typing import Any, Final

from pages.components.registers import addresses, item_states
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from pages.components.status import badge
from scorecard.snapshot.registers import links
from scorecard.snapshot.store import Snapshot

_KINDS: Final = {"measure": "Measure", "goal": "Goal of the council plan", "service": "Service"}


def of(shown: Snapshot, register_id: str, item_id: str) -> str:
    """Markdown of a list of what an item names and what names it; empty where there is nothing."""
    return "\n".join(f"- {_line(one)}" for one in rows_of(links.of_item(shown, register_id, item_id)))


def _line(one: Any) -> str:
    if one.kind == "register":
        which = f"{as_text(one.register or 'Another register')}{' (names this item)' if one.is_back else ''}"
        state = f" {item_states.state(one.state, has_date=bool(one.has_date))}" if one.state else ""
        return f"{which}: {addresses.item_link(one.to_register, one.target, one.title)}{state}"
    address = {"measure": "measure?measure=", "goal": "plan?goal=", "service": "service?service="}[one.kind]
    state = f" {badge('red', 'error', 'An exception now')}" if one.state == "exception" else ""
    return f"{_KINDS[one.kind]}: {addresses.link(one.title, f'{address}{one.target}')}{state}"
