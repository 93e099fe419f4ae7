"""Adults' and children's social care: one file each, exported from their case systems with semicolons."""

from dataclasses import dataclass
from typing import Final

from pipelines.demonstration.figures import Figures, Pair, Ratio, Rolling
from pipelines.demonstration.files import Table, as_csv
from pipelines.demonstration.returns import HEADINGS, Line, rows_of
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import Span, month_label

ADULTS_STOPPED: Final = month_of("2026-08")
"""The last month that adult social care sent: its September and October returns never came."""
OLDER: Final = Series("older", 42_400, changes=(drift("2021-04", 26),))
UNDER_18: Final = Series("children", 48_600, 20)


@dataclass(frozen=True)
class Recounted:
    """Figures that are counted another way from a month on; the twelve months before it were counted again too."""

    before: Figures
    after: Figures
    since: int

    def at(self, month: int, seed: int) -> Pair:
        """The figures of one month, in the way they were counted then."""
        return (self.after if month >= self.since else self.before).at(month, seed)


ADULTS: Final = (
    Line(
        "ASC1",
        "People 65+ admitted to care homes, 12 months",
        Recounted(
            Rolling(Series("admissions", 19.4, 1.4), OLDER),
            Rolling(Series("admissions", 18.1, 1.4), OLDER),
            since=month_of("2025-04"),
        ),
    ),
    Line(
        "ASC2",
        "No long-term support after reablement",
        Ratio(Series("reablement", 78.4, 1.2), Series("left", 92, 6)),
    ),
)
CHILDREN: Final = (
    Line(
        "CSC1",
        "Referrals within 12 months of an earlier one",
        Ratio(Series("rereferrals", 19.2, 0.35), Series("referrals", 3080, 35)),
    ),
    Line(
        "CSC2",
        "Children looked after at month end",
        Ratio(Series("looked_after", 71, 0.5, changes=(drift("2021-04", 0.11),)), UNDER_18, per=10_000),
    ),
    Line(
        "CSC3",
        "Children in need at month end",
        Ratio(Series("in_need", 338, 3, (4, 6, 8, 2, 0, -2, 2, -10, -8, -2, 2, -4)), UNDER_18, per=10_000),
    ),
)


def adults(span: Span) -> dict[str, bytes]:
    """One file, which stops two months before the others."""
    rows = rows_of(ADULTS, span.all_months(ADULTS_STOPPED), span, month_label)
    return {"adults/Adult social care return.csv": as_csv(Table(HEADINGS, rows), delimiter=";")}


def children(span: Span) -> dict[str, bytes]:
    """One file with every month."""
    rows = rows_of(CHILDREN, span.all_months(), span, month_label)
    return {"children/Children's services return.csv": as_csv(Table(HEADINGS, rows), delimiter=";")}
