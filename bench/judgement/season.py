"""The season of a simulated measure: a yearly wave."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

LATE: Final = 0.25
"""Of a year: a late season comes three months later in its last year."""


@dataclass(frozen=True)
class Season:
    """A wave of `amplitude` standard deviations with `phases` periods to the year."""

    amplitude: float
    phases: int

    def level(self, periods: int, start: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """How far above the usual the season lifts each of so many periods, in standard deviations.

        `start` is the wave's angle in the first period, in radians: a number, or a column of them (series x 1).
        """
        found: NDArray[np.float64] = self.amplitude * np.sin(2 * np.pi * np.arange(periods) / self.phases + start)
        return found

    def worst_start(self, periods: int) -> float:
        """The angle at the start with which a late season is furthest below its usual in the latest period."""
        return float(np.pi / 4 - 2 * np.pi * (periods - 1) / self.phases)

    def late(self, periods: int, start: float) -> NDArray[np.float64]:
        """For each period how much lower it is because the season came late in the last year."""
        lower = self.level(periods, start) - self.level(periods, start - 2 * np.pi * LATE)
        return np.where(np.arange(periods) >= periods - self.phases, lower, 0.0)
