"""Direction of travel as readers know it: against the period before and the same period a year before.

These are plain comparisons of two figures. Whether a movement is more than chance is a separate judgement.
"""

from dataclasses import dataclass

from scorecard.catalogue import Measure
from scorecard.judge.status import Direction
from scorecard.wording import bare


@dataclass(frozen=True)
class Reading:
    """A figure, with its published confidence limits if it has any."""

    value: float
    lower: float | None = None
    upper: float | None = None

    def overlaps(self, other: "Reading") -> bool:
        """Whether both have limits and these overlap, so that the two cannot be told apart."""
        if self.lower is None or self.upper is None or other.lower is None or other.upper is None:
            return False
        return self.lower <= other.upper and other.lower <= self.upper


def direction(now: Reading, earlier: Reading | None, measure: Measure, middle: float | None = None) -> Direction:
    """How `now` compares with `earlier`, in the eyes of someone who wants the measure to do well.

    The same when both read the same at the measure's decimals; unclear when their confidence intervals
    overlap. `middle` is the middle of the target band, for measures that are best within a band.
    """
    if earlier is None:
        return Direction.unknown
    if round(now.value, measure.decimals) == round(earlier.value, measure.decimals):
        return Direction.same
    if now.overlaps(earlier):
        return Direction.unclear
    if measure.polarity == "band" and middle is not None:
        nearer = abs(now.value - middle) < abs(earlier.value - middle)
        return Direction.better if nearer else Direction.worse
    if measure.polarity in ("higher", "lower"):
        improved = (now.value > earlier.value) == (measure.polarity == "higher")
        return Direction.better if improved else Direction.worse
    return Direction.up if now.value > earlier.value else Direction.down


def direction_sentence(
    measure: Measure, last_period: tuple[Direction, Reading | None], last_year: tuple[Direction, Reading | None]
) -> str:
    """ "Worse than last month (9.1 days) and better than a year before (10.4 days)." Empty when nothing can be said."""
    parts: list[str] = []
    told = [(last_period, f"last {measure.frequency}"), (last_year, "a year before")]
    for (way, earlier), when in told[1:] if measure.frequency == "year" else told:
        if way is Direction.unknown or earlier is None:
            continue
        words = {Direction.same: "The same as", Direction.unclear: "No clear change from"}
        said = words.get(way, f"{way.value.capitalize()} than")
        shown = bare(earlier.value, measure.unit, measure.decimals)
        margin = ", within the margin of error" if way is Direction.unclear else ""
        parts.append(f"{said} {when} ({shown}{margin})")
    if not parts:
        return ""
    return " and ".join([parts[0], *(part[0].lower() + part[1:] for part in parts[1:])]) + "."
