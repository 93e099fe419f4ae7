"""Which exception rules the findings of a series meet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scorecard.catalogue import LastYearTarget, Measure
from scorecard.catalogue.exception_rule import (
    BehindPeers,
    DataLate,
    ExceptionRule,
    Failing,
    Forecast,
    HiddenPart,
    Improved,
    OffTarget,
    Restated,
    Sudden,
    Sustained,
    Urgency,
)
from scorecard.judge.exceptions.evidence import chance, day, distance, is_clear, number, word
from scorecard.judge.exceptions.place import periods_held
from scorecard.judge.finding import Finding
from scorecard.judge.target import target_for
from scorecard.periods import Period

Concern = Literal["performance", "data", "improvement"]
"""What an exception is about. Each is remembered by itself: figures that come at last do not end what they show."""


@dataclass(frozen=True)
class Hit:
    """One rule met by one finding."""

    rule_id: str
    rule: ExceptionRule
    finding: Finding
    since: date
    """First day of the first period concerned."""
    periods: int
    severity: Urgency

    @property
    def concern(self) -> Concern:
        """What it is about."""
        if isinstance(self.rule, DataLate | Restated):
            return "data"
        return "improvement" if isinstance(self.rule, Improved) else "performance"

    @property
    def distance(self) -> float:
        """How far from good, on the scale of `evidence.distance`."""
        return distance(self.finding)


def hits_of(
    measure: Measure,
    rules: Mapping[str, ExceptionRule],
    findings: Iterable[Finding],
    period: Period,
    running: Period,
    *,
    whole: bool,
) -> list[Hit]:
    """Every rule met, and by which finding; a rule may be met by two.

    `period` is the latest with a figure; `running` is the latest that has ended, by which lateness is counted.
    `whole` is True for the council's own series: only parts are judged by their being parts.
    """
    every = list(findings)
    # Against last year's figure, off target and worse than a year before are one and the same fact.
    worse = is_worsening(every) and not isinstance(target_for(measure.targets, period), LastYearTarget)
    found = []
    for rule_id, rule in rules.items():
        severity = rule.severity_if_worsening if worse and rule.severity_if_worsening else rule.severity
        for finding in every:
            if (whole or isinstance(rule, HiddenPart)) and meets(rule, finding):
                about_data = isinstance(rule, DataLate | Restated)
                since, periods = _held(measure, finding, running if about_data else period)
                if periods >= rule.for_periods:
                    found.append(Hit(rule_id, rule, finding, since, periods, severity))
    return found


def meets(rule: ExceptionRule, finding: Finding) -> bool:
    """Whether a finding is what a rule waits for, whatever its duration.

    Good news never meets a rule about bad news. What may be of either kind (a change, a forecast, a gap in the
    figures) must say that it is bad; the other statuses are bad by themselves.
    """
    about, status = finding.judgement, finding.status
    if isinstance(rule, Improved):
        lasting = about == "change" and status in {"sustained", "sudden_and_sustained"}
        return lasting and finding.adverse is False and chance(finding) <= rule.chance
    if finding.adverse is False:
        return False
    bad = finding.adverse is True
    match rule:
        case OffTarget():
            return about == "target" and status == "off_target" and _beyond(rule, finding)
        case Sudden():
            return about == "change" and status == "sudden" and bad and chance(finding) <= rule.chance
        case Sustained():
            lasting = about == "change" and status in {"sustained", "sudden_and_sustained"}
            return lasting and bad and chance(finding) <= rule.chance
        case Forecast():
            unlikely = about == "forecast" and status in {"at_risk", "will_miss"}
            told = number(finding, "chance")
            return unlikely and bad and (status == "will_miss" if told is None else told <= rule.chance)
        case Failing():
            return about == "assurance" and (status == "fail" or _seldom_met(rule, finding))
        case HiddenPart():
            set_apart = about == "parts" and (status == "hidden" or (status == "apart" and rule.apart))
            return set_apart and chance(finding, "q_value") <= rule.chance
        case BehindPeers():
            return about == "peers" and (bad or (rule.worst_quarter and status == "worst_quarter"))
        case DataLate():
            absent = about == "target" and status == "overdue" and "late" in rule.problems
            counts = bad or status in {"late", "stale_definition"}
            return absent or (about == "data" and status in rule.problems and counts)
        case Restated():
            return about == "data" and status == "restated" and (bad or rule.either_way)
        case _:
            raise AssertionError(f"no rule for {type(rule).__name__}")


def _beyond(rule: OffTarget, finding: Finding) -> bool:
    """Beyond so many tolerances. A limit has none, so to have passed it is enough."""
    off = number(finding, "tolerances_off")
    return rule.beyond <= 1 or off is None or not number(finding, "tolerance") or off >= rule.beyond


def _seldom_met(rule: Failing, finding: Finding) -> bool:
    hits, of = number(finding, "hits"), number(finding, "of")
    return rule.hits is not None and hits is not None and bool(of) and of is not None and hits * 12 <= rule.hits * of


def _held(measure: Measure, finding: Finding, period: Period) -> tuple[date, int]:
    if finding.status == "restated":  # its evidence tells how old the figures are, not their change
        return period.start, 1
    since = day(finding, "since")
    if since is None:
        running = max(1, int(number(finding, "running") or number(finding, "periods_running") or 1))
        since = period.shifted(-(running - 1) * measure.frequency.months).start
    return since, periods_held(since, period, measure)


def is_worsening(findings: Iterable[Finding]) -> bool:
    """Worse than a year before; where that cannot be said, worse than the period before."""
    for finding in findings:
        if finding.judgement == "target":
            year, last = word(finding, "last_year"), word(finding, "last_period")
            return (last if year in {"", "unknown"} else year) == "worse"
    return False


def is_bettering(findings: Iterable[Finding]) -> bool:
    """Whether a test of chance says that it has been getting better, and none that it has been getting worse."""
    tested = [each for each in findings if each.judgement in {"change", "direction", "variation"} and is_clear(each)]
    return any(each.adverse is False for each in tested) and not any(each.adverse for each in tested)
