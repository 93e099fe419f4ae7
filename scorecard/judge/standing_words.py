"""How one figure stands, in a sentence: made only where somebody reads it."""

from typing import assert_never

from scorecard.catalogue import (
    BandTarget,
    FixedTarget,
    LastYearTarget,
    LimitTarget,
    Measure,
    PeerMedianTarget,
    PeerQuartileTarget,
    ProfileTarget,
    Stage,
    Target,
    stage_on,
)
from scorecard.judge.direction import direction_sentence
from scorecard.judge.panel import Panel
from scorecard.judge.standing import Standing
from scorecard.judge.status import DIRECTIONS, STATUSES, Status
from scorecard.judge.target import TargetLine, shortfall
from scorecard.wording import bare, difference, figure, number


def status_sentence(panel: Panel, standing: Standing, area: int, column: int) -> str:
    """The figure of an area (its row) in a period (its column) with its target and how they stand, or why it has none.

    Only where there is a row.
    """
    measure, period = panel.measure, panel.periods[column]
    status = STATUSES[standing.status[area, column]]
    shown = _shown(panel, area, column)
    said = f"{shown} in {period.label}"
    match status:
        case Status.unavailable:
            return f"No figure for {period.label}: {shown}."
        case Status.activity_only:
            stage = stage_on(measure.lifecycle, period.start)
            why = "shown for information and" if stage is Stage.live else f"the measure was {stage} then and is"
            return f"{said}; {why} not judged."
        case Status.no_target:
            unset = standing.lines.targets[column] is None
            return f"{said}; {'no target is set' if unset else 'its target cannot be worked out'}."
        case Status.too_few:
            return _too_few(panel, standing, area, column, said)
        case _:
            line = standing.lines.at(area, column)
            verdict = _verdict(measure, float(panel.values[area, column]), line, status)
            return f"{said} against {_target(measure, line, standing.lines.targets[column])}, {verdict}."


def movement_sentence(panel: Panel, standing: Standing, area: int, column: int) -> str:
    """Which way the figure went against the period and the year before; empty when nothing can be said."""
    codes = (standing.last_period, standing.period_before), (standing.last_year, standing.year_before)
    short, long = (
        (DIRECTIONS[each[area, column]], float(panel.values[area, earlier[column]])) for each, earlier in codes
    )
    return direction_sentence(panel.measure, short, long)


def _shown(panel: Panel, area: int, column: int) -> str:
    measure = panel.measure
    return figure(float(panel.values[area, column]), measure.unit, measure.decimals, panel.markers[area, column])


def _target(measure: Measure, line: TargetLine, target: Target | None) -> str:
    if line.low != line.high:
        return f"a target of {number(line.low, measure.decimals)} to {bare(line.high, measure.unit, measure.decimals)}"
    source = source_of(target) if target else ""
    return f"a target of {bare(line.low, measure.unit, measure.decimals)}{f' ({source})' if source else ''}"


def _verdict(measure: Measure, value: float, line: TargetLine, status: Status) -> str:
    is_band = line.low != line.high
    if status is Status.on_target:
        return "within it" if is_band else "on target"
    side = "within" if status is Status.close else "beyond"
    width = bare(line.tolerance, "" if measure.unit == "%" else measure.unit, measure.decimals)
    gap = _gap_in_words(measure, value, line)
    return f"{'outside it' if is_band else 'worse'} by {gap}, {side} the tolerance of {width}"


def _gap_in_words(measure: Measure, value: float, line: TargetLine) -> str:
    """The gap between the figures as they are shown, so that a reader who subtracts them gets the same."""
    decimals = measure.decimals
    shown = TargetLine(round(line.low, decimals), round(line.high, decimals), line.tolerance)
    gap = shortfall(round(value, decimals), shown, measure.polarity)
    if round(gap, decimals) > 0:
        return difference(gap, measure.unit, decimals)
    return f"less than {difference(10.0**-decimals, measure.unit, decimals)}"


def _too_few(panel: Panel, standing: Standing, area: int, column: int, said: str) -> str:
    measure, target = panel.measure, standing.lines.targets[column]
    count, cases = (number(float(each[area, column]), 0) for each in (panel.numerators, panel.denominators))
    decimals = 0 if measure.unit == "%" else max(measure.decimals, 1)
    lower, upper = float(standing.small.lower[area, column]), float(standing.small.upper[area, column])
    limits = f"{number(lower, decimals)} to {bare(upper, measure.unit, decimals)}"
    against = _target(measure, standing.lines.at(area, column), target)
    among = "of" if measure.unit == "%" else "among"
    sentence = (
        f"{said} ({count} {among} {cases}), so few that the true rate may be anywhere from {limits}: "
        f"too few to call against {against}."
    )
    if isinstance(target, LimitTarget):
        official = "The official assessment" if target.statutory else "Whether the limit is kept"
        sentence += f" {official} goes by the figure itself."
    return sentence


def source_of(target: Target) -> str:
    """What kind of target it is; empty for one the council set."""
    match target:
        case FixedTarget() | BandTarget():
            return ""
        case LimitTarget():
            return "a statutory limit" if target.statutory else "a limit"
        case ProfileTarget():
            return "profile for the period"
        case LastYearTarget():
            way = "up" if target.change_per_cent > 0 else "down"
            change = f", {way} {number(abs(target.change_per_cent), 0)}%" if target.change_per_cent else ""
            return f"last year's figure{change}"
        case PeerMedianTarget():
            return "the middle of its peers"
        case PeerQuartileTarget():
            return "the best quarter of its peers"
        case _:
            assert_never(target)
