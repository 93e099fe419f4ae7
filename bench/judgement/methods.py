"""The ways of judging that are compared: for each series whether it is flagged, for the worse, at its latest period."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.judgement.families import Drawn, Family
from scorecard.judge.change.apart import apart
from scorecard.judge.change.counts import Counts
from scorecard.judge.change.detection import changes
from scorecard.judge.change.stretch import stretch_of
from scorecard.judge.spc import REFERENCE, chart

Flags = NDArray[np.bool_]
Method = Callable[[Drawn, Family], Flags]
TARGET: Final = 1.0
"""The target lies one standard deviation of the healthy measure on the worse side of its usual level."""
TOLERANCE: Final = 0.5


def red(drawn: Drawn, family: Family) -> Flags:
    """Red of red, amber and green: beyond the target and its tolerance, measured by the earlier healthy half."""
    earlier = drawn.values[:, : family.periods // 2]
    usual, spread = np.asarray(np.nanmean(earlier, axis=1)), np.asarray(np.nanstd(earlier, axis=1))
    found: Flags = np.greater(family.worse * (drawn.values[:, -1] - usual), (TARGET + TOLERANCE) * spread)
    return found


def two_worse(drawn: Drawn, family: Family) -> Flags:
    """Worse than the period before, twice in a row."""
    steps = np.diff(drawn.values[:, -3:], axis=1)
    found: Flags = np.all(np.greater(family.worse * steps, 0), axis=1)
    return found


def plain_nhs(drawn: Drawn, family: Family) -> Flags:
    """The rules of Making Data Count as they stand, on the figures as they come."""
    found: Flags = chart(drawn.values, rules=REFERENCE).signals.way[:, -1] == family.worse
    return found


def ours(drawn: Drawn, family: Family) -> Flags:
    """Sudden or sustained change as this project judges it."""
    values, columns = drawn.values, np.arange(family.periods)
    if family.year_to_date:
        months = 12 // family.phases
        values = apart(values, columns * months + 3 + months - 1, months)
    stretch = stretch_of(values, np.zeros(family.periods, dtype=np.int64), columns % family.phases)
    step, counts = np.zeros(len(values)), None
    if drawn.numerators is not None and drawn.denominators is not None:
        counts = Counts(drawn.numerators, drawn.denominators)
        step = np.nan_to_num(100 / np.nanmedian(drawn.denominators, axis=1), nan=1.0) if family.ceiling else step + 1
    found = changes(stretch, family.phases, family.ceiling, step, counts)
    side = found.higher if family.worse > 0 else found.lower
    return side.sudden | side.sustained


METHODS: Final[Mapping[str, Method]] = {
    "red alone": red,
    "two worse": two_worse,
    "plain NHS": plain_nhs,
    "ours": ours,
}
