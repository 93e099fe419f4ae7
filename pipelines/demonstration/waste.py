"""Household waste by quarter: one CSV, saved by a Windows program with its pound signs and long dashes."""

from typing import Final

from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import Span, quarter_label

GARDENS: Final = (-3.9, -3.9, -3.9, 2.6, 2.6, 2.6, 2.7, 2.7, 2.7, -1.4, -1.4, -1.4)
RECYCLED: Final = Series("recycling", 45.4, 0.25, GARDENS, (drift("2021-04", 0.028),), {"2026-09": 49.8})
TONNES: Final = Series("tonnes", 23_400, 45, tuple(each * 310 for each in GARDENS), (drift("2021-04", -24),))
HOMES: Final = Series("homes", 94_900, changes=(drift("2021-04", 32),))
HEADINGS: Final = (
    "Quarter",
    "Household waste (tonnes)",
    "Sent for reuse, recycling or composting (tonnes)",
    "Residual household waste (tonnes)",
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
    cost = round((total - sent) * 118.4)
    return [quarter, *tonnes, f"{HOMES.at(ends, seed):,.0f}", f"£{cost:,}"]
