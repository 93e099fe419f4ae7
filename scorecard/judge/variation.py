"""Variation as NHS readers know it: the process limits of an XmR chart, and what its rules say of the latest figure."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from scorecard.judge.finding import Finding
from scorecard.judge.panel import Figures, Flags
from scorecard.judge.shape import SAYS, SILENT, Shape
from scorecard.judge.spc import MDC, REFERENCE, Chart, chart, variation
from scorecard.judge.spc.labels import LABELS, POINT_TYPES
from scorecard.wording import bare, figure

Profile = Literal["reference", "mdc"]
PROFILES: Final = {"reference": REFERENCE, "mdc": MDC}
SAID: Final = (
    "within its usual limits, with no run or trend",
    "above the upper process limit",
    "below the lower process limit",
    "in a run of seven figures each higher than the one before",
    "in a run of seven figures each lower than the one before",
    "one of two in three close to the upper process limit",
    "one of two in three close to the lower process limit",
    "in a run of seven figures above the mean",
    "in a run of seven figures below the mean",
)
"""What each label of the chart means, in its order."""
KINDS: Final = {
    "common_cause": "usual variation",
    "special_cause_improvement": "special-cause variation, for the better",
    "special_cause_concern": "special-cause variation, for the worse",
    "special_cause_neutral_high": "special-cause variation, upwards",
    "special_cause_neutral_low": "special-cause variation, downwards",
}


@dataclass(frozen=True)
class Variation:
    """The chart of a panel's figures, and for each area what its rules say of the latest figure."""

    chart: Chart
    kinds: tuple[str, ...]
    """For each area a name of KINDS."""

    @property
    def limits(self) -> tuple[Figures, Figures]:
        """The lower and the upper process limit, areas x periods."""
        return self.chart.lpl, self.chart.upl


def vary(shape: Shape, profile: Profile = "reference") -> Variation:
    """Chart the figures of each area, what builds up taken apart, each step of the series by itself.

    The chart is what the chosen NHS profile makes of the figures; what more it takes to raise an exception is for
    `change` to say.
    """
    panel = shape.panel
    drawn = chart(shape.values, panel.steps, rules=PROFILES[profile], exists=_rows(panel.exists))
    codes = variation(drawn, panel.sign, np.maximum(panel.last, 0))
    return Variation(drawn, tuple(POINT_TYPES[code] for code in codes))


def _rows(exists: Flags) -> Flags:
    """From the first row of each area to its last: a hole between them is a missing figure, not an absent row."""
    begun = np.maximum.accumulate(exists, axis=1)
    to_come = np.maximum.accumulate(exists[:, ::-1], axis=1)[:, ::-1]
    found: Flags = begun & to_come
    return found


def variation_findings(shape: Shape, varied: Variation) -> list[Finding | None]:
    """For each area what the NHS rules say of its latest figure; None without figures.

    Status: a name of KINDS, or not_charted where limits would mislead or cannot be drawn. Evidence: label, value,
    mean, lower_limit, upper_limit (measure's unit), since (of the run of figures with the same label's side).
    """
    panel, drawn = shape.panel, varied.chart
    found: list[Finding | None] = []
    for row, guards in enumerate(shape.guards):
        column = int(panel.last[row])
        if column < 0:
            found.append(None)
            continue
        silent = next((name for name in SAYS if name in guards and name in SILENT), None)
        if silent or np.isnan(drawn.upl[row, column]):
            why = SAYS[silent] if silent else "Its figures do not vary enough for limits to be drawn."
            found.append(Finding("variation", "not_charted", why))
        else:
            found.append(_finding(shape, varied, row, column))
    return found


def _finding(shape: Shape, varied: Variation, row: int, column: int) -> Finding:
    panel, drawn = shape.panel, varied.chart
    label, kind = int(drawn.signals.label[row, column]), varied.kinds[row]
    low, high, mean = (float(limit[row, column]) for limit in (drawn.lpl, drawn.upl, drawn.mean))
    value = float(shape.values[row, column])
    unit, decimals = panel.measure.unit, panel.measure.decimals
    sentence = (
        f"{figure(value, unit, decimals)} in {panel.periods[column].label} is {SAID[label]} "
        f"({bare(low, unit, decimals)} to {bare(high, unit, decimals)}, mean {bare(mean, unit, decimals)}): "
        f"{KINDS[kind]}."
    )
    since = panel.periods[_run_start(drawn, row, column)].start.isoformat()
    evidence = {
        "label": LABELS[label], "value": value, "mean": mean, "lower_limit": low, "upper_limit": high, "since": since,
    }  # fmt: skip
    adverse = {"special_cause_concern": True, "special_cause_improvement": False}.get(kind)
    far = abs(value - mean) / ((high - mean) / 3) if high > mean else 0.0
    return Finding("variation", kind, sentence, adverse, far if label else 0.0, evidence)


def _run_start(drawn: Chart, row: int, column: int) -> int:
    """The column from which all figures carry a label on the same side."""
    way = drawn.signals.way[row]
    while column > 0 and way[column] != 0 and way[column - 1] == way[column]:
        column -= 1
    return column
