"""Direction of travel as readers know it: against the period before and the same period a year before.

These are plain comparisons of two figures. Whether a movement is more than chance is a separate judgement.
"""

from scorecard.catalogue import Measure
from scorecard.judge.status import Direction
from scorecard.wording import bare


def direction(value: float, earlier: float | None, measure: Measure, middle: float | None = None) -> Direction:
    """How `value` compares with `earlier`, in the eyes of someone who wants the measure to do well.

    Equal when both read the same at the measure's decimals. `middle` is the middle of the target band,
    for measures that are best within a band.
    """
    if earlier is None:
        return Direction.unknown
    if round(value, measure.decimals) == round(earlier, measure.decimals):
        return Direction.same
    if measure.polarity == "band" and middle is not None:
        nearer = abs(value - middle) < abs(earlier - middle)
        return Direction.better if nearer else Direction.worse
    if measure.polarity in ("higher", "lower"):
        improved = (value > earlier) == (measure.polarity == "higher")
        return Direction.better if improved else Direction.worse
    return Direction.up if value > earlier else Direction.down


def direction_sentence(
    measure: Measure, last_period: tuple[Direction, float | None], last_year: tuple[Direction, float | None]
) -> str:
    """ "Worse than last month (9.1 days) and better than a year before (10.4 days)." Empty when nothing can be said."""
    parts: list[str] = []
    told = [(last_period, f"last {measure.frequency}"), (last_year, "a year before")]
    for (way, earlier), when in told[1:] if measure.frequency == "year" else told:
        if way is Direction.unknown or earlier is None:
            continue
        word = {Direction.same: "The same as"}.get(way, f"{way.value.capitalize()} than")
        parts.append(f"{word} {when} ({bare(earlier, measure.unit, measure.decimals)})")
    if not parts:
        return ""
    return " and ".join([parts[0], *(part[0].lower() + part[1:] for part in parts[1:])]) + "."
