"""How a figure stands against its target: on it, close to it, or off it on the bad side."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles
from typing import Final, assert_never

import numpy as np

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
from scorecard.judge.panel import Figures, Panel
from scorecard.periods import MONTHS, Frequency, Period, financial_quarter_of

PeerValues = Mapping[Period, Sequence[float] | Figures]
"""The peers' figures of each period, missing ones left out; a period may be absent."""
FEWEST_PEERS: Final = 5
"""A middle or a quarter of fewer councils says more about which ones reported than about how they do."""


@dataclass(frozen=True)
class TargetLine:
    """The target of one figure in the measure's unit; `low` equals `high` unless it is a band."""

    low: float
    high: float
    tolerance: float


@dataclass(frozen=True)
class TargetLines:
    """The targets of a panel, in the measure's unit: areas x periods, NaN where there is none."""

    low: Figures
    high: Figures
    """Equal to `low` unless the target is a band."""
    tolerance: Figures
    targets: tuple[Target | None, ...]
    """For each period the target in force."""

    def at(self, area: int, column: int) -> TargetLine:
        """The target of one figure; only where there is one."""
        return TargetLine(*(float(each[area, column]) for each in (self.low, self.high, self.tolerance)))


def target_for(targets: Sequence[Target], period: Period) -> Target | None:
    """The target in force in a period: the latest whose `since` had come by its first day."""
    in_force = [target for target in targets if (target.since or date.min) <= period.start]
    return max(in_force, key=lambda target: target.since or date.min, default=None)


def target_lines(panel: Panel, tolerance: Tolerance, peer_values: PeerValues) -> TargetLines:
    """The targets of a panel as figures; none where they cannot be worked out.

    `peer_values` are the peers' figures of each period, for targets that are set by them.
    """
    measure, values = panel.measure, panel.values
    targets = tuple(target_for(measure.targets, period) for period in panel.periods)
    both = zip(panel.periods, targets, strict=True)
    ends = [ends_of(target, measure, period, peer_values.get(period, ())) for period, target in both]
    low, high = (np.tile(each, (len(values), 1)) for each in np.array(ends).reshape(-1, 2).T)
    changes = [target.change_per_cent if isinstance(target, LastYearTarget) else math.nan for target in targets]
    if not np.isnan(changes).all():
        earlier = panel.before(12)
        wanted = np.where(earlier >= 0, values[:, earlier], np.nan) * (1 + np.array(changes) / 100)
        low, high = np.where(np.isnan(changes), low, wanted), np.where(np.isnan(changes), high, wanted)
    width = np.maximum(np.abs(low), np.abs(high)) * (tolerance.per_cent or 0) / 100
    if tolerance.points is not None:
        width = np.where(np.isnan(low), np.nan, tolerance.points)
    strict = np.array([isinstance(target, LimitTarget) for target in targets], dtype=np.bool_)
    return TargetLines(low, high, np.where(strict, 0.0, width), targets)


def ends_of(
    target: Target | None, measure: Measure, period: Period, peer_values: Sequence[float] | Figures = ()
) -> tuple[float, float]:
    """The two ends of a period's target that is the same for every area, in the measure's unit; equal unless a band.

    `peer_values` are the peers' figures of the period. NaN without a target, for last year's figure (each area has
    its own), for a period its profile does not name, and for targets set by peers where too few have reported.
    """
    match target:
        case FixedTarget() | LimitTarget():
            return target.value, target.value
        case BandTarget():
            return target.low, target.high
        case ProfileTarget():
            value = _in_profile(target, measure.frequency, period)
        case PeerMedianTarget():
            value = float(np.median(peer_values)) if len(peer_values) >= FEWEST_PEERS else math.nan
        case PeerQuartileTarget():
            value = _best_quarter(peer_values, measure.polarity) if len(peer_values) >= FEWEST_PEERS else math.nan
        case LastYearTarget() | None:
            value = math.nan
        case _:
            assert_never(target)
    return value, value


def _best_quarter(peer_values: Sequence[float] | Figures, polarity: str) -> float:
    low, _, high = quantiles(peer_values, n=4, method="inclusive")
    return float(low if polarity == "lower" else high)


def _in_profile(target: ProfileTarget, frequency: Frequency, period: Period) -> float:
    quarterly = frequency is Frequency.quarter
    wanted = f"Q{financial_quarter_of(period.end)}" if quarterly else MONTHS[period.end.month - 1]
    return next((value for key, value in target.values.items() if key == wanted), math.nan)


def shortfalls(values: Figures, low: Figures, high: Figures, polarity: str) -> Figures:
    """How far on the bad side of their targets figures are; zero or less where they meet them, NaN without either."""
    if polarity == "higher":
        return low - values
    if polarity == "lower":
        return values - high
    return np.maximum(low - values, values - high)


def shortfall(value: float, line: TargetLine, polarity: str) -> float:
    """How far on the bad side of the target one figure is; zero or less when it meets it."""
    one, low, high = (np.array([each]) for each in (value, line.low, line.high))
    return float(shortfalls(one, low, high, polarity)[0])


def hairs(values: Figures, low: Figures, high: Figures) -> Figures:
    """A billionth of the figures: differences below it are rounding and are forgiven."""
    largest = np.maximum(np.maximum(np.abs(values), 1.0), np.maximum(np.abs(low), np.abs(high)))
    found: Figures = 1e-9 * largest
    return found
