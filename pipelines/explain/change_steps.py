"""Whether a series rises or falls, and whether it has changed suddenly or for longer, step by step."""

from typing import Final

import numpy as np

from pipelines.explain.judged_then import JudgedThen
from pipelines.explain.layout import Section
from pipelines.explain.step import apart, chance, day, plain, step, told
from scorecard.judge.change.budget import FULL, falls_limit, sudden_limit, sustained_limit
from scorecard.judge.change.detection import Side
from scorecard.judge.change.kendall import kendall
from scorecard.judge.change.symmetry import POWERS, ZERO_SHIFT, symmetric
from scorecard.judge.panel import Whole
from scorecard.judge.travel import LOOKED_BACK, SURE, WATCHED

SCALES: Final = {1 / 2: "square root", 1 / 3: "cube root", 0.0: "logarithm"}


def direction_step(then: JudgedThen, place: int) -> Section:
    """The Mann-Kendall test of the latest figures: score, chance, slope."""
    finding, shape, row = then.finding("direction"), then.judged.shape, then.row
    seen = finding.evidence if finding else {}
    facts = {}
    if seen.get("chance") is not None:
        last, stretch, seasonal = LOOKED_BACK[shape.phases], shape.stretch, then.judged.changes.seasonal
        has_season = bool(seasonal.has_season[row])
        values = np.where(stretch.held, seasonal.residuals, np.nan) if has_season else stretch.values
        test = kendall(values[[row], -last:], stretch.columns[[row], -last:])
        pairs = int(test.count[0]) * (int(test.count[0]) - 1) // 2
        facts = {
            "Went in": f"the latest {seen['periods']} figures, since {day(seen['since'])}"
            + (", what is usual for the time of year taken away" if has_season else ""),
            "Score": f"{plain(int(test.score[0]), 0)} of {pairs}: pairs of figures that rise less pairs that fall "
            "(Mann-Kendall, exact)",
            "Chance": f"{chance(seen['chance'])}, one-sided; up to {WATCHED} a direction is named, up to {SURE} it is "
            "clear",
            "Slope": f"{apart(seen['slope'], then.measure)} a {then.measure.frequency} (middle of all pairs: "
            "Theil-Sen)",
            "From and to": f"{told(seen['first'], then.measure)} to {told(seen['last'], then.measure)}",
        }
    return step(place, "Direction of travel", finding, facts, "no figure")


def change_step(then: JudgedThen, place: int) -> Section:
    """Scale, season, autocorrelation, and how far the latest figures lie against the limit, on both sides."""
    finding, found, row = then.finding("change"), then.judged.changes, then.row
    title = "Sudden or sustained change"
    if not then.judged.shape.tested[row] or found.collapsed[row]:
        return step(place, title, finding, {}, "no figure")
    stretch, stepped = then.judged.shape.stretch, bool(found.step.found[row])
    used = np.array([int(found.step.length[row] if stepped else stretch.count[row])])
    seen = finding.evidence if finding else {}
    began = stretch.columns[row][stretch.held[row]][-int(used[0])]
    facts = {
        "Went in": f"{int(used[0])} figures, since {then.judged.panel.periods[began].label}"
        + ("; an old change of level was found and what lay before it left out" if stepped else ""),
        "Scale": _scale(then),
        "Season": f"allowed for, with {int(found.seasonal.parameters[row])} numbers"
        if found.seasonal.has_season[row]
        else "none that can be told from chance (or too few years to tell)",
        "Carried over": f"{plain(float(found.carried[row]))} of one figure into the next (lag-1 autocorrelation)"
        if not np.isnan(found.carried[row])
        else "not known with so few figures",
        **{name: _side(then, side, used) for name, side in (("Upwards", found.higher), ("Downwards", found.lower))},
        "Short series": _short(then, used) if used[0] < FULL else "",
        "Small counts": "a change must also pass the exact test of counts"
        if then.judged.shape.counts is not None
        else "",
    }
    if seen.get("since"):
        facts |= {
            "Found": f"{seen['method']!s}: {told(seen['now'], then.measure)} on average since {day(seen['since'])} "
            f"({seen['periods']} figures), {told(seen['usual'], then.measure)} before",
            "False alarms": f"{seen['chance']} a period for a healthy measure on its bad side by this kind of change, "
            f"{plain(seen['false_alarms'], 3)} by both",
        }
    return step(place, title, finding, facts, "no figure")


def _side(then: JudgedThen, side: Side, used: Whole) -> str:
    row = then.row
    together = side.together
    length = np.array([int(together.length[row])])
    sudden = float(sudden_limit(used)[0])
    said = f"latest figure alone {_units(float(side.alone[row]))}, limit {_units(sudden)}"
    if length[0]:
        limit = float(sustained_limit(used, np.array([float(together.carried[row])]), length)[0])
        said += (
            f"; latest {length[0]} together {_units(float(together.distance[row]))}, limit {_units(limit)} "
            f"(by {used[0]} figures, {plain(float(together.carried[row]))} carried over)"
        )
    flags = [name for name, flag in (("sudden", side.sudden), ("sustained", side.sustained)) if flag[row]]
    return f"{said}: {' and '.join(flags) if flags else 'neither'}"


def _short(then: JudgedThen, used: Whole) -> str:
    stretch, row = then.judged.shape.stretch, [then.row]
    test = kendall(stretch.values[row, -(FULL - 1) :], stretch.columns[row, -(FULL - 1) :])
    limit = int(falls_limit(used)[0])
    most = int(used[0]) * (int(used[0]) - 1) // 2
    asked = f"at least {limit} is asked" if limit <= most else "so few can show nothing"
    return f"all rise or fall: Kendall score {plain(int(test.score[0]), 0)}, {asked}"


def _units(value: float) -> str:
    return plain(value) if np.isfinite(value) else "out of reach"


def _scale(then: JudgedThen) -> str:
    shape, row = then.judged.shape, then.row
    stretch = shape.stretch.of(np.array([row]))
    used = symmetric(stretch, shape.ceiling, shape.step[[row]])
    for sign, floor in ((1.0, 0.0), (-1.0, shape.ceiling)):
        if floor is None:
            continue
        above = sign * (stretch.values - floor) + ZERO_SHIFT * shape.step[row]
        for power in POWERS[1:]:
            with np.errstate(invalid="ignore", divide="ignore"):
                bent = sign * (above**power / power if power else np.log(above))
            if np.array_equal(bent, used, equal_nan=True):
                side = "up from nought" if sign > 0 else f"down from {plain(floor, 0)}"
                return f"{SCALES[power]}, counted {side}: nearer to symmetry, so that a long tail is no news"
    return "as they are: no root or logarithm makes them more symmetric"
