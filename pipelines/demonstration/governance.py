"""Information requests received, the policy backlog, training, breaches and returns: one CSV of months."""

from dataclasses import dataclass
from typing import Final

from pipelines.demonstration.figures import Count, Pair, Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.policy_register import BACKLOG, BACKLOG_MONTH, backlog_dealt_with
from pipelines.demonstration.returns import HEADINGS, Line, rows_of
from pipelines.demonstration.series import Series, spike, step
from pipelines.demonstration.span import Span, month_label

REQUESTS: Final = Count(Series("information_requests", 112, 6, changes=(spike("2024-05", 96),)))
"""What was received in a month; it is closed in the next."""


@dataclass(frozen=True)
class _Backlog:
    """Of the policies overdue in June 2023, how many the register shows as dealt with."""

    def at(self, month: int, seed: int) -> Pair:
        return backlog_dealt_with(month, seed), BACKLOG


LINES: Final = (
    Line("GOV1", "FOI and EIR requests received", REQUESTS),
    Line("GOV2", "Policies overdue in June 2023, since dealt with", _Backlog()),
    Line(
        "GOV3",
        "Data protection training in date",
        Ratio(Series("information_training", 96.7, 0.35), Series("accounts", 4650, 15)),
    ),
    Line("GOV4", "Personal data breaches logged", Count(Series("breaches", 7, 1.5, changes=(step("2023-10", 3.0),)))),
    Line(
        "GOV5",
        "Performance returns received when due",
        Ratio(Series("returns_on_time", 97.2, 0.5), Series("returns_due", 62, 1)),
    ),
)


def governance(span: Span) -> dict[str, bytes]:
    """One file with every month, two of whose rows are spoilt."""
    months = span.all_months()
    rows = rows_of(LINES, [month for month in months if month <= BACKLOG_MONTH], span, month_label)
    rows = [row for row in rows if row[0] != "GOV2"]
    rows += rows_of(LINES, [month for month in months if month > BACKLOG_MONTH], span, month_label)
    for row in rows:
        if row[0] == "GOV3" and row[2] == "Jul 2024":
            row[3] = "tbc"
    return {"governance/Governance return.csv": as_csv(Table(HEADINGS, [*rows, *_sent_twice(rows)]))}


def _sent_twice(rows: list[Row]) -> list[Row]:
    """A row that stands in the file a second time, just as it was."""
    return [list(row) for row in rows if row[0] == "GOV4" and row[2] == "May 2026"]
