"""What is known once a year: the cost of a transaction, library visits, adult learning results."""

from typing import Final

from pipelines.demonstration.customer import ONLINE, VISITS
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.returns import pounds
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import LAST_FINANCIAL_YEAR, Span
from pipelines.demonstration.wards import PEOPLE
from scorecard.periods import year_label

COST: Final = Series("cost", 7.45, 0.05, changes=(drift("2021-04", -0.016),))
"""Pounds for each transaction."""
ACHIEVED: Final = Series("achieved", 88.9, 0.4)
LEARNERS: Final = Series("learners", 1540, 40)
HEADINGS: Final = ("Measure code", "Measure", "Year", "Figure", "Out of")


def finished_years(span: Span) -> range:
    """The financial years of the span that are over, at least the last."""
    return range(min(span.financial_years[0], LAST_FINANCIAL_YEAR - 1), LAST_FINANCIAL_YEAR)


def annual(span: Span) -> dict[str, bytes]:
    """One file with three rows for each finished financial year."""
    rows = [row for year in finished_years(span) for row in _year(year, span.seed)]
    return {"policy/Yearly measures.csv": as_csv(Table(HEADINGS, rows))}


def _year(year: int, seed: int) -> list[Row]:
    months, march, label = range(year * 12 + 3, year * 12 + 15), year * 12 + 14, year_label(year)
    transactions = sum(ONLINE.at(month, seed)[1] or 0 for month in months)
    cost = round(transactions * COST.at(march, seed))
    visits = sum(VISITS.at(month, seed)[0] for month in months)
    learners = round(LEARNERS.at(march, seed))
    achieved = round(learners * ACHIEVED.at(march, seed) / 100)
    return [
        ["YR1", "Cost of a transaction", label, pounds(cost), f"{transactions:,}"],
        ["YR2", "Library visits and people", label, f"{visits:,}", f"{PEOPLE:,}"],
        ["YR3", "Adult learners who achieved", label, f"{achieved:,}", f"{learners:,}"],
    ]
