"""The quarterly return on statutory posts, the capital programme and debt: one CSV with every quarter."""

from typing import Final

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Table, as_csv
from pipelines.demonstration.returns import HEADINGS, Line, pounds, rows_of
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import Span, quarter_label


def _by_quarter(*figures: float) -> tuple[float, ...]:
    """What January to December add, where Q1 of the financial year ends in June."""
    q1, q2, q3, q4 = figures
    return (*(q4,) * 3, *(q1,) * 3, *(q2,) * 3, *(q3,) * 3)


FIVE_OF_SIX: Final = dict.fromkeys(("2023-09", "2023-12", "2024-03"), 500 / 6)
LINES: Final = (
    Line(
        "QR1",
        "Statutory posts held permanently",
        Ratio(Series("statutory", 100, planted=FIVE_OF_SIX), Series("statutory_posts", 6)),
    ),
    Line(
        "QR2",
        "Capital spent to date",
        Ratio(
            Series("capital", 0, 0.5, _by_quarter(13.8, 35.2, 60.1, 92.4)),
            Series("programme", 58_000_000, 900_000, changes=(drift("2022-04", 150_000),)),
        ),
        pounds,
    ),
    Line(
        "QR3",
        "Invoices to customers raised this year, and paid",
        Ratio(
            Series("customers_paid", 0, 0.3, _by_quarter(56.2, 85.6, 79.3, 91.4)),
            Series("customers_billed", 0, 90_000, _by_quarter(5_900_000, 11_200_000, 19_800_000, 26_400_000)),
        ),
        pounds,
    ),
)


def quarterly(span: Span) -> dict[str, bytes]:
    """One file with three rows a quarter, saved by a Windows program."""
    rows = rows_of(LINES, span.all_quarters(), span, quarter_label)
    notes = ("Notes: an interim Director of Children's Services from July 2023 to April 2024.",)
    return {"corporate/Quarterly resources.csv": as_csv(Table(HEADINGS, rows, notes=notes), encoding="cp1252")}
