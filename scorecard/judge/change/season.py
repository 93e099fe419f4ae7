"""The season of a series: whether it has one, and its figures without it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from scorecard.judge.change.budget import LONGEST
from scorecard.judge.change.stretch import Stretch
from scorecard.judge.panel import Figures, Flags, Whole

FEWEST_YEARS: Final = {12: 2, 4: 3}
"""Whole years a series needs before its season can be told from chance: two of months, three of quarters."""
CHANCE: Final = 0.02
"""A season is believed when chance alone would show as strong a one this seldom."""
WAVES: Final = 2
"""Yearly and half-yearly waves, with which most seasons of months can be drawn: four numbers instead of eleven."""


@dataclass(frozen=True)
class Seasonal:
    """What is left of a stretch when what is usual for the time of year is taken away, or the mean without season."""

    residuals: Figures
    """Series x figures; 0 where there is none."""
    parameters: Whole
    """For each series how many numbers its usual level was fitted with: 1 without a season."""
    weights: Figures
    """Series x lengths (1 to LONGEST): the sum of squares that is left of a shift of the latest figures when the
    fit has taken its share, so that residuals of fits of any kind can be compared."""
    has_season: Flags
    """For each series."""


def without_season(stretch: Stretch, phases: int) -> Seasonal:
    """Take away what is usual for the month or quarter, where there is enough history and a season is evident.

    `phases` is 12 for months, 4 for quarters, 1 for years. Whether there is a season is asked of the ranks of the
    figures (the rank transform of Conover and Iman 1981, at CHANCE), so that one wild figure is not taken for one.
    Months are fitted with waves; if these leave a season behind, each month has its own mean.
    """
    flat = _fitted(stretch, stretch.values, np.zeros_like(stretch.phases), np.ones((1, 1)))
    fewest = FEWEST_YEARS.get(phases, 0)
    some = (stretch.count >= fewest * phases) & (phases > 1)
    if not some.any():
        return flat
    some &= (_sizes(stretch, phases) >= fewest).all(axis=1)
    every = np.eye(phases)
    own = _fitted(stretch, stretch.values, stretch.phases, every)
    seasonal = some & (_chance(stretch, stretch.values, every) <= CHANCE)
    if phases == 12:
        waves = _fitted(stretch, stretch.values, stretch.phases, _waves(phases))
        left = _chance(stretch, np.where(stretch.held, waves.residuals, np.nan), every) <= CHANCE
        seasonal |= some & (_chance(stretch, stretch.values, _waves(phases)) <= CHANCE)
        own = _chosen(left, own, waves)
    return _chosen(seasonal, own, flat)


def _chosen(rows: Flags, one: Seasonal, other: Seasonal) -> Seasonal:
    return Seasonal(
        np.where(rows[:, None], one.residuals, other.residuals),
        np.where(rows, one.parameters, other.parameters),
        np.where(rows[:, None], one.weights, other.weights),
        rows,
    )


def _waves(phases: int) -> Figures:
    """Phases x numbers: a level, and a sine and cosine for each wave."""
    angle = 2 * np.pi * np.arange(phases) / phases
    turns = range(1, WAVES + 1)
    return np.stack([np.ones(phases), *(turn(n * angle) for n in turns for turn in (np.sin, np.cos))], axis=1)


def _sizes(stretch: Stretch, phases: int) -> Whole:
    """Series x phases: how many figures."""
    return np.stack([(stretch.held & (stretch.phases == phase)).sum(axis=1) for phase in range(phases)], axis=1)


def _fitted(stretch: Stretch, given: Figures, phase: Whole, basis: Figures) -> Seasonal:
    """Least squares on a basis (phases x numbers) of the time of year."""
    held, values = stretch.held, np.where(stretch.held, given, 0.0)
    rows = np.where(held[:, :, None], basis[phase], 0.0)
    crossed = np.einsum("swp,swq->spq", rows, rows) + 1e-12 * np.eye(basis.shape[1])
    inverse = np.linalg.inv(crossed)
    level = np.einsum("spq,swq,sw->sp", inverse, rows, values, optimize=True)
    residuals = np.where(held, values - np.einsum("swp,sp->sw", rows, level), 0.0)
    lengths = min(LONGEST, values.shape[1])
    latest = np.cumsum(rows[:, ::-1][:, :lengths], axis=1)
    weights = np.zeros((len(values), LONGEST))
    taken = np.einsum("slp,spq,slq->sl", latest, inverse, latest, optimize=True)
    weights[:, :lengths] = np.cumsum(held[:, ::-1][:, :lengths], axis=1) - taken
    none = np.zeros(len(values), dtype=np.bool_)
    return Seasonal(residuals, np.full(len(values), basis.shape[1]), weights, none)


def _chance(stretch: Stretch, values: Figures, basis: Figures) -> Figures:
    """For each series the chance that its ranks follow the time of year as closely without having a season."""
    ranks = _ranks(values)
    middle = np.where(stretch.held, (stretch.count[:, None] + 1) / 2, 0.0)
    whole = ((ranks - middle) ** 2).sum(axis=1)
    left = (_fitted(stretch, ranks, stretch.phases, basis).residuals ** 2).sum(axis=1)
    numbers = basis.shape[1] - 1
    freedom = stretch.count - basis.shape[1]
    from scipy.special import fdtrc  # slow to import, and no page needs it

    ratio = (whole - left) / numbers / np.maximum(left / np.maximum(freedom, 1), 1e-12)
    found: Figures = np.where(freedom > 0, fdtrc(numbers, np.maximum(freedom, 1), np.maximum(ratio, 0.0)), 1.0)
    return found


def _ranks(values: Figures) -> Figures:
    """Series x figures: mid-ranks from 1; 0 where there is no figure."""
    held = ~np.isnan(values)
    filled = np.where(held, values, np.inf)
    order = np.argsort(filled, axis=1, kind="stable")
    ordered = np.take_along_axis(filled, order, axis=1)
    place = np.arange(filled.shape[1])
    begins = np.ones(filled.shape, dtype=np.bool_)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.maximum.accumulate(np.where(begins, place, 0), axis=1)
    ends = np.ones(filled.shape, dtype=np.bool_)
    ends[:, :-1] = begins[:, 1:]
    last = np.minimum.accumulate(np.where(ends, place, filled.shape[1])[:, ::-1], axis=1)[:, ::-1]
    ranks = np.empty_like(filled)
    np.put_along_axis(ranks, order, (first + last) / 2 + 1, axis=1)
    return np.where(held, ranks, 0.0)
