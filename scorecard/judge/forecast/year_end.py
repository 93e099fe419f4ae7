"""Where each area of a measure will stand at the end of the financial year, with an interval, or why it is not said."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorecard.judge.forecast.model import foresee
from scorecard.judge.forecast.portions import Kind, Portions, places, take_apart, whole_counts, years
from scorecard.judge.forecast.silence import FEWEST, FEWEST_FOR_SEASON, reason
from scorecard.judge.panel import Figures, Flags, Panel, Whole
from scorecard.periods import Frequency

INTERVAL: Final = 0.8
"""How often the outturn should lie within the interval."""
SUREST: Final = 0.99
"""A model of a few years of figures cannot be surer of what is still to come."""
METHOD: Final = "level, drift and season"
LONGEST: Final = {Frequency.month: 60, Frequency.quarter: 40}
"""Older figures say little of this year, and a common length lets areas and measures share their filters."""


@dataclass(frozen=True)
class Forecasts:
    """The forecasts of a panel: one entry for each area, in its order; figures in the measure's unit, NaN without."""

    panel: Panel
    kind: Kind
    whole: bool
    """Whether the outturn is a whole number."""
    made_from: Whole
    """The column of the latest figure; -1 without any."""
    year: Whole
    """The calendar year in which the financial year began."""
    left: Whole
    """Periods of the year still to come."""
    point: Figures
    low: Figures
    high: Figures
    """Ends of the interval that the outturn should lie within INTERVAL of the time."""
    scale: Figures
    """Of the t distribution that the outturn follows, 0 where the figures never changed."""
    freedom: Figures
    """Its degrees of freedom."""
    naive: Figures
    """Were the rest of the year like the latest period."""
    seasonal_naive: Figures
    """Were the rest of the year like the same periods a year before."""
    so_far: Figures
    """Of a total, what the year has brought; of an average, the year's so far."""
    outturn: Figures
    """Where the latest figure is the year's last."""
    year_weights: Figures
    """Areas x periods of the year: how much each counts for in it; NaN where not forecast."""
    silent: NDArray[np.object_]
    """Why there is no forecast; "" where there is one."""

    floor: Figures
    """What the outturn cannot be below."""
    ceiling: float
    """What it cannot be above."""

    def chance(self, low: Figures, high: Figures) -> Figures:
        """For each area the chance of an outturn from `low` to `high`, in the measure's unit, ends included.

        Either may be infinite. Never nearer to certain than SUREST, except where it is certain: what is done already
        meets the target or passes it. NaN where nothing is forecast, or the figures never changed and tell of none.
        """
        half = 0.5 if self.whole else 0.0
        below = np.where(low <= self.floor + 1e-9, 1.0, self._above(low - half))
        above = np.where(high >= self.ceiling - 1e-9, 0.0, self._above(high + half))
        chance = np.clip(below - above, 1 - SUREST, SUREST)
        chance = np.where((low <= self.floor + 1e-9) & (high >= self.ceiling - 1e-9), 1.0, chance)
        chance = np.where((low > self.ceiling + 1e-9) | (high < self.floor - 1e-9), 0.0, chance)
        return np.where(self.scale > 0, chance, np.nan)

    def _above(self, figures: Figures) -> Figures:
        # Half a second to import; no page needs it.
        from scipy.special import stdtr

        moving = self.scale > 0
        away = np.where(moving, self.point - figures, np.nan) / np.where(moving, self.scale, 1.0)
        chance: Figures = stdtr(np.where(moving, self.freedom, 1.0), away)
        return chance


def forecast_year(panel: Panel, as_at: date | None = None) -> Forecasts:
    """Forecast the outturn of the financial year in which each area's latest figure lies.

    What the year's outturn is, is said in `portions`. Points and intervals of percentages that were always within 0
    to 100 stay there; those of figures that were never below nought stay above it, and a total above what is done.
    Nothing is forecast where `silent` says why. `as_at` is the day of the judgement: a year that ended more than
    `silence.LATEST` months before it is not forecast any more.
    """
    areas, size = len(panel.areas), 12 // panel.measure.frequency.months
    portions = take_apart(panel) if panel.regular and panel.measure.frequency in FEWEST else None
    silent = np.full(areas, "", dtype=object)
    found = {
        name: np.full(areas, np.nan) for name in ("point", "scale", "freedom", "naive", "seasonal_naive", "outturn")
    }
    last, begun = panel.last, years(panel)
    year = np.where(last >= 0, begun[last] if len(begun) else 0, 0)
    place = np.where(last >= 0, places(panel)[last] if len(begun) else 0, 0)
    left = size - 1 - place
    weights: Figures = np.full((areas, size), np.nan)
    for area in range(areas):
        silent[area] = reason(panel, portions, area, as_at)
    if portions:
        closed = (last >= 0) & (left == 0)
        for column in np.unique(last[closed]):
            rows = closed & (last == column)
            found["outturn"][rows] = portions.outturns(int(column))[rows]
        for rows, history in _alike(panel, portions, silent):
            _forecast(panel, portions, rows, history, weights, found)
    so_far = _so_far(portions, last)
    floor, ceiling = _bounds(panel, portions, so_far)
    # Half a second to import; no page needs it.
    from scipy.special import stdtrit

    reach = stdtrit(np.nan_to_num(found["freedom"], nan=1.0), 0.5 + INTERVAL / 2) * found["scale"]
    low, high, point = (np.clip(found["point"] + way * reach, floor, ceiling) for way in (-1, 1, 0))
    found["point"] = point
    kind = portions.kind if portions else "end"
    whole = kind != "average" and whole_counts(panel)
    if whole:
        low, high = np.round(low), np.round(high)
    found |= {"low": low, "high": high, "so_far": so_far, "floor": floor}
    return Forecasts(
        panel, kind, whole, last, year, left, year_weights=weights, silent=silent, ceiling=ceiling, **found
    )


def _bounds(panel: Panel, portions: Portions | None, so_far: Figures) -> tuple[Figures, float]:
    """What outturns cannot be below, for each area, and above: see `forecast_year`."""
    ceiling = 100.0 if panel.measure.unit == "%" and not (panel.values > 100).any() else np.inf
    if portions is None or (portions.figures < 0).any():
        return np.full(len(so_far), -np.inf), ceiling
    return np.where(np.isnan(so_far) | (portions.kind != "total"), 0.0, so_far), ceiling


def _alike(panel: Panel, portions: Portions, silent: NDArray[np.object_]) -> list[tuple[Whole, slice]]:
    """The areas to forecast, those with figures for the same periods together, and the columns to learn from."""
    groups: dict[tuple[int, int, bytes], list[int]] = {}
    for area in np.flatnonzero(silent == ""):
        last = int(panel.last[area])
        usable = ~np.isnan(portions.figures[area, : last + 1]) & (panel.steps[: last + 1] == panel.steps[last])
        first = _first(usable, panel.measure.frequency)
        groups.setdefault((first, last, usable[first:].tobytes()), []).append(int(area))
    return [(np.array(rows, dtype=np.int64), slice(first, last + 1)) for (first, last, _), rows in groups.items()]


def _first(usable: Flags, frequency: Frequency) -> int:
    """The first column to learn from, of those with a figure of the current step: not too long ago.

    Where there are three years without a gap, from the latest gap on, so that more areas share their filters.
    """
    start = int(np.argmax(usable[-LONGEST[frequency] :])) + max(0, len(usable) - LONGEST[frequency])
    gaps = np.flatnonzero(~usable[start:])
    unbroken = start + int(gaps[-1]) + 1 if len(gaps) else start
    return unbroken if len(usable) - unbroken >= 36 // frequency.months else start


def _forecast(
    panel: Panel, portions: Portions, rows: Whole, history: slice, weights: Figures, into: dict[str, Figures]
) -> None:
    """Write the forecasts of areas with figures for the same periods `into` its arrays, and the year's weights."""
    frequency, last = panel.measure.frequency, int(history.stop) - 1
    size = 12 // frequency.months
    done = int(places(panel)[last]) + 1
    figures = portions.figures[rows, history]
    seasonal = panel.measure.basis != "rolling" and (~np.isnan(figures[0])).sum() >= FEWEST_FOR_SEASON[frequency]
    if portions.kind == "end":
        share, base, ahead = np.zeros((len(rows), size - done)), np.zeros(len(rows)), np.ones((len(rows), size - done))
        share[:, -1] = 1.0
        weights[rows] = 0.0
        weights[rows, -1] = 1.0
    else:
        ahead = _usual(portions.weights[rows], last, size, size - done)
        year = portions.weight_so_far[rows, last] + ahead.sum(axis=1)
        whole = np.ones(len(rows)) if portions.kind == "total" else year
        share, base = ahead / whole[:, None], portions.so_far[rows, last] / whole
        past = np.nan_to_num(portions.weights[rows, max(0, last + 1 - done) : last + 1], nan=1.0)
        weights[rows] = np.concatenate([past, ahead], axis=1)
    seen = foresee(figures, share, size if seasonal else 1)
    into["point"][rows], into["scale"][rows], into["freedom"][rows] = base + seen.point, seen.scale, seen.freedom
    into["naive"][rows] = base + share.sum(axis=1) * portions.figures[rows, last]
    before = np.arange(last + 1 - size, last + 1 - done)
    if before.size and before[0] >= 0:
        into["seasonal_naive"][rows] = base + (share * portions.figures[rows[:, None], before]).sum(axis=1)


def _usual(weights: Figures, last: int, size: int, ahead: int) -> Figures:
    """What the periods to come should count for: as a year before, else as the latest year's did on the average."""
    before = np.arange(last + 1 - size, last + 1 - size + ahead)
    mean = np.nanmean(weights[:, max(0, last + 1 - size) : last + 1], axis=1, keepdims=True)
    found = np.where(before >= 0, weights[:, before], np.nan)
    return np.where(np.isnan(found), mean, found)


def _so_far(portions: Portions | None, last: Whole) -> Figures:
    rows = np.arange(len(last))
    if portions is None or not portions.figures.shape[1]:
        return np.full(len(last), np.nan)
    done = portions.so_far[rows, last]
    return np.divide(done, portions.weight_so_far[rows, last]) if portions.kind == "average" else done
