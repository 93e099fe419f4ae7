"""Trials: how often each method flags the latest period of series that are healthy, or that have changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from bench.judgement.alterations import HEALTHY, LATE_SEASON, SHORT, SPIKE, SUSTAINED, Alteration
from bench.judgement.families import Drawn, Family
from bench.judgement.methods import METHODS

SMALLER: Final = 5
"""Changed series are a fifth as many: their shares are larger, and so more certain."""


@dataclass(frozen=True)
class Trial:
    """One family with one alteration: the share of series that each method flags, from 0 to 1."""

    family: Family
    alteration: Alteration
    series: int
    flagged: Mapping[str, float]

    def margin(self, method: str) -> float:
        """Half the width of the 95% interval of a share."""
        share = self.flagged[method]
        return float(1.96 * np.sqrt(share * (1 - share) / self.series))


def alterations_of(family: Family) -> tuple[Alteration, ...]:
    """What is put into a family, healthy series first: yearly ones are too short for most."""
    season = (LATE_SEASON,) if family.season else ()
    return (HEALTHY, SPIKE, *(SHORT if family.phases == 1 else SUSTAINED), *season)


def drawn(family: Family, alteration: Alteration, series: int, seed: int) -> Drawn:
    """Series of a family with an alteration; the same for the same seed."""
    random = np.random.default_rng([seed, *f"{family.title}: {alteration.title}".encode()])
    shift, start = alteration.shift(family.periods), None
    if alteration is LATE_SEASON and family.season:
        start = family.season.worst_start(family.periods)
        shift = -family.worse * family.season.late(family.periods, start)
    return family.simulate(random, np.tile(shift, (series, 1)), start)


def try_out(family: Family, alteration: Alteration, series: int, seed: int) -> Trial:
    """Draw series of a family with an alteration and ask every method about their latest period.

    `series` is for healthy ones; of changed ones a fifth as many are drawn.
    """
    many = series if alteration is HEALTHY else max(series // SMALLER, 1)
    figures = drawn(family, alteration, many, seed)
    flagged = {name: float(method(figures, family).mean()) for name, method in METHODS.items()}
    return Trial(family, alteration, many, flagged)


def knowing(family: Family, alarms: float, series: int, seed: int) -> float:
    """The share of SPIKES found by one who knows the law of the healthy measure, with as many false alarms.

    `alarms` is from 0 to 1. What lies beyond the healthy figures' quantile is flagged, season and level known: no
    method that must learn these from the figures does better. NaN where the figure before says something of the next.
    """
    if family.remembers or family.year_to_date:
        return float("nan")
    random = np.random.default_rng([seed, *family.title.encode()])
    healthy, spiked = (
        family.worse * family.draw(random, np.full((max(series, 1), 8), size)).values for size in (0.0, SPIKE.size)
    )
    limit = np.nanquantile(healthy, 1 - alarms)
    return float((spiked[~np.isnan(spiked)] > limit).mean())
