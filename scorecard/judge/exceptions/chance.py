"""How many exceptions chance alone would give: what a reader must know to trust the list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scorecard.catalogue.exception_rule import ExceptionRule, Sudden, Sustained
from scorecard.judge.exceptions.evidence import number
from scorecard.judge.finding import Finding
from scorecard.wording import count


@dataclass(frozen=True)
class ByChance:
    """How many of the measures judged would be flagged though nothing has changed."""

    judged: int
    """Measures of which at least one test of chance could be made."""
    expected: float
    """How many of them chance alone would flag in one period."""

    @property
    def sentence(self) -> str:
        """The same for readers."""
        if not self.judged:
            return "No measure has figures enough to tell a change from chance."
        about = f"about {self.expected:.1f}" if self.expected >= 0.05 else "fewer than 0.1"
        judged = f"Of {count(self.judged, 'measure')} judged, {about} would be flagged by chance alone"
        return f"{judged} in one reporting period."


def expected_by_chance(series: Iterable[tuple[Mapping[str, ExceptionRule], Sequence[Finding]]]) -> ByChance:
    """The sum, over series, of the chance that a healthy one is flagged for the worse; one pair a series.

    Each pair has the rules that hold for the measure and its findings. Only tests that a declared rule acts on
    count, and each with the stricter of its own chance (`false_alarms` of its evidence) and the rule's. A series
    with two tests counts the sum, which is at most a little too many. Parts are left out: their chance takes account
    of all parts looked at already.
    """
    judged, expected = 0, 0.0
    for rules, findings in series:
        alarms = [alarm for each in findings if (alarm := _alarms(rules.values(), each)) is not None]
        judged += bool(alarms)
        expected += min(1.0, sum(alarms))
    return ByChance(judged, expected)


def _alarms(rules: Iterable[ExceptionRule], finding: Finding) -> float | None:
    own = number(finding, "false_alarms")
    limits = [rule.chance for rule in rules if isinstance(rule, Sudden | Sustained)]
    if own is None or not limits or finding.judgement != "change" or finding.status == "not_judged":
        return None
    return min(own, max(limits))
