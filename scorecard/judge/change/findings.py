"""What is said of a sudden or a sustained change."""

from typing import Final

import numpy as np

from scorecard.catalogue import Measure
from scorecard.judge.change.budget import FALSE_ALARMS, FULL
from scorecard.judge.change.detection import Changes, Side, window_start
from scorecard.judge.finding import Evidence, Finding
from scorecard.judge.panel import Flags
from scorecard.judge.shape import SAYS, SILENT, Shape
from scorecard.wording import bare, figure

HEALTHY: Final = sum(FALSE_ALARMS.values())
"""Chance that a healthy measure is flagged in a period on its bad side."""
WANDERS: Final = 0.4
"""Autocorrelation from which readers are told that the series wanders by itself."""


def change_findings(shape: Shape, changes: Changes) -> list[Finding | None]:
    """For each area whether its latest figures have changed: None without figures.

    Status: no_change, sudden, sustained, sudden_and_sustained or not_judged. Evidence: value, usual, now (means of
    the figures before and since, in the measure's unit), since, periods, chance (of such a flag on that side of a
    healthy measure in a period), false_alarms, distance (standard normal units), carried (lag-1 autocorrelation),
    seasonal, method.
    """
    tested = shape.tested & ~changes.collapsed
    starts = {id(side): window_start(shape.stretch, side.together.length) for side in (changes.higher, changes.lower)}
    found: list[Finding | None] = []
    for row, guards in enumerate(shape.guards):
        if shape.panel.last[row] < 0:
            found.append(None)
        elif not tested[row]:
            reason = next((name for name in SAYS if name in guards and name in SILENT), "same")
            found.append(Finding("change", "not_judged", SAYS[reason]))
        else:
            side = changes.higher if _moved(changes.higher)[row] else changes.lower
            if _moved(side)[row]:
                found.append(_changed(shape, changes, side, row, starts[id(side)][row]))
            else:
                found.append(_unchanged(shape, changes, row))
    return found


def _moved(side: Side) -> Flags:
    return side.sudden | side.sustained


def _unchanged(shape: Shape, changes: Changes, row: int) -> Finding:
    carried = float(changes.carried[row])
    sentence = "No sudden or sustained change beyond chance."
    if carried > WANDERS:
        sentence += " Each figure carries over much of the one before, so only large changes can be told from chance."
    evidence: Evidence = {
        "false_alarms": HEALTHY,
        "carried": None if np.isnan(carried) else carried,
        "seasonal": bool(changes.seasonal.has_season[row]),
    }
    return Finding("change", "no_change", sentence, evidence=evidence)


def _changed(shape: Shape, changes: Changes, side: Side, row: int, start: int) -> Finding:
    panel, stretch, higher = shape.panel, shape.stretch, side is changes.higher
    last = int(panel.last[row])
    sustained, sudden = bool(side.sustained[row]), bool(side.sudden[row])
    short = stretch.count[row] < FULL
    columns = stretch.columns[row][stretch.held[row]][-int(changes.step.length[row]) :]
    if not sustained:
        start = last
    elif short:
        start = int(columns[0])
    values = shape.values[row]
    before, since = values[columns[columns < start]], values[columns[columns >= start]]
    latest, now = float(values[last]), float(since.mean())
    usual = float(before.mean()) if len(before) else float(values[start])
    status = "sudden_and_sustained" if sudden and sustained else "sustained" if sustained else "sudden"
    seasonal = bool(changes.seasonal.has_season[row])
    evidence: Evidence = {
        "value": latest,
        "usual": usual,
        "now": now,
        "since": panel.periods[start].start.isoformat(),
        "periods": len(since),
        "chance": FALSE_ALARMS["sustained" if sustained else "sudden"],
        "false_alarms": HEALTHY,
        "distance": float(side.together.distance[row] if sustained else side.alone[row]),
        "carried": None if np.isnan(changes.carried[row]) else float(changes.carried[row]),
        "seasonal": seasonal,
        "method": "trend" if sustained and short else "scan" if sustained else "limits",
    }
    worse = None if panel.sign == 0 else higher != (panel.sign > 0)
    label = panel.periods[start].label
    if not sustained:
        said = _sudden(panel.measure, latest, usual, label, higher=higher)
    elif short:
        said = _trend(panel.measure, latest, len(since), higher=higher)
    else:
        said = _lasting(panel.measure, now, usual, len(since), label, higher=higher)
    sentence = said + (", the season allowed for." if seasonal else ".")
    return Finding("change", status, sentence, worse, max(float(side.strength[row]), 0.0), evidence)


def _lasting(measure: Measure, now: float, usual: float, number: int, since: str, *, higher: bool) -> str:
    level = "a higher" if higher else "a lower"
    return (
        f"At {level} level for {number} {measure.frequency.value}s: "
        f"{figure(now, measure.unit, measure.decimals)} on average since {since}, "
        f"{bare(usual, measure.unit, measure.decimals)} before; more than chance gives"
    )


def _sudden(measure: Measure, latest: float, usual: float, label: str, *, higher: bool) -> str:
    side = "above" if higher else "below"
    return (
        f"{figure(latest, measure.unit, measure.decimals)} in {label} is far {side} what is usual "
        f"({bare(usual, measure.unit, measure.decimals)} on average before); chance seldom gives that"
    )


def _trend(measure: Measure, latest: float, number: int, *, higher: bool) -> str:
    way = "Rising" if higher else "Falling"
    return (
        f"{way} over {number} {measure.frequency.value}s, to {figure(latest, measure.unit, measure.decimals)}: "
        "steadier than chance gives, though so few figures make it provisional"
    )
