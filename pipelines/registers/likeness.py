"""Whether two rows under one key can be about the same item."""

from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from pipelines.registers.reading import Held
from pipelines.registers.stated import Place, quoted
from scorecard.catalogue import Register
from scorecard.wording import in_full

LIKE: Final = 0.5
"""Titles that have less than this share of their letters in common, in order, name different things."""


def reused(register: Register, held: Held) -> Place | None:
    """The first row of an item that opens it on another day than the row before, or has a title unlike that one's."""
    columns = register.columns
    for before, after in pairwise(held.reports):
        opened = (before.row[columns.opened], after.row[columns.opened]) if columns.opened else (None, None)
        titles = (str(before.row[columns.title] or ""), str(after.row[columns.title] or ""))
        told = difference(opened, titles)
        if told:
            return Place(after.row, held.item.item_id, told)
    return None


def difference(opened: tuple[date | None, date | None], titles: tuple[str, str]) -> str | None:
    """In what an item, told before and now under one key, is another one; None when it can be the same."""
    if not are_alike(*titles):
        return f"before {quoted(titles[0])!r}, now {quoted(titles[1])!r}"
    first, second = opened
    if first and second and first != second:
        return f"opened {in_full(second)}, and before {in_full(first)}"
    return None


def are_alike(one: str, other: str) -> bool:
    """Whether two titles can be wordings of one thing. A missing title says nothing."""
    first, second = (" ".join(title.casefold().split()) for title in (one, other))
    if not first or not second or first == second or first in second or second in first:
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= LIKE
