"""Counts by financial year: the steps of a tally with their exact intervals, and breakdowns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from scorecard.catalogue import Register
from scorecard.judge.small_counts import proportion_limits
from scorecard.periods import Period, between, financial_year_of, month_index
from scorecard.registers.item import Item


@dataclass(frozen=True)
class StepCount:
    """How many items of a year passed a step, and of which step they are a share; the limits are exact at 95%."""

    step: str
    position: int
    title: str
    period: Period
    items: int
    out_of: int | None
    of_title: str | None
    share: float | None
    lower: float | None
    upper: float | None


def tally(register: Register, days: Mapping[str, Mapping[str, date]], as_at: date) -> list[StepCount]:
    """One StepCount a step and financial year in which any step counts an item; a share of nothing is None.

    `days` has for each step the items that pass it, with the day that says in which year they count.
    """
    counts = {
        step: Counter(financial_year_of(day) for day in passed.values() if day <= as_at)
        for step, passed in days.items()
    }
    found = []
    for year in sorted({year for counted in counts.values() for year in counted}):
        for position, (name, step) in enumerate(register.steps.items()):
            items, out_of = counts[name][year], counts[step.of][year] if step.of else None
            title = register.steps[step.of].title if step.of else None
            share, lower, upper = _share(items, out_of)
            found.append(
                StepCount(name, position, step.title, year_of(year), items, out_of, title, share, lower, upper)
            )
    return found


def year_of(starts: int) -> Period:
    """The financial year that begins in a calendar year."""
    first = month_index(date(starts, 4, 1))
    return between(first, first + 11)


def _share(items: int, out_of: int | None) -> tuple[float | None, float | None, float | None]:
    """Per cent with its exact 95% limits (Clopper and Pearson 1934, Biometrika 26:404)."""
    if not out_of or items > out_of:
        return None, None, None
    lower, upper = proportion_limits(np.array([float(items)]), np.array([float(out_of)]))
    return 100 * items / out_of, 100 * float(lower[0]), 100 * float(upper[0])


@dataclass(frozen=True)
class CategoryCount:
    """Items of one category in one financial year; open and overdue at its end, or on the day it is judged as at."""

    category: str
    period: Period
    opened: int
    closed: int
    open: int
    overdue: int


def broken_down(
    items: Sequence[Item], categories: Sequence[str | None], years: Sequence[Period], as_at: date
) -> list[CategoryCount]:
    """One CategoryCount a category and year, for `categories` of the items in their order; None is left out."""
    found = []
    for category in sorted({each for each in categories if each}):
        mine = [item for item, each in zip(items, categories, strict=True) if each == category]
        for period in years:
            on = min(period.end, as_at)
            found.append(
                CategoryCount(
                    category,
                    period,
                    sum(item.opened is not None and period.start <= item.opened <= on for item in mine),
                    sum(item.ended is not None and period.start <= item.ended <= on for item in mine),
                    sum(item.is_open(on) for item in mine),
                    sum(item.is_overdue(on) for item in mine),
                )
            )
    return found
