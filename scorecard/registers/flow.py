"""Stock and flow: how many there were, how many came, how many went, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from scorecard.registers.item import Item

Stock = Literal["open", "overdue"]


@dataclass(frozen=True)
class Count:
    """The stock on one day and what changed since the count before: opening + added - closed = closing."""

    counted_on: date
    since: date | None
    """The count before; None for the first, which has no opening and no flow."""
    opening: int | None
    added: int | None
    closed: int | None
    closing: int


def stock_and_flow(items: Sequence[Item], stock: Stock, days: Sequence[date]) -> list[Count]:
    """One Count a day of `days` (rising). What came and went between two counts is in both of the flows."""
    stays = [stay for item in items if (stay := _stay(item, stock)) is not None]
    came = np.sort(np.array([first for first, _ in stays], dtype="datetime64[D]"))
    went = np.sort(np.array([last for _, last in stays if last is not None], dtype="datetime64[D]"))
    at = np.array(days, dtype="datetime64[D]")
    so_far_in = np.searchsorted(came, at, side="right").tolist()
    so_far_out = np.searchsorted(went, at, side="right").tolist()
    counts: list[Count] = []
    for number, day in enumerate(days):
        closing = so_far_in[number] - so_far_out[number]
        if number == 0:
            counts.append(Count(day, None, None, None, None, closing))
            continue
        before = counts[-1]
        added = so_far_in[number] - so_far_in[number - 1]
        closed = so_far_out[number] - so_far_out[number - 1]
        counts.append(Count(day, before.counted_on, before.closing, added, closed, closing))
    return counts


def _stay(item: Item, stock: Stock) -> tuple[date, date | None] | None:
    """From when to when an item was in the stock; None when it never was."""
    if stock == "open":
        return item.opened or date(1900, 1, 1), item.ended
    if item.late_from is None or (item.ended is not None and item.ended < item.late_from):
        return None
    return item.late_from, item.ended


def burn_down(items: Sequence[Item], baseline: date, days: Sequence[date]) -> list[tuple[date, int, int]]:
    """(day, backlog, dealt with) for the baseline and every later day: of what was overdue then, how many ended."""
    backlog = [item for item in items if item.is_overdue(baseline)]
    ends = np.sort(np.array([item.ended for item in backlog if item.ended], dtype="datetime64[D]"))
    later = [baseline, *(day for day in days if day > baseline)]
    dealt = np.searchsorted(ends, np.array(later, dtype="datetime64[D]"), side="right").tolist()
    return [(day, len(backlog), done) for day, done in zip(later, dealt, strict=True)]
