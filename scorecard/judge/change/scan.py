"""How far the latest figures lie from those before: the statistic behind a sudden or a sustained change.

For each length of 1 to LONGEST latest figures it asks how far their mean lies from the mean of all before, in units
of what chance gives. The largest over the lengths is the generalised likelihood form of the CUSUM with a window
(Lai 1995; Siegmund and Venkatraman 1995): unlike the CUSUM of fixed reference value and limit it needs neither a
known level nor a known size of change.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorecard.judge.change.budget import LONGEST
from scorecard.judge.change.season import Seasonal
from scorecard.judge.change.stretch import Stretch
from scorecard.judge.panel import Figures, Flags, Whole

FEWEST_BEFORE: Final = 4
"""Figures that must be left before the window, for there to be something usual."""


@dataclass(frozen=True)
class Scan:
    """For each series the window of latest figures that stands out most on one side."""

    distance: Figures
    """In standard normal units; larger is further out. -inf where no window can be compared."""
    length: Whole
    """Of that window; 0 where there is none."""
    carried: Figures
    """Lag-1 autocorrelation of what is left when the window's and the earlier figures' means are taken away."""


def distances(stretch: Stretch, seasonal: Seasonal) -> Figures:
    """Series x lengths (1 to LONGEST): how far above the earlier figures the latest ones lie.

    A t statistic of the window in a linear model with the season's means, turned into a standard normal one (Wallace
    1959) so that lengths and series can be compared. -inf where there are too few figures.
    """
    residuals = np.where(stretch.held, seasonal.residuals, 0.0)
    series, width = residuals.shape
    lengths = np.arange(1, min(LONGEST, width) + 1)
    tail = np.cumsum(residuals[:, ::-1], axis=1)[:, lengths - 1]
    count = stretch.count[:, None]
    weight = seasonal.weights[:, : len(lengths)]
    freedom = count - seasonal.parameters[:, None] - 1
    total = (residuals**2).sum(axis=1)[:, None]
    usable = (count - lengths >= np.maximum(FEWEST_BEFORE, lengths)) & (freedom >= 2) & (weight > 1e-9)
    weight = np.where(usable, weight, 1.0)
    left = np.maximum(total - tail**2 / weight, 1e-12 * np.maximum(total, 1e-300))
    freedom = np.maximum(freedom, 1)
    squared = tail**2 / weight / (left / freedom)
    normal = np.sqrt(freedom * np.log1p(squared / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
    found = np.full((series, LONGEST), -np.inf)
    found[:, : len(lengths)] = np.where(usable & (total > 0), np.sign(tail) * normal, -np.inf)
    return found


def scan(stretch: Stretch, seasonal: Seasonal, above: Figures, shortest: int, longest: int = LONGEST) -> Scan:
    """The window of `shortest` to `longest` latest figures that lies furthest above the earlier ones.

    `above` is what `distances` gave; for the side below give it turned round (see `below`).
    """
    sides = above[:, shortest - 1 : longest]
    best = np.argmax(sides, axis=1)
    distance = np.take_along_axis(sides, best[:, None], axis=1)[:, 0]
    length = np.where(np.isfinite(distance), best + shortest, 0)
    return Scan(distance, length, _carried(stretch, seasonal, length))


def lasts(stretch: Stretch, seasonal: Seasonal, length: Whole, way: int) -> Flags:
    """For each series whether its window lies on its side without its latest figure too.

    A lone figure far out would else draw the one before it into a window of two and be called a lasting change. The
    others must together lie one standard normal unit out, at least.
    """
    place = np.arange(stretch.held.shape[1])[::-1]
    window = stretch.held & (place[None, :] < length[:, None])
    earlier = window & (place[None, :] > 0)
    rest = stretch.held & ~window
    residuals = np.where(stretch.held, seasonal.residuals, 0.0)
    usual = np.where(rest, residuals, 0.0).sum(axis=1) / np.maximum(rest.sum(axis=1), 1)
    left = np.where(rest, residuals - usual[:, None], 0.0)
    spread = np.sqrt((left**2).sum(axis=1) / np.maximum(rest.sum(axis=1) - seasonal.parameters, 1))
    others = np.where(earlier, residuals - usual[:, None], 0.0).sum(axis=1)
    found: Flags = way * others > spread * np.sqrt(np.maximum(earlier.sum(axis=1), 1))
    return found


def below(above: Figures) -> Figures:
    """The distances of the other side."""
    return np.where(np.isfinite(above), -above, -np.inf)


def _carried(stretch: Stretch, seasonal: Seasonal, length: Whole) -> Figures:
    held = stretch.held
    residuals = np.where(held, seasonal.residuals, 0.0)
    place = np.arange(residuals.shape[1])[::-1]
    window: NDArray[np.bool_] = held & (place[None, :] < length[:, None])
    rest = held & ~window
    for group in (window, rest):
        mean = np.where(group, residuals, 0.0).sum(axis=1) / np.maximum(group.sum(axis=1), 1)
        residuals = np.where(group, residuals - mean[:, None], residuals)
    together = np.where(stretch.adjoining[:, 1:], residuals[:, 1:] * residuals[:, :-1], 0.0).sum(axis=1)
    spread = (residuals**2).sum(axis=1)
    found: Figures = together / np.maximum(spread, 1e-300)
    return found
