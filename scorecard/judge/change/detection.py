"""Sudden and sustained change of a series, on either side, at a false-alarm rate that is the same for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scorecard.judge.change.budget import FULL, falls_limit, sudden_limit, sustained_limit
from scorecard.judge.change.counts import Counts, confirmed
from scorecard.judge.change.kendall import kendall
from scorecard.judge.change.scan import Scan, below, distances, lasts, scan
from scorecard.judge.change.season import Seasonal, without_season
from scorecard.judge.change.step import Step, old_step, since_step
from scorecard.judge.change.stretch import Stretch
from scorecard.judge.change.symmetry import symmetric
from scorecard.judge.panel import Figures, Flags, Whole

SHORTEST: Final = 2
"""Figures that make a sustained change, at least."""
LONGEST_BY_PHASES: Final = {12: 12, 4: 8, 1: 5}
"""Periods in a year → the latest figures that are taken together, at most: what began before is no news."""


@dataclass(frozen=True)
class Side:
    """For each series, what its latest figures do on one side of the usual."""

    sudden: Flags
    """The latest figure alone lies too far out for chance."""
    sustained: Flags
    """The latest `length` figures together do, or all figures of a short series rise or fall."""
    alone: Figures
    """How far out the latest figure lies, in standard normal units."""
    together: Scan
    strength: Figures
    """How far beyond its limit the stronger of the two lies, in the same units; negative within."""


@dataclass(frozen=True)
class Changes:
    """What became of each series at its latest figure."""

    higher: Side
    lower: Side
    seasonal: Seasonal
    carried: Figures
    """Lag-1 autocorrelation with no change taken away; NaN with too few figures."""
    collapsed: Flags
    """More than half of the figures are the same: nothing is tested."""
    step: Step
    """An old step, after which alone the figures are judged; its levels are on the scale of the test."""


def changes(
    stretch: Stretch, phases: int, ceiling: float | None, step: Figures, counts: Counts | None = None
) -> Changes:
    """Look for a change in each series at its latest figure.

    `phases` is how many periods make a year, `ceiling` and `step` as in `symmetric`; `counts` are the counts that the
    figures are made of, where they are known: a change must then also be beyond what such counts do by chance. Where
    the level changed once and for good, only the figures since are looked at.
    Figures that mostly stay the same are not tested, because what is usual has then no spread to measure by.
    """
    bent = stretch.having(symmetric(stretch, ceiling, step))
    old = old_step(bent)
    if old.found.any():
        stretch, bent = since_step(stretch, old), since_step(bent, old)
    seasonal = without_season(bent, phases)
    above = distances(bent, seasonal)
    collapsed = mostly_same(stretch)
    falls = kendall(stretch.values[:, -(FULL - 1) :], stretch.columns[:, -(FULL - 1) :])
    short = (stretch.count < FULL) & (np.abs(falls.score) >= falls_limit(stretch.count))
    sides = []
    for way, far in ((1, above), (-1, below(above))):
        together = scan(bent, seasonal, far, SHORTEST, LONGEST_BY_PHASES[phases])
        beyond = together.distance - sustained_limit(stretch.count, together.carried, together.length)
        alone = far[:, 0]
        out = alone - sudden_limit(stretch.count)
        sudden = (out > 0) & ~collapsed
        sustained = (beyond > 0) & ~collapsed & lasts(bent, seasonal, together.length, way)
        if counts is not None:
            sudden &= confirmed(counts, stretch, np.ones_like(together.length), way, sudden)
            sustained &= confirmed(counts, stretch, together.length, way, sustained)
        sustained |= short & (np.sign(falls.score) == way) & ~collapsed
        sides.append(Side(sudden, sustained, alone, together, np.maximum(out, beyond)))
    return Changes(sides[0], sides[1], seasonal, _carried(stretch, seasonal), collapsed, old)


def mostly_same(stretch: Stretch) -> Flags:
    """For each series whether more than half of its figures are the same one."""
    ordered = np.sort(np.where(stretch.held, stretch.values, np.nan), axis=1)
    width, half = ordered.shape[1], stretch.count // 2
    found = np.zeros(len(ordered), dtype=np.bool_)
    for apart in np.unique(half[stretch.count > 1]):
        rows = (half == apart) & (stretch.count > 1)
        same = ordered[rows, : width - apart] == ordered[rows, apart:]
        found[rows] = same.any(axis=1)
    return found


def _carried(stretch: Stretch, seasonal: Seasonal) -> Figures:
    left = np.where(stretch.held, seasonal.residuals, 0.0)
    together = np.where(stretch.adjoining[:, 1:], left[:, 1:] * left[:, :-1], 0.0).sum(axis=1)
    spread = (left**2).sum(axis=1)
    return np.where((stretch.count >= FULL) & (spread > 0), together / np.maximum(spread, 1e-300), np.nan)


def window_start(stretch: Stretch, length: Whole) -> Sequence[int]:
    """For each series the column of the panel in which its window of latest figures begins; -1 without one."""
    width = stretch.columns.shape[1]
    place = np.clip(width - length, 0, max(width - 1, 0))
    begins = np.take_along_axis(stretch.columns, place[:, None], axis=1)[:, 0]
    return [int(column) if size else -1 for column, size in zip(begins, length, strict=True)]
