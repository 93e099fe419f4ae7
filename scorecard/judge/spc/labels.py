"""The words for what a chart says of a point and of a series, and how flags become one label."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorecard.judge.spc.limits import Flags

Codes = NDArray[np.int8]

LABELS: Final = (
    "Common Cause",
    "Above UCL",
    "Below LCL",
    "7 Point Trend (Increasing)",
    "7 Point Trend (Decreasing)",
    "2 in 3 Above CL",
    "2 in 3 Below CL",
    "7 Points Above CL",
    "7 Points Below CL",
)
"""The reference program's `special_cause_type`; a label code is a place in this list."""
_OUTSIDE, _TREND, _TWO, _SHIFT = 1, 3, 5, 7
WAYS: Final[Codes] = np.array([0, 1, -1, 1, -1, 1, -1, 1, -1], dtype=np.int8)
"""For each label 1 where it says up, -1 where it says down."""

POINT_TYPES: Final = (
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
)
"""What a label means for a reader who knows which way is better; also a series' `variation_type`."""
SIGNS: Final = {"increase": 1, "decrease": -1, "neutral": 0}
"""Improvement direction: 1 where higher is better, -1 where lower is, 0 where neither."""
ASSURANCES: Final = (None, "consistent_pass", "inconsistent", "consistent_fail")
"""A series against its target; None where nothing can be said."""
NO_ASSURANCE, PASS, INCONSISTENT, FAIL = range(4)

# by sign + 1 and way + 1
_TYPES: Final[Codes] = np.array([[1, 0, 2], [4, 0, 3], [2, 0, 1]], dtype=np.int8)


def labels_of(sides: Codes, outside: Flags, trends: tuple[Flags, Flags], two: Flags, shift: Flags) -> Codes:
    """The label code of each point: the first that applies of outside the limits, trend, two in three, shift.

    `trends` is the points of a trend and those of them that rise. All arrays have the same shape.
    """
    trend, rising = trends
    below = (sides != 1).view(np.int8)
    label = np.zeros(sides.shape, dtype=np.int8)
    np.copyto(label, _SHIFT + below, where=shift)
    np.copyto(label, _TWO + below, where=two)
    np.copyto(label, _TREND + (~rising).view(np.int8), where=trend)
    np.copyto(label, _OUTSIDE + below, where=outside)
    return label


def point_types(way: Codes, sign: int | NDArray[np.integer]) -> Codes:
    """The place in `POINT_TYPES` of each point, from its way and the sign of the improvement direction.

    `sign` is one number, or an array that goes with `way` by NumPy's rules (a column for one sign a series).
    """
    found: Codes = _TYPES[np.asarray(sign, dtype=np.int64) + 1, way.astype(np.int64) + 1]
    return found
