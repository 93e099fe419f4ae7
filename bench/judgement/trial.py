"""Trials: how often each method flags the latest period of series that are healthy, or that have changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Final

import numpy as np

from bench.judgement.alterations import HEALTHY, SHORT, SPIKE, SUSTAINED, Alteration
from bench.judgement.families import Family
from bench.judgement.methods import METHODS

WATCHED: Final = 12
"""Periods after a change in which it may be found."""


@dataclass(frozen=True)
class Trial:
    """One family with one alteration: the share of series that each method flags, from 0 to 1."""

    family: Family
    alteration: Alteration
    series: int
    flagged: Mapping[str, float]


def alterations_of(family: Family) -> tuple[Alteration, ...]:
    """What is put into a family, healthy series first: yearly ones are too short for most."""
    return (HEALTHY, SPIKE, *(SHORT if family.phases == 1 else SUSTAINED))


def try_out(family: Family, alteration: Alteration, series: int, seed: int) -> Trial:
    """Draw series of a family with an alteration and ask every method about their latest period."""
    random = np.random.default_rng([seed, *family.title.encode(), *alteration.title.encode()])
    shift = np.tile(alteration.shift(family.periods), (series, 1))
    drawn = family.draw(random, shift)
    return Trial(family, alteration, series, {name: fmean(method(drawn, family)) for name, method in METHODS.items()})


@dataclass(frozen=True)
class Delay:
    """How soon a step is found when a series is looked at every period."""

    alteration: Alteration
    found: Mapping[str, float]
    """Share found within WATCHED periods."""
    periods: Mapping[str, float]
    """The middle number of periods until then, of those found; the first period of the step is 1."""
    false: Mapping[str, float]
    """Share flagged at least once in as many periods without the step."""


def delays(family: Family, sizes: tuple[float, ...], series: int, seed: int) -> list[Delay]:
    """Follow series over WATCHED periods from a step on, each judged anew every period with all figures so far."""
    found = []
    for size in (0.0, *sizes):
        random = np.random.default_rng([seed, int(10 * size)])
        first = np.zeros((len(METHODS), series))
        for ahead in range(1, WATCHED + 1):
            if ahead == 1:
                whole = np.zeros((series, family.periods + WATCHED))
                whole[:, family.periods :] = size
                drawn = family.draw(random, whole).values
            so_far = Family(
                family.title, family.phases, family.periods + ahead, family.worse, family.draw, family.ceiling
            )
            seen = type(family.draw(random, np.zeros((1, 1))))(drawn[:, : family.periods + ahead])
            for row, method in enumerate(METHODS.values()):
                flagged = method(seen, so_far)
                first[row] = np.where((first[row] == 0) & flagged, ahead, first[row])
        found.append((size, first))
    healthy = dict(zip(METHODS, (found[0][1] > 0).mean(axis=1).tolist(), strict=True))
    return [
        Delay(
            Alteration(f"step of {size:g} sd", size, WATCHED),
            dict(zip(METHODS, (first > 0).mean(axis=1).tolist(), strict=True)),
            {name: float(np.median(row[row > 0])) if (row > 0).any() else np.nan
             for name, row in zip(METHODS, first, strict=True)},
            healthy,
        )
        for size, first in found[1:]
    ]
