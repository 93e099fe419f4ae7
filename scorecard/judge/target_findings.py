"""How each area stands against its target at its latest figure, as findings."""

from math import isfinite, isnan
from typing import Final

from scorecard.judge.finding import Evidence, Finding
from scorecard.judge.panel import Panel
from scorecard.judge.standing import Standing
from scorecard.judge.standing_words import status_sentence
from scorecard.judge.status import DIRECTIONS, STATUSES, Status

_ADVERSE: Final = {Status.off_target: True, Status.on_target: False}


def target_findings(panel: Panel, standing: Standing) -> dict[str, Finding]:
    """By area code, for each area that has a figure: the status of its latest one. Figures that are late are not told.

    Strength is how many widths of the tolerance the figure lies on the bad side. The evidence has the figure, its
    target, tolerance and shortfall in the measure's unit, since when (a day) and for how many periods it has had
    this status; of a small count also numerator, denominator and exact 95% limits.
    """
    found = {}
    for area, column in enumerate(panel.last.tolist()):
        if column >= 0:
            found[panel.areas[area]] = _finding(panel, standing, area, column)
    return found


def _finding(panel: Panel, standing: Standing, area: int, column: int) -> Finding:
    status = STATUSES[standing.status[area, column]]
    off = _or_none(float(standing.tolerances_off[area, column]))
    return Finding(
        "target", status.value, status_sentence(panel, standing, area, column), _ADVERSE.get(status),
        max(off or 0.0, 0.0), _evidence(panel, standing, area, column, off),
    )  # fmt: skip


def _evidence(panel: Panel, standing: Standing, area: int, column: int, off: float | None) -> Evidence:
    figures = {
        "value": panel.values,
        "target_low": standing.lines.low,
        "target_high": standing.lines.high,
        "tolerance": standing.lines.tolerance,
        "shortfall": standing.distance,
    }
    small = {
        "numerator": panel.numerators,
        "denominator": panel.denominators,
        "lower": standing.small.lower,
        "upper": standing.small.upper,
    }
    is_small = not isnan(standing.small.lower[area, column])
    told = {**figures, **(small if is_small else {})}
    return {
        **{name: _or_none(float(each[area, column])) for name, each in told.items()},
        "tolerances_off": off,
        "since": panel.periods[standing.since[area, column]].start.isoformat(),
        "running": int(standing.running[area, column]),
        "period": panel.periods[column].label,
        "last_period": DIRECTIONS[standing.last_period[area, column]].value,
        "last_year": DIRECTIONS[standing.last_year[area, column]].value,
    }


def _or_none(figure: float) -> float | None:
    return figure if isfinite(figure) else None
