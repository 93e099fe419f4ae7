"""Is a figure late? Judged from the source's expected date, never from a guess."""

from dataclasses import dataclass
from datetime import date, timedelta

from scorecard.catalogue import Expected
from scorecard.judge.status import Status
from scorecard.periods import Period, latest_complete


@dataclass(frozen=True)
class Due:
    """The next figure to come: its period, the day it is due, and whether that day has passed."""

    period: Period
    on: date
    status: Status


def next_due(expected: Expected, last_held: Period | None, as_at: date) -> Due | None:
    """The earliest figure still to come for a period that has ended; None when nothing is outstanding."""
    step = expected.every.months
    period = last_held.shifted(step) if last_held else latest_complete(as_at, expected.every)
    if period.end >= as_at:
        return None
    on = period.end + timedelta(days=expected.within_days)
    return Due(period, on, Status.overdue if on < as_at else Status.awaiting)
