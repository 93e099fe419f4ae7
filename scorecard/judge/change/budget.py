"""How far out is far enough: the limits at which a healthy series is flagged at most once in a hundred periods.

Every number here was found by simulation (`bench/judgement/calibrate.py` finds SUSTAINED and FALLS again), so that
normal figures with no memory and with an autocorrelation of up to 0.6 are flagged on the bad side in no more than one
period in a hundred, sudden and sustained change together. A series that carries over much of its last figure wanders
by itself; with few figures that cannot be told from a real change, and then the limit is so far out that hardly
anything is.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorecard.judge.panel import Figures, Whole

LONGEST: Final = 12
"""Latest figures taken together, at most."""
FEWEST: Final = 5
"""Figures below which nothing is inferred."""
FULL: Final = 13
"""Figures from which a series is judged as the long ones are; from FEWEST to here what is said is provisional."""
SUDDEN: Final = 3.05
"""For the latest figure alone, with LONG_TAILED figures or more: standard normal units."""
SUDDEN_SHORT: Final = 3.2
"""The same with fewer: so few do not show whether they have a long tail."""
LONG_TAILED: Final = 20
SUSTAINED: Final = (
    # figures, least limit, limit without autocorrelation, more for each unit of it, more for the longest windows
    (13, 2.6, 6.78, 10.0, 2.0),
    (16, 2.6, 5.98, 10.0, 2.0),
    (20, 2.6, 4.84, 8.0, 1.5),
    (24, 2.6, 4.47, 8.0, 1.5),
    (30, 2.8, 3.96, 7.5, 0.6),
    (36, 2.8, 3.54, 5.5, 0.6),
    (48, 2.8, 3.32, 5.5, 0.3),
    (60, 2.8, 3.15, 5.0, 0.5),
)
SHORT_WINDOW: Final = 4
"""Latest figures up to which a window is short; what wanders by itself is away for longer."""
FALLS: Final = {6: 15, 7: 19, 8: 24, 9: 28, 10: 33, 11: 39, 12: 44}
"""Figures → the Kendall score from which so short a series is said to rise or fall: at most one healthy series in a
hundred reaches it on its bad side, also where it carries over 0.4 of its last figure. With five none can."""
FALSE_ALARMS: Final = {"sudden": 0.003, "sustained": 0.007}
"""Chance that a healthy measure is flagged in a period on its bad side, by kind of change: as measured on normal series
of 24, 36 and 60 months without autocorrelation, 30,000 of each, taken together and rounded up."""


def sudden_limit(count: Whole) -> Figures:
    """For each series how far out its latest figure must lie; infinite with too few figures."""
    limit = np.where(count >= LONG_TAILED, SUDDEN, SUDDEN_SHORT)
    return np.where(count > FEWEST, limit, np.inf)


def sustained_limit(count: Whole, carried: Figures, length: Whole) -> Figures:
    """For each series how far out its latest figures together must lie.

    By how many figures it has, its autocorrelation and how many latest figures are taken together.
    """
    table = np.array(SUSTAINED)
    least, without, slope, long = (np.interp(count, table[:, 0], table[:, column]) for column in (1, 2, 3, 4))
    wider = np.maximum(length - SHORT_WINDOW, 0) / (LONGEST - SHORT_WINDOW)
    limit = np.maximum(least, without + slope * carried + long * wider)
    return np.where(count >= FULL, limit, np.inf)


def falls_limit(count: Whole) -> NDArray[np.int64]:
    """For each series of 6 to 12 figures the Kendall score asked for; more than there can be with fewer or more."""
    unreachable = np.iinfo(np.int64).max
    return np.array([FALLS.get(int(each), unreachable) for each in count], dtype=np.int64)
