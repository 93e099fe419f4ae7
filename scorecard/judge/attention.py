"""Which measures need attention: the catalogue's exception rules applied to judged series, and their ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scorecard.catalogue import ExceptionRule, Measure
from scorecard.judge.series import Judged
from scorecard.judge.status import Direction, Status
from scorecard.judge.target import shortfall

_ORDER = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True)
class Attention:
    """One exception: which rule, since when, how urgent, and why in a sentence with its figures."""

    measure_id: str
    rule: str
    since: date
    severity: str
    sentence: str
    judged: Judged
    evidence: Mapping[str, object]
    rank: tuple[float, ...]
    """Sorts the list: urgency, the critical few, how many tolerances off, how long."""


def exceptions_of(
    measure_id: str, measure: Measure, rules: Mapping[str, ExceptionRule], judged: Sequence[Judged]
) -> list[Attention]:
    """The exceptions of one series; at most one for each rule."""
    found = []
    for rule_id, rule in rules.items():
        hit = _off_target(judged) if rule.when == "off_target" else _data_missing(judged)
        if hit and hit.running >= rule.for_periods:
            found.append(_attention(measure_id, measure, rule_id, rule, hit))
    return found


def _off_target(judged: Sequence[Judged]) -> Judged | None:
    last = next((each for each in reversed(judged) if each.value is not None), None)
    return last if last and last.status is Status.off_target else None


def _data_missing(judged: Sequence[Judged]) -> Judged | None:
    return judged[-1] if judged and judged[-1].status is Status.overdue else None


def _attention(measure_id: str, measure: Measure, rule_id: str, rule: ExceptionRule, hit: Judged) -> Attention:
    severity = (rule.severity_if_worsening or rule.severity) if is_worsening(hit) else rule.severity
    distance = 0.0
    if hit.line and hit.value is not None:
        gap = shortfall(hit.value, hit.line, measure.polarity)
        distance = gap / hit.line.tolerance if hit.line.tolerance else gap / (abs(hit.line.high) or 1)
    said = [f"{measure.title}: {hit.status_sentence}", _running(measure, hit), hit.direction_sentence]
    evidence = {
        "value": hit.value,
        "target_low": hit.line.low if hit.line else None,
        "target_high": hit.line.high if hit.line else None,
        "tolerance": hit.line.tolerance if hit.line else None,
        "periods_running": hit.running,
        "last_period": hit.last_period.value,
        "last_year": hit.last_year.value,
    }
    rank = (_ORDER[severity], 0 if measure.critical_few else 1, -round(distance, 6), -hit.running)
    sentence = " ".join(part for part in said if part)
    return Attention(measure_id, rule_id, hit.since, severity, sentence, hit, evidence, rank)


def is_worsening(judged: Judged) -> bool:
    """Worse than a year before; where there is no such figure, worse than the period before."""
    way = judged.last_year if judged.last_year is not Direction.unknown else judged.last_period
    return way is Direction.worse


def _running(measure: Measure, hit: Judged) -> str:
    if hit.running < 2 or hit.status is not Status.off_target:
        return ""
    return f"Off target for {hit.running} {measure.frequency}s running."
