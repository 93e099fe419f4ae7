"""Families of simulated measures: what healthy ones look like, and the same with a change put in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.judgement.season import Season

Figures = NDArray[np.float64]
Random = np.random.Generator


@dataclass(frozen=True)
class Drawn:
    """Simulated series x periods; counts where the figures are made of counts."""

    values: Figures
    numerators: Figures | None = None
    denominators: Figures | None = None


@dataclass(frozen=True)
class Family:
    """One kind of measure: how often it is reported, on which side worse lies, and how it is drawn."""

    title: str
    phases: int
    """Periods in a year: 12, 4 or 1."""
    periods: int
    worse: int
    """1 where higher is worse, -1 where lower is: for skewed figures the side of the long tail."""
    draw: Callable[[Random, Figures], Drawn]
    """From shifts (series x periods, in standard deviations of the healthy measure, positive is worse) to figures."""
    ceiling: float | None = None
    year_to_date: bool = False
    season: Season | None = None
    remembers: bool = False
    """Whether a figure depends on the one before, so that its own law is not all that can be known of it."""

    def simulate(self, random: Random, shift: Figures, start: float | None = None) -> Drawn:
        """Draw series with shifts as in `draw`, the season included, where there is one.

        Each series has its season begin at an angle of its own, or at `start`.
        """
        if self.season is None:
            return self.draw(random, shift)
        begins = random.uniform(0, 2 * np.pi, (len(shift), 1)) if start is None else start
        return self.draw(random, shift + self.worse * self.season.level(shift.shape[1], begins))


def _normal(random: Random, shift: Figures) -> Drawn:
    return Drawn(100 - 10 * shift + 10 * random.standard_normal(shift.shape))


def _heavy(random: Random, shift: Figures) -> Drawn:
    return Drawn(100 - 10 * shift + 10 * random.standard_t(3, shift.shape) / np.sqrt(3))


def _gamma(random: Random, shift: Figures) -> Drawn:
    return Drawn(10 * (random.gamma(4, 1, shift.shape) + 2 * shift))


def _lognormal(random: Random, shift: Figures) -> Drawn:
    spread = np.sqrt((np.exp(0.25) - 1) * np.exp(0.25))
    return Drawn(10 * (random.lognormal(0, 0.5, shift.shape) + spread * shift))


def _exponential(random: Random, shift: Figures) -> Drawn:
    return Drawn(10 * (random.exponential(1, shift.shape) + shift))


def _counts(mean: float) -> Callable[[Random, Figures], Drawn]:
    def draw(random: Random, shift: Figures) -> Drawn:
        found = random.poisson(np.maximum(mean + np.sqrt(mean) * shift, 0)).astype(np.float64)
        return Drawn(found, found, np.full(found.shape, np.nan))

    return draw


def _share(usual: float, cases: float) -> Callable[[Random, Figures], Drawn]:
    """Shares met of cases whose number varies by a tenth or so."""

    def draw(random: Random, shift: Figures) -> Drawn:
        of = np.maximum(random.poisson(cases, shift.shape), 1)
        rate = np.clip(usual - shift * np.sqrt(usual * (1 - usual) / cases), 0.001, 0.999)
        met = random.binomial(of, rate).astype(np.float64)
        return Drawn(100 * met / of, met, of.astype(np.float64))

    return draw


def _carrying(share: float) -> Callable[[Random, Figures], Drawn]:
    """Each figure keeps a share of the last one's distance from the usual (a first-order autoregression)."""

    def draw(random: Random, shift: Figures) -> Drawn:
        noise = random.standard_normal(shift.shape)
        found = noise.copy()
        for at in range(1, shift.shape[1]):
            found[:, at] = share * found[:, at - 1] + np.sqrt(1 - share**2) * noise[:, at]
        return Drawn(100 + 10 * (found - shift))

    return draw


def _missing(share: float) -> Callable[[Random, Figures], Drawn]:
    def draw(random: Random, shift: Figures) -> Drawn:
        found = _normal(random, shift).values
        gone = random.random(found.shape) < share
        gone[:, -1] = False
        return Drawn(np.where(gone, np.nan, found))

    return draw


def _building_up(phases: int) -> Callable[[Random, Figures], Drawn]:
    """Normal figures added up within each year, as year-to-date returns are."""

    def draw(random: Random, shift: Figures) -> Drawn:
        found = _normal(random, shift).values
        total = np.empty_like(found)
        for at in range(found.shape[1]):
            total[:, at] = found[:, at] + (total[:, at - 1] if at % phases else 0)
        return Drawn(total)

    return draw


FAMILIES: Final = (
    Family("normal, 24 months", 12, 24, -1, _normal),
    Family("normal, 36 months", 12, 36, -1, _normal),
    Family("normal, 60 months", 12, 60, -1, _normal),
    Family("skewed (gamma, skewness 1), 36 months", 12, 36, 1, _gamma),
    Family("skewed (lognormal, 1.75), 36 months", 12, 36, 1, _lognormal),
    Family("skewed (exponential, 2), 36 months", 12, 36, 1, _exponential),
    Family("heavy tails (t with 3 degrees), 36 months", 12, 36, -1, _heavy),
    Family("counts of about 1, 36 months", 12, 36, 1, _counts(1)),
    Family("counts of about 3, 36 months", 12, 36, 1, _counts(3)),
    Family("counts of about 20, 36 months", 12, 36, 1, _counts(20)),
    Family("97% of 100 cases, 36 months", 12, 36, -1, _share(0.97, 100), 100.0),
    Family("80% of 15 cases, 36 months", 12, 36, -1, _share(0.8, 15), 100.0),
    Family("season of 1.5 sd, 36 months", 12, 36, -1, _normal, season=Season(1.5, 12)),
    Family("season of 1.5 sd, 24 months", 12, 24, -1, _normal, season=Season(1.5, 12)),
    Family("carries over 0.2, 36 months", 12, 36, -1, _carrying(0.2), remembers=True),
    Family("carries over 0.2, 24 months", 12, 24, -1, _carrying(0.2), remembers=True),
    Family("carries over 0.4, 24 months", 12, 24, -1, _carrying(0.4), remembers=True),
    Family("carries over 0.4, 36 months", 12, 36, -1, _carrying(0.4), remembers=True),
    Family("carries over 0.6, 24 months", 12, 24, -1, _carrying(0.6), remembers=True),
    Family("carries over 0.6, 36 months", 12, 36, -1, _carrying(0.6), remembers=True),
    Family("one month in ten missing, 36 months", 12, 36, -1, _missing(0.1)),
    Family("year to date, 36 months", 12, 36, -1, _building_up(12), year_to_date=True),
    Family("normal, 16 quarters", 4, 16, -1, _normal),
    Family("skewed (lognormal, 1.75), 16 quarters", 4, 16, 1, _lognormal),
    Family("97% of 100 cases, 16 quarters", 4, 16, -1, _share(0.97, 100), 100.0),
    Family("season of 2 sd, 16 quarters", 4, 16, -1, _normal, season=Season(2.0, 4)),
    Family("carries over 0.4, 16 quarters", 4, 16, -1, _carrying(0.4), remembers=True),
    Family("year to date, 16 quarters", 4, 16, -1, _building_up(4), year_to_date=True),
    Family("normal, 6 years", 1, 6, -1, _normal),
    Family("normal, 10 years", 1, 10, -1, _normal),
    Family("skewed (lognormal, 1.75), 10 years", 1, 10, 1, _lognormal),
    Family("80% of 400 cases, 10 years", 1, 10, -1, _share(0.8, 400), 100.0),
    Family("counts of about 20, 10 years", 1, 10, 1, _counts(20)),
    Family("carries over 0.4, 10 years", 1, 10, -1, _carrying(0.4), remembers=True),
)
