"""Which rules an XmR chart is judged by: the options in which versions of the NHS rules differ, and two profiles.

Sources: NHS England, 'Making Data Count' (the four rules and the two icons); D. J. Wheeler, 'Understanding
Variation' (the individuals and moving-range chart with its factors 2.66 and 3.267).
"""

from dataclasses import dataclass
from typing import Final

LIMIT_FACTOR: Final = 2.66
"""Process limits lie this many average moving ranges either side of the mean: 3 / 1.128, as Wheeler rounds it."""
SCREEN_FACTOR: Final = 3.267
"""A moving range this many times the average one is itself exceptional: the upper limit of Wheeler's mR chart."""
SHORT_GROUP: Final = 13
"""A stretch with fewer rows is told as short: Making Data Count asks for 13 points."""
FEWEST_BASELINE: Final = 12
"""Limits may not be fixed on fewer rows than this."""
TIE: Final = 1e-9
"""Two figures nearer than this share of the series' largest absolute value count as equal."""


@dataclass(frozen=True)
class Rules:
    """One version of the rules. The defaults are those of the reference program, NHSRplotthedots 0.2.2."""

    screen: bool = True
    """Leave moving ranges of SCREEN_FACTOR times their average and more out of the average, once."""
    shift_points: int = 7
    """Points in a row on one side of the mean that make a shift."""
    trend_points: int = 7
    """Points in a row, each above (or each below) the one before, that make a trend."""
    third_same_side: bool = True
    """Two in three: the third point must lie on the same side of the mean."""
    outside_counts: bool = False
    """Two in three: a point beyond the process limit counts as one of the two."""
    fewest_points: int | None = None
    """With fewer figures than this there are no limits and no flags; None for no such floor."""

    def __post_init__(self) -> None:
        """Raises ValueError when a run would be no run."""
        if self.shift_points < 2 or self.trend_points < 2:
            raise ValueError("a shift and a trend need at least two points")


REFERENCE: Final = Rules()
"""NHSRplotthedots 0.2.2 as it comes."""
MDC: Final = Rules(screen=False, outside_counts=True, fewest_points=SHORT_GROUP)
"""NHS England's own 'Making Data Count' workbook since November 2023, as its makers describe it."""
