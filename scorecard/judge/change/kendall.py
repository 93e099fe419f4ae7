"""Direction of travel beyond chance: the test of Mann (1945) and Kendall, with the slope of Theil and Sen (1968).

It asks only whether later figures tend to be higher or lower than earlier ones, so no tail and no scale misleads it.
"""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from scorecard.judge.panel import Figures, Whole


@dataclass(frozen=True)
class Kendall:
    """For each series the score, the chance of one as far out on its side, and the middle slope."""

    score: Whole
    """Pairs of figures that rise less pairs that fall."""
    chance: Figures
    """One-sided; 1 where there is nothing to compare."""
    count: Whole
    rise: Figures
    """Series x pairs: the later figure less the earlier one; NaN where one is missing."""
    columns: Whole
    """Series x figures: the period each figure came from."""

    @cached_property
    def slope(self) -> Figures:
        """The median change from one period to the next, in the measure's unit; NaN where there is none."""
        first, second = np.triu_indices(self.columns.shape[1], 1)
        apart = self.columns[:, second] - self.columns[:, first]
        slope = np.full(len(self.rise), np.nan)
        some = self.count >= 2
        if some.any():
            slope[some] = np.nanmedian(self.rise[some] / np.maximum(apart[some], 1), axis=1)
        return slope


def kendall(values: Figures, columns: Whole) -> Kendall:
    """Test each series for a rise or fall.

    `values`: series x figures, NaN where there is none. `columns`: the period each figure came from, so that a
    missing period makes the slope no steeper. Equal figures count neither way; the chance is then that of as many
    different figures, which errs on the side of silence.
    """
    width = values.shape[1]
    first, second = np.triu_indices(width, 1)
    with np.errstate(invalid="ignore"):
        rise = values[:, second] - values[:, first]
    score = np.nansum(np.sign(rise), axis=1).astype(np.int64)
    count = (~np.isnan(values)).sum(axis=1)
    chance = np.ones(len(values))
    for each in np.unique(count[count >= 3]):
        rows = count == each
        tail = _tail(int(each))
        chance[rows] = tail[np.minimum(np.abs(score[rows]), len(tail) - 1)]
    return Kendall(score, chance, count, rise, columns)


@cache
def _tail(count: int) -> Figures:
    """Chance of a score of s or more, for s from 0 up, when every order of `count` different figures is as likely.

    The numbers of orders with each number of pairs out of order (Mahonian numbers), as shares.
    """
    shares = np.ones(1)
    for size in range(2, count + 1):
        shares = np.convolve(shares, np.full(size, 1 / size))
    beyond = np.cumsum(shares[::-1])[::-1]
    pairs = count * (count - 1) // 2
    # A score of s needs at least (pairs + s) / 2 pairs in order, rounded up.
    found: Figures = beyond[(pairs + np.arange(pairs + 1) + 1) // 2]
    return found
