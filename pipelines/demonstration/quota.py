"""Records shared out by quota and not by lot, so that small wards do not look good or bad by chance alone."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.records import Texts


def by_quota(shares: Mapping[str, float], how_many: int, random: np.random.Generator) -> Texts:
    """So many texts in groups, each as often as its share says, to within one."""
    weights = np.array(list(shares.values()), dtype=np.float64)
    ends = np.cumsum(weights / weights.sum())
    places = (np.arange(how_many) + random.random()) / how_many
    return np.array(list(shares))[np.minimum(np.searchsorted(ends, places), len(ends) - 1)]


def marked_by_quota(
    marked: int, groups: Texts, likelihood: NDArray[np.float64], random: np.random.Generator
) -> NDArray[np.bool_]:
    """Just so many marks, the same share of each group nearly; within it by likelihood."""
    _, group, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    due = sizes * (marked / len(groups))
    given = np.floor(due).astype(np.int64)
    given[np.argsort(given - due, kind="stable")[: marked - int(given.sum())]] += 1
    order = np.lexsort((random.exponential(size=len(groups)) / likelihood, group))
    place = np.empty(len(groups), dtype=np.int64)
    place[order] = np.arange(len(groups)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.asarray(place < given[group], dtype=np.bool_)
