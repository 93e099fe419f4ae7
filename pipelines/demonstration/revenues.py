"""Council tax and business rates collected so far in the year: one workbook a financial year."""

from typing import Final

from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import Span, in_file_name, quarter_label
from scorecard.periods import year_label

COUNCIL_TAX: Final = (36.0, 58.0, 86.1, 98.6)
RATES: Final = (33.8, 60.3, 87.8, 98.9)
"""Per cent of the year's debit collected by the end of each quarter."""
ABOVE_TAX: Final = Series("tax", -1.3, 0.08, changes=(drift("2021-04", 0.03, "2025-03"),), planted={"2026-09": 0.4})
ABOVE_RATES: Final = Series(
    "rates", -0.9, 0.1, changes=(drift("2021-04", 0.025, "2025-03"),), planted={"2026-09": -0.7}
)
TAX_DEBIT: Final = Series("tax_debit", 131_000_000, changes=(drift("2022-04", 410_000),))
RATES_DEBIT: Final = Series("rates_debit", 68_000_000, changes=(drift("2022-04", 120_000),))
HEADINGS: Final = (
    "Quarter",
    "Council tax due in year (£)",
    "Council tax collected to date (£)",
    "Business rates due in year (£)",
    "Business rates collected to date (£)",
)


def revenues(span: Span) -> dict[str, bytes]:
    """A workbook for each financial year with one sheet, titles above its headings and a source below."""
    return {
        f"revenues/Collection rates {in_file_name(year)}.xlsx": as_workbook({"Collection": _sheet(span, year)})
        for year in span.financial_years
    }


def _sheet(span: Span, year: int) -> Table:
    titles = (
        "Alderbrook Council: Revenues and Benefits",
        f"In-year collection {year_label(year)}, as at quarter end",
    )
    rows = [_row(ends, place, year * 12 + 3, span.seed) for place, ends in enumerate(span.quarters(year))]
    return Table(
        HEADINGS,
        rows,
        titles,
        ("Source: revenues system, report REV114. Arrears of earlier years left out.",),
    )


def _row(ends: int, quarter: int, opens: int, seed: int) -> Row:
    tax, rates = round(TAX_DEBIT.at(opens, seed)), round(RATES_DEBIT.at(opens, seed))
    tax_in = round(tax * (COUNCIL_TAX[quarter] + ABOVE_TAX.at(ends, seed)) / 100)
    rates_in = round(rates * (RATES[quarter] + ABOVE_RATES.at(ends, seed)) / 100)
    return [quarter_label(ends), tax, tax_in, f"{rates:,}", f"{rates_in:,}"]
