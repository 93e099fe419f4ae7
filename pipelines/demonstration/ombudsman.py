"""The Ombudsman's yearly letters, copied into one workbook: a handful of cases, in which two or three say little."""

from typing import Final

from pipelines.demonstration.annual import finished_years
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.span import Span
from pipelines.demonstration.wards import PEOPLE
from scorecard.periods import year_label

LETTERS: Final = {
    2019: (47, 45, 11, 6, 5, 5, 1),
    2020: (31, 33, 8, 5, 4, 4, 1),
    2021: (44, 41, 9, 6, 5, 5, 1),
    2022: (42, 43, 6, 5, 5, 4, 1),
    2023: (49, 47, 10, 8, 7, 7, 1),
    2024: (39, 41, 5, 4, 4, 4, 1),
    2025: (43, 42, 7, 5, 5, 5, 1),
}
"""Received, decided, investigated, upheld; recommendations due and complied with; upheld but already put right."""
EARLIER: Final = (40, 40, 9, 5, 4, 4, 1)
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
    years = finished_years(span)
    rows = [_row(year) for year in range(years[0] - YEARS_BEFORE, years[-1] + 1)]
    titles = ("Local Government and Social Care Ombudsman", "From the yearly letters, April to March")
    notes = ("Notes", "Since April 2022 the Ombudsman investigates fewer and graver complaints.")
    table = Table(HEADINGS, rows, titles, notes)
    return {"legal/Ombudsman letters.xlsx": as_workbook({"Yearly letters": table})}


def _row(year: int) -> Row:
    received, decided, investigated, upheld, due, complied, remedied = LETTERS.get(year, EARLIER)
    return [year_label(year), received, decided, investigated, upheld, PEOPLE, due, complied, remedied]
