"""The chance that the next figure meets the target, if nothing about the service changes."""

from typing import Final

import numpy as np

from scorecard.judge.panel import Figures, Flags

LATEST: Final = 12
"""So many figures of the step are looked at: older ones would say little about a service that has slipped since."""
WEIGHT: Final = 12
"""The normal law counts as many figures as this. In simulations of steady, skewed, capped and autocorrelated
figures it foretold best with 12 to 24; the share of hits alone did worst."""
BOUND: Final = 0.02
"""The normal law is not believed to be surer than this."""


def chance_of_meeting(values: Figures, good: Flags, low: Figures, high: Figures, polarity: str) -> Figures:
    """For each area the chance, over 0 and under 1, that its next figure is as good as its target; NaN without two.

    `values` are areas x periods, oldest first, NaN where there is none; `good` tells which of them met the target;
    `low` and `high` are the ends of the target of each area (equal unless a band), on the scale of the values.

    The share of figures that met the target knows nothing of how nearly the others did; the normal law knows, but
    figures are skewed, have ceilings and stray. So the share is shrunk towards the normal law as a beta prior would:
    (hits + WEIGHT p) / (figures + WEIGHT), where p is the predictive chance of Student's t with figures - 1 degrees
    of freedom about the mean, its spread widened by one in as many figures (Hahn and Meeker 1991, Statistical
    Intervals), kept BOUND away from 0 and 1. With WEIGHT = 1 and p = 1/2 it would be the Jeffreys estimate.
    """
    from scipy.special import stdtr  # slow to import, and no page needs it

    known = latest_of(~np.isnan(values), LATEST)
    figures = known.sum(axis=1)
    hits = (good & known).sum(axis=1)
    enough = np.maximum(figures, 2)
    mean = np.where(known, values, 0.0).sum(axis=1) / np.maximum(figures, 1)
    squares = (np.where(known, values - mean[:, None], 0.0) ** 2).sum(axis=1)
    spread = np.sqrt(squares / (enough - 1) * (1 + 1 / enough))
    tiny = 1e-9 * np.maximum(1.0, np.abs(mean))
    constant = spread <= tiny
    spread = np.where(constant, 1.0, spread)
    below_low, below_high = (stdtr(enough - 1.0, (end - mean) / spread) for end in (low, high))
    by_law = {"higher": 1 - below_low, "lower": below_high}.get(polarity, below_high - below_low)
    by_law = np.where(constant, hits / np.maximum(figures, 1), by_law)
    chances = (hits + WEIGHT * np.clip(by_law, BOUND, 1 - BOUND)) / (figures + WEIGHT)
    return np.where(figures >= 2, chances, np.nan)


def latest_of(known: Flags, many: int) -> Flags:
    """The latest `many` of those that are known, for each area; areas x periods."""
    found: Flags = known & (np.cumsum(known[:, ::-1], axis=1)[:, ::-1] <= many)
    return found
