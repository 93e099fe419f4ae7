"""The ways a period can be written, and reading them."""

import re
from calendar import month_name
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from scorecard.periods import MONTHS, Frequency, Period, between, ending, month_index

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


SERIAL_1904: Final = "serial_1904"
"""Form of date: days since 1 January 1904, as workbooks of old Macintoshes count."""


def parse_day(text: str, forms: Iterable[str] = ()) -> date | None:
    """A day written in one of the forms, as strptime has them, or "serial_1904"; without forms as parse_date reads."""
    forms = tuple(forms)
    if not forms:
        return parse_date(text)
    for form in forms:
        if form == SERIAL_1904:
            if re.fullmatch(r"\d{1,5}(\.0)?", text):
                return date(1904, 1, 1) + timedelta(days=int(float(text)))
            continue
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def day_form_fault(form: str) -> str | None:
    """Why a form of date cannot be used, in words; None when it can: it must say day, month and year."""
    if form == SERIAL_1904:
        return None
    sample = date(2026, 11, 22)
    try:
        read = datetime.strptime(sample.strftime(form), form).date()
    except ValueError:
        read = None
    return None if read == sample else f"'{form}' is no form of date: write it as in %d/%m/%Y, or serial_1904"


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
