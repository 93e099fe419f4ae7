"""The Resources directorate's monthly return: staff and payments, one CSV a financial year."""

from typing import Final

from pipelines.demonstration.figures import Ratio, Rolling
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.returns import HEADINGS, Line, pounds, rows_of
from pipelines.demonstration.series import Series, drift, spike, step
from pipelines.demonstration.span import Span, in_file_name, month_ending

FTE: Final = Series("fte", 4180, 6, changes=(drift("2021-04", -1.2),))
COLDS: Final = (420.0, 260.0, 130.0, -60.0, -180.0, -220.0, -190.0, -330.0, -120.0, 60.0, 90.0, 140.0)

LINES: Final = (
    Line(
        "HR01",
        "Sickness: FTE days lost, 12 months",
        Rolling(Series("sickness", 3010, 70, COLDS, (spike("2022-01", 1150), spike("2022-02", 640))), FTE),
    ),
    Line(
        "HR02",
        "Vacant posts (FTE)",
        Ratio(
            Series("vacancy", 9.1, 0.2, changes=(drift("2022-01", 0.02, "2023-06"),)),
            Series("posts", 4540, 5),
        ),
    ),
    Line("HR03", "Leavers, 12 months", Rolling(Series("leavers", 48.5, 5), Series("headcount", 4720, 8))),
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
        "Undisputed invoices paid within 30 days",
        Ratio(Series("invoices", 94.9, 0.6, planted={"2026-10": 93.9}), Series("invoice_count", 6200, 240)),
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
    return [[*january[:3], "31,870", january[4]]]
