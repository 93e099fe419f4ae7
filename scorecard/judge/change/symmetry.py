"""Figures brought nearer to symmetry, so that a long tail is not taken for news.

Waiting times, costs and small counts have a long tail on one side, shares near 100% on the other. Limits drawn as if
both sides were alike flag healthy series several times too often (by simulation 3 to 7% of healthy exponential
series at the latest point, against 1.7% of normal ones).
"""

from typing import Final

import numpy as np

from scorecard.judge.change.stretch import Stretch
from scorecard.judge.panel import Figures

POWERS: Final = (1.0, 1 / 2, 1 / 3, 0.0)
"""The ladder of powers (Tukey 1977); nought is the logarithm."""
ASKED: Final = 0.1
"""How much likelier a power must make the figures than leaving them alone (difference of log likelihoods)."""
ZERO_SHIFT: Final = 3 / 8
"""Of the smallest step between counts, added before a root or logarithm (Anscombe 1948)."""
LATEST: Final = 3
"""Figures at the end that have no say, so that a change does not choose its own scale."""


def symmetric(stretch: Stretch, ceiling: float | None, step: Figures) -> Figures:
    """Series x figures on a scale on which each series is nearer to symmetry; larger stays larger.

    `ceiling` is the most a figure can be (100 for percentages) or None. `step` is, for each series, the smallest
    difference two figures can have (1 for counts), 0 where that is not known. For every series the power is chosen
    that makes its figures likeliest (Box and Cox 1964), counted up from nought or down from the ceiling; series with
    figures below nought stay as they are.
    """
    best = stretch.values.copy()
    likelihood = _likelihood(best, np.zeros_like(best), stretch) + ASKED
    for sign, floor in ((1.0, 0.0), (-1.0, ceiling)):
        if floor is None:
            continue
        above = sign * (stretch.values - floor) + ZERO_SHIFT * step[:, None]
        usable = ~(above <= 0).any(axis=1)
        logs = np.log(np.where(above > 0, above, 1.0))
        for power in POWERS[1:]:
            bent = sign * (np.where(above > 0, above, 1.0) ** power / power if power else logs)
            found = _likelihood(bent, (power - 1) * logs, stretch)
            better = usable & (found > likelihood)
            likelihood = np.where(better, found, likelihood)
            best[better] = bent[better]
    return np.where(stretch.held, best, np.nan)


def _likelihood(bent: Figures, jacobian: Figures, stretch: Stretch) -> Figures:
    """For each series the profile log likelihood of normal figures on the bent scale, the latest ones left out."""
    earlier = stretch.held.copy()
    earlier[:, -LATEST:] = False
    count = np.maximum(earlier.sum(axis=1), 1)
    mean = np.where(earlier, bent, 0.0).sum(axis=1) / count
    variance = np.where(earlier, (bent - mean[:, None]) ** 2, 0.0).sum(axis=1) / count
    slope = np.where(earlier, jacobian, 0.0).sum(axis=1)
    likelihood: Figures = -count / 2 * np.log(np.maximum(variance, 1e-300)) + slope
    return likelihood
