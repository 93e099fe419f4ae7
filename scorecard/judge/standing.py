"""How a measure stands: every figure of a panel against its target, since when, and which way it went."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorecard.catalogue import ProfileTarget, Tolerance
from scorecard.judge.direction import Codes, directions
from scorecard.judge.kinds import KIND_RULES
from scorecard.judge.panel import Figures, Flags, Panel, Whole
from scorecard.judge.small_counts import SmallCounts, small_counts
from scorecard.judge.status import STATUSES, Status
from scorecard.judge.target import PeerValues, TargetLines, hairs, shortfalls, target_lines

NO_ROW: Final = -1
_CODE: Final = {status: code for code, status in enumerate(STATUSES)}
_UNCALLED: Final = (Status.unavailable, Status.activity_only, Status.no_target, Status.too_few)


@dataclass(frozen=True)
class Standing:
    """The judgement of a panel; all arrays are areas x periods, figures in the measure's unit."""

    lines: TargetLines
    small: SmallCounts
    status: Codes
    """Codes into `STATUSES`; NO_ROW where there is neither a figure nor a marker."""
    since: Whole
    """The column of the first of the adjoining periods with this status; -1 where there is no row."""
    running: Whole
    """How many adjoining periods have had it; 0 where there is no row."""
    last_period: Codes
    """Codes into `DIRECTIONS`: against the period before."""
    last_year: Codes
    """Against the same period a year before."""
    year_before: Whole
    """For each period the column of the one that `last_year` is set against; -1 without one."""
    period_before: Whole
    distance: Figures
    """The shortfall: over 0 on the bad side of the target; NaN where the figure is not judged against one."""
    tolerances_off: Figures
    """The shortfall in widths of the tolerance; without a tolerance as a share of the target."""
    met: Flags
    """Whether the figure met the target of its period, were it of a small count or not."""


def stand(panel: Panel, tolerance: Tolerance, peer_values: PeerValues) -> Standing:
    """Every period of every area judged, each area by itself.

    `peer_values` are the peers' figures of each period, for targets that are set by them. A measure is not judged
    before it is live or after it was removed, and no figure is compared with one from before an amendment that broke
    comparability. A figure that builds up over the year, has a profile or overlaps the next is not compared with the
    period before.
    """
    measure, rule = panel.measure, KIND_RULES[panel.measure.kind]
    lines = target_lines(panel, tolerance, peer_values)
    is_judged = panel.live & (rule.against_target and measure.polarity != "neutral")
    judged = panel.held & is_judged & ~np.isnan(lines.low)
    distance = np.where(judged, shortfalls(panel.values, lines.low, lines.high, measure.polarity), np.nan)
    hair = hairs(panel.values, lines.low, lines.high)
    met: Flags = distance <= hair
    plain = [met, distance <= lines.tolerance + hair, judged]
    reached = np.select(plain, [_CODE[each] for each in (Status.on_target, Status.close, Status.off_target)], -1)
    small = small_counts(panel, lines.low, lines.high, lines.tolerance, judged)
    conditions = [~panel.exists, ~panel.held, ~np.broadcast_to(is_judged, judged.shape), ~judged, small.undecided]
    status = np.select(conditions, [NO_ROW, *(_CODE[each] for each in _UNCALLED)], reached).astype(np.int8)
    since, running = runs(panel, status)
    before, year_before = _periods_before(panel, lines), _none(panel)
    if rule.against_year_before:
        year_before = panel.before(12)
    middle = (lines.low + lines.high) / 2
    return Standing(
        lines, small, status, since, running, directions(panel, before, middle), directions(panel, year_before, middle),
        year_before, before, distance, _in_tolerances(distance, lines), met,
    )  # fmt: skip


def runs(panel: Panel, codes: NDArray[np.int8]) -> tuple[Whole, Whole]:
    """For each row the column where the run of its code began, and how many rows it has lasted.

    A run is of adjoining periods: one that never came, or came without a figure and so with another code, ends it.
    """
    columns = np.arange(codes.shape[1])
    latest = np.maximum.accumulate(np.where(panel.exists, columns, -1), axis=1)
    before = np.concatenate([np.full((len(codes), 1), -1), latest], axis=1)[:, :-1]
    same = np.take_along_axis(codes, np.maximum(before, 0), axis=1) == codes
    adjoin = panel.starts - panel.starts[before] == panel.measure.frequency.months if len(columns) else same
    begins = panel.exists & ~(same & adjoin & (before >= 0))
    since = np.maximum.accumulate(np.where(begins, columns, -1), axis=1)
    order = np.cumsum(panel.exists, axis=1)
    running = order - np.take_along_axis(order, np.maximum(since, 0), axis=1) + 1
    return np.where(panel.exists, since, -1), np.where(panel.exists, running, 0)


def _periods_before(panel: Panel, lines: TargetLines) -> Whole:
    measure = panel.measure
    if not KIND_RULES[measure.kind].against_period_before or measure.basis == "year_to_date":
        return _none(panel)
    profiled = np.array([isinstance(each, ProfileTarget) for each in lines.targets], dtype=np.bool_)
    overlapping = np.array([each.months > measure.frequency.months for each in panel.periods], dtype=np.bool_)
    return np.where(profiled | overlapping, -1, panel.before(measure.frequency.months))


def _none(panel: Panel) -> Whole:
    return np.full(len(panel.periods), -1, dtype=np.int64)


def _in_tolerances(distance: Figures, lines: TargetLines) -> Figures:
    target = np.where(lines.high == 0, 1.0, np.abs(lines.high))
    with np.errstate(over="ignore"):  # by a tolerance of next to nothing
        found: Figures = distance / np.where(lines.tolerance > 0, lines.tolerance, target)
    return found
