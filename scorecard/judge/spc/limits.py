"""Mean and process limits of many runs of points at once (Wheeler's XmR chart: mean and 2.66 average moving ranges)."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorecard.judge.spc.rules import LIMIT_FACTOR, SCREEN_FACTOR, TIE, Rules

Figures = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Limits:
    """One figure for each run of points, in the unit of its values; NaN where it cannot be worked out."""

    mean: Figures
    amr: Figures
    """Average of the moving ranges that screening kept."""
    lpl: Figures
    upl: Figures
    near_lpl: Figures
    """Two thirds of the way from the mean to the limit."""
    near_upl: Figures

    def where(self, enough: Flags) -> "Limits":
        """The same without limits for the runs that have too few points; a mean is a mean of however few."""
        kept = {name: np.where(enough, found, np.nan) for name, found in vars(self).items() if name != "mean"}
        return replace(self, **kept)


def largest(values: Figures) -> Figures:
    """The largest absolute value of each row; 0 for a row without any. Raises ValueError when one is infinite."""
    top = np.fmax.reduce(values, axis=1, initial=0.0)
    found: Figures = np.maximum(top, -np.fmin.reduce(values, axis=1, initial=0.0))
    if np.isinf(found).any():
        raise ValueError("a value is infinite; give NaN where there is no figure")
    return found


def limits_of(
    values: Figures,
    ranges: Figures,
    rules: Rules,
    scale: Figures,
    baseline: int | None = None,
    first: Whole | None = None,
) -> Limits:
    """Mean and limits of each row, from all its points or from its baseline.

    `values` is runs x positions, NaN where missing; `ranges` the absolute moves between neighbours, with NaN in the
    first column. Those outside the baseline or screened out are set to NaN **in place**. `scale` is the largest
    absolute value of each row's series. `baseline` is how many positions count, from the column `first` of each row.
    """
    if baseline is not None and first is not None:
        beyond = np.arange(values.shape[1]) >= (first + baseline)[:, np.newaxis]
        values = np.where(beyond, np.nan, values)
        np.copyto(ranges, np.nan, where=beyond)
    elif baseline is not None and baseline < values.shape[1]:
        values = values[:, :baseline]
        ranges[:, baseline:] = np.nan
        ranges = ranges[:, :baseline]
    mean = _mean(values)
    amr = _average_range(ranges[:, 1:], rules.screen, TIE * scale)
    reach, near = LIMIT_FACTOR * amr, (2 * (LIMIT_FACTOR / 3)) * amr
    return Limits(mean, amr, mean - reach, mean + reach, mean - near, mean + near)


def _mean(values: Figures) -> Figures:
    """Mean of each row, worked out twice over, so that equal values have exactly themselves as their mean."""
    total = values.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        if not np.isnan(total).any():
            mean: Figures = total / values.shape[1]
            mean += (values - mean[:, np.newaxis]).sum(axis=1) / values.shape[1]
            return mean
        missing = np.isnan(values)
        held = values.shape[1] - missing.sum(axis=1)
        off = np.where(missing, 0.0, values)
        mean = off.sum(axis=1) / held
        off -= mean[:, np.newaxis]
        off[missing] = 0.0
        mean += off.sum(axis=1) / held
        return mean


def _average_range(ranges: Figures, screen: bool, tie: Figures) -> Figures:
    """The average moving range of each row; screens `ranges` in place."""
    with np.errstate(invalid="ignore", divide="ignore"):
        kept = ranges >= 0.0
        average: Figures = ranges.sum(axis=1, where=kept) / kept.sum(axis=1)
        if not screen:
            return average
        np.less(ranges, (SCREEN_FACTOR * average - tie)[:, np.newaxis], out=kept)
        np.copyto(ranges, np.nan, where=~kept)
        screened: Figures = ranges.sum(axis=1, where=kept) / kept.sum(axis=1)
        return screened
