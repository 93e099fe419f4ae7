"""Many comparisons at once: how much wider than chance parts differ as a rule, and which differences are still news.

Fifty wards on ten measures are five hundred chances to be wrong, so no ward is called bad by its own test alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np

from scorecard.judge.panel import Figures, Flags

FALSE_DISCOVERIES: Final = 0.05
"""Of the parts called out in a run, the share that may be there by chance."""

WINSORISED: Final = 0.1
_UNDER_CHANCE: Final = 0.6787
"""Mean square of a standard normal variable whose outer tenths are drawn in: what chance alone would give."""


@dataclass(frozen=True)
class Discoveries:
    """What stands of many tests when they are taken together: one entry for each test, in their order."""

    q_values: Figures
    """The smallest share of false discoveries at which the test would be called out; NaN where there was no test."""
    found: Flags
    threshold: float
    """The chance up to which a test is called out; 0 when none was."""


def benjamini_hochberg(chances: Figures, q: float = FALSE_DISCOVERIES) -> Discoveries:
    """Which of many tests to call out so that on average at most a share `q` of those called out is chance.

    `chances` are p-values, NaN where there was no test. Benjamini and Hochberg 1995, Journal of the Royal Statistical
    Society B 57:289, who show that it holds for independent tests; Benjamini and Yekutieli 2001, Annals of Statistics
    29:1165, that it holds for positively dependent ones too. Raises ValueError when a chance is not within 0 to 1.
    """
    tested = np.flatnonzero(~np.isnan(chances))
    if np.any((chances[tested] < 0) | (chances[tested] > 1)):
        raise ValueError("a chance lies between 0 and 1")
    q_values = np.full(len(chances), np.nan)
    if not len(tested):
        return Discoveries(q_values, np.zeros(len(chances), dtype=np.bool_), 0.0)
    ordered = tested[np.argsort(chances[tested], kind="stable")]
    raised = chances[ordered] * len(tested) / np.arange(1, len(tested) + 1)
    q_values[ordered] = np.minimum(1.0, np.minimum.accumulate(raised[::-1])[::-1])
    found: Flags = q_values <= q
    return Discoveries(q_values, found, q * float(found.sum()) / len(tested))


def across(groups: Sequence[Figures], q: float = FALSE_DISCOVERIES) -> list[Discoveries]:
    """The same over all tests of a run, given and returned group by group (say, measure by measure)."""
    if not groups:
        return []
    together = benjamini_hochberg(np.concatenate(groups), q)
    ends = list(accumulate(len(group) for group in groups))
    starts = [0, *ends[:-1]]
    return [
        Discoveries(together.q_values[start:end], together.found[start:end], together.threshold)
        for start, end in zip(starts, ends, strict=True)
    ]


def spread(scores: Figures) -> float:
    """By what factor the squares of standard scores exceed chance; at least 1. NaN scores are left out.

    The outer tenths are drawn in to the tenth and the ninetieth percentile first, so that the very part that is looked
    for does not widen the limits that are to find it: Spiegelhalter 2005, Statistics in Medicine 24:1185. Divided by
    what drawing in leaves of chance itself, which the paper does not do; without it the factor is too small.
    """
    held = scores[np.isfinite(scores)]
    if not len(held):
        return 1.0
    low, high = np.quantile(held, (WINSORISED, 1 - WINSORISED))
    return max(1.0, float(np.mean(np.clip(held, low, high) ** 2)) / _UNDER_CHANCE)
