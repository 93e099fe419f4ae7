"""Periods as councils count them: months, quarters and financial years that begin on 1 April.

This module imports nothing from the project.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

FINANCIAL_YEAR_STARTS: Final = 4
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Frequency(StrEnum):
    """How often a measure is reported."""

    month = "month"
    quarter = "quarter"
    year = "year"

    @property
    def months(self) -> int:
        """Length of one reporting period in months."""
        return {"month": 1, "quarter": 3, "year": 12}[self.value]


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of whole days, first and last day included."""

    start: date
    end: date

    @property
    def months(self) -> int:
        """Calendar months touched, e.g. 3 for a quarter."""
        return month_index(self.end) - month_index(self.start) + 1

    @property
    def label(self) -> str:
        """As council papers write it: "Oct 2024", "Q3 2024/25", "2024/25", "2020/21 to 2022/23"."""
        first = financial_year_of(self.start)
        if self.months == 1:
            return f"{MONTHS[self.start.month - 1]} {self.start.year}"
        if self.months == 3 and self.start.month % 3 == 1:
            return f"Q{financial_quarter_of(self.start)} {year_label(first)}"
        if self.start.month == FINANCIAL_YEAR_STARTS and self.months == 12:
            return year_label(first)
        if self.start.month == FINANCIAL_YEAR_STARTS and self.months % 12 == 0:
            return f"{year_label(first)} to {year_label(financial_year_of(self.end))}"
        if self.start.month == 1 and self.months == 12:
            return str(self.start.year)
        return f"{MONTHS[self.start.month - 1]} {self.start.year} to {MONTHS[self.end.month - 1]} {self.end.year}"

    def shifted(self, months: int) -> "Period":
        """The same length of period, moved by whole months (negative is earlier)."""
        return between(month_index(self.start) + months, month_index(self.end) + months)


def month_index(day: date) -> int:
    """Months since year 0, so that periods can be counted with whole numbers."""
    return day.year * 12 + day.month - 1


def between(first: int, last: int) -> Period:
    """The period from the first day of month index `first` to the last day of month index `last`."""
    start = date(first // 12, first % 12 + 1, 1)
    year, month = last // 12, last % 12 + 1
    return Period(start, date(year, month, monthrange(year, month)[1]))


def financial_year_of(day: date) -> int:
    """The calendar year in which the financial year containing `day` began."""
    return day.year if day.month >= FINANCIAL_YEAR_STARTS else day.year - 1


def financial_quarter_of(day: date) -> int:
    """1 for April to June, up to 4 for January to March."""
    return (day.month - FINANCIAL_YEAR_STARTS) % 12 // 3 + 1


def year_label(starts: int) -> str:
    """2024 becomes "2024/25"."""
    return f"{starts}/{(starts + 1) % 100:02d}"


def ending(last_day: date, frequency: Frequency) -> Period:
    """The period of this frequency whose last month contains `last_day`."""
    last = month_index(last_day)
    return between(last - frequency.months + 1, last)


def latest_complete(on: date, frequency: Frequency) -> Period:
    """The last period of this frequency that had wholly passed before `on`; years are financial years."""
    last = month_index(on) - 1
    if frequency is Frequency.quarter:
        last -= (last + 1) % 3
    elif frequency is Frequency.year:
        last -= (last + 1 - (FINANCIAL_YEAR_STARTS - 1)) % 12
    return between(last - frequency.months + 1, last)


def missing_between(periods: Iterable[Period], frequency: Frequency) -> list[Period]:
    """Periods that a regular series skips between its first and its last.

    Empty when the periods are not of one length equal to the frequency: an irregular or overlapping
    series has no gaps that can be named.
    """
    held = sorted(set(periods))
    if len(held) < 2 or any(period.months != frequency.months for period in held):
        return []
    steps = range(month_index(held[0].start), month_index(held[-1].start), frequency.months)
    expected = {between(step, step + frequency.months - 1) for step in steps}
    return sorted(expected - set(held))
