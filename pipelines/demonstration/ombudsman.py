"""The Ombudsman's yearly letters, copied into one workbook: a handful of cases, in which two or three say little."""

from typing import Final, NamedTuple

from pipelines.demonstration.annual import finished_years
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.span import Span
from pipelines.demonstration.wards import PEOPLE
from scorecard.periods import year_label


class Letter(NamedTuple):
    """What the Ombudsman counts in a year."""

    received: int
    decided: int
    investigated: int
    upheld: int
    due: int
    """Recommendations whose day came in the year, and those of them that were complied with."""
    complied: int
    remedied: int
    """Upheld, but already put right."""


LETTERS: Final = {
    2019: Letter(47, 45, 11, 6, 5, 5, 1),
    2020: Letter(31, 33, 8, 5, 4, 4, 1),
    2021: Letter(44, 41, 9, 6, 5, 5, 1),
    2022: Letter(42, 43, 6, 5, 5, 4, 1),
    2023: Letter(49, 47, 10, 8, 7, 7, 1),
    2024: Letter(39, 41, 5, 4, 4, 4, 1),
    2025: Letter(43, 42, 7, 5, 5, 5, 1),
    2026: Letter(24, 23, 3, 2, 2, 1, 0),
}
"""The last one is not written yet: it says what has come by the end of October."""
EARLIER: Final = Letter(40, 40, 9, 5, 4, 4, 1)
YEARS_BEFORE: Final = 2
"""The file goes back further than others, to before the Ombudsman became more selective in April 2022."""
HEADINGS: Final = (
    "Year",
    "Received",
    "Decided",
    "Detailed investigations",
    "Upheld",
    "People",
    "Recommendations due",
    "Recommendations complied with",
    "Upheld and already put right",
)


def ombudsman(span: Span) -> dict[str, bytes]:
    """One workbook with a row a year."""
    titles = ("Local Government and Social Care Ombudsman", "From the yearly letters, April to March")
    notes = ("Notes", "Since April 2022 the Ombudsman investigates fewer and graver complaints.")
    table = Table(HEADINGS, [_row(year) for year in letter_years(span)], titles, notes)
    return {"legal/Ombudsman letters.xlsx": as_workbook({"Yearly letters": table})}


def letter_years(span: Span) -> range:
    """The financial years whose letters are in the file."""
    years = finished_years(span)
    return range(years[0] - YEARS_BEFORE, years[-1] + 1)


def letter(year: int) -> Letter:
    """What was counted in the financial year that began in a calendar year."""
    return LETTERS.get(year, EARLIER)


def _row(year: int) -> Row:
    told = letter(year)
    return [
        year_label(year),
        told.received,
        told.decided,
        told.investigated,
        told.upheld,
        PEOPLE,
        told.due,
        told.complied,
        told.remedied,
    ]
