"""The four rules for special causes, over many runs of points at once (NHS England, 'Making Data Count')."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scorecard.judge.spc.labels import WAYS, Codes, labels_of
from scorecard.judge.spc.limits import Figures, Flags, Limits, Whole, limits_of
from scorecard.judge.spc.rules import TIE, Rules


@dataclass(frozen=True)
class Signals:
    """What the rules say of each point: arrays of runs (or series) x positions. A missing value is never flagged."""

    mr: Figures
    """Moving range from the point before, in the unit of the values; NaN where screened out or not in the baseline."""
    relative_to_mean: Codes
    """1 above the mean, -1 below, 0 on it or missing."""
    outside_limits: Flags
    close_to_limits: Flags
    """Beyond two thirds of the way to a limit, but not outside it."""
    trend: Flags
    trend_rising: Flags
    """Those points of a trend that count as rising; the rest of the trend counts as falling."""
    two_in_three: Flags
    shift: Flags

    @cached_property
    def label(self) -> Codes:
        """For each point the place of its label in `labels.LABELS`."""
        sides, trends = self.relative_to_mean, (self.trend, self.trend_rising)
        return labels_of(sides, self.outside_limits, trends, self.two_in_three, self.shift)

    @cached_property
    def way(self) -> Codes:
        """For each point 1 where its label says up, -1 where it says down, 0 for common cause."""
        found: Codes = WAYS[self.label]
        return found


def every(flags: Flags, points: int) -> Flags:
    """For each run of `points` neighbours whether all are flagged: runs x (positions - points + 1), by its first."""
    if flags.shape[1] < points:
        return np.zeros((len(flags), 0), dtype=np.bool_)
    found, span = flags, 1
    while span < points:
        step = min(span, points - span)
        found = found[:, step:] & found[:, :-step]
        span += step
    return found


def covered(windows: Flags, points: int, positions: int) -> Flags:
    """For each of `positions` whether it lies in a flagged run of `points` neighbours, as `every` returns them."""
    found = np.zeros((len(windows), positions), dtype=np.bool_)
    found[:, : windows.shape[1]] = windows
    span = 1
    while span < points and windows.shape[1]:
        step = min(span, points - span)
        found[:, step:] |= found[:, :-step]
        span += step
    return found


def judge_runs(
    values: Figures, rules: Rules, scale: Figures, baseline: int | None = None, first: Whole | None = None
) -> tuple[Limits, Signals]:
    """Limits of each run of points and signals of each of its points.

    `values` is runs x positions, NaN where there is no figure; runs know nothing of each other. `scale` is the
    largest absolute value of the series each run comes from: what differs by less than a thousand-millionth of it
    counts as equal. `baseline` and `first` are as for `limits_of`. A missing value breaks moving ranges and every
    window of neighbours; where the reference program stops at one, there is simply no trend.
    """
    tie = (TIE * scale)[:, np.newaxis]
    moves = np.empty(values.shape)
    moves[:, :1] = np.nan
    np.subtract(values[:, 1:], values[:, :-1], out=moves[:, 1:])
    rising, falling = moves > tie, moves < -tie
    ranges = np.abs(moves, out=moves)
    limits = limits_of(values, ranges, rules, scale, baseline, first)
    enough = None
    if rules.fewest_points is not None:
        enough = (~np.isnan(values)).sum(axis=1) >= rules.fewest_points
        limits = limits.where(enough)

    mean = limits.mean[:, np.newaxis]
    above, below = values > mean + tie, values < mean - tie
    high, low = values > limits.upl[:, np.newaxis] + tie, values < limits.lpl[:, np.newaxis] - tie
    near_high = values > limits.near_upl[:, np.newaxis] + tie
    near_low = values < limits.near_lpl[:, np.newaxis] - tie
    outside = high | low
    close = (near_high | near_low) & ~outside
    if not rules.outside_counts:
        near_high &= close
        near_low &= close
    trend, trend_rising = _trend(rising, falling, rules.trend_points)
    runs = every(above, rules.shift_points) | every(below, rules.shift_points)
    shift = covered(runs, rules.shift_points, values.shape[1])
    if enough is not None:
        trend, trend_rising, shift = (flags & enough[:, np.newaxis] for flags in (trend, trend_rising, shift))
    third_high, third_low = (above, below) if rules.third_same_side else (~np.isnan(values),) * 2
    two = _two_in_three(near_high, third_high) | _two_in_three(near_low, third_low)
    side = above.view(np.int8) - below.view(np.int8)
    return limits, Signals(ranges, side, outside, close, trend, trend_rising, two, shift)


def _trend(rising: Flags, falling: Flags, points: int) -> tuple[Flags, Flags]:
    """Points of a trend, and those among them that count as rising.

    A point counts by the move that leaves it when the next is of a trend too, else by the move that led to it; an
    even move counts as falling, as in the reference program.
    """
    windows = every(rising[:, 1:], points - 1) | every(falling[:, 1:], points - 1)
    trend = covered(windows, points, rising.shape[1])
    up = rising & trend
    np.copyto(up[:, :-1], rising[:, 1:], where=trend[:, 1:])
    up &= trend
    return trend, up


def _two_in_three(near: Flags, third: Flags) -> Flags:
    """Points near a limit of which two lie in three neighbours; `third` must hold for all three."""
    first, middle, last = near[:, :-2], near[:, 1:-1], near[:, 2:]
    windows = ((first & middle) | ((first | middle) & last)) & every(third, 3)
    return near & covered(windows, 3, near.shape[1])
