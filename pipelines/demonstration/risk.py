"""Internal Audit and Risk's summary: audit opinions and the risk register at the end of each quarter."""

from typing import Final

from pipelines.demonstration.figures import Count, Ratio
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.series import Series, drift, step
from pipelines.demonstration.span import Span
from scorecard.periods import between

HEADINGS: Final = (
    "Quarter ending",
    "Audits reported in 12 months",
    "Of these limited or no assurance",
    "Strategic risks",
    "Above appetite",
    "Red four quarters or more",
    "Risk reviews due",
    "Risk reviews done when due",
)
LIMITED: Final = Ratio(
    Series("limited_assurance", 13.6, 0.4, changes=(drift("2021-04", -0.06, "2024-03"),)), Series("audits", 45, 1.5)
)
STRATEGIC: Final = Count(Series("strategic_risks", 14, 0.4))
ABOVE: Final = Count(Series("above_appetite", 6, 0.5, changes=(step("2023-10", -2.2),)))
STUCK: Final = Count(Series("stuck_red", 2, changes=(step("2024-07", -1),)))
REVIEWED: Final = Ratio(Series("risks_reviewed", 97.6, 0.6), Series("risk_reviews", 96, 4))


def risk(span: Span) -> dict[str, bytes]:
    """One workbook with a row a quarter, real dates, titles above and notes below."""
    titles = ("Internal Audit and Risk", "Summary for the Audit Committee")
    notes = ("Notes", "Advice and grant certificates carry no opinion and are left out.")
    rows = [_row(ends, span.seed) for ends in span.all_quarters()]
    return {"audit/Risk and audit summary.xlsx": as_workbook({"Summary": Table(HEADINGS, rows, titles, notes)})}


def risks_counted(ends: int, seed: int) -> tuple[int, int, int]:
    """Strategic risks at the end of a quarter, those above appetite, and those red for four quarters or more."""
    strategic, above, stuck = (each.at(ends, seed)[0] for each in (STRATEGIC, ABOVE, STUCK))
    return strategic, above, stuck


def _row(ends: int, seed: int) -> Row:
    limited, audits = LIMITED.at(ends, seed)
    reviewed, reviews = REVIEWED.at(ends, seed)
    counts = risks_counted(ends, seed)
    return [between(ends, ends).end, audits, limited, *counts, reviews, reviewed]
