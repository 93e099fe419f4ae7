"""What is known once a year: the Ombudsman's letter, the residents' survey, adult learning results."""

from typing import Final

from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import LAST_FINANCIAL_YEAR, Span
from scorecard.periods import year_label

UPHELD: Final = {2021: 6, 2022: 5, 2023: 8, 2024: 4, 2025: 5}
"""Complaints upheld by the Ombudsman: a handful, so a change of two or three says little."""
SATISFIED: Final = Series("residents", 66.8, 0.5, changes=(drift("2021-04", -0.07, "2024-09"),))
HALF_INTERVAL: Final = 2.9
"""Points either side at 95 per cent, with about 1,060 answers."""
ACHIEVED: Final = Series("achieved", 88.9, 0.4)
LEARNERS: Final = Series("learners", 1540, 40)
HEADINGS: Final = ("Measure code", "Measure", "Year", "Figure", "Out of", "Lower limit", "Upper limit")


def annual(span: Span) -> dict[str, bytes]:
    """One file with three rows for each finished financial year, at least the last."""
    finished = range(min(span.financial_years[0], LAST_FINANCIAL_YEAR - 1), LAST_FINANCIAL_YEAR)
    rows = [row for year in finished for row in _year(year, span.seed)]
    return {"policy/Yearly measures.csv": as_csv(Table(HEADINGS, rows))}


def _year(year: int, seed: int) -> list[Row]:
    march, label = year * 12 + 14, year_label(year)
    satisfied = round(SATISFIED.at(march, seed), 1)
    learners = round(LEARNERS.at(march, seed))
    achieved = round(learners * ACHIEVED.at(march, seed) / 100)
    limits = [f"{satisfied - HALF_INTERVAL:.1f}%", f"{satisfied + HALF_INTERVAL:.1f}%"]
    return [
        ["YR1", "Complaints upheld by the Ombudsman", label, UPHELD.get(year, 5), None, None, None],
        ["YR2", "Residents satisfied with the council", label, f"{satisfied:.1f}%", None, *limits],
        ["YR3", "Adult learners who achieved", label, f"{achieved:,}", f"{learners:,}", None, None],
    ]
