"""Whether a change of small counts is beyond what such counts do by themselves."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from scorecard.judge.change.stretch import Stretch
from scorecard.judge.panel import Figures, Flags, Whole

SMALL: Final = 10.0
"""Mean count, or mean count of the rest of the cases, below which the exact test is asked."""
CHANCE: Final = 0.006
"""The exact test must be at least as sure as this; one-sided, for the latest figure alone."""
CHANCE_TOGETHER: Final = 0.003
"""The same for the best of several windows."""


@dataclass(frozen=True)
class Counts:
    """Series x periods: how many (`of` their cases, NaN for a plain count)."""

    numerators: Figures
    denominators: Figures


def confirmed(counts: Counts, stretch: Stretch, length: Whole, way: int, asked: Flags) -> Flags:
    """For each series of `asked` whether its window of latest counts differs from the earlier ones beyond chance.

    Given all cases, how many of them fall into the window follows a binomial law for plain counts (Przyborowski and
    Wilenski 1940) and a hypergeometric one for shares (Fisher's exact test). Large counts are not asked: there
    chance in the counts is the least of what moves them. True for series that were not asked.
    """
    found = np.ones(len(asked), dtype=np.bool_)
    rows = np.flatnonzero(asked)
    if not len(rows):
        return found
    from scipy.stats import binom, hypergeom  # slow to import, and no page needs it

    for row in rows:
        columns = stretch.columns[row][stretch.held[row]]
        many = counts.numerators[row, columns]
        of = counts.denominators[row, columns]
        if np.isnan(many).any() or (many != np.round(many)).any():
            continue
        size, limit = int(length[row]), CHANCE if length[row] == 1 else CHANCE_TOGETHER
        inside, total = many[-size:].sum(), many.sum()
        if np.isnan(of).any() or (of != np.round(of)).any() or (of < many).any():
            if total / len(many) >= SMALL or not np.isnan(of).all():
                continue
            share = size / len(many)
            chance = binom.sf(inside - 1, total, share) if way > 0 else binom.cdf(inside, total, share)
        else:
            if min(total, of.sum() - total) / len(many) >= SMALL:
                continue
            law = hypergeom(int(of.sum()), int(total), int(of[-size:].sum()))
            chance = law.sf(inside - 1) if way > 0 else law.cdf(inside)
        found[row] = chance <= limit
    return found
