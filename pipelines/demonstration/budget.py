"""Budget monitoring: what the year is forecast to cost and the savings made, one workbook a financial year."""

from typing import Final

from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.series import Series, drift, step
from pipelines.demonstration.span import Span, covered, in_file_name, month_label
from scorecard.periods import year_label

BUDGET: Final = Series("net_budget", 231_000_000, 400_000, changes=(drift("2022-04", 760_000),))
"""Fixed for the year in March."""
EARLY_WORRIES: Final = (-0.25, -0.3, -0.35, 0.85, 0.75, 0.65, 0.5, 0.35, 0.1, -0.05, -0.1, -0.2)
OVER: Final = Series(
    "outturn", -0.25, 0.06, EARLY_WORRIES, (step("2022-04", 0.95), step("2023-04", -0.95)), {"2026-10": -0.3}
)
"""Per cent by which the forecast is above the budget: it falls as the year goes on. 2022/23 had the price of energy."""
SAVINGS_DUE: Final = Series("savings_due", 11_400_000, 300_000)
SAVED: Final = (82.5, 90.5, 97.5, 22.5, 28.5, 34.5, 40.5, 46.5, 53.5, 60.5, 67.5, 74.5)
"""Per cent of the year's savings made or assured, by the end of January to December."""
ABOVE_PLAN: Final = Series("savings", 0.0, 0.6, SAVED)
HEADINGS: Final = (
    "Month",
    "Net budget (£)",
    "Forecast outturn (£)",
    "Variance (£)",
    "Savings due in year (£)",
    "Savings made or assured (£)",
)


def budget(span: Span) -> dict[str, bytes]:
    """A workbook for each financial year, with savings typed as text and a note below."""
    return {
        f"finance/Budget monitoring {in_file_name(year)}.xlsx": as_workbook({"Monitoring": _sheet(span, year)})
        for year in span.financial_years
    }


def _sheet(span: Span, year: int) -> Table:
    opens = year * 12 + 3
    net, due = round(BUDGET.at(opens, span.seed), -3), round(SAVINGS_DUE.at(opens, span.seed), -3)
    rows = [_row(month, int(net), int(due), span.seed) for month in span.months(year)]
    titles = (f"Revenue budget monitoring {year_label(year)}", f"Forecasts made in {covered(year)}")
    return Table(HEADINGS, rows, titles, ("Notes: schools and the council's homes are accounted for elsewhere.",))


def _row(month: int, net: int, due: int, seed: int) -> Row:
    variance = round(net * OVER.at(month, seed) / 100)
    saved = round(due * ABOVE_PLAN.at(month, seed) / 100)
    return [month_label(month), net, net + variance, variance, f"£{due:,}", f"£{saved:,}"]
