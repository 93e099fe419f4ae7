"""The board's month as rows: the council's calendar, and each step of each cycle with its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from scorecard.catalogue import Catalogue
from scorecard.catalogue.council import Plan
from scorecard.catalogue.cycle import Cycle, CycleStep
from scorecard.periods import FINANCIAL_YEAR_STARTS, MONTHS, Frequency, Period, between, month_index
from scorecard.working_days import working_day_after

Rows = list[dict[str, Any]]
MONTHS_BEFORE: Final = 14
"""How far back cycles are told: a year, and the weeks in which its last returns are taken."""
MONTHS_AFTER: Final = 4


@dataclass(frozen=True)
class _Round:
    """One turn of a cycle."""

    label: str
    start: date
    end: date
    counts_from: date | None
    """The day from which days are counted; None for a plan without an end."""


def cycle_rows(catalogue: Catalogue, as_at: date) -> dict[str, Rows]:
    """body, body_meeting, cycle and cycle_step, in the columns of schema.sql and the catalogue's order.

    A cycle has a round for each period that ends from MONTHS_BEFORE the month of `as_at` to MONTHS_AFTER it; one of
    every plan has the plan as its one round, and none without a plan. `due_on` is None for a meeting that the
    calendar does not have yet, and for every meeting after it in that round.
    """
    bodies, cycles = catalogue.calendar.items(), catalogue.cycles.items()
    return {
        "body": [{"body_id": name, "title": each.title} for name, each in bodies],
        "body_meeting": [{"body_id": name, "held_on": day} for name, each in bodies for day in each.meetings],
        "cycle": [
            {"cycle_id": name, "position": at, "title": each.title, "every": each.every, "purpose": each.purpose}
            for at, (name, each) in enumerate(cycles)
        ],
        "cycle_step": [
            row
            for name, each in cycles
            for turn in _rounds(each, catalogue.plan, as_at)
            for row in _step_rows(name, each, turn, _days(catalogue, each, turn))
        ],
    }


def _rounds(cycle: Cycle, plan: Plan | None, as_at: date) -> list[_Round]:
    """The turns of a cycle, the earliest first."""
    if cycle.every == "plan":
        return [_of_plan(cycle, plan)] if plan else []
    months, today = Frequency(cycle.every).months, month_index(as_at)
    lasts = [
        month
        for month in range(today - MONTHS_BEFORE, today + MONTHS_AFTER + 1)
        if (month + 2 - FINANCIAL_YEAR_STARTS) % months == 0
    ]
    periods = [between(last - months + 1, last) for last in lasts]
    return [_Round(each.label, each.start, each.end, each.end) for each in periods]


def _of_plan(cycle: Cycle, plan: Plan) -> _Round:
    """The plan's own time. One without an end is told up to its last fixed day."""
    if plan.until:
        return _Round(Period(plan.since, plan.until).label, plan.since, plan.until, plan.until)
    last = max([plan.since, *(step.on for step in cycle.steps.values() if step.on)])
    return _Round(f"From {MONTHS[plan.since.month - 1]} {plan.since.year}", plan.since, last, None)


def _days(catalogue: Catalogue, cycle: Cycle, turn: _Round) -> list[date | None]:
    """The day of each step, in their order."""
    days: list[date | None] = []
    before = turn.counts_from or turn.start
    has_meetings = True
    for step in cycle.steps.values():
        if step.body:
            day = _first_after(_meetings(catalogue, step.body), before) if has_meetings else None
            has_meetings = day is not None
        else:
            day = step.on or _counted(step, turn.counts_from)
        before = day or before
        days.append(day)
    return days


def _meetings(catalogue: Catalogue, body: str) -> Sequence[date]:
    """The days on which a body of the calendar or a committee meets, in order; none for one that is not there."""
    found = catalogue.calendar.get(body) or catalogue.committees.get(body)
    return found.meetings if found else ()


def _first_after(meetings: Sequence[date], before: date) -> date | None:
    return next((day for day in meetings if day > before), None)


def _counted(step: CycleStep, counts_from: date | None) -> date | None:
    """So many days or working days after a day; None where there is no such day, or it is beyond the calendar."""
    if counts_from is None:
        return None
    try:
        if step.working_days is not None:
            return working_day_after(counts_from, step.working_days)
        return counts_from + timedelta(days=step.days or 0)
    except (KeyError, OverflowError, ValueError):
        return None


def _step_rows(name: str, cycle: Cycle, turn: _Round, days: Sequence[date | None]) -> Rows:
    return [
        {
            "cycle_id": name,
            "position": at,
            "step": step,
            "title": each.title,
            "who": each.who,
            "is_return": each.returns,
            "period": turn.label,
            "period_start": turn.start,
            "period_end": turn.end,
            "due_on": day,
        }
        for at, ((step, each), day) in enumerate(zip(cycle.steps.items(), days, strict=True))
    ]
