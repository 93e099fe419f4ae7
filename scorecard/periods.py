"""Periods as councils count them: months, quarters and financial years that begin on 1 April.

This module imports nothing from the project.
"""

import re
from calendar import month_name, monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
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


_MONTH_NUMBERS: Final = {
    **{name.casefold(): at for at, name in enumerate(MONTHS)},
    **{name.casefold(): at for at, name in enumerate(month_name[1:])},
    "sept": 8,
}


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _financial_year(text: str) -> Period | None:
    match = re.fullmatch(r"(?:FY\s*)?(\d{4})\s*[-/–]\s*(\d{2}|\d{4})", text, re.IGNORECASE)
    if not match or (int(match[1]) + 1) % 100 != int(match[2][-2:]):
        return None
    return between(int(match[1]) * 12 + 3, int(match[1]) * 12 + 14)


def _financial_years(text: str) -> Period | None:
    match = re.fullmatch(r"(\d{4})\s*[-/–]\s*(\d{2}|\d{4})", text)
    if not match:
        return None
    last = int(match[1][:2] + match[2][-2:])
    return between(int(match[1]) * 12 + 3, last * 12 + 2) if last > int(match[1]) else None


def _financial_quarter(text: str) -> Period | None:
    year_first = re.fullmatch(r"(\d{4})\s*[-/–]\s*\d{2,4}\s*Q([1-4])", text, re.IGNORECASE)
    quarter_first = re.fullmatch(r"Q([1-4])\s*(\d{4})\s*[-/–]\s*\d{2,4}", text, re.IGNORECASE)
    if year_first:
        year, quarter = int(year_first[1]), int(year_first[2])
    elif quarter_first:
        year, quarter = int(quarter_first[2]), int(quarter_first[1])
    else:
        return None
    first = year * 12 + 3 + (quarter - 1) * 3
    return between(first, first + 2)


def _month(text: str) -> Period | None:
    named = re.fullmatch(r"([A-Za-z]{3,9})\.?[\s-]+(\d{4}|\d{2})", text)
    if named and named[1].casefold() in _MONTH_NUMBERS:
        index = _year(named[2]) * 12 + _MONTH_NUMBERS[named[1].casefold()]
        return between(index, index)
    numbered = re.fullmatch(r"(\d{4})-(\d{1,2})", text)
    if numbered and 1 <= int(numbered[2]) <= 12:
        index = int(numbered[1]) * 12 + int(numbered[2]) - 1
        return between(index, index)
    return None


def _month_range(text: str) -> Period | None:
    ends = re.split(r"\s+(?:to|-|–)\s+", text)
    first, last = (_month(ends[0]), _month(ends[-1])) if len(ends) == 2 else (None, None)
    if not first or not last or first.start > last.start:
        return None
    return between(month_index(first.start), month_index(last.end))


def _calendar_year(text: str) -> Period | None:
    return between(int(text) * 12, int(text) * 12 + 11) if re.fullmatch(r"(?:19|20)\d{2}", text) else None


def _calendar_quarter(text: str) -> Period | None:
    match = re.fullmatch(r"(?P<year>\d{4})\s*Q(?P<quarter>[1-4])", text, re.IGNORECASE) or re.fullmatch(
        r"Q(?P<quarter>[1-4])\s*(?P<year>\d{4})", text, re.IGNORECASE
    )
    if not match:
        return None
    first = int(match["year"]) * 12 + (int(match["quarter"]) - 1) * 3
    return between(first, first + 2)


def _iso_interval(text: str) -> Period | None:
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:T[0-9:]+)?/P(?:(\d+)Y)?(?:(\d+)M)?", text)
    if not match or not (match[2] or match[3]):
        return None
    start = date.fromisoformat(match[1])
    length = int(match[2] or 0) * 12 + int(match[3] or 0)
    return between(month_index(start), month_index(start) + length - 1) if start.day == 1 else None


def parse_date(text: str) -> date | None:
    """A day written as 2024-03-31, 31/03/2024, 31/03/24, 31-Mar-24, 31 March 2024, or an Excel serial."""
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%b-%y", "%d-%b-%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    if re.fullmatch(r"\d{5}(\.0)?", text):
        return date(1899, 12, 30) + timedelta(days=int(float(text)))
    return None


def _ending(frequency: Frequency) -> Callable[[str], Period | None]:
    def read(text: str) -> Period | None:
        packed = re.fullmatch(r"(\d{4})(\d{2})", text)
        day = date(int(packed[1]), int(packed[2]), 1) if packed and 1 <= int(packed[2]) <= 12 else parse_date(text)
        return ending(day, frequency) if day else None

    return read


FORMS: Final[Mapping[str, Callable[[str], Period | None]]] = {
    "financial_year": _financial_year,
    "financial_years": _financial_years,
    "financial_quarter": _financial_quarter,
    "month": _month,
    "month_range": _month_range,
    "calendar_year": _calendar_year,
    "calendar_quarter": _calendar_quarter,
    "iso_interval": _iso_interval,
    "month_ending": _ending(Frequency.month),
    "quarter_ending": _ending(Frequency.quarter),
    "year_ending": _ending(Frequency.year),
}
"""The ways a period can be written; a contract names the ones its source uses.

financial_year 2013/14 · financial_years 2020-23 (several) · financial_quarter 2022/23 Q3 · month Nov 2023 or
2023-11 · month_range Apr 2023 to Oct 2023 · calendar_year 2023 · calendar_quarter 2023 Q4 ·
iso_interval 2011-04-01/P1Y · month_ending, quarter_ending, year_ending a date or 202303.
"""


def parse_period(text: str, forms: Iterable[str]) -> Period | None:
    """Read `text` by the first of the named forms that fits; None when none does."""
    return _parsed(text, tuple(forms))


@lru_cache(maxsize=4096)
def _parsed(text: str, forms: tuple[str, ...]) -> Period | None:
    cleaned = " ".join(text.split())
    return next((period for form in forms if (period := FORMS[form](cleaned))), None)
