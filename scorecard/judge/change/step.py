"""An old step of a series: its level changed once, for good, and what was usual before says nothing now.

Looked for before anything else, because a step never marked by a rebase widens every limit and looks like
autocorrelation. It is never taken for a rebase of the chart, which only the catalogue can decide; it is proposed.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from scorecard.judge.change.stretch import Stretch
from scorecard.judge.panel import Figures, Flags, Whole

FEWEST_BEFORE: Final = 8
"""Figures that must lie before a step."""
FEWEST_SINCE: Final = 18
"""Figures that must lie since: with fewer a drift that is still going on would be taken for a step that is over."""
LIMIT: Final = 4.7
"""Standard normal units between the levels, and more for autocorrelation that is left when both are taken away.

At this limit fewer than one healthy series of 36 figures in 10,000 is thought to have a step, and 0.7% where each
carries over 0.6 of the last; then fewer figures are judged than could be, which is no false alarm.
"""
MORE: Final = 4.0


@dataclass(frozen=True)
class Step:
    """For each series its latest step, if it has one."""

    found: Flags
    length: Whole
    """How many figures lie since the step; all of them without one."""
    before: Figures
    """Mean of the figures before it, in the unit of the figures; NaN without one."""
    after: Figures


def old_step(stretch: Stretch) -> Step:
    """Look for one step with at least FEWEST_BEFORE figures before it and FEWEST_SINCE since.

    Of all places where each series could be cut in two the one where the means differ most, by a t statistic.
    """
    held, values = stretch.held, np.where(stretch.held, stretch.values, 0.0)
    series, width = values.shape
    count = stretch.count
    none = np.full(series, np.nan)
    lengths = np.arange(FEWEST_SINCE, max(width - FEWEST_BEFORE, 0) + 1)
    if not len(lengths):
        return Step(np.zeros(series, dtype=np.bool_), count, none, none)
    mean = values.sum(axis=1) / np.maximum(count, 1)
    away = np.where(held, values - mean[:, None], 0.0)
    total = (away**2).sum(axis=1)
    tail = np.cumsum(away[:, ::-1], axis=1)[:, lengths - 1]
    before = count[:, None] - lengths
    usable = before >= FEWEST_BEFORE
    between = np.where(usable, tail**2 * count[:, None] / (lengths * np.maximum(before, 1)), 0.0)
    best = np.argmax(between, axis=1)
    rows = np.arange(series)
    length, explained = lengths[best], between[rows, best]
    left = np.maximum(total - explained, 1e-12 * np.maximum(total, 1e-300))
    freedom = np.maximum(count - 2, 1)
    distance = np.sqrt(freedom * np.log1p(explained / left)) * (8 * freedom + 1) / (8 * freedom + 3)
    since = np.arange(width)[::-1][None, :] < length[:, None]
    after = tail[rows, best] / length
    earlier = -tail[rows, best] / np.maximum(count - length, 1)
    flat = np.where(held, away - np.where(since, after[:, None], earlier[:, None]), 0.0)
    together = np.where(stretch.adjoining[:, 1:], flat[:, 1:] * flat[:, :-1], 0.0).sum(axis=1)
    carried = together / np.maximum(left, 1e-300)
    found: Flags = (explained > 0) & (distance > LIMIT + MORE * np.maximum(carried, 0.0))
    return Step(
        found, np.where(found, length, count),
        np.where(found, mean + earlier, np.nan), np.where(found, mean + after, np.nan),
    )  # fmt: skip


def since_step(stretch: Stretch, step: Step) -> Stretch:
    """The stretch with only the figures since the step."""
    place = np.arange(stretch.values.shape[1])[::-1]
    kept = place[None, :] < step.length[:, None]
    return Stretch(
        np.where(kept, stretch.values, np.nan), np.where(kept, stretch.columns, -1), np.where(kept, stretch.phases, 0)
    )
