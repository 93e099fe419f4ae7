"""Dangerous road defects by ward: one workbook a financial year, with a subtotal for each working area."""

from typing import Final

from pipelines.demonstration.figures import Pair, Ratio
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.series import Series
from pipelines.demonstration.span import Span, in_file_name, month_label
from pipelines.demonstration.wards import NORTHERN, WARDS

HEADINGS: Final = ("Month", "Ward", "Defects due", "Made safe on time")
FROST: Final = (170.0, 190.0, 140.0, 40.0, -40.0, -90.0, -110.0, -120.0, -90.0, -50.0, -20.0, 60.0)
BY_WARD: Final = {
    name: Ratio(
        Series(f"potholes/{name}", 97.4, 0.9),
        Series(f"defects/{name}", 520 * share, 2.5, tuple(each * share for each in FROST)),
    )
    for name, share in WARDS.items()
}


def highways(span: Span) -> dict[str, bytes]:
    """A workbook for each financial year, and a second one for the last that holds only somebody's pivot."""
    files = {
        f"highways/Potholes {in_file_name(year)}.xlsx": as_workbook({"Defects": _sheet(span, year)})
        for year in span.financial_years
    }
    pivot = Table(("Row labels", "Sum of Made safe on time"), [["Abbey", 148], ["Foundry", 163], ["Grand total", 311]])
    return {**files, "highways/Potholes 2026-27 resend.xlsx": as_workbook({"Pivot": pivot})}


def _sheet(span: Span, year: int) -> Table:
    titles = (f"Highways: category 1 defects by ward {in_file_name(year)}",)
    return Table(HEADINGS, [row for month in span.months(year) for row in _month(month, span.seed)], titles)


def _month(month: int, seed: int) -> list[Row]:
    label = month_label(month)
    pairs = {name: ratio.at(month, seed) for name, ratio in BY_WARD.items()}
    north = {name: pairs[name] for name in NORTHERN}
    south = {name: pair for name, pair in pairs.items() if name not in NORTHERN}
    rows = [*_area(label, "North area", north), *_area(label, "South area", south)]
    return [*rows, _total(label, "Alderbrook", pairs)]


def _area(label: str, title: str, pairs: dict[str, Pair]) -> list[Row]:
    rows: list[Row] = [[label, name, due, on_time] for name, (on_time, due) in pairs.items()]
    return [*rows, _total(label, title, pairs)]


def _total(label: str, title: str, pairs: dict[str, Pair]) -> Row:
    return [
        label,
        title,
        sum(due or 0 for _, due in pairs.values()),
        sum(on_time for on_time, _ in pairs.values()),
    ]
