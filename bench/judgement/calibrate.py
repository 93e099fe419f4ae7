"""The command line: python -m bench.judgement.calibrate [--series N] [--seed S]: the limits of budget.py found again.

Healthy normal series with each of CARRIED of the last figure kept are drawn, and for each number of figures the limit
without autocorrelation is lowered as far as the false alarms of the worst of them allow. The other columns of
SUSTAINED are taken as they stand: they were chosen among a few, by how many steps and drifts of 0.5 to 3 standard
deviations over the last 2 to 12 figures are then seen in normal series without autocorrelation.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scorecard.judge.change.budget import FALLS, FULL, LONGEST, SHORT_WINDOW, SUSTAINED, sudden_limit
from scorecard.judge.change.detection import LONGEST_BY_PHASES, SHORTEST
from scorecard.judge.change.kendall import kendall
from scorecard.judge.change.scan import below, distances, lasts, scan
from scorecard.judge.change.season import without_season
from scorecard.judge.change.step import old_step, since_step
from scorecard.judge.change.stretch import stretch_of
from scorecard.judge.change.symmetry import symmetric
from scorecard.judge.panel import Figures, Flags

CARRIED: Final = (0.0, 0.2, 0.4, 0.6)
"""Shares of the last figure's distance that series keep; also such series are to be flagged no more than ALARMS."""
ALARMS: Final = 0.0095
"""Of healthy series, flagged on the bad side: just below one in a hundred, as simulation is no more exact than that."""
CARRIED_SHORT: Final = (0.0, 0.2, 0.4)
"""The same for short series, where so much as 0.6 would let no fall of real ones be seen."""
PHASES: Final = 12
STEPS: Final = 14
"""Halvings of the interval in which a limit is looked for."""
AT_ONCE: Final = 10_000
"""Series that are worked on together, so that they fit into memory."""


@dataclass(frozen=True)
class Healthy:
    """Healthy series of one length: one entry for each."""

    sudden: Flags
    distance: Figures
    """Of the window that stands out most, on the bad side; -inf where it does not last."""
    carried: Figures
    wider: Figures
    """By how much that window is longer than a short one, from 0 to 1."""


def drawn(figures: int, carried: float, series: int, seed: int) -> Figures:
    """Normal series x figures about 100 with a standard deviation of 10; the same for the same seed."""
    random = np.random.default_rng([seed, figures, int(100 * carried)])
    noise = random.standard_normal((series, figures))
    for at in range(1, figures):
        noise[:, at] = carried * noise[:, at - 1] + np.sqrt(1 - carried**2) * noise[:, at]
    return 100 + 10 * noise


def looked_at(values: Figures) -> Healthy:
    """What `detection.changes` compares with its limits, for the lower side."""
    columns = np.arange(values.shape[1])
    stretch = stretch_of(values, np.zeros_like(columns), columns % PHASES)
    bent = stretch.having(symmetric(stretch, None, np.zeros(len(values))))
    old = old_step(bent)
    bent = since_step(bent, old)
    seasonal = without_season(bent, PHASES)
    far = below(distances(bent, seasonal))
    together = scan(bent, seasonal, far, SHORTEST, LONGEST_BY_PHASES[PHASES])
    lasting = lasts(bent, seasonal, together.length, -1)
    return Healthy(
        far[:, 0] > sudden_limit(bent.count),
        # After an old step fewer figures are judged, by their own, higher limit: they hardly ever flag.
        np.where(lasting & ~old.found, together.distance, -np.inf),
        together.carried,
        np.maximum(together.length - SHORT_WINDOW, 0) / (LONGEST - SHORT_WINDOW),
    )


def flagged(healthy: Healthy, least: float, without: float, slope: float, long: float) -> float:
    """The share of series flagged by a row of SUSTAINED, sudden ones among them."""
    limit = np.maximum(least, without + slope * healthy.carried + long * healthy.wider)
    return float((healthy.sudden | (healthy.distance > limit)).mean())


def sustained(series: int, seed: int) -> Iterator[tuple[int, float, float, float, float, tuple[float, ...]]]:
    """Rows of SUSTAINED found again, with the false alarms of each of CARRIED at the limit, as shares."""
    for figures, least, _, slope, long in SUSTAINED:
        samples = [_sample(int(figures), carried, series, seed) for carried in CARRIED]
        low, high = 0.0, 12.0
        for _ in range(STEPS):
            middle = (low + high) / 2
            if all(flagged(each, least, middle, slope, long) <= ALARMS for each in samples):
                high = middle
            else:
                low = middle
        without = float(np.ceil(high * 100) / 100)
        yield (
            int(figures),
            least,
            without,
            slope,
            long,
            tuple(flagged(each, least, without, slope, long) for each in samples),
        )


def falls(series: int, seed: int) -> dict[int, int]:
    """FALLS found again: the score from which short series are flagged as seldom as ALARMS, sudden ones among them."""
    found = {}
    for figures in FALLS:
        samples = [
            (looked_at(values).sudden, -kendall(values, np.tile(np.arange(figures), (series, 1))).score)
            for values in (drawn(figures, carried, series, seed) for carried in CARRIED_SHORT)
        ]
        pairs = figures * (figures - 1) // 2
        # Pairs that rise less pairs that fall is odd where the number of pairs is.
        found[figures] = next(
            score
            for score in range(pairs % 2, pairs + 3, 2)
            if all((sudden | (falling >= score)).mean() <= ALARMS for sudden, falling in samples)
        )
    return found


def _sample(figures: int, carried: float, series: int, seed: int) -> Healthy:
    values = drawn(figures, carried, series, seed)
    some = [looked_at(values[start : start + AT_ONCE]) for start in range(0, series, AT_ONCE)]
    names = ("sudden", "distance", "carried", "wider")
    return Healthy(*(np.concatenate([getattr(each, name) for each in some]) for name in names))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both tables. Returns an exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.judgement.calibrate", description="Find the limits again.")
    parser.add_argument("--series", type=int, default=40_000, metavar="N", help="healthy series of each kind (40000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="for other random numbers (1)")
    given = parser.parse_args(arguments)
    print(f"SUSTAINED, with false alarms in per cent where {', '.join(map(str, CARRIED))} is carried over")
    for *row, alarms in sustained(given.series, given.seed):
        shown = ", ".join(f"{100 * share:.2f}" for share in alarms)
        print(f"    ({', '.join(f'{number:g}' for number in row)}),  # {shown}", flush=True)
    print(f"FALLS: {falls(given.series, given.seed)}")
    print(f"From {FULL} figures on SUSTAINED holds, below it FALLS.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
