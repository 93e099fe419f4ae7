"""What could be inferred from a series, and what its process limits say of the latest figure, step by step."""

from typing import Final

import numpy as np

from pipelines.explain.judged_then import JudgedThen, figures_of
from pipelines.explain.layout import Section
from pipelines.explain.step import apart, step, told
from scorecard.catalogue import Measure
from scorecard.judge.change.stretch import MOST
from scorecard.judge.shape import SAYS
from scorecard.judge.spc.labels import LABELS
from scorecard.judge.spc.rules import LIMIT_FACTOR, SCREEN_FACTOR
from scorecard.judge.variation import SAID

SHOWN: Final = 8
"""Latest figures listed one by one."""


def shape_step(then: JudgedThen, place: int) -> Section:
    """How many figures there are, which step of the series they belong to, and which guards hold."""
    shape, panel, row = then.judged.shape, then.judged.panel, then.row
    held = figures_of(then)
    current = int(shape.stretch.count[row])
    steps = int(panel.steps[then.column]) + 1
    days = sorted({each.on for each in then.measure.rebases} | {each.on for each in then.measure.breaks})
    set_anew = [each for each in days if each <= then.period.start]
    first = panel.periods[int(np.flatnonzero(panel.held[row])[0])].label
    facts = {
        "Figures": f"{held} from {first} to {then.period.label}; {current} of them are tested"
        + (f", the latest {MOST} of the step" if current == MOST else ""),
        "Step": f"number {steps} of the series, since {set_anew[-1].day} {set_anew[-1]:%B %Y}: a rebase, or a change "
        "that broke comparability"
        if set_anew
        else "one: no rebase, and no change that broke comparability",
        "Guards": "none holds" if not shape.guards[row] else "",
    }
    section = step(place, "The shape of the series", then.finding("shape"), facts, "no figure")
    section.list(f"{name.replace('_', ' ')}: {SAYS[name]}" for name in SAYS if name in shape.guards[row])
    return section


def variation_step(then: JudgedThen, place: int) -> Section:
    """Mean, average moving range, limits, label and rule, and the latest figures with their labels."""
    finding, chart, measure = then.finding("variation"), then.judged.variation.chart, then.measure
    row, column = then.row, then.column
    title = "Variation: the limits of chance (XmR chart)"
    if finding is None or finding.status == "not_charted":
        return step(place, title, finding, {}, "no figure")
    at = row, column
    values, signals = then.judged.shape.values, chart.signals
    of_step = chart.segment == chart.segment[column]
    figures = int((~np.isnan(values[row]) & of_step).sum())
    kept = int((~np.isnan(signals.mr[row]) & of_step).sum())
    label = int(signals.label[at])
    amr = float(chart.amr[at])
    facts = {
        "Rules": f"{then.held.catalogue.defaults.variation} (catalogue: defaults, variation)",
        "Went in": f"{figures} figures of the step, and {kept} moves from one to the next"
        + (f", those of {SCREEN_FACTOR} times their average and more left out once" if chart.rules.screen else ""),
        "Mean": told(float(chart.mean[at]), measure),
        "Average move": f"{apart(amr, measure)} (average moving range)",
        "Limits": f"{told(float(chart.lpl[at]), measure)} to {told(float(chart.upl[at]), measure)} "
        f"(mean less and plus {LIMIT_FACTOR} average moving ranges)",
        "Figure": told(float(values[at]), measure),
        "Label": f"{LABELS[label]}: {SAID[label]}",
    }
    section = step(place, title, finding, facts, "")
    held = [each for each in np.flatnonzero(~np.isnan(values[row])) if each <= column][-SHOWN:]
    section.table(
        ("period", "figure", "move", "label"),
        [
            (
                then.judged.panel.periods[each].label,
                told(float(values[row, each]), measure),
                _move(float(signals.mr[row, each]), measure),
                LABELS[int(signals.label[row, each])],
            )
            for each in held
        ],
    )
    return section


def _move(value: float, measure: Measure) -> str:
    return "not counted" if np.isnan(value) else apart(value, measure)
