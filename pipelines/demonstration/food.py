"""Food safety: hygiene ratings and inspections by quarter, one workbook."""

from typing import Final

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import Span, quarter_label

COMPLIANT: Final = Ratio(Series("hygiene", 96.8, 0.2), Series("rated", 1_840, 6, changes=(drift("2021-04", 1.5),)))
BY_QUARTER_END: Final = (0.0, 0.0, 99.2, 0.0, 0.0, 25.6, 0.0, 0.0, 51.4, 0.0, 0.0, 76.8)
"""Per cent of the year's inspections done by the end of March, June, September and December."""
DONE: Final = Series("inspections", 0, 0.35, BY_QUARTER_END)
DUE: Final = Series("inspections_due", 812, 18)
HEADINGS: Final = (
    "Quarter",
    "Businesses rated",
    "Rated 3 or better",
    "Inspections due in the year",
    "Inspections done since April",
)


def food(span: Span) -> dict[str, bytes]:
    """One workbook with every quarter."""
    rows = [_row(ends, span.seed) for ends in span.all_quarters()]
    table = Table(HEADINGS, rows, ("Regulatory Services: food safety",), ("Source: premises database.",))
    return {"regulatory/Food safety return.xlsx": as_workbook({"Return": table})}


def _row(ends: int, seed: int) -> Row:
    compliant, rated = COMPLIANT.at(ends, seed)
    march = ends + 2 - (ends - 3) % 12 + 9
    due = round(DUE.at(march, seed))
    return [quarter_label(ends), rated, compliant, due, round(due * DONE.at(ends, seed) / 100)]
