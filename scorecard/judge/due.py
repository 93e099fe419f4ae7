"""Is a figure late? Judged from the source's expected date, never from a guess."""

from dataclasses import dataclass
from datetime import date

from scorecard.catalogue import Expected, Measure
from scorecard.judge.status import Status
from scorecard.periods import Period, latest_complete
from scorecard.wording import figure


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
    on = expected.due_on(period.end)
    return Due(period, on, Status.overdue if on < as_at else Status.awaiting)


def absence_sentence(measure: Measure, due: Due, last: tuple[Period, float] | None) -> str:
    """What has not come, when it is due, and the last figure there is (its period and the figure), in a sentence."""
    verb = "was due on" if due.status is Status.overdue else "is due on"
    said = f"No figure yet for {due.period.label}, which {verb} {due.on.day} {due.on:%B %Y}"
    if last:
        period, value = last
        said += f"; the last was {figure(value, measure.unit, measure.decimals)} in {period.label}"
    return f"{said}."
