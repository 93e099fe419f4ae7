"""Contestants measured turn about, so that whatever else the machine is doing falls on all of them."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.cost import Cost


@dataclass(frozen=True)
class Contestant:
    """Something to measure: its name in the table, and one turn of it."""

    name: str
    turn: Callable[[], Cost]


@dataclass(frozen=True)
class Result:
    """What the turns of one contestant cost, and each turn's CPU as a multiple of the floor's in the same turn."""

    name: str
    costs: tuple[Cost, ...]
    times_floor: tuple[float, ...]

    @property
    def least_cpu(self) -> float:
        """CPU seconds of the cheapest turn."""
        return min(cost.cpu for cost in self.costs)

    @property
    def median_cpu(self) -> float:
        """CPU seconds of the middle turn."""
        return median(cost.cpu for cost in self.costs)

    @property
    def median_wall(self) -> float:
        """Seconds on the clock of the middle turn."""
        return median(cost.wall for cost in self.costs)

    @property
    def peak(self) -> float:
        """The most memory that any turn held, in MiB."""
        return max(cost.peak for cost in self.costs)


@dataclass(frozen=True)
class Comparison:
    """One benchmark: what one turn is, and the results, the floor first."""

    title: str
    results: tuple[Result, ...]


def turn_about(title: str, contestants: Sequence[Contestant], repeats: int) -> Comparison:
    """Give every contestant a turn that is not counted, then `repeats` that are. The first one is the floor."""
    rounds = []
    for at in range(repeats + 1):
        taken = []
        for contestant in contestants:
            _say(f"{'warming up' if at == 0 else f'turn {at} of {repeats}'}: {contestant.name}")
            taken.append(contestant.turn())
        rounds.append(taken)
    counted = rounds[1:]
    results = [
        Result(
            contestant.name,
            tuple(taken[at] for taken in counted),
            tuple(taken[at].cpu / max(taken[0].cpu, 1e-9) for taken in counted),
        )
        for at, contestant in enumerate(contestants)
    ]
    return Comparison(title, tuple(results))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
