"""Figures and differences as people read them, in one place so that every page and file agrees."""

import math
from datetime import date
from typing import Final

from scorecard.markers import in_words

MINUS: Final = "\u2212"
_ATTACHED: Final = ("%",)


def number(value: float, decimals: int) -> str:
    """A number with thousands separated and a true minus sign; never "-0"."""
    text = f"{value:,.{decimals}f}"
    if text.lstrip("-").strip("0.,") == "":
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def figure(value: float | None, unit: str, decimals: int, marker: str | None = None) -> str:
    """A figure with its unit and marker: "43.7%", "£1,204", "9.2 days", "not available"."""
    if value is None or math.isnan(value):
        return in_words(marker) or "no figure"
    text = number(value, decimals)
    if unit.startswith("£"):
        rest = unit.removeprefix("£").strip()
        text = f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"
        text = f"{text} {rest}" if rest else text
    elif unit in _ATTACHED:
        text += unit
    else:
        text = f"{text} {one_of(unit) if text in ('1', MINUS + '1') else unit}"
    return f"{text} ({in_words(marker)})" if marker else text


def one_of(unit: str) -> str:
    """A unit for one: "days" becomes "day", "policies" becomes "policy"; a rate ("per 1,000 people") stays."""
    first, *rest = unit.split(" ")
    if first == "people":
        first = "person"
    elif first.endswith("ies"):
        first = f"{first.removesuffix('ies')}y"
    elif first.endswith(("ches", "shes", "sses", "xes")):
        first = first.removesuffix("es")
    elif first.endswith("s") and not first.endswith("ss"):
        first = first.removesuffix("s")
    return " ".join([first, *rest])


def bare(value: float | None, unit: str, decimals: int, marker: str | None = None) -> str:
    """A figure whose unit stands beside it or has just been said: only "£" and "%" are said again."""
    said_again = "£" if unit.startswith("£") else unit if unit == "%" else ""
    return " ".join(figure(value, said_again, decimals, marker).split())


def difference(value: float, unit: str, decimals: int) -> str:
    """A difference between two figures, without its sign: percentages differ by points."""
    return figure(abs(value), "percentage points", decimals) if unit == "%" else bare(abs(value), unit, decimals)


def count(how_many: int, one: str, many: str | None = None) -> str:
    """ "1 file", "14 files", "no files"."""
    many = many or f"{one}s"
    return f"1 {one}" if how_many == 1 else f"{how_many:,} {many}"


def joined(parts: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def in_full(day: date) -> str:
    """A day as it is read out: "3 March 2026"."""
    return f"{day.day} {day:%B %Y}"
