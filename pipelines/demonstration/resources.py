"""The Resources directorate's monthly return: staff, agencies and debt, one CSV a financial year."""

from dataclasses import dataclass
from typing import Final

from pipelines.demonstration.figures import Pair, Ratio, Rolling
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.returns import HEADINGS, Line, pounds, rows_of
from pipelines.demonstration.series import Series, drift, spike, step
from pipelines.demonstration.span import Span, in_file_name, month_ending


@dataclass(frozen=True)
class Beside:
    """Two figures of their own, put beside each other."""

    figure: Series
    out_of: Series

    def at(self, month: int, seed: int) -> Pair:
        """Both figures of one month."""
        return round(self.figure.at(month, seed)), round(self.out_of.at(month, seed))


FTE: Final = Series("fte", 4180, 6, changes=(drift("2021-04", -1.8, "2024-03"),))
WINTERS: Final = (887.0, 599.0, -59.0, -429.0, -552.0, -634.0, -675.0, -840.0, -306.0, 570.0, 681.0, 763.0)
DAYS_LOST: Final = Series(
    "sickness",
    3018,
    50,
    WINTERS,
    (spike("2022-01", 1150), spike("2022-02", 640)),
    {"2025-10": 3620, "2026-10": 3570},
)
"""Full-time equivalent days in a month: far more from October to February, every year."""
HEADCOUNT: Final = Series("headcount", 4720, 8)
REVIEWED: Final = (83.0, 90.8, 96.7, 2.8, 8.6, 16.9, 24.7, 30.8, 41.9, 55.0, 66.2, 74.1)
"""Per cent of staff who have had the year's appraisal by the end of January to December."""

LINES: Final = (
    Line("HR01", "Sickness: FTE days lost in the month", Beside(DAYS_LOST, FTE)),
    Line(
        "HR02",
        "Vacant posts (FTE)",
        Ratio(
            Series("vacancy", 9.1, 0.2, changes=(drift("2022-01", 0.02, "2023-06"),)),
            Series("posts", 4540, 5),
        ),
    ),
    Line("HR03", "Leavers, 12 months", Rolling(Series("leavers", 48.5, 5), HEADCOUNT)),
    Line("HR04", "Employees: FTE and heads", Beside(FTE, HEADCOUNT)),
    Line(
        "HR05",
        "Appraisals completed since April",
        Ratio(
            Series("appraisals", 0, 0.5, REVIEWED, planted={"2025-10": 55.1, "2026-10": 55.6}),
            Series("eligible", 4310, 9),
        ),
    ),
    Line(
        "HR06",
        "Mandatory training in date",
        Ratio(
            Series("training_in_date", 93.4, 0.35, changes=(step("2023-09", 3.1),)), Series("learners_due", 4580, 12)
        ),
    ),
    Line(
        "FN01",
        "Agency spend against pay bill",
        Ratio(
            Series("agency", 4.3, 0.16, changes=(step("2026-04", 1.9),)),
            Series("pay", 14_100_000, 90_000, changes=(drift("2021-04", 38_000),)),
        ),
        pounds,
    ),
    Line(
        "FN02",
        "Customers' debt over 90 days",
        Ratio(
            Series("old_debt", 21.9, 0.5, changes=(step("2025-04", -5.3),)),
            Series("debt", 9_300_000, 160_000, changes=(step("2025-04", -1_050_000),)),
        ),
        pounds,
    ),
)


def resources(span: Span) -> dict[str, bytes]:
    """A file for each financial year, with the marks that spreadsheets leave at the start of a UTF-8 file."""
    files = {}
    for year in span.financial_years:
        rows = rows_of(LINES, span.months(year), span, month_ending)
        rows += _second_thoughts(rows) if year == 2024 else []
        table = Table(HEADINGS, rows, notes=("Notes: excludes schools. Agency spend is coded by the ledger.",))
        files[f"resources/Resources return {in_file_name(year)}.csv"] = as_csv(table, encoding="utf-8-sig")
    return files


def _second_thoughts(rows: list[Row]) -> list[Row]:
    """Spoil 2024/25: a minus before February's vacancies, and a second, other sickness row for January."""
    january = next(row for row in rows if row[0] == "HR01" and row[2] == "31/01/2025")
    february = next(row for row in rows if row[0] == "HR02" and row[2] == "28/02/2025")
    february[3] = f"-{february[3]}"
    return [[*january[:3], "4,310", january[4]]]
