"""Delay: how many periods after a step each method sees it, when a series is judged anew every period."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from bench.judgement.families import Drawn, Family
from bench.judgement.methods import METHODS

WATCHED: Final = 12
"""Periods after a step in which it may be found."""
SIZES: Final = (0.0, 1.0, 2.0, 3.0)
"""Of the steps, in standard deviations; nought is a healthy series, and what is found in it a false alarm."""


@dataclass(frozen=True)
class Delay:
    """One size of step in one family."""

    family: Family
    size: float
    series: int
    found: Mapping[str, float]
    """Share flagged at least once within WATCHED periods, from 0 to 1."""
    within: Mapping[str, float]
    """Share flagged within a quarter of them."""
    periods: Mapping[str, float]
    """The middle number of periods until then, of all series: 1 is the step's first period, inf more than WATCHED."""


def delay(family: Family, size: float, series: int, seed: int) -> Delay:
    """Follow series over WATCHED periods from a step on, each judged every period by all figures so far."""
    random = np.random.default_rng([seed, int(10 * size), *family.title.encode()])
    shift = np.zeros((series, family.periods + WATCHED))
    shift[:, family.periods :] = size
    whole = family.simulate(random, shift)
    first = {name: np.full(series, np.inf) for name in METHODS}
    for ahead in range(1, WATCHED + 1):
        now = replace(family, periods=family.periods + ahead)
        seen = _until(whole, now.periods)
        for name, method in METHODS.items():
            first[name] = np.minimum(first[name], np.where(method(seen, now), ahead, np.inf))
    return Delay(
        family, size, series,
        {name: float(np.isfinite(when).mean()) for name, when in first.items()},
        {name: float((when <= WATCHED // 4).mean()) for name, when in first.items()},
        {name: float(np.sort(when)[series // 2]) for name, when in first.items()},
    )  # fmt: skip


def _until(drawn: Drawn, periods: int) -> Drawn:
    arrays = (drawn.values, drawn.numerators, drawn.denominators)
    values, numerators, denominators = (None if each is None else each[:, :periods] for each in arrays)
    return Drawn(drawn.values if values is None else values, numerators, denominators)
