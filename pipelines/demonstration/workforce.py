"""What Human Resources and Finance work out once a year: who works here, pay gap, reserves, debt, unit costs."""

from typing import Final

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.returns import HEADINGS
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import LAST_FINANCIAL_YEAR, Span
from scorecard.periods import year_label

DECLARED: Final = Series("declared", 3_940, 25, changes=(drift("2022-04", 2.5),))
PAY_GAP: Final = Series("pay_gap", 4.2, 0.15, changes=(drift("2022-04", -0.016),))
LINES: Final = (
    ("YW1", "Disabled employees", Ratio(Series("disabled", 9.9, 0.1, changes=(drift("2022-04", 0.02),)), DECLARED)),
    (
        "YW2",
        "Employees of an ethnic minority",
        Ratio(Series("ethnic", 9.4, 0.04, changes=(drift("2022-04", 0.032),)), DECLARED),
    ),
    (
        "YW4",
        "Training spend (£) for FTE",
        Ratio(Series("training", 151, 3), Series("training_fte", 4_140, 8), per=1),
    ),
    (
        "YF1",
        "Usable reserves (£) of net revenue spending (£)",
        Ratio(
            Series("reserves", 31.2, 0.4, changes=(drift("2022-04", -0.08),)),
            Series("net_revenue", 232_000_000, 600_000, changes=(drift("2022-04", 760_000),)),
        ),
    ),
    (
        "YF2",
        "Interest and debt repayment (£) of core spending power (£)",
        Ratio(
            Series("debt_service", 7.6, 0.15),
            Series("spending_power", 247_000_000, 500_000, changes=(drift("2022-04", 810_000),)),
        ),
    ),
    (
        "YF3",
        "Cost of collecting council tax (£) for dwellings",
        Ratio(
            Series("tax_cost", 7.9, 0.1, changes=(drift("2022-04", -0.004),)), Series("dwellings", 97_600, 60), per=1
        ),
    ),
)


def workforce(span: Span) -> dict[str, bytes]:
    """One file with seven rows for each finished financial year, at least the last."""
    finished = range(min(span.financial_years[0], LAST_FINANCIAL_YEAR - 1), LAST_FINANCIAL_YEAR)
    rows = [row for year in finished for row in _year(year, span.seed)]
    notes = ("Notes", "[p] before the audit of the accounts")
    return {"corporate/Yearly workforce and finance.csv": as_csv(Table(HEADINGS, rows, notes=notes))}


def _year(year: int, seed: int) -> list[Row]:
    march, label = year * 12 + 14, year_label(year)
    gap: Row = ["YW3", "Gender pay gap (median)", label, f"{PAY_GAP.at(march, seed):.1f}%", None]
    return [*(_row(code, title, figures, year, seed) for code, title, figures in LINES), gap]


def _row(code: str, title: str, figures: Ratio, year: int, seed: int) -> Row:
    figure, out_of = figures.at(year * 12 + 14, seed)
    audited = year < LAST_FINANCIAL_YEAR - 1 or not code.startswith("YF")
    return [code, title, year_label(year), f"{figure:,}" + ("" if audited else " [p]"), f"{out_of:,}"]
