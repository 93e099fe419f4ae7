"""Household waste by quarter: one CSV, saved by a Windows program with its pound signs and long dashes."""

from typing import Final

from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.series import Series, drift, step
from pipelines.demonstration.span import Span, quarter_label

GARDENS: Final = (-3.9, -3.9, -3.9, 2.6, 2.6, 2.6, 2.7, 2.7, 2.7, -1.4, -1.4, -1.4)
NO_SWEEPINGS: Final = "2025-04"
"""Street sweepings, all of them composted, are left out from here on: less waste, less recycled, the same residual."""
RECYCLED: Final = Series(
    "recycling", 45.4, 0.2, GARDENS, (drift("2021-04", 0.028), step(NO_SWEEPINGS, -1.7)), {"2026-09": 48.1}
)
TONNES: Final = Series(
    "tonnes", 23_400, 45, tuple(each * 310 for each in GARDENS), (drift("2021-04", -24), step(NO_SWEEPINGS, -700))
)
DRY: Final = Series("dry", 4_850, 40)
REJECTED: Final = Series("rejected", 8.6, 0.25, changes=(drift("2021-04", -0.012),))
HOMES: Final = Series("homes", 94_900, changes=(drift("2021-04", 32),))
HEADINGS: Final = (
    "Quarter",
    "Household waste (tonnes)",
    "Sent for reuse, recycling or composting (tonnes)",
    "Residual household waste (tonnes)",
    "Dry recycling collected (tonnes)",
    "Rejected at the sorting plant (tonnes)",
    "Households",
    "Disposal cost (£)",
)
PROVISIONAL: Final = ("2026/27 Q1", "2026/27 Q2")
"""Quarters that the national waste return has not signed off."""


def waste(span: Span) -> dict[str, bytes]:
    """One file with every quarter, in cp1252."""
    rows = [_row(quarter_label(ends), ends, span.seed) for ends in span.all_quarters()]
    titles = ("Household waste – quarterly tonnages",)
    notes = ("Notes", "[p] provisional until checked nationally – usually in the autumn after the year ends")
    return {"waste/Waste tonnages.csv": as_csv(Table(HEADINGS, rows, titles, notes), encoding="cp1252")}


def _row(quarter: str, ends: int, seed: int) -> Row:
    total = round(TONNES.at(ends, seed), 2)
    sent = round(total * RECYCLED.at(ends, seed) / 100, 2)
    mark = " [p]" if quarter in PROVISIONAL else ""
    tonnes = [f"{each:,.2f}{mark}" for each in (total, sent, total - sent)]
    dry = round(DRY.at(ends, seed), 2)
    plant = [f"{each:,.2f}" for each in (dry, dry * REJECTED.at(ends, seed) / 100)]
    cost = round((total - sent) * 118.4)
    return [quarter, *tonnes, *plant, f"{HOMES.at(ends, seed):,.0f}", f"£{cost:,}"]
