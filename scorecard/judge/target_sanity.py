"""Doubts about targets: does a target lie where the measure's own figures could ever be?

A slip of the pen (420 for a measure that stands at 73,390, 0.85 for 85%) makes every status wrong and no sum shows
it. Only what is out of all proportion is doubted: an ambitious target, or one long passed, is nobody's slip.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from scorecard.catalogue import BandTarget, FixedTarget, LimitTarget, Measure, ProfileTarget, Target, Tolerance
from scorecard.catalogue.fault import Path
from scorecard.judge.target import target_for
from scorecard.periods import Period
from scorecard.wording import bare, figure

History = Sequence[tuple[Period, float]]
"""The figures of the home council, oldest first."""

LOOKED_BACK: Final = timedelta(days=3 * 366)
FEWEST: Final = 4
"""Figures that a target is compared with, at least; with fewer there is nothing to say but that it is nought."""
OUT_OF_PROPORTION: Final = 10.0
"""Times every figure, or times their whole spread: beyond it a target is doubted."""
CLEARLY_APART: Final = 3.0
"""Times the middle figure: a steady measure hardly spreads, so its spread alone would doubt every ambition."""
UNITS_MISTAKEN: Final = ((100, "pounds for pence, or a share of one for a percentage"), (1000, "thousands for ones"))
ABOUT: Final = 1.25
NEVER_NOUGHT: Final = frozenset({"%", "days", "weeks", "hours", "minutes", "working days"})


@dataclass(frozen=True)
class Doubt:
    """One thing about a measure's targets that is hardly meant, and where it stands below the measure."""

    path: Path
    sentence: str


@dataclass(frozen=True)
class _Figures:
    """What a target is compared with: the figures of three years, their least, middle and greatest."""

    values: tuple[float, ...]
    latest: tuple[Period, float]

    @property
    def low(self) -> float:
        return min(self.values)

    @property
    def high(self) -> float:
        return max(self.values)

    @property
    def middle(self) -> float:
        return median(self.values)


def doubts(measure: Measure, tolerance: Tolerance, history: History) -> list[Doubt]:
    """Everything doubtful about the targets of a measure and its tolerance, in the order of the catalogue.

    `tolerance` is the one that applies (`Catalogue.tolerance_of`). Nothing is compared across a break of
    comparability. Raises nothing; a measure without figures has only doubts that need none.
    """
    found: list[Doubt] = []
    for index, target in enumerate(measure.targets):
        figures = _compared_with(measure, target, history)
        path: Path = ("targets", index)
        for at, value in _values(target):
            sentence = _doubt(measure, target, value, figures) if figures else None
            found += [Doubt((*path, *at), sentence)] if sentence else []
        found += _tolerance(measure, tolerance, path, target)
    return found


def _values(target: Target) -> list[tuple[Path, float]]:
    """Where each figure of a target stands, and the figure."""
    match target:
        case FixedTarget() | LimitTarget():
            return [(("value",), target.value)]
        case BandTarget():
            return [(("low",), target.low), (("high",), target.high)]
        case ProfileTarget():
            return [(("values", str(key)), value) for key, value in target.values.items()]
        case _:
            return []  # last year's figure or the peers' is no figure that anybody could mistype


def _compared_with(measure: Measure, target: Target, history: History) -> _Figures | None:
    """The figures of the three years up to the last that the target was in force for; at least FEWEST where there are.

    A target that has not begun is compared with the latest figures.
    """
    held = [(period, value) for period, value in sorted(history, key=lambda pair: pair[0].end)]
    if not held:
        return None
    judged = [at for at, (period, _) in enumerate(held) if target_for(measure.targets, period) is target]
    future = (target.since or date.min) > held[-1][0].start
    if judged:
        held = held[: judged[-1] + 1]
    elif not future:
        return None
    breaks = [each.on for each in measure.breaks if each.on <= held[-1][0].start]
    held = [pair for pair in held if pair[0].start >= max(breaks, default=date.min)]
    recent = [pair for pair in held if pair[0].end > held[-1][0].end - LOOKED_BACK]
    chosen = recent if len(recent) >= FEWEST else held[-FEWEST:]
    return _Figures(tuple(value for _, value in chosen), chosen[-1])


def _doubt(measure: Measure, target: Target, value: float, figures: _Figures) -> str | None:
    if value == 0:
        reason = _nought(measure, target, figures)
    elif len(figures.values) < FEWEST:
        return None
    elif _kept_far_off(measure, target, value, figures):
        reason = None
    else:
        reason = _per_cent(measure, value, figures) or _other_unit(value, figures) or _times_all(value, figures)
        if reason is None and not isinstance(target, BandTarget):  # a steady measure may have a wide band
            reason = _beyond_spread(value, figures)
    if reason is None:
        return None
    return f"The target of {_as_set(value, measure.unit)} {reason} {_in_figures(measure, figures)}"


def _kept_far_off(measure: Measure, target: Target, value: float, figures: _Figures) -> bool:
    """A limit may lie far off on the good side, and a band begin far below: that is what they are for."""
    if isinstance(target, BandTarget):
        return value == target.low and target.low <= figures.middle <= target.high
    if not isinstance(target, LimitTarget):
        return False
    return figures.high <= value if measure.polarity == "lower" else figures.low >= value


def _nought(measure: Measure, target: Target, figures: _Figures) -> str | None:
    """Nought is meant for harm that should not happen; not where more is better, nor for what is never near it."""
    if isinstance(target, BandTarget) or figures.low <= 0:
        return None
    if isinstance(target, ProfileTarget):  # a year that builds up may begin with nothing
        if any(target.values.values()):
            return None
    elif isinstance(target, LimitTarget):
        return None if measure.polarity == "lower" else "can never be missed: higher is better, and no figure is below."
    if measure.polarity == "higher":
        return "can never be missed: higher is better, and no figure is below."
    measured = measure.unit in NEVER_NOUGHT or measure.unit.startswith("£")
    near = figures.low < 1 or figures.low < figures.high / OUT_OF_PROPORTION
    return "is hardly meant: no figure was ever near it." if measured and not near else None


def _per_cent(measure: Measure, value: float, figures: _Figures) -> str | None:
    if measure.unit != "%":
        return None
    if value > 100 >= figures.high:
        return "is above 100%, and no figure is."
    if 0 < value < 1 < figures.low:
        share_of_one = figures.low / 2 <= value * 100 <= figures.high * 2
        never_missed = measure.polarity == "higher"
        if share_of_one or never_missed:
            return f"is below 1%, and every figure is above. Is {_as_set(value * 100, '%')} meant?"
    return None


def _other_unit(value: float, figures: _Figures) -> str | None:
    """A factor of about a hundred or a thousand between the target and the middle figure."""
    if value < 0 or figures.low <= 0:
        return None
    apart = max(value / figures.middle, figures.middle / value)
    for factor, example in UNITS_MISTAKEN:
        if factor / ABOUT <= apart <= factor * ABOUT and not figures.low <= value <= figures.high:
            side = "more" if value > figures.middle else "less"
            return f"is about {factor:,} times {side} than the figures. Is it in another unit ({example})?"
    return None


def _times_all(value: float, figures: _Figures) -> str | None:
    if figures.low > 0 and value > 0:
        if value > figures.high * OUT_OF_PROPORTION:
            return "is more than ten times every figure."
        if value < figures.low / OUT_OF_PROPORTION:
            return "is less than a tenth of every figure."
    return None


def _beyond_spread(value: float, figures: _Figures) -> str | None:
    low, high, middle = figures.low, figures.high, figures.middle
    if high == low or abs(value - middle) <= OUT_OF_PROPORTION * (high - low):
        return None
    below = low > 0 and value < middle / CLEARLY_APART
    beyond = abs(value - middle) > (CLEARLY_APART - 1) * max(abs(low), abs(high))
    return "is further from the figures than ten times their whole spread." if below or beyond else None


def _in_figures(measure: Measure, figures: _Figures) -> str:
    unit, decimals = measure.unit, measure.decimals
    period, latest = figures.latest
    told = f"the latest, for {period.label}, is {figure(latest, unit, decimals)}"
    if len(figures.values) == 1 or figures.low == figures.high:
        return f"{told[0].upper()}{told[1:]}."
    span = f"{bare(figures.low, unit, decimals)} to {bare(figures.high, unit, decimals)}"
    return f"They ran from {span}; {told}."


def _tolerance(measure: Measure, tolerance: Tolerance, path: Path, target: Target) -> Iterator[Doubt]:
    """A tolerance wider than the target itself: hardly any figure could then be off target."""
    if isinstance(target, LimitTarget):
        return  # no tolerance applies to a limit
    sizes = [abs(value) for _, value in _values(target) if value != 0]
    if not sizes:
        return
    widest = max(sizes)
    width = tolerance.width(widest)
    if width > widest:
        at: Path = ("tolerance",) if measure.tolerance else path
        said = _as_set(width, "percentage points" if measure.unit == "%" else measure.unit)
        wider = f"is wider than the target of {_as_set(widest, measure.unit)} itself"
        yield Doubt(at, f"The tolerance of {said} {wider}: hardly a figure could be off target.")


def _as_set(value: float, unit: str) -> str:
    """The figure with as few decimals as say it: 0.85, 420."""
    return figure(value, unit, len(f"{round(value, 4):.10f}".rstrip("0").partition(".")[2]))
