"""Which items will be late, told before their date passes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from scorecard.judge.small_counts import proportion_limits
from scorecard.registers.item import Item
from scorecard.wording import in_full

PART_GONE: Final = 0.5
"""Before half of its time has gone, the pace of an item says little."""
MARGIN: Final = 0.1
"""A projected end later than the date by less than this share of the item's whole time is no prediction."""
LOOK_BACK_DAYS: Final = 730
FEWEST_DUE: Final = 8
"""Items that fell due, from which an owner's record can be told."""
MOSTLY: Final = 0.5
"""An owner's items are mostly late when even the lower exact 95% limit of their share is above this."""


@dataclass(frozen=True)
class Record:
    """How an owner's items that fell due within two years came out."""

    due: int
    late: int
    is_mostly_late: bool


def records_of(items: Sequence[Item], as_at: date) -> Mapping[str, Record]:
    """Owner → record, of owners with at least FEWEST_DUE items that fell due in the LOOK_BACK_DAYS before `as_at`."""
    counted: dict[str, list[bool]] = {}
    first = as_at - timedelta(days=LOOK_BACK_DAYS)
    for item in items:
        if item.owner and item.due and first <= item.due < as_at and not (item.is_withdrawn or item.ends_unseen):
            counted.setdefault(item.owner, []).append(item.ended is None or item.ended > item.due)
    enough = {owner: many for owner, many in counted.items() if len(many) >= FEWEST_DUE}
    if not enough:
        return {}
    late, due = (np.array([measure(many) for many in enough.values()], dtype=np.float64) for measure in (sum, len))
    lower, _ = proportion_limits(late, due)
    return {
        owner: Record(len(many), sum(many), bool(low > MOSTLY))
        for (owner, many), low in zip(enough.items(), lower, strict=True)
    }


def predicted_late(item: Item, as_at: date, records: Mapping[str, Record], due_soon_days: int) -> str | None:
    """Why an item that is not late yet will be, in a sentence; None when nothing says so.

    By its pace: the percentage done against the share of its time that has gone, once half has. By its owner's
    record: most of what fell due in two years was late, and this one is due soon and not done.
    """
    due = item.due
    if due is None or due < as_at or item.ended is not None:
        return None
    return _by_pace(item, due, as_at) or _by_record(item, due, as_at, records, due_soon_days)


def _by_pace(item: Item, due: date, as_at: date) -> str | None:
    if item.opened is None or item.done is None or due <= item.opened or item.done >= 100:
        return None
    whole, gone = (due - item.opened).days, (as_at - item.opened).days
    if gone < PART_GONE * whole:
        return None
    progress = f"{item.done:.0f}% done with {min(gone / whole, 1):.0%} of its time gone"
    if item.done <= 0:
        return f"{progress}: not begun, so it will not be done by {in_full(due)} at this pace."
    needed = gone * 100 / item.done
    if needed <= whole * (1 + MARGIN):
        return None
    try:
        ends = item.opened + timedelta(days=round(needed))
    except OverflowError:
        ends = date.max
    when = f"in {ends:%B %Y}" if ends.year < as_at.year + 10 else "more than ten years from now"
    return f"{progress}: at this pace it will be done {when}, and it is due on {in_full(due)}."


def _by_record(item: Item, due: date, as_at: date, records: Mapping[str, Record], due_soon_days: int) -> str | None:
    record = records.get(item.owner or "")
    if record is None or not record.is_mostly_late or (due - as_at).days > due_soon_days:
        return None
    return f"{record.late} of the {record.due} that this owner had due in the last two years were late."
