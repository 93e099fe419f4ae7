"""All that was measured, and what it comes to: sums over the sustained changes, and ratios of methods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from bench.judgement.alterations import HEALTHY, LATE_SEASON, SPIKE, Alteration
from bench.judgement.delay import SIZES, Delay, delay
from bench.judgement.families import FAMILIES, Family
from bench.judgement.trial import Trial, alterations_of, knowing, try_out
from bench.judgement.wards import BAD, Seen, bad_ward
from scorecard.judge.change.budget import FALSE_ALARMS

FOLLOWED = "normal, 36 months"
"""The family whose delays are measured."""


@dataclass(frozen=True)
class OfFamily:
    """One family with everything that was put into it."""

    family: Family
    trials: dict[Alteration, Trial]
    knowing: float
    """Spikes found by one who knows the healthy law, with the false alarms that ours allows a lone figure; 0 to 1."""

    @property
    def healthy(self) -> Trial:
        """Its false alarms."""
        return self.trials[HEALTHY]

    @property
    def spike(self) -> Trial:
        """Its spikes."""
        return self.trials[SPIKE]

    @property
    def sustained(self) -> list[Trial]:
        """Its steps and drifts."""
        return [trial for each, trial in self.trials.items() if each not in {HEALTHY, SPIKE, LATE_SEASON}]

    def mean(self, method: str) -> float:
        """The share of sustained changes that a method sees: the mean over their kinds."""
        return fmean(trial.flagged[method] for trial in self.sustained)

    @property
    def ratio(self) -> float:
        """How many times as many sustained changes ours sees as the plain NHS rules, all kinds taken together."""
        return self.mean("ours") / self.mean("plain NHS") if self.mean("plain NHS") else float("nan")

    @property
    def mean_ratio(self) -> float:
        """The same kind by kind, and the mean of these ratios: then the small ones weigh as much as the large."""
        pairs = [(trial.flagged["ours"], trial.flagged["plain NHS"]) for trial in self.sustained]
        return fmean(ours / nhs for ours, nhs in pairs) if all(nhs for _, nhs in pairs) else float("nan")


@dataclass(frozen=True)
class Results:
    """One run of the benchmark."""

    series: int
    seed: int
    families: tuple[OfFamily, ...]
    delays: tuple[Delay, ...]
    wards: tuple[Seen, ...]


def measure(families: Sequence[Family], series: int, seed: int, *, followed: bool = True) -> Results:
    """Try every method on the families; with `followed` measure delays and wards too.

    `series` is how many healthy ones are drawn of each family; delays and councils take fewer.
    """
    found = tuple(_of(family, series, seed) for family in families)
    if not followed:
        return Results(series, seed, found, (), ())
    return Results(series, seed, found, tuple(_delays(series, seed)), tuple(_wards(series, seed)))


def _of(family: Family, series: int, seed: int) -> OfFamily:
    trials = {each: try_out(family, each, series, seed) for each in alterations_of(family)}
    return OfFamily(family, trials, knowing(family, FALSE_ALARMS["sudden"], series, seed))


def _delays(series: int, seed: int) -> Iterator[Delay]:
    family = next(each for each in FAMILIES if each.title == FOLLOWED)
    yield from (delay(family, size, max(series // 8, 1), seed) for size in SIZES)


def _wards(series: int, seed: int) -> Iterator[Seen]:
    yield from (bad_ward(bad, max(series // 200, 1), seed) for bad in BAD)
