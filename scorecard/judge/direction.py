"""Direction of travel as readers know it: against the period before and the same period a year before.

These are plain comparisons of two figures. Whether a movement is more than chance is a separate judgement.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorecard.catalogue import Measure
from scorecard.judge.panel import Figures, Panel, Whole
from scorecard.judge.status import DIRECTIONS, Direction
from scorecard.wording import bare

Codes = NDArray[np.int8]
_CODE: Final = {way: code for code, way in enumerate(DIRECTIONS)}


def directions(panel: Panel, earlier: Whole, middle: Figures) -> Codes:
    """Areas x periods: how each figure compares with that of the column `earlier` names for its period (-1: none).

    Codes into `DIRECTIONS`, in the eyes of someone who wants the measure to do well. The same when both read the
    same at the measure's decimals; unclear when their confidence intervals overlap. `middle` is the middle of the
    target band (areas x periods, NaN without), for measures that are best within a band.
    """
    now, then = panel.values, _at(panel.values, earlier)
    decimals = panel.measure.decimals
    higher = now > then
    if panel.measure.polarity == "band":
        nearer = np.abs(now - middle) < np.abs(then - middle)
        moved = np.where(nearer, _CODE[Direction.better], _CODE[Direction.worse])
        moved = np.where(np.isnan(middle), np.where(higher, _CODE[Direction.up], _CODE[Direction.down]), moved)
    elif panel.sign:
        moved = np.where(higher == (panel.sign > 0), _CODE[Direction.better], _CODE[Direction.worse])
    else:
        moved = np.where(higher, _CODE[Direction.up], _CODE[Direction.down])
    # A comparison with a limit that is missing is false, so that only published intervals overlap.
    overlaps = (panel.lower <= _at(panel.upper, earlier)) & (_at(panel.lower, earlier) <= panel.upper)
    moved = np.where(overlaps, _CODE[Direction.unclear], moved)
    shown = as_shown(panel.values, decimals)
    moved = np.where(shown == _at(shown, earlier), _CODE[Direction.same], moved)
    known = panel.held & ~np.isnan(then)
    return np.where(known, moved, _CODE[Direction.unknown]).astype(np.int8)


def as_shown(values: Figures, decimals: int) -> Figures:
    """The figures rounded as they are shown: a half by the digits that a float really holds, unlike `numpy.round`."""
    rounded = np.round(values, decimals)
    scaled = np.abs(values) * 10.0**decimals
    near_half = np.abs(scaled - np.floor(scaled) - 0.5) < 1e-6
    rounded[near_half] = [round(float(value), decimals) for value in values[near_half]]
    return rounded


def direction_sentence(
    measure: Measure, last_period: tuple[Direction, float], last_year: tuple[Direction, float]
) -> str:
    """ "Worse than last month (9.1 days) and better than a year before (10.4 days)." Empty when nothing can be said.

    Each pair is the direction and the earlier figure, in the measure's unit.
    """
    parts: list[str] = []
    told = [(last_period, f"last {measure.frequency}"), (last_year, "a year before")]
    for (way, earlier), when in told[1:] if measure.frequency == "year" else told:
        if way is Direction.unknown:
            continue
        words = {Direction.same: "The same as", Direction.unclear: "No clear change from"}
        said = words.get(way, f"{way.value.capitalize()} than")
        shown = bare(earlier, measure.unit, measure.decimals)
        margin = ", within the margin of error" if way is Direction.unclear else ""
        parts.append(f"{said} {when} ({shown}{margin})")
    if not parts:
        return ""
    return " and ".join([parts[0], *(part[0].lower() + part[1:] for part in parts[1:])]) + "."


def _at(figures: Figures, columns: Whole) -> Figures:
    """The figures of the columns named; NaN where none is."""
    return np.where(columns >= 0, figures[:, columns], np.nan)
