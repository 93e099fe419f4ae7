"""Small counts: within which limits the rate behind a few cases may lie, and when they cannot be called.

Seven of ten is 70%, and as good as nothing to tell a service that does its work nine times in ten from one that does
it half the time. Large counts need none of this: their status stands as it is.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from scorecard.catalogue import Measure
from scorecard.judge.panel import Figures, Flags, Panel
from scorecard.judge.target import hairs, shortfalls

Counting = Literal["proportion", "rate"]

FEWEST_CASES: Final = 30
"""A proportion of fewer cases than this is of a few (NCHS data presentation standards for proportions, Vital and
Health Statistics series 2 number 175, 2017)."""
FEWEST_EXPECTED: Final = 5
"""A proportion whose target would let fewer cases than this come out either way is thin (Cochran 1954, Biometrics
10:417); a rate whose target would let fewer events than this happen is of a few."""
FEWEST_EVENTS: Final = 10
"""A rate whose target would let fewer events than this happen is thin: below ten events public health practice in
England goes by exact limits (Office for Health Improvement and Disparities, Fingertips guidance)."""
RARE: Final = 0.1
"""Events are a rate, and not cases out of a whole, while the target lets at most this many happen to each of them."""
CONFIDENCE: Final = 0.95
HAIR: Final = 1e-9
"""(1 - 0.9) x 50 is 5, though not in floats."""
_COUNTED: Final = {"proportion": {"share", "within"}, "rate": {"count", "distinct", "open"}}
"""Which calculations over records count cases or events."""


@dataclass(frozen=True)
class SmallCounts:
    """What chance leaves open; areas x periods."""

    lower: Figures
    """Exact 95% limits of the rate behind the figure, in the measure's unit; NaN where the count is not small."""
    upper: Figures
    undecided: Flags
    """Whether the figure cannot be called: its limits reach to where it would have another status."""


def small_counts(panel: Panel, low: Figures, high: Figures, tolerance: Figures, judged: Flags) -> SmallCounts:
    """What chance leaves open of the figures that are `judged`; targets and tolerances are in the measure's unit.

    A count is small by what its *target* would lead one to expect, so that among as many cases a better result never
    has the worse status. A small count is called when it does not matter where between its limits the rate lies:
    they lie wholly beyond the target on the bad side (nineteen of twenty fall short of 100%, whatever chance did), or
    they do not reach beyond the tolerance. It is called, too, when it could not have been better: all of them, or none.
    And where the cases are enough and only one way of coming out is thin, nothing but off target is left uncalled,
    lest a healthy measure never be on target. All arrays are areas x periods.
    """
    shape = panel.values.shape
    lower, upper, never = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape, dtype=np.bool_)
    counting, scale, polarity = counted_as(panel.measure), scale_of(panel.measure), panel.measure.polarity
    if counting is None or scale is None:
        return SmallCounts(lower, upper, never)
    few, thin = _size(panel, counting, low / scale, high / scale)
    small = judged & _known(panel, counting, scale) & (few | thin)
    if not small.any():
        return SmallCounts(lower, upper, never)
    count, cases = panel.numerators[small], panel.denominators[small]
    ends = proportion_limits(count, cases) if counting == "proportion" else rate_limits(count, cases)
    lower[small], upper[small] = ends[0] * scale, ends[1] * scale
    beyond, reaches = _against(polarity, lower, upper, low, high, tolerance)
    off = shortfalls(panel.values, low, high, polarity) > tolerance + hairs(panel.values, low, high)
    return SmallCounts(lower, upper, small & reaches & ~beyond & ~_best(panel, counting) & (few | off))


def counted_as(measure: Measure) -> Counting | None:
    """Cases out of a whole, events for a population or a volume, or neither: sums and means of amounts are neither."""
    counting: Counting = "proportion" if measure.unit == "%" else "rate"
    if counting == "rate" and not measure.unit.startswith("per "):
        return None
    if measure.records is None:
        return counting
    return counting if measure.records.calculate.kind in _COUNTED[counting] else None


def scale_of(measure: Measure) -> float | None:
    """What a ratio is multiplied by to reach the measure's unit, e.g. 100; None where no ratio is made."""
    if measure.unit == "%":
        return 100.0
    if measure.records:
        return measure.records.per if measure.records.out_of else None
    return next((figures.per for figures in measure.figures if figures.numerator), None)


def proportion_limits(count: Figures, cases: Figures) -> tuple[Figures, Figures]:
    """Exact 95% limits of the proportion behind `count` of `cases`, from 0 to 1.

    Clopper and Pearson 1934, Biometrika 26:404. Arrays of one shape; `count` from 0 to `cases`, which are over 0.
    """
    from scipy.special import betaincinv  # half a second to import, and seldom needed; the pages never do

    half = (1 - CONFIDENCE) / 2
    misses = cases - count
    lower = np.where(count > 0, betaincinv(np.maximum(count, 1), misses + 1, half), 0.0)
    upper = np.where(misses > 0, betaincinv(count + 1, np.maximum(misses, 1), 1 - half), 1.0)
    return lower, upper


def rate_limits(count: Figures, base: Figures) -> tuple[Figures, Figures]:
    """Exact 95% limits of the rate behind `count` events in a population or volume of `base`, for one of it.

    Garwood 1936, Biometrika 28:437. Arrays of one shape; `count` 0 or more, `base` over 0.
    """
    from scipy.special import gammaincinv  # as above

    half = (1 - CONFIDENCE) / 2
    lower = np.where(count > 0, gammaincinv(np.maximum(count, 1), half), 0.0)
    return lower / base, gammaincinv(count + 1, 1 - half) / base


def _known(panel: Panel, counting: Counting, scale: float) -> Flags:
    """Where the figure is a whole number out of a known one: of whole cases, for a proportion."""
    above, below = panel.numerators, panel.denominators
    with np.errstate(invalid="ignore", divide="ignore"):
        made = np.abs(above / below * scale - panel.values) <= 1e-6 * np.maximum(1.0, np.abs(panel.values))
        whole: Flags = (above >= 0) & (above == np.floor(above)) & (below > 0) & made
        return whole & (below == np.floor(below)) & (above <= below) if counting == "proportion" else whole


def _size(panel: Panel, counting: Counting, low: Figures, high: Figures) -> tuple[Flags, Flags]:
    """Where there are but a few, and where the target (for one of the cases or the base) lets one expect but a few."""
    below = panel.denominators
    if counting == "rate":
        expected = np.where(high <= RARE, low * below, np.nan)
        return expected < FEWEST_EXPECTED - HAIR, expected < FEWEST_EVENTS - HAIR
    return below < FEWEST_CASES, np.minimum(low * below, (1 - high) * below) < FEWEST_EXPECTED - HAIR


def _best(panel: Panel, counting: Counting) -> Flags:
    """Where the figure could not have been better."""
    found = np.zeros(panel.values.shape, dtype=np.bool_)
    if panel.sign < 0:
        found = panel.numerators == 0
    elif panel.sign > 0 and counting == "proportion":
        found = panel.numerators == panel.denominators
    return found


def _against(
    polarity: str, lower: Figures, upper: Figures, low: Figures, high: Figures, tolerance: Figures
) -> tuple[Flags, Flags]:
    """Whether limits lie wholly beyond the target on the bad side, and whether they reach beyond the tolerance."""
    under, over = (upper < low, lower > high)
    far_under, far_over = (lower < low - tolerance, upper > high + tolerance)
    if polarity == "higher":
        return under, far_under
    if polarity == "lower":
        return over, far_over
    return under | over, far_under | far_over
