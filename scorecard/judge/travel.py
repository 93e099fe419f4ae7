"""Direction of travel: whether a measure has been rising or falling, beyond chance, and how fast."""

from typing import Final

import numpy as np

from scorecard.catalogue import ProfileTarget
from scorecard.judge.change.budget import FEWEST
from scorecard.judge.change.detection import Changes
from scorecard.judge.change.kendall import kendall
from scorecard.judge.finding import Finding
from scorecard.judge.shape import SAYS, SILENT, Shape
from scorecard.wording import bare, difference

LOOKED_BACK: Final = {12: 12, 4: 8, 1: 10}
"""Periods in a year → the latest figures that are asked: a year of months, two of quarters, ten of years."""
WATCHED: Final = 0.05
SURE: Final = 0.01
"""One-sided chances: up to the first a direction is named, up to the second it is called clear."""
PROFILED: Final = "Its target has a profile for the year, so that rising and falling say nothing by themselves."


def travel_findings(shape: Shape, changes: Changes) -> list[Finding | None]:
    """For each area whether its last figures rise or fall: status rising, falling, no_trend or not_judged.

    By the exact Mann-Kendall test on the figures, less the season where there is one. Evidence: chance, slope (a
    period, in the measure's unit), periods, first, last, since. None without figures.
    """
    panel = shape.panel
    stretch, last = shape.stretch, LOOKED_BACK[shape.phases]
    seasonal = changes.seasonal.has_season[:, None]
    test = plain = kendall(stretch.values[:, -last:], stretch.columns[:, -last:])
    if seasonal.any():
        values = np.where(seasonal & stretch.held, changes.seasonal.residuals, stretch.values)
        test = kendall(values[:, -last:], stretch.columns[:, -last:])
    profiled = any(isinstance(target, ProfileTarget) for target in panel.measure.targets)
    found: list[Finding | None] = []
    for row, guards in enumerate(shape.guards):
        if panel.last[row] < 0:
            found.append(None)
        elif profiled or SILENT.intersection(guards) or test.count[row] < FEWEST:
            why = PROFILED if profiled else SAYS[next((name for name in SAYS if name in guards), "too_few")]
            found.append(Finding("direction", "not_judged", why))
        else:
            found.append(_finding(shape, row, int(test.score[row]), float(test.chance[row]), float(plain.slope[row])))
    return found


def _finding(shape: Shape, row: int, score: int, chance: float, slope: float) -> Finding:
    panel, stretch = shape.panel, shape.stretch
    columns = stretch.columns[row][stretch.held[row]][-LOOKED_BACK[shape.phases] :]
    first, last = panel.periods[columns[0]], panel.periods[columns[-1]]
    before, now = float(shape.values[row, columns[0]]), float(shape.values[row, columns[-1]])
    number = len(columns)
    measure, each = panel.measure, panel.measure.frequency.value
    evidence = {
        "chance": chance,
        "slope": slope,
        "periods": number,
        "first": before,
        "last": now,
        "since": first.start.isoformat(),
    }
    span = f"over the last {number} {each}s, {first.label} to {last.label}"
    if chance > WATCHED or score == 0:
        return Finding("direction", "no_trend", f"No clear rise or fall {span}.", evidence=evidence)
    status = "rising" if score > 0 else "falling"
    sure = "Clearly" if chance <= SURE else "Probably"
    by = difference(slope, measure.unit, measure.decimals)
    moved = " to ".join(bare(value, measure.unit, measure.decimals) for value in (before, now))
    sentence = f"{sure} {status} {span}: by about {by} a {each}, from {moved}."
    worse = None if panel.sign == 0 else (score > 0) != (panel.sign > 0)
    return Finding("direction", status, sentence, worse, float(-np.log10(max(chance, 1e-12))), evidence)
