"""What may happen to a measure: shifts of its level, in standard deviations of the healthy measure."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Alteration:
    """One change for the worse: its size, how many periods ago it began (0: all along), and whether it builds up."""

    title: str
    size: float
    periods: int
    drifts: bool = False

    def shift(self, periods: int) -> NDArray[np.float64]:
        """For each period how much worse the level is; positive is worse."""
        found = np.zeros(periods)
        window = min(self.periods or periods, periods)
        if self.drifts:
            steps = np.arange(1, window + 1)
            found[periods - window :] = self.size * (steps / window if self.periods else steps)
        else:
            found[periods - window :] = self.size
        return found


HEALTHY: Final = Alteration("healthy", 0.0, 1)
SPIKE: Final = Alteration("spike of 3 sd in the latest period", 3.0, 1)
LATE_SEASON: Final = Alteration("season three months late in the last year", 0.0, 1)
"""Only for families with a season, seen when the latest figure is furthest below its usual (`season.Season.late`)."""
SUSTAINED: Final = (
    Alteration("step of 0.5 sd, 12 periods ago", 0.5, 12),
    Alteration("step of 1 sd, 6 periods ago", 1.0, 6),
    Alteration("step of 1 sd, 12 periods ago", 1.0, 12),
    Alteration("step of 2 sd, 3 periods ago", 2.0, 3),
    Alteration("step of 2 sd, 6 periods ago", 2.0, 6),
    Alteration("step of 3 sd, 3 periods ago", 3.0, 3),
    Alteration("drift to 1.5 sd over 12 periods", 1.5, 12, drifts=True),
    Alteration("drift to 3 sd over 12 periods", 3.0, 12, drifts=True),
)
SHORT: Final = (
    Alteration("fall of 0.5 sd a year, all years", 0.5, 0, drifts=True),
    Alteration("fall of 1 sd a year, all years", 1.0, 0, drifts=True),
    Alteration("step of 2 sd, 2 years ago", 2.0, 2),
)
