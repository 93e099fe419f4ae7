"""Local land charge searches: one CSV with every month."""

from typing import Final

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.series import Series, drift, step
from pipelines.demonstration.span import Span, month_label

DAYS: Final = Ratio(
    Series("land_charges", 8.4, 0.22, changes=(drift("2022-01", -0.05, "2023-06"), step("2023-07", -3.6))),
    Series("searches", 205, 9, (-30.0, -10.0, 10.0, 12.0, 18.0, 20.0, 18.0, 4.0, 6.0, 8.0, -8.0, -48.0)),
    per=1,
)
HEADINGS: Final = ("Month", "Searches answered", "Working days in total")


def land_charges(span: Span) -> dict[str, bytes]:
    """One file."""
    rows = [_row(month, span.seed) for month in span.all_months()]
    return {"planning/Land charges.csv": as_csv(Table(HEADINGS, rows))}


def _row(month: int, seed: int) -> Row:
    days, searches = DAYS.at(month, seed)
    return [month_label(month), searches, f"{days:,}"]
