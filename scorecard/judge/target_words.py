"""Targets and tolerances in words, as the snapshot, the pages and the printed definitions all say them."""

from collections.abc import Iterable
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
    Target,
    Tolerance,
)
from scorecard.wording import bare, figure, number

MOST_DECIMALS = 4


def target_in_words(target: Target, measure: Measure) -> str:
    """What good looks like: "85%", "8% to 15%", "35.9% by Q1, 57.9% by Q2", "never above 0 days (statutory)"."""
    unit = measure.unit
    match target:
        case FixedTarget():
            return figure(target.value, unit, _places([target.value]))
        case LimitTarget():
            side = "never below" if measure.polarity == "higher" else "never above"
            said = f"{side} {figure(target.value, unit, _places([target.value]))}"
            return f"{said} (statutory)" if target.statutory else said
        case BandTarget():
            places = _places([target.low, target.high])
            return f"{bare(target.low, unit, places)} to {figure(target.high, unit, places)}"
        case ProfileTarget():
            places = _places(target.values.values())
            when = "by" if measure.basis == "year_to_date" else "in"
            return ", ".join(f"{bare(value, unit, places)} {when} {key}" for key, value in target.values.items())
        case LastYearTarget():
            return f"{_against_last_year(target.change_per_cent, measure.polarity)} the same period a year before"
        case PeerMedianTarget():
            return "the middle of its peers"
        case PeerQuartileTarget():
            return "the best quarter of its peers"
        case _:
            assert_never(target)


def tolerance_in_words(tolerance: Tolerance, unit: str) -> str:
    """How near is near enough: "5% of the target", "2 percentage points", "0.5 days"."""
    if tolerance.points is None:
        per_cent = tolerance.per_cent or 0.0
        return f"{number(per_cent, _places([per_cent]))}% of the target"
    if unit != "%":
        return figure(tolerance.points, unit, _places([tolerance.points]))
    points = "percentage point" if tolerance.points == 1 else "percentage points"
    return figure(tolerance.points, points, _places([tolerance.points]))


def _against_last_year(change: float, polarity: str) -> str:
    if change == 0:
        return {"higher": "no less than", "lower": "no more than"}.get(polarity, "the same as")
    return f"{number(abs(change), _places([change]))}% {'more' if change > 0 else 'less'} than"


def _places(values: Iterable[float]) -> int:
    """As few decimals as say every value as it was set, so that 85 is not "85.0" and 35.9 is not "36"."""
    held = list(values)
    exact = (places for places in range(MOST_DECIMALS) if all(round(value, places) == value for value in held))
    return next(exact, MOST_DECIMALS)
