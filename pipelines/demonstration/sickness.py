"""Sickness spells: one OpenDocument workbook a financial year, with a row for each spell and month it cost days in."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.files import Row, Table, as_ods
from pipelines.demonstration.parts import parted
from pipelines.demonstration.records import Texts, drawn, numbered, one_of
from pipelines.demonstration.resources import DAYS_LOST
from pipelines.demonstration.series import Series
from pipelines.demonstration.span import Span, covered
from scorecard.periods import between

LONG_TERM: Final = Series("long_term", 1330, 22)
"""Of these, days in spells of twenty working days or more, which know no season."""
LONG_SPELLS: Final = 78
DAYS_OF_A_SHORT_SPELL: Final = 4.6
REASONS: Final[Mapping[bool, Mapping[str, float]]] = {
    True: {
        "Stress and mental health": 0.38,
        "Back, joints and muscles": 0.26,
        "Operation and recovery": 0.20,
        "Heart and circulation": 0.05,
        "Other": 0.11,
    },
    False: {
        "Cold, flu and infection": 0.46,
        "Stomach and digestion": 0.19,
        "Back, joints and muscles": 0.14,
        "Stress and mental health": 0.11,
        "Other": 0.10,
    },
}
"""What long spells (True) and short ones are for."""
DIRECTORATES: Final = {
    "Chief Executive's Office": 0.05,
    "Resources": 0.17,
    "Place": 0.34,
    "Adults": 0.25,
    "Children": 0.19,
}
RENAMED: Final = 2024
"""From this financial year the reason's column has another name."""


def sickness(span: Span) -> dict[str, bytes]:
    """A workbook for each financial year; two rows of that of 2024/25 cannot be used."""
    return {
        f"workforce/Sickness spells {covered(year)}.ods": as_ods({"Spells": _sheet(span, year)})
        for year in span.financial_years
    }


def _sheet(span: Span, year: int) -> Table:
    reason = "Reason for absence" if year >= RENAMED else "Absence reason"
    headings = ("Spell", "Month ending", "Directorate", reason, "Length", "FTE days lost", "Of which long term")
    rows = [row for month in span.months(year) for row in _month(month, span.seed)]
    titles = ("Alderbrook Council: Human Resources", f"Days lost to sickness, {covered(year)}")
    notes = ("Notes: schools are left out. A spell stands once for each month in which it cost working days.",)
    return Table(headings, [*rows, *(_spoilt(rows[0]) if year == 2024 else [])], titles, notes)


def _spoilt(like: Row) -> list[Row]:
    """A reason that nobody agreed and days in words, on spells of their own."""
    _, ends, directorate, _, length, _, _ = like
    return [
        ["S202404-900001", ends, directorate, "Long Covid?", length, 4.0, 0],
        ["S202404-900002", ends, directorate, "Other", length, "half a day", 0],
    ]


def _month(month: int, seed: int) -> list[Row]:
    random = drawn(seed, "sickness/spells", month)
    long = round(LONG_TERM.at(month, seed))
    short = round(DAYS_LOST.at(month, seed)) - long
    return [
        *_rows(month, long, _long_spells(month), random, long_term=True),
        *_rows(month, short, numbered("S", month, round(short / DAYS_OF_A_SHORT_SPELL)), random, long_term=False),
    ]


def _long_spells(month: int) -> Texts:
    """References that stay with a spell for the two to six months it lasts."""
    places = np.arange(LONG_SPELLS)
    begun = month - (month + places % 7) % (2 + places % 5)
    return np.array([f"S{at // 12}{at % 12 + 1:02d}-8{place:05d}" for at, place in zip(begun, places, strict=True)])


def _rows(month: int, days: int, spells: Texts, random: np.random.Generator, *, long_term: bool) -> list[Row]:
    ends, length = between(month, month).end, "Long term" if long_term else "Short term"
    weights = (
        random.uniform(0.65, 1.0, len(spells)) if long_term else np.clip(random.gamma(2.2, 1.0, len(spells)), 0.3, 6.0)
    )
    lost: NDArray[np.float64] = parted(days * 10, weights) / 10
    directorates = one_of(DIRECTORATES, len(spells), random).tolist()
    reasons = one_of(REASONS[long_term], len(spells), random).tolist()
    parts = zip(spells.tolist(), directorates, reasons, lost.tolist(), strict=True)
    return [
        [spell, ends, place, reason, length, each, each if long_term else 0] for spell, place, reason, each in parts
    ]
