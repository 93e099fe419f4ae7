"""Homelessness and the council's own homes month by month: one CSV a financial year, a column for each figure."""

from typing import Final

from pipelines.demonstration.figures import Count, Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import Span, in_file_name, month_label
from scorecard.periods import between, financial_year_of

SLIDE: Final = dict(
    zip(
        [f"2026-{month:02d}" for month in range(2, 11)],
        (93.8, 93.5, 93.0, 92.7, 92.3, 91.9, 91.5, 91.1, 90.6),
        strict=True,
    )
)
HELPED: Final = Ratio(
    Series("helped", 50.4, 0.8, changes=(drift("2021-04", 0.17, "2023-09"),)), Series("duties", 91, 6)
)
TEMPORARY: Final = Count(
    Series("temporary", 128, 0.7, changes=(drift("2021-04", 0.9, "2025-12"), drift("2026-01", 6.6)))
)
REPAIRS: Final = Ratio(
    Series("repairs", 94.3, 0.5, planted={"2026-01": 94.4, **SLIDE}), Series("repairs_done", 765, 32)
)
"""Routine repairs; the log of jobs is made from it."""
GAS: Final = Ratio(
    Series("gas", 100, planted={"2022-12": 99.93, "2023-01": 99.88, "2023-02": 99.95}),
    Series("gas_homes", 4310, 2, changes=(drift("2021-04", -1.5),)),
)
ARREARS: Final = Series("arrears", 2.66, 0.05, (0.02, -0.04, -0.12, 0.1, 0.06, 0.0, 0.02, 0.04, 0.02, 0.0, 0.04, 0.1))
"""Per cent of the year's rent."""
RENT: Final = Series("rent", 22_300_000, 30_000, changes=(drift("2021-04", 58_000),))
REVISED: Final = range(month_of("2024-10"), month_of("2024-12") + 1)
"""Months that were counted again: repairs after an audit of the contractor, arrears after a payment file came late."""
RENAMED: Final = 2025
"""From this financial year the first figure's column has another name."""


def housing(span: Span) -> dict[str, bytes]:
    """A file for each financial year."""
    return {
        f"housing/Housing measures {in_file_name(year)}.csv": as_csv(_table(span, year))
        for year in span.financial_years
    }


def _table(span: Span, year: int) -> Table:
    headings = (
        "Month",
        "Households helped" if year >= RENAMED else "Preventions and reliefs",
        "Households in temporary accommodation",
        "Rent arrears of current tenants (£)",
        "Rent due in the year (£)",
        "Homes with a gas safety check in date",
        "Homes that need a gas safety check",
    )
    notes = ("Notes: [r] revised after a file of payments was posted late.",) if year == 2024 else ()
    return Table(headings, [_row(month, span.seed) for month in span.months(year)], notes=notes)


def _row(month: int, seed: int) -> Row:
    helped, _ = HELPED.at(month, seed)
    temporary, _ = TEMPORARY.at(month, seed)
    rent = round(RENT.at(financial_year_of(between(month, month).end) * 12 + 3, seed))
    owed = round(rent * ARREARS.at(month, seed) / 100)
    checked, homes = GAS.at(month, seed)
    mark = " [r]" if month in REVISED else ""
    return [month_label(month), helped, temporary, f"£{owed:,}{mark}", f"£{rent:,}", f"{checked:,}", f"{homes:,}"]
