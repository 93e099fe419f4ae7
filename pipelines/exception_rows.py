"""Exceptions as rows of the snapshot: the list, what stands behind it, what to remember, and its summary."""

import json
from typing import Any

import pandas as pd

from scorecard.judge.exceptions import Attention, ExceptionList


def exception_tables(listed: ExceptionList) -> dict[str, pd.DataFrame]:
    """exception, exception_evidence, exception_memory and exception_summary, in the columns of schema.sql."""
    rows: dict[str, list[dict[str, Any]]] = {
        "exception": [_exception(one, position) for position, one in enumerate(listed.entries, start=1)],
        "exception_evidence": [row for one in listed.entries for row in _evidence(one)],
        "exception_memory": _memory(listed),
        "exception_summary": [_summary(listed)],
    }
    return {name: pd.DataFrame(many) for name, many in rows.items()}


def _exception(one: Attention, position: int) -> dict[str, Any]:
    return {
        "measure_id": one.place.measure_id,
        "area_code": one.place.area_code,
        "part": one.place.part,
        "rule": one.rule,
        "adverse": one.adverse,
        "state": one.state,
        "periods": one.periods,
        "since": one.since,
        "first_seen": one.first_seen,
        "accepted_until": one.accepted_until,
        "severity": one.severity,
        "confirmed": one.confirmed,
        "sentence": one.sentence,
        "question": one.question,
        "position": position,
        "period_start": one.period.start,
        "period_end": one.period.end,
        "owner": one.owner,
        "evidence": json.dumps(dict(one.grounds[0].finding.evidence) if one.grounds else {}, allow_nan=False),
    }


def _evidence(one: Attention) -> list[dict[str, Any]]:
    return [
        {
            "measure_id": one.place.measure_id,
            "area_code": one.place.area_code,
            "part": one.place.part,
            "exception_rule": one.rule,
            "position": position,
            "role": ground.role,
            "rule": ground.rule,
            "judgement": ground.finding.judgement,
            "status": ground.finding.status,
            "since": ground.since,
            "strength": ground.finding.strength,
            "sentence": ground.finding.sentence,
            "evidence": json.dumps(dict(ground.finding.evidence), allow_nan=False),
        }
        for position, ground in enumerate(one.grounds)
    ]


def _memory(listed: ExceptionList) -> list[dict[str, Any]]:
    return [
        {
            "measure_id": row.place.measure_id,
            "area_code": row.place.area_code,
            "part": row.place.part,
            "concern": row.concern,
            "period_end": row.period_end,
            "rule": row.rule,
            "state": row.state,
            "since": row.since,
            "first_seen": row.first_seen,
            "times": row.times,
            "distance": row.distance,
        }
        for row in listed.memory.rows
    ]


def _summary(listed: ExceptionList) -> dict[str, Any]:
    states = [one.state for one in listed.entries if one.adverse]
    return {
        "as_at": listed.as_at,
        "judged": listed.by_chance.judged,
        "expected_by_chance": listed.by_chance.expected,
        "sentence": listed.by_chance.sentence,
        "concerns": len(listed.concerns),
        "confirmed": sum(one.confirmed for one in listed.concerns),
        "improvements": len(listed.improvements),
        "resolved": states.count("resolved"),
        "accepted": states.count("accepted"),
    }
