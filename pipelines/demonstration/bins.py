"""Missed collections by ward: one CSV a financial year; each month has a row a ward and one for all wards."""

from typing import Final

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.series import Series, drift, spike, step
from pipelines.demonstration.span import Span, in_file_name
from pipelines.demonstration.wards import WARDS
from scorecard.periods import between

HEADINGS: Final = ("Month", "Ward", "Collections scheduled", "Collections missed")
COLLECTIONS: Final = 836_000
"""In a month, all wards."""
BAD_WARD: Final = "Marsh Lane"
DRIVERS_SHORT: Final = (spike("2021-09", 24), spike("2021-10", 38), spike("2021-11", 17))
ROUND_CHANGED: Final = (*DRIVERS_SHORT, drift("2021-04", -0.15), step("2026-06", 145.0), drift("2026-07", 6.0))
STEADY_WARD: Final = (drift("2021-04", -0.15), *DRIVERS_SHORT)


def _ward(name: str, share: float) -> Ratio:
    changes = ROUND_CHANGED if name == BAD_WARD else STEADY_WARD
    rate = Series(f"missed/{name}", 50, 3.2, changes=changes)
    return Ratio(rate, Series(f"collections/{name}", COLLECTIONS * share, 120), per=100_000)


BY_WARD: Final = {name: _ward(name, share) for name, share in WARDS.items()}


def bins(span: Span) -> dict[str, bytes]:
    """A file for each financial year; that of 2025/26 has a row for a ward that does not exist."""
    files = {}
    for year in span.financial_years:
        rows = [row for month in span.months(year) for row in _month(month, span.seed)]
        if year == 2025:
            rows.insert(80, ["2025-07", "Marsh Street", 29_560, 13])
        files[f"waste/Missed collections {in_file_name(year)}.csv"] = as_csv(Table(HEADINGS, rows))
    return files


def _month(month: int, seed: int) -> list[Row]:
    label = f"{between(month, month).start:%Y-%m}"
    pairs = {name: ratio.at(month, seed) for name, ratio in BY_WARD.items()}
    rows: list[Row] = [[label, name, whole, missed] for name, (missed, whole) in pairs.items()]
    everywhere = sum(whole or 0 for _, whole in pairs.values()), sum(missed for missed, _ in pairs.values())
    return [*rows, [label, "All wards", *everywhere]]
