"""Can a measure be relied on to meet its target? By its process limits, its latest hits, and the chance of the next."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorecard.catalogue import LastYearTarget, PeerMedianTarget, PeerQuartileTarget, ProfileTarget
from scorecard.judge.next_chance import chance_of_meeting, latest_of
from scorecard.judge.panel import Figures, Flags, Panel, Whole
from scorecard.judge.spc import chart
from scorecard.judge.standing import Standing
from scorecard.judge.target import hairs, shortfalls

VERDICTS: Final = ("pass", "hit_and_miss", "fail", "not_judged")
PASS, HIT_AND_MISS, FAIL, NOT_JUDGED = range(4)
HITS_OF: Final = 12
FEWEST: Final = 13
"""Process limits of fewer figures are too uncertain to rely on: NHS England, Making Data Count."""
INFORMATION: Final = "it is not judged against a target"
NO_TARGET: Final = "its latest figure has no target"
CUMULATIVE: Final = "each figure has part of the one before in it, so that they show no limits within which it moves"
IRREGULAR: Final = "its figures do not come at regular intervals, so that they show no limits within which it moves"
FEW: Final = f"fewer than {FEWEST} figures are too few to say whether it reliably will"
_MOVING: Final = (ProfileTarget, LastYearTarget, PeerMedianTarget, PeerQuartileTarget)


@dataclass(frozen=True)
class Assurance:
    """One of each for each area, as at its latest figure; figures in the measure's unit, NaN for none."""

    verdict: Whole
    """Codes into `VERDICTS`."""
    reasons: tuple[str, ...]
    """Why there is no verdict, as half a sentence; empty where there is one."""
    hits: Whole
    """How many of its last figures that have a target met it, each the target of its own period."""
    of: Whole
    """How many these are, HITS_OF at most."""
    adjoining: Flags
    """Whether these are of adjoining periods, the latest figure among them."""
    chance_next: Figures
    """The estimated chance of meeting the target next time, over 0 and under 1."""
    target_low: Figures
    target_high: Figures
    lower_limit: Figures
    """Process limits of the latest step; where the target moves, of how far the figures lie from it, put back on it."""
    upper_limit: Figures
    since: Whole
    """The column of the first figure of the step that has this target; -1 without a verdict."""


@dataclass(frozen=True)
class _Step:
    """The figures of each area's latest step, against the target they are judged by; areas x periods."""

    values: Figures
    """In the measure's unit; where the target moves, how far they lie above it. NaN outside the step."""
    good: Flags
    low: Figures
    """For each area: the target on the scale of `values`."""
    high: Figures
    moves: Flags
    """For each area whether its target is another for each period."""


def assure(panel: Panel, standing: Standing, lower_limits: Figures, upper_limits: Figures) -> Assurance:
    """Each area judged as at its latest figure; `lower_limits` and `upper_limits` are those of its XmR chart.

    All arrays are areas x periods. A measure passes when its target lies outside the limits on the bad side (so that
    figures within the limits meet it), fails when it lies outside on the good side, strictly, as in Making Data
    Count; a band passes when both limits lie within it. A target that is another for each period (a profile, last
    year's figure, the peers') is set against the limits of the differences from it. Where the limits have collapsed,
    or there are none, the figures themselves are judged: all of the step meet the target, or none does. A verdict that
    most of the latest figures contradict, or whose latest figure lies beyond the limits, is of a level that the service
    has left, and becomes hit and miss.
    """
    count, columns = panel.values.shape
    nothing = np.full(count, np.nan)
    if not columns:
        none = np.zeros(count, dtype=np.int64)
        return Assurance(
            none + NOT_JUDGED, (NO_TARGET,) * count, none, none, none > 0, nothing, nothing, nothing, nothing, nothing,
            none - 1,
        )  # fmt: skip
    at = np.arange(count), np.maximum(panel.last, 0)
    step = _latest_step(panel, standing)
    in_step = ~np.isnan(step.values)
    reasons = _reasons(panel, standing, in_step.sum(axis=1))
    silent = np.array([bool(reason) for reason in reasons], dtype=np.bool_)
    lower, upper = lower_limits[at], upper_limits[at]
    if step.moves.any():
        moving = chart(panel.values - standing.lines.low, panel.steps)
        lower, upper = np.where(step.moves, moving.lpl[at], lower), np.where(step.moves, moving.upl[at], upper)
    hits, of, adjoining = _hits(panel, standing)
    verdict = _verdict(panel.measure.polarity, step, lower, upper)
    latest = latest_of(in_step, HITS_OF)
    balance = (step.good & latest).sum(axis=1) - (~step.good & latest).sum(axis=1)
    stale = ((verdict == FAIL) & (balance > 0)) | ((verdict == PASS) & (balance < 0))
    now = step.values[at]
    # A figure beyond the limits says that the process is no longer what they were drawn for.
    left = (now < lower) | (now > upper)
    verdict = np.where(silent, NOT_JUDGED, np.where(stale | left, HIT_AND_MISS, verdict))
    chances = chance_of_meeting(step.values, step.good, step.low, step.high, panel.measure.polarity)
    back = np.where(step.moves, standing.lines.low[at], 0.0)
    return Assurance(
        verdict, reasons, hits, of, adjoining, np.where(silent, np.nan, chances),
        standing.lines.low[at], standing.lines.high[at],
        np.where(silent, np.nan, lower + back), np.where(silent, np.nan, upper + back),
        np.where(silent, -1, np.argmax(in_step & _same_target(panel, standing, at[1]), axis=1)),
    )  # fmt: skip


def _latest_step(panel: Panel, standing: Standing) -> _Step:
    lines, at = standing.lines, (np.arange(len(panel.areas)), np.maximum(panel.last, 0))
    moves = np.array([isinstance(target, _MOVING) for target in lines.targets], dtype=np.bool_)[at[1]]
    low, high = (np.where(moves, 0.0, each[at]) for each in (lines.low, lines.high))
    values = np.where(moves[:, None], panel.values - lines.low, panel.values)
    values = np.where(panel.steps == panel.steps[at[1]][:, None], values, np.nan)
    across = values, low[:, None], high[:, None]
    # The rounding that is forgiven is that of the figures, not that of their small differences.
    hair = hairs(panel.values, np.nan_to_num(lines.low), np.nan_to_num(lines.high))
    return _Step(values, shortfalls(*across, panel.measure.polarity) <= hair, low, high, moves)


def _reasons(panel: Panel, standing: Standing, figures: Whole) -> tuple[str, ...]:
    basis = panel.measure.basis
    general = INFORMATION if not panel.sign and panel.measure.polarity == "neutral" else ""
    if not general and basis in {"year_to_date", "rolling"}:
        general = CUMULATIVE
    elif not general and not panel.regular:
        general = IRREGULAR
    judged = ~np.isnan(standing.distance)[np.arange(len(panel.areas)), np.maximum(panel.last, 0)]
    return tuple(
        general or (FEW if few else "") if has_target else general if general == INFORMATION else NO_TARGET
        for has_target, few in zip(judged.tolist(), (figures < FEWEST).tolist(), strict=True)
    )


def _verdict(polarity: str, step: _Step, lower: Figures, upper: Figures) -> Whole:
    if polarity == "higher":
        passes, fails = step.low < lower, step.low > upper
    elif polarity == "lower":
        passes, fails = step.high > upper, step.high < lower
    else:
        passes = (step.low < lower) & (upper < step.high)
        fails = (step.low > upper) | (step.high < lower)
    known = ~np.isnan(step.values)
    hair = 1e-9 * np.maximum(1.0, np.max(np.abs(step.values), axis=1, initial=0.0, where=known))
    collapsed = ~(upper - lower > hair)
    passes = np.where(collapsed, (step.good | ~known).all(axis=1), passes)
    fails = np.where(collapsed, ~(step.good & known).any(axis=1), fails)
    return np.where(passes, PASS, np.where(fails, FAIL, HIT_AND_MISS))


def _hits(panel: Panel, standing: Standing) -> tuple[Whole, Whole, Flags]:
    recent = latest_of(~np.isnan(standing.distance), HITS_OF)
    of = recent.sum(axis=1)
    adjoining = panel.regular & (panel.last - np.argmax(recent, axis=1) + 1 == of)
    return (recent & standing.met).sum(axis=1), of, adjoining


def _same_target(panel: Panel, standing: Standing, last: Whole) -> NDArray[np.bool_]:
    """Areas x periods: those of the latest step from which on the target has been the same."""
    targets = standing.lines.targets
    changes = [targets[at] != targets[at - 1] for at in range(1, len(targets))]
    blocks = np.concatenate([[0], np.cumsum(np.array(changes, dtype=np.bool_) | (np.diff(panel.steps) > 0))])
    found: Flags = blocks == blocks[last][:, None]
    return found
