"""The order of the list: what leadership should look at first."""

from typing import Final

from scorecard.judge.exceptions.attention import Attention
from scorecard.judge.exceptions.hit import Hit

URGENCY: Final = {"high": 0, "medium": 1, "low": 2}


def rank(one: Attention) -> tuple[object, ...]:
    """What exceptions are sorted by, one after the other; the smallest is the first.

    1. Concerns, then improvements, then what is resolved, then what is accepted.
    2. Severity, as the leading rule sets it.
    3. The critical few before the rest.
    4. Confirmed by a second detector before unconfirmed.
    5. Distance: how far from good (`evidence.distance`), the farthest first.
    6. Duration: how many reporting periods it has held, the longest first.
    7. Reach: how many people live there, then in how many places the measure has an exception.
    8. Measure, area, part and rule, so that the order is always the same.
    """
    group = {"accepted": 3, "resolved": 2 if one.adverse else 1}.get(one.state, 0 if one.adverse else 1)
    return (
        group, URGENCY[one.severity], not one.critical_few, not one.confirmed, -round(one.distance, 6), -one.periods,
        -one.people, -one.parts, *one.place, one.rule,
    )  # fmt: skip


def leading(hit: Hit) -> tuple[object, ...]:
    """What the hits of one exception are sorted by: severity, performance before data, distance, duration."""
    return (
        URGENCY[hit.severity], hit.concern == "data", -round(hit.distance, 6), -hit.periods, hit.rule_id,
        hit.finding.judgement, hit.finding.status, hit.finding.sentence,
    )  # fmt: skip
