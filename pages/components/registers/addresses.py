"""Addresses of registers, their items and posts, for links in tables and lists. What is chosen is made safe."""

from urllib.parse import quote, urlencode

from pages.components.registers.stretches import kept
from pages.components.states import as_text


def of_register(register_id: str, **chosen: str) -> str:
    """The page of a register, with what is chosen there, e.g. state="overdue" or owner="Head of Finance"."""
    return f"register?{urlencode({'register': register_id, **chosen}, quote_via=quote)}"


def of_item(register_id: str, item_id: str) -> str:
    """The page of one item."""
    return of_register(register_id, item=item_id)


def of_owner(owner: str) -> str:
    """The page of everything with a post on it."""
    return f"owner?{urlencode({'owner': owner}, quote_via=quote)}"


def link(words: str, address: str) -> str:
    """Markdown of a link; the words are made safe."""
    return f"[{as_text(words)}]({address})"


def item_link(register_id: str, item_id: str, title: str) -> str:
    """Markdown of a link to an item: its key and its title."""
    return link(named(item_id, title), of_item(register_id, item_id))


def item_cell(register_id: str, item_id: str, title: str) -> str:
    """The same for a cell of a table, which is not made too narrow to be read."""
    return link(kept(named(item_id, title)), of_item(register_id, item_id))


def named(item_id: str, title: str) -> str:
    """An item's key and its title, once where they are the same."""
    return title if title == item_id else f"{item_id}: {title}"
