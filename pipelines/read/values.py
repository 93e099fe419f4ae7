"""What a cell says: a number, a date or words, and the marker that stands with it."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pipelines.read.grid import Cell, as_text
from scorecard.catalogue import Column
from scorecard.markers import take_marker
from scorecard.period_forms import parse_day

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_NOTES = re.compile(r"\[\s*notes?\s*\d+(?:\s*,\s*\d+)*\s*\]", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"(?<=\d)(?:T| +)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?", re.ASCII)


@dataclass(frozen=True)
class Value:
    """One cell understood. `unreadable` holds the text when it could not be."""

    text: str | None
    number: float | None = None
    day: date | None = None
    marker: str | None = None
    unreadable: str | None = None


def read_value(cell: Cell | None, column: Column, older_markers: Mapping[str, str]) -> Value:
    """Understand a cell by its column's contract; blank stays blank, a marker is never a number.

    Beside a number or date the number of a footnote, [note 2], is passed over.
    """
    text = as_text(cell)
    if not text:
        return Value(None)
    if column.type == "text":
        found = _extracted(text, column)
        return Value(found) if found is not None else Value(text, unreadable=text)
    rest, marker = take_marker(_NOTES.sub("", text).strip() if "[" in text else text, older_markers)
    if marker and not rest:
        return Value(text, marker=marker)
    wanted = _extracted(rest, column)
    if not wanted:
        return Value(text, unreadable=text)
    if column.type == "date":
        day = cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else _day(wanted, column)
        return Value(text, day=day, marker=marker, unreadable=None if day else text)
    exact = float(cell) if isinstance(cell, float | int) and not isinstance(cell, bool) and not column.extract else None
    number = exact if exact is not None and math.isfinite(exact) else parse_number(wanted)
    if number is None or (column.type == "integer" and not number.is_integer()):
        return Value(text, unreadable=text)
    return Value(text, number=number, marker=marker)


def parse_number(text: str) -> float | None:
    """A number with "£", thousands separators, "%" or brackets for minus; None for anything else.

    "12%" is 12: a percentage is a number of per cent. Infinity and NaN are not numbers.
    """
    bare = text.replace("\u2212", "-").replace("\xa0", " ").strip()
    if bare.startswith("£("):
        bare = bare[1:]
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1].strip() if negative else bare
    bare = re.sub(r"^([+-]?)\s*£\s*", r"\1", bare).removesuffix("%").strip()
    if not bare or (negative and bare[0] in "+-") or not _NUMBER.fullmatch(bare) or not re.search(r"\d", bare):
        return None
    number = float(bare.replace(",", ""))
    if not math.isfinite(number):
        return None
    return -number if negative else number


def _day(text: str, column: Column) -> date | None:
    """The day that a text says in the forms of its column; in the ordinary forms a time of day may stand after it."""
    day = parse_day(text, column.date_forms)
    if day is None and not column.date_forms and ":" in text:
        time_of_day = _TIME_OF_DAY.search(text)
        day = parse_day(text[: time_of_day.start()]) if time_of_day and time_of_day.end() == len(text) else None
    return day


def _extracted(text: str, column: Column) -> str | None:
    if not column.extract:
        return text
    match = re.search(column.extract, text)
    return (match.group(1) if match.re.groups else match.group(0)) if match else None
