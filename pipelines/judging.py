"""Judge every series of the home council and its wards, and find the exceptions among the council's."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from scorecard.catalogue import Catalogue, Expected, Measure, PeerMedianTarget, PeerQuartileTarget, Stage, stage_on
from scorecard.judge.attention import Attention, exceptions_of
from scorecard.judge.due import Due, next_due
from scorecard.judge.series import Judged, Point, judge
from scorecard.periods import Period


@dataclass(frozen=True)
class Judgements:
    """Rows for the judgement and exception tables, in the columns of schema.sql."""

    judgements: pd.DataFrame
    exceptions: pd.DataFrame


def judge_all(
    catalogue: Catalogue, observations: pd.DataFrame, home: str, parts: Iterable[str], peers: Iterable[str], as_at: date
) -> Judgements:
    """Judge the home area and its parts (wards). One judgement a measure, area and period; exceptions are home's."""
    peer_codes, judged_areas = set(peers), [home, *parts]
    rows: list[dict[str, Any]] = []
    found: list[Attention] = []
    by_measure = dict(iter(observations.groupby("measure_id", sort=False)))
    for measure_id, measure in catalogue.measures.items():
        frame = by_measure.get(measure_id, observations.iloc[0:0])
        peer_values = _peer_values(measure, frame, peer_codes)
        tolerance = catalogue.tolerance_of(measure)
        by_area = dict(iter(frame[frame["area_code"].isin(judged_areas)].groupby("area_code", sort=False)))
        for area in judged_areas:
            points = _points(by_area[area]) if area in by_area else []
            due = _due(catalogue, measure, points, as_at) if area == home else None
            judged = judge(measure, tolerance, points, peer_values, due)
            rows += _rows(measure_id, area, judged)
            if area == home and stage_on(measure.lifecycle, as_at) is Stage.live:
                found += exceptions_of(measure_id, measure, catalogue.exception_rules, judged)
    return Judgements(pd.DataFrame(rows), _exception_rows(catalogue, found, home))


def _points(frame: pd.DataFrame) -> list[Point]:
    columns = (frame[name] for name in ("period_start", "period_end", "value", "marker", "lower", "upper"))
    return [
        Point(
            Period(start, end), _number(value), marker if isinstance(marker, str) else None, _number(low), _number(high)
        )
        for start, end, value, marker, low, high in zip(*columns, strict=True)
    ]


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _peer_values(measure: Measure, frame: pd.DataFrame, peers: set[str]) -> Mapping[Period, Sequence[float]]:
    if not any(isinstance(target, PeerMedianTarget | PeerQuartileTarget) for target in measure.targets):
        return {}
    held = frame[frame["area_code"].isin(peers) & frame["value"].notna()]
    values: dict[Period, list[float]] = {}
    for start, end, value in zip(held["period_start"], held["period_end"], held["value"], strict=True):
        values.setdefault(Period(start, end), []).append(float(value))
    return values


def _due(catalogue: Catalogue, measure: Measure, points: list[Point], as_at: date) -> Due | None:
    expected: Expected | None = measure.expected or catalogue.sources[measure.source_ids[0]].expected
    if expected is None:
        return None
    if measure.expected is None and expected.every.months < measure.frequency.months:
        # Files come each month, the figure only when the quarter or year is over.
        expected = Expected(every=measure.frequency, within_days=expected.within_days)
    periods = [point.period for point in points if point.period.months == expected.every.months]
    return next_due(expected, max(periods, default=None), as_at)


def _rows(measure_id: str, area: str, judged: list[Judged]) -> list[dict[str, Any]]:
    # What is merely awaited does not push the last figure off the page; what is overdue does.
    shown = next((each for each in reversed(judged) if each.status != "awaiting"), judged[-1] if judged else None)
    return [
        {
            "measure_id": measure_id,
            "area_code": area,
            "period_start": each.period.start,
            "period_end": each.period.end,
            "period": each.period.label,
            "value": each.value,
            "target_low": each.line.low if each.line else None,
            "target_high": each.line.high if each.line else None,
            "tolerance": each.line.tolerance if each.line else None,
            "status": each.status.value,
            "status_sentence": each.status_sentence,
            "since": each.since,
            "last_period": each.last_period.value,
            "last_year": each.last_year.value,
            "direction_sentence": each.direction_sentence,
            "is_latest": each is shown,
        }
        for each in judged
    ]


def _exception_rows(catalogue: Catalogue, found: list[Attention], home: str) -> pd.DataFrame:
    ranked = sorted(found, key=lambda each: (each.rank, each.measure_id, each.rule))
    return pd.DataFrame(
        {
            "measure_id": each.measure_id,
            "area_code": home,
            "rule": each.rule,
            "since": each.since,
            "severity": each.severity,
            "sentence": each.sentence,
            "position": position,
            "period_start": each.judged.period.start,
            "period_end": each.judged.period.end,
            "owner": catalogue.owner_of(catalogue.measures[each.measure_id]),
            "evidence": json.dumps(dict(each.evidence)),
        }
        for position, each in enumerate(ranked, start=1)
    )
