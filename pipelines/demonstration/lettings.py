"""Council homes let: one workbook a financial year with a row for each letting, on a sheet named by its months."""

from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.records import days_of, drawn, numbered, one_of
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import Span, covered, in_file_name
from pipelines.demonstration.wards import WARDS
from scorecard.periods import between

HEADINGS: Final = ("Letting", "Ward", "Type of home", "Last tenancy ended", "New tenancy began", "Major works")
RELETS: Final = Ratio(
    Series("relets", 26.9, 0.3, changes=(drift("2023-04", -0.2, "2024-03"), drift("2024-04", -0.02))),
    Series("lets", 30, 2),
    per=1,
)
OCTOBER: Final = (month_of("2026-10"), 756, 30)
"""October 2026: the days and homes that make 25.2, just over its target and no more than its usual ups and downs."""
HOMES: Final = {"Flat": 0.5, "House": 0.28, "Bungalow": 0.12, "Sheltered flat": 0.1}
FEWEST_DAYS: Final = 4
NEW_HOMES: Final = {month_of("2024-06"): 4, month_of("2024-07"): 3}
"""Homes let for the first time; no tenancy ended before."""
NO_DAY: Final = month_of("2025-02")
"""The month of a letting whose last tenancy ended on a day that no calendar has."""


def lettings(span: Span) -> dict[str, bytes]:
    """A workbook for each financial year."""
    return {
        f"housing/Lettings {in_file_name(year)}.xlsx": as_workbook({covered(year): _sheet(span, year)})
        for year in span.financial_years
    }


def _sheet(span: Span, year: int) -> Table:
    rows = [row for month in span.months(year) for row in _month(month, span.seed)]
    titles = (f"Council homes let, {covered(year)}",)
    return Table(HEADINGS, rows, titles, ("Notes", "Source: housing system, report VOID7. Mutual exchanges left out."))


def _month(month: int, seed: int) -> list[Row]:
    random = drawn(seed, "lettings/homes", month)
    days, lets = OCTOBER[1:] if month == OCTOBER[0] else RELETS.at(month, seed)
    usual, works, new = int(lets or 0), int(random.integers(2, 6)), NEW_HOMES.get(month, 0)
    empty = np.concatenate([_adding_up_to(days, usual, random), random.integers(65, 160, works), np.zeros(new, int)])
    random.shuffle(order := np.arange(len(empty)))
    began = days_of(month, len(empty), random)
    refs, wards = numbered("L", month, len(empty)), one_of(WARDS, len(empty), random)
    homes = one_of(HOMES, len(empty), random)
    rows: list[Row] = []
    for at, each in enumerate(order):
        start = between(month, month).start.replace(day=int(str(began[at])[8:]))
        ended = None if each >= usual + works else date.fromordinal(start.toordinal() - int(empty[each]))
        major = "Yes" if usual <= each < usual + works else "No"
        rows.append([str(refs[at]), str(wards[at]), str(homes[at]), ended, start, major])
    if month == NO_DAY:
        rows.append(["L202502-X00001", "Priory", "Flat", "30/02/2025", date(2025, 2, 27), "No"])
    return rows


def _adding_up_to(total: int, parts: int, random: np.random.Generator) -> NDArray[np.int64]:
    """So many whole numbers of days that add up to the total, most of them small."""
    weights = random.gamma(3.0, 1.0, parts)
    days: NDArray[np.int64] = FEWEST_DAYS + np.floor((total - FEWEST_DAYS * parts) * weights / weights.sum()).astype(
        np.int64
    )
    days[: total - int(days.sum())] += 1
    return days
