"""Is a figure late? Judged from the source's expected date, never from a guess."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from scorecard.catalogue import Catalogue, Expected, Measure
from scorecard.judge.status import Status
from scorecard.periods import Frequency, Period, latest_complete, month_index
from scorecard.wording import figure

PERIODS_LISTED: Final = 13
"""Ended periods in a source's calendar: a year and the same period of the year before."""
SOON: Final = 10
"""Working days from the day lateness is judged as at."""


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


class Arrival(StrEnum):
    """What became of one submission: the figures of one period of a source."""

    in_time = "in_time"
    came_late = "came_late"
    came = "came"
    """It is here; whether in time cannot be said, because it was here before arrivals were recorded."""
    late = "late"
    never_came = "never_came"
    """Its day has passed, it is not here, and figures for a later period are."""
    due_soon = "due_soon"
    to_come = "to_come"


@dataclass(frozen=True)
class Submission:
    """One period of a source: when its figures are due, when they came, and how that stands."""

    period: Period
    due_on: date
    came_on: date | None
    state: Arrival


def expected_of(measure: Measure, catalogue: Catalogue) -> Expected | None:
    """When a measure's figures are due: as it says itself, else as its source says; None if it is never late."""
    expected = measure.expected or catalogue.sources[measure.source_ids[0]].expected
    if expected and measure.expected is None and expected.every.months < measure.frequency.months:
        # Files come each month, the figure only when the quarter or year is over.
        return expected.model_copy(update={"every": measure.frequency})
    return expected


def submissions(expected: Expected, came: Mapping[date, date | None], as_at: date) -> list[Submission]:
    """A source's calendar, the latest period first: the next one to end and up to PERIODS_LISTED that have ended.

    `came` has the last day of every period that there are figures for, and the day they came, None where that is not
    known. Periods before the first of them were never promised.
    """
    soon = _working_days_later(as_at)
    last = _last_ended(expected.every, came, as_at)
    step, first, newest = expected.every.months, min(came, default=last.end), max(came, default=date.min)
    listed = [last.shifted(-step * back) for back in range(-1, PERIODS_LISTED)]
    return [
        _submission(expected, period, came, as_at, soon, period.end < newest)
        for period in listed
        if period.end >= first
    ]


def _last_ended(every: Frequency, came: Mapping[date, date | None], as_at: date) -> Period:
    """The last period that has ended. The source's years need not be financial years: they end as most of its do."""
    last = latest_complete(as_at, every)
    if came:
        ends = Counter((month_index(end) - month_index(last.end)) % every.months for end in came)
        months_back = (every.months - ends.most_common(1)[0][0]) % every.months
        last = last.shifted(every.months - months_back)
        last = last if last.end < as_at else last.shifted(-every.months)
    return last


def _submission(
    expected: Expected, period: Period, came: Mapping[date, date | None], as_at: date, soon: date, is_passed: bool
) -> Submission:
    due_on, came_on = expected.due_on(period.end), came.get(period.end)
    if period.end in came:
        state = Arrival.came if came_on is None else Arrival.in_time if came_on <= due_on else Arrival.came_late
    elif due_on < as_at:
        state = Arrival.never_came if is_passed else Arrival.late
    else:
        state = Arrival.due_soon if due_on <= soon else Arrival.to_come
    return Submission(period, due_on, came_on, state)


def _working_days_later(as_at: date) -> date:
    from scorecard.working_days import working_day_after  # loads the bank holidays

    return working_day_after(as_at, SOON)
