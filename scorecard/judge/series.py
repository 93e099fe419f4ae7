"""Judge a whole series: the one place where the judgements are put together.

A new judgement (variation, assurance, forecast, ...) is a module beside this one and a line in `judge`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scorecard.catalogue import Measure, ProfileTarget, Stage, Tolerance, stage_on
from scorecard.judge.direction import Reading, direction, direction_sentence
from scorecard.judge.due import Due
from scorecard.judge.kinds import KIND_RULES
from scorecard.judge.status import Direction, Status
from scorecard.judge.target import TargetLine, resolve, status_of, target_for, target_sentence
from scorecard.periods import Period, month_index
from scorecard.wording import figure


@dataclass(frozen=True)
class Point:
    """One observation of a series."""

    period: Period
    value: float | None
    marker: str | None = None
    lower: float | None = None
    upper: float | None = None
    """Published confidence limits."""


@dataclass(frozen=True)
class Judged:
    """One period judged."""

    period: Period
    value: float | None
    line: TargetLine | None
    status: Status
    status_sentence: str
    since: date
    """First day of the run of adjoining periods with this status."""
    running: int
    """How many adjoining periods have had it."""
    last_period: Direction
    last_year: Direction
    direction_sentence: str


def judge(
    measure: Measure,
    tolerance: Tolerance,
    points: Sequence[Point],
    peer_values: Mapping[Period, Sequence[float]],
    due: Due | None,
) -> list[Judged]:
    """Every period judged, earliest first; last comes the overdue or awaited one, if there is one.

    `peer_values` are the peers' figures of each period, for targets that are set by them. A measure is not judged
    and nothing is due from it before it is live or after it was removed, and no figure is compared with one from
    before an amendment that broke comparability.
    """
    held = {point.period: Reading(point.value, point.lower, point.upper) for point in points if point.value is not None}
    judged: list[Judged] = []
    for point in sorted(points, key=lambda each: each.period):
        judged.append(_judge_point(measure, tolerance, point, held, peer_values, judged))
    if due and stage_on(measure.lifecycle, due.period.start) is Stage.live:
        judged.append(_judge_absence(measure, due, judged))
    return judged


def _judge_point(
    measure: Measure, tolerance: Tolerance, point: Point, held: Mapping[Period, Reading],
    peer_values: Mapping[Period, Sequence[float]], before: Sequence[Judged],
) -> Judged:  # fmt: skip
    a_year_before = _comparable_with(measure, point.period.shifted(-12), point, held)
    last_year = a_year_before.value if a_year_before else None
    line = resolve(measure, tolerance, point.period, last_year, peer_values.get(point.period, ()))
    status, sentence = _status(measure, point, line)
    since, running = _run(point.period, status, before, measure.frequency.months)
    if point.value is None:
        return Judged(
            point.period, None, line, status, sentence, since, running, Direction.unknown, Direction.unknown, ""
        )  # fmt: skip
    middle = (line.low + line.high) / 2 if line else None
    rule, just_before = KIND_RULES[measure.kind], None
    if rule.against_period_before and _comparable(measure, point):
        just_before = _comparable_with(measure, point.period.shifted(-measure.frequency.months), point, held)
    a_year_before = a_year_before if rule.against_year_before else None
    now = held[point.period]
    short = direction(now, just_before, measure, middle)
    long = direction(now, a_year_before, measure, middle)
    said = direction_sentence(measure, (short, just_before), (long, a_year_before))
    return Judged(point.period, point.value, line, status, sentence, since, running, short, long, said)


def _status(measure: Measure, point: Point, line: TargetLine | None) -> tuple[Status, str]:
    said = f"{figure(point.value, measure.unit, measure.decimals, point.marker)} in {point.period.label}"
    if point.value is None:
        return Status.unavailable, f"No figure for {point.period.label}: {said.split(' in ', maxsplit=1)[0]}."
    stage = stage_on(measure.lifecycle, point.period.start)
    if stage is not Stage.live:
        return Status.activity_only, f"{said}; the measure was {stage} then and is not judged."
    if not KIND_RULES[measure.kind].against_target or measure.polarity == "neutral":
        return Status.activity_only, f"{said}; shown for information and not judged."
    if line is None:
        why = (
            "no target is set"
            if target_for(measure.targets, point.period) is None
            else "its target cannot be worked out"
        )
        return Status.no_target, f"{said}; {why}."
    status = status_of(point.value, line, measure.polarity)
    return status, target_sentence(measure, point.period, point.value, point.marker, line)


def _run(period: Period, status: Status, before: Sequence[Judged], step: int) -> tuple[date, int]:
    if before and before[-1].status is status and _adjoin(before[-1].period, period, step):
        return before[-1].since, before[-1].running + 1
    return period.start, 1


def _adjoin(earlier: Period, later: Period, step: int) -> bool:
    return month_index(later.start) - month_index(earlier.start) == step


def _comparable(measure: Measure, point: Point) -> bool:
    """A figure that builds up over the year, or has a profile, is not compared with the period before;
    nor is one whose periods overlap."""
    profiled = isinstance(target_for(measure.targets, point.period), ProfileTarget)
    return measure.basis != "year_to_date" and not profiled and point.period.months <= measure.frequency.months


def _comparable_with(measure: Measure, earlier: Period, point: Point, held: Mapping[Period, Reading]) -> Reading | None:
    """The reading of an earlier period, unless an amendment between the two broke comparability."""
    broken = any(earlier.start < decision.on <= point.period.start for decision in measure.breaks)
    return None if broken else held.get(earlier)


def _judge_absence(measure: Measure, due: Due, before: Sequence[Judged]) -> Judged:
    verb = "was due on" if due.status is Status.overdue else "is due on"
    said = f"No figure yet for {due.period.label}, which {verb} {due.on.day} {due.on:%B %Y}"
    last = next((each for each in reversed(before) if each.value is not None), None)
    if last:
        said += f"; the last was {figure(last.value, measure.unit, measure.decimals)} in {last.period.label}"
    return Judged(
        due.period, None, None, due.status, f"{said}.", due.period.start, 1, Direction.unknown, Direction.unknown, ""
    )  # fmt: skip
