"""The registers at a glance: how many of their items are overdue, in a line that leads to the board."""

from pages.components import links, snapshot
from scorecard.snapshot.registers.linked_items import pressing
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count


def _line(shown: Snapshot) -> str:
    """Short, as Streamlit cuts a link that does not fit; empty where no register has an item."""
    held = pressing(shown)
    if held.empty:
        return ""
    late = int(held["overdue"].sum())
    where = count(int((held["overdue"] > 0).sum()), "register")
    return f"{count(late, 'item is', 'items are')} overdue in {where}" if late else "No item of a register is overdue"


line = snapshot.remembered(_line)


def show() -> None:
    """The line; nothing where there is no register."""
    said = line()
    if said:
        links.to_page("board", said)
