"""The shapes of a series: a level with a season, drift, step or spike, and noise that a seed decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

Change = Callable[[int], float]
"""Takes a month index and returns what is added to the level in that month."""

STEADY: Final = (0.0,) * 12
WIDEST_NOISE: Final = 2.0
"""Noise stops at this many standard deviations, so that no seed can undo a story."""


def month_of(text: str) -> int:
    """The month index of "2026-10", as scorecard.periods counts months."""
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def drift(since: str, per_month: float, until: str = "2099-12") -> Change:
    """Moves by `per_month` in every month from `since` to `until`, and stays there."""
    first, last = month_of(since), month_of(until)
    return lambda month: per_month * max(0, min(month, last) - first + 1)


def step(since: str, by: float) -> Change:
    """Moves once, in `since`, and stays there."""
    first = month_of(since)
    return lambda month: by if month >= first else 0.0


def spike(at: str, by: float) -> Change:
    """Moves in one month only."""
    only = month_of(at)
    return lambda month: by if month == only else 0.0


@dataclass(frozen=True)
class Series:
    """A value for every month there ever was: the same seed, name and month give the same value."""

    name: str
    level: float
    noise: float = 0.0
    """Standard deviation, in the unit of the level."""
    season: tuple[float, ...] = STEADY
    """What January to December add to the level."""
    changes: tuple[Change, ...] = ()
    planted: Mapping[str, float] = field(default_factory=dict)
    """Months whose value is given, e.g. {"2026-10": 90.6}."""

    def at(self, month: int, seed: int) -> float:
        """The value in one month, by month index."""
        for text, value in self.planted.items():
            if month_of(text) == month:
                return value
        shape = self.level + self.season[month % 12] + sum(change(month) for change in self.changes)
        return shape + self._noise(month, seed)

    def _noise(self, month: int, seed: int) -> float:
        if not self.noise:
            return 0.0
        drawn = Random(f"{seed}/{self.name}/{month}").gauss(0.0, 1.0)
        return self.noise * max(-WIDEST_NOISE, min(WIDEST_NOISE, drawn))
