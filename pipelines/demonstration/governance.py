"""Audit, policies, information requests and data breaches: one CSV with one row a measure and month."""

from typing import Final

from pipelines.demonstration.figures import Count, Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.returns import HEADINGS, Line, rows_of
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import Span, month_label

LINES: Final = (
    Line(
        "GOV1",
        "Audit recommendations past due",
        Count(Series("audit", 24, 1.2, changes=(drift("2021-04", -0.25, "2025-12"),), planted={"2026-10": 11})),
    ),
    Line(
        "GOV2",
        "Policies past review date",
        Count(Series("policies", 58, 0.5, changes=(drift("2023-07", -1.0),))),
    ),
    Line(
        "GOV3",
        "FOI and EIR answered in 20 working days",
        Ratio(Series("foi", 86.5, 0.9, changes=(drift("2021-04", 0.25, "2023-05"),)), Series("requests", 121, 11)),
    ),
    Line("GOV4", "Personal data breaches logged", Count(Series("breaches", 9, 1.8))),
)


def governance(span: Span) -> dict[str, bytes]:
    """One file with every month, two of whose rows are spoilt."""
    rows = rows_of(LINES, span.all_months(), span, month_label)
    for row in rows:
        if row[0] == "GOV3" and row[2] == "Jul 2024":
            row[3] = "tbc"
    return {"governance/Governance return.csv": as_csv(Table(HEADINGS, [*rows, *_sent_twice(rows)]))}


def _sent_twice(rows: list[Row]) -> list[Row]:
    """A row that stands in the file a second time, just as it was."""
    return [list(row) for row in rows if row[0] == "GOV4" and row[2] == "May 2026"]
