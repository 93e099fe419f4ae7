"""From monthly sums to figures: quarters, years, rolling and year-to-date windows, stocks, shares and rates.

A period is told only when every month of its window is covered by files; a covered month without records holds
none, which is nought for a count and "not applicable" for a share or a mean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorecard.catalogue import Measure, Records
from scorecard.catalogue.records import PERCENTAGES, Flow, Open
from scorecard.periods import FINANCIAL_YEAR_STARTS, Frequency, Period, between

Sums = NDArray[np.float64]
"""One row a month, one column a group (an area, or a category of a breakdown)."""
NOT_APPLICABLE: Final = "z"
NOT_AVAILABLE: Final = "x"


@dataclass(frozen=True)
class Window:
    """A period and the months that are counted for it, as month numbers."""

    period: Period
    first: int
    last: int


@dataclass(frozen=True)
class Counted:
    """The figures of one measure over windows (rows) and groups (columns); NaN is missing."""

    numerator: Sums
    denominator: Sums
    value: Sums
    records: Sums


def windows_of(measure: Measure, covered: Sequence[int]) -> list[Window]:
    """The windows of a measure that lie wholly within the covered months, earliest first."""
    held, step = set(covered), measure.frequency.months
    rolling = measure.records.rolling if measure.records else None
    found = []
    for last in sorted(held):
        if not _ends_here(last, measure.frequency):
            continue
        first = last - step + 1
        if measure.basis == "year_to_date":
            first = last - (last - (FINANCIAL_YEAR_STARTS - 1)) % 12
        elif rolling:
            first = last - rolling + 1
        needed = {last} if measure.basis == "snapshot" else set(range(first, last + 1))
        if needed <= held:
            found.append(Window(between(last - step + 1, last), first, last))
    return found


def _ends_here(month: int, frequency: Frequency) -> bool:
    """Whether a period of this frequency ends in the month; quarters and years are financial ones."""
    return (month - (FINANCIAL_YEAR_STARTS - 1) + 1) % frequency.months == 0


def over_windows(sums: Mapping[str, Sums], start: int, windows: Sequence[Window], records: Records) -> Counted:
    """Add up monthly sums (row 0 is month `start`) over the windows and work out the figures, times `per`."""
    calculate = records.calculate
    if isinstance(calculate, Open):
        stock = _stock(sums, start, windows)
        return Counted(_missing_like(stock), _missing_like(stock), stock * records.per, stock)
    added = {part: _added(monthly, start, windows) for part, monthly in sums.items()}
    if isinstance(calculate, Flow):
        return _flow(calculate, added, records.per)
    numerator, counted = added["numerator"], added["records"]
    if "denominator" not in added:
        return Counted(_missing_like(numerator), _missing_like(numerator), numerator * records.per, counted)
    per = 100.0 if isinstance(calculate, PERCENTAGES) else records.per
    return Counted(numerator, added["denominator"], divided(numerator, added["denominator"], per), counted)


def divided(numerator: Sums, denominator: Sums, per: float) -> Sums:
    """numerator / denominator x per; NaN where there is nothing to divide by."""
    return numerator / np.where(denominator == 0, np.nan, denominator) * per


def _stock(sums: Mapping[str, Sums], start: int, windows: Sequence[Window]) -> Sums:
    running = np.cumsum(sums["opened"] - sums["closed"], axis=0)
    none = np.zeros((1, running.shape[1]))
    by_month = np.concatenate([none, running])
    at = [min(max(window.last - start + 1, 0), len(running)) for window in windows]
    return by_month[at]


def _added(monthly: Sums, start: int, windows: Sequence[Window]) -> Sums:
    rows = [monthly[max(each.first - start, 0) : max(each.last - start + 1, 0)].sum(axis=0) for each in windows]
    return np.array(rows).reshape(len(windows), monthly.shape[1])


def _flow(calculate: Flow, added: Mapping[str, Sums], per: float) -> Counted:
    opened, closed = added["opened"], added["closed"]
    both = opened + closed
    if calculate.count == "clearance":
        return Counted(closed, opened, divided(closed, opened, 100.0), both)
    chosen = {"opened": opened, "closed": closed, "net": opened - closed}[calculate.count]
    return Counted(_missing_like(chosen), _missing_like(chosen), chosen * per, both)


def _missing_like(sums: Sums) -> Sums:
    return np.full_like(sums, np.nan)
