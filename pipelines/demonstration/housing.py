"""Homelessness and the council's own homes: one CSV a financial year, a column for each figure."""

from typing import Final

from pipelines.demonstration.figures import Count, Ratio
from pipelines.demonstration.files import Cell, Row, Table, as_csv
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import Span, in_file_name, month_label

SLIDE: Final = dict(
    zip(
        [f"2026-{month:02d}" for month in range(2, 11)],
        (93.8, 93.5, 93.0, 92.7, 92.3, 91.9, 91.5, 91.1, 90.6),
        strict=True,
    )
)
HELPED: Final = Ratio(
    Series("helped", 49.8, 1.1, changes=(drift("2021-04", 0.16, "2023-09"),)), Series("duties", 96, 7)
)
TEMPORARY: Final = Count(
    Series("temporary", 128, 0.7, changes=(drift("2021-04", 0.9, "2025-12"), drift("2026-01", 6.6)))
)
REPAIRS: Final = Ratio(Series("repairs", 94.3, 0.5, planted=SLIDE), Series("repairs_done", 2440, 110))
RELETS: Final = Ratio(
    Series("relets", 27.5, 0.8, changes=(drift("2023-04", -0.055),), planted={"2026-10": 25.8}),
    Series("lets", 34, 3),
    per=1,
)
REVISED: Final = range(month_of("2024-10"), month_of("2024-12") + 1)
"""Months whose repairs were counted again after the contractor's audit."""
RENAMED: Final = 2025
"""From this financial year the first figure's column has another name."""


def housing(span: Span) -> dict[str, bytes]:
    """A file for each financial year."""
    return {
        f"housing/Housing measures {in_file_name(year)}.csv": as_csv(_table(span, year))
        for year in span.financial_years
    }


def _table(span: Span, year: int) -> Table:
    helped = "Households helped" if year >= RENAMED else "Preventions and reliefs"
    headings = (
        "Month",
        helped,
        "Homelessness duties ended",
        "Households in temporary accommodation",
        "Routine repairs completed",
        "Routine repairs in time",
        "Homes re-let",
        "Days empty in total",
    )
    notes = ("Notes: [r] revised after the audit of the repairs contract.",) if year == 2024 else ()
    return Table(headings, [_row(month, span.seed) for month in span.months(year)], notes=notes)


def _row(month: int, seed: int) -> Row:
    helped, duties = HELPED.at(month, seed)
    temporary, _ = TEMPORARY.at(month, seed)
    in_time, repairs = REPAIRS.at(month, seed)
    days, lets = RELETS.at(month, seed)
    mark = " [r]" if month in REVISED else ""
    repaired: list[Cell] = [f"{repairs:,}", f"{in_time:,}{mark}"]
    return [month_label(month), helped, duties, temporary, *repaired, lets, f"{days:,}"]
