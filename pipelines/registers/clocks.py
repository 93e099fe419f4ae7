"""Time limits of items: on which day something must have happened, and whether it did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from pipelines.registers.rows import MEETS
from scorecard.catalogue import Clock, Register
from scorecard.working_days import bank_holidays

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Timing:
    """One limit of one item."""

    position: int
    title: str
    due_on: date
    extended_to: date | None
    met_on: date | None
    state: str
    """in_time, late, running or overdue; an extension agreed moves the limit."""
    is_due: bool

    @property
    def limit(self) -> date:
        """The last day in time: an extension moves it."""
        return max(self.due_on, self.extended_to) if self.extended_to else self.due_on


def timings_of(register: Register, grouped: Mapping[str, Sequence[Row]], as_at: date) -> Mapping[str, list[Timing]]:
    """Item → its limits, by the latest row of each; only where the clock has begun."""
    found: dict[str, list[Timing]] = {}
    for position, clock in enumerate(register.clocks):
        meets = f"{MEETS}clock {position}"
        mine = {
            item_id: rows[-1]
            for item_id, rows in grouped.items()
            if rows[-1].get(meets, True) and rows[-1][clock.start] is not None
        }
        limits = _limits(clock, [row[clock.start] for row in mine.values()])
        for (item_id, row), due_on in zip(mine.items(), limits, strict=True):
            found.setdefault(item_id, []).append(_timing(position, clock, row, due_on, as_at))
    return found


def _limits(clock: Clock, starts: Sequence[date]) -> list[date]:
    """The last day of each: working days of England after the day it began, or days."""
    if clock.days is not None:
        return [start + timedelta(days=clock.days) for start in starts]
    if not starts:
        return []
    days = np.busday_offset(
        np.array(starts, dtype="datetime64[D]"), clock.working_days or 0, "preceding", holidays=bank_holidays()
    )
    return [day.item() for day in days]


def _timing(position: int, clock: Clock, row: Row, due_on: date, as_at: date) -> Timing:
    extended: date | None = row[clock.extended] if clock.extended else None
    met: date | None = row[clock.until]
    limit = max(due_on, extended) if extended else due_on
    if met is not None and met <= as_at:
        state = "in_time" if met <= limit else "late"
    else:
        state = "running" if as_at <= limit else "overdue"
    return Timing(position, clock.title, due_on, extended, met, state, clock.is_due)
