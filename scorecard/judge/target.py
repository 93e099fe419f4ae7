"""How a figure stands against its target: on it, close to it, or off it on the bad side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from typing import Final, assert_never

from scorecard.catalogue import (
    BandTarget,
    FixedTarget,
    LastYearTarget,
    LimitTarget,
    Measure,
    PeerMedianTarget,
    PeerQuartileTarget,
    ProfileTarget,
    Target,
    Tolerance,
)
from scorecard.judge.status import Status
from scorecard.periods import MONTHS, Frequency, Period, financial_quarter_of
from scorecard.wording import bare, difference, figure, number

FEWEST_PEERS: Final = 5
"""A middle or a quarter of fewer councils says more about which ones reported than about how they do."""


@dataclass(frozen=True)
class TargetLine:
    """The target of one period in the measure's unit; `low` equals `high` unless it is a band."""

    low: float
    high: float
    tolerance: float
    source: str
    """What kind of target it is, for the sentence; empty for one the council set."""


def target_for(targets: Sequence[Target], period: Period) -> Target | None:
    """The target in force in a period: the latest whose `since` had come by its first day."""
    in_force = [target for target in targets if (target.since or date.min) <= period.start]
    return max(in_force, key=lambda target: target.since or date.min, default=None)


def resolve(
    measure: Measure, tolerance: Tolerance, period: Period, last_year: float | None, peer_values: Sequence[float]
) -> TargetLine | None:
    """The target as figures for one period; None when there is none or it cannot be worked out."""
    target = target_for(measure.targets, period)
    match target:
        case None:
            return None
        case FixedTarget():
            return _line(target.value, tolerance, "")
        case LimitTarget():
            return TargetLine(target.value, target.value, 0.0, "a statutory limit" if target.statutory else "a limit")
        case BandTarget():
            width = max(tolerance.width(target.low), tolerance.width(target.high))
            return TargetLine(target.low, target.high, width, "")
        case ProfileTarget():
            value = _in_profile(target, measure.frequency, period)
            return None if value is None else _line(value, tolerance, "profile for the period")
        case LastYearTarget():
            if last_year is None:
                return None
            said = "last year's figure"
            if target.change_per_cent:
                direction = "up" if target.change_per_cent > 0 else "down"
                said += f", {direction} {number(abs(target.change_per_cent), 0)}%"
            return _line(last_year * (1 + target.change_per_cent / 100), tolerance, said)
        case PeerMedianTarget():
            if len(peer_values) < FEWEST_PEERS:
                return None
            return _line(median(peer_values), tolerance, "the middle of its peers")
        case PeerQuartileTarget():
            if len(peer_values) < FEWEST_PEERS:
                return None
            low, _, high = quantiles(peer_values, n=4, method="inclusive")
            best = low if measure.polarity == "lower" else high
            return _line(best, tolerance, "the best quarter of its peers")
        case _:
            assert_never(target)


def _line(value: float, tolerance: Tolerance, source: str) -> TargetLine:
    return TargetLine(value, value, tolerance.width(value), source)


def _in_profile(target: ProfileTarget, frequency: Frequency, period: Period) -> float | None:
    quarterly = frequency is Frequency.quarter
    wanted = f"Q{financial_quarter_of(period.end)}" if quarterly else MONTHS[period.end.month - 1]
    return next((value for key, value in target.values.items() if key == wanted), None)


def shortfall(value: float, line: TargetLine, polarity: str) -> float:
    """How far on the bad side of the target a figure is; zero or less when it meets it."""
    if polarity == "higher":
        return line.low - value
    if polarity == "lower":
        return value - line.high
    return max(line.low - value, value - line.high)


def status_of(value: float, line: TargetLine, polarity: str) -> Status:
    """On target, close to it (within the tolerance, its edge included) or off target.

    Differences below a billionth of the figures are rounding and are forgiven.
    """
    gap = shortfall(value, line, polarity)
    hair = 1e-9 * max(1.0, abs(value), abs(line.low), abs(line.high))
    if gap <= hair:
        return Status.on_target
    return Status.close if gap <= line.tolerance + hair else Status.off_target


def target_sentence(measure: Measure, period: Period, value: float, marker: str | None, line: TargetLine) -> str:
    """One sentence with the figure, its period, its target and how they stand."""
    unit, decimals = measure.unit, measure.decimals
    said = f"{figure(value, unit, decimals, marker)} in {period.label}"
    status = status_of(value, line, measure.polarity)
    gap = _gap_in_words(measure, value, line)
    if line.low != line.high:
        band = f"a target of {number(line.low, decimals)} to {bare(line.high, unit, decimals)}"
        verdict = "within it" if status is Status.on_target else f"outside it by {gap}"
        return f"{said} against {band}, {verdict}{_within(status, line, unit, decimals)}."
    source = f" ({line.source})" if line.source else ""
    verdict = "on target" if status is Status.on_target else f"worse by {gap}"
    target = bare(line.low, unit, decimals)
    return f"{said} against a target of {target}{source}, {verdict}{_within(status, line, unit, decimals)}."


def _gap_in_words(measure: Measure, value: float, line: TargetLine) -> str:
    """The gap between the figures as they are shown, so that a reader who subtracts them gets the same."""
    decimals = measure.decimals
    shown = TargetLine(round(line.low, decimals), round(line.high, decimals), line.tolerance, line.source)
    gap = shortfall(round(value, decimals), shown, measure.polarity)
    if round(gap, decimals) > 0:
        return difference(gap, measure.unit, decimals)
    return f"less than {difference(10.0**-decimals, measure.unit, decimals)}"


def _within(status: Status, line: TargetLine, unit: str, decimals: int) -> str:
    if status is Status.on_target:
        return ""
    side = "within" if status is Status.close else "beyond"
    return f", {side} the tolerance of {bare(line.tolerance, '' if unit == '%' else unit, decimals)}"
