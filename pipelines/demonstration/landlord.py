"""Housing figures that are counted less often: families without a home by quarter, the landlord's by year."""

from typing import Final

from pipelines.demonstration.figures import Count, Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.series import Series, drift, step
from pipelines.demonstration.span import LAST_FINANCIAL_YEAR, Span, quarter_label
from scorecard.periods import between, financial_year_of, year_label

FAMILIES: Final = Ratio(
    Series("families", 0.86, 0.015), Series("households", 95_600, changes=(drift("2021-04", 32),)), 1000
)
TOO_LONG: Final = Count(Series("bed_and_breakfast", 0, planted={"2022-12": 2, "2023-03": 3, "2023-06": 1}))
WARMED: Final = (46, 104, 162, 226)
"""Homes improved by the end of each quarter of a financial year."""
MORE_WARMED: Final = Count(Series("warmed", 3, 1.0))
PROGRAMME_BEGAN: Final = 2024
ROUGH_SLEEPERS: Final = {2019: 19, 2020: 17, 2021: 16, 2022: 16, 2023: 14, 2024: 12, 2025: 11}
"""People counted on one night in the autumn of a financial year."""
DECENT: Final = Ratio(Series("decent", 96.2, 0.12, changes=(drift("2021-04", 0.035),)), Series("stock", 4_850, 6))
SATISFIED: Final = Series("tenants", 67.4, 0.6, changes=(step("2025-04", 0.8),))
HALF_INTERVAL: Final = 3.3
"""Points either side at 95 per cent, with about 780 answers."""
FIRST_SURVEY: Final = 2023
HEADINGS: Final = ("Measure code", "Measure", "Year", "Figure", "Out of", "Lower limit", "Upper limit")


def landlord(span: Span) -> dict[str, bytes]:
    """One CSV by quarter and one by year."""
    quarterly = (
        "Quarter",
        "Households",
        "Families with children in temporary accommodation",
        "Families in bed and breakfast over six weeks",
        "Homes improved this year so far",
    )
    quarters = [_quarter(ends, span.seed) for ends in span.all_quarters()]
    finished = range(min(span.financial_years[0], LAST_FINANCIAL_YEAR - 1), LAST_FINANCIAL_YEAR)
    years = [row for year in finished for row in _year(year, span.seed)]
    notes = ("Notes: [z] the programme began in April 2024.",)
    return {
        "housing/Quarterly housing return.csv": as_csv(Table(quarterly, quarters, notes=notes)),
        "housing/Yearly housing figures.csv": as_csv(Table(HEADINGS, years)),
    }


def _quarter(ends: int, seed: int) -> Row:
    families, households = FAMILIES.at(ends, seed)
    warmed = WARMED[(ends % 12 - 3) % 12 // 3] + MORE_WARMED.at(ends, seed)[0]
    begun = financial_year_of(between(ends, ends).end) >= PROGRAMME_BEGAN
    too_long, _ = TOO_LONG.at(ends, seed)
    return [quarter_label(ends), f"{households or 0:,}", families, too_long, warmed if begun else "[z]"]


def _year(year: int, seed: int) -> list[Row]:
    march, label = year * 12 + 14, year_label(year)
    decent, stock = DECENT.at(march, seed)
    satisfied = round(SATISFIED.at(march, seed), 1)
    limits = [f"{satisfied - HALF_INTERVAL:.1f}%", f"{satisfied + HALF_INTERVAL:.1f}%"]
    rows: list[Row] = [
        ["HY1", "People sleeping rough on one night", label, ROUGH_SLEEPERS.get(year, 18), None, None, None],
        ["HY2", "Decent homes", label, f"{decent:,}", f"{stock:,}", None, None],
    ]
    surveyed: Row = ["HY3", "Tenants satisfied overall", label, f"{satisfied:.1f}%", None, *limits]
    return [*rows, surveyed] if year >= FIRST_SURVEY else rows
