"""What leadership may ask the owner about an exception."""

from collections.abc import Mapping, Sequence
from typing import Final

from scorecard.catalogue import Measure
from scorecard.catalogue.exception_rule import ExceptionRule, RuleKind
from scorecard.judge.exceptions.evidence import day, number
from scorecard.judge.exceptions.place import said_since
from scorecard.judge.exceptions.sentence import is_seasonal
from scorecard.judge.finding import Finding
from scorecard.wording import bare, figure

QUESTIONS: Final[Mapping[RuleKind, str]] = {
    "off_target": "What has been done about {measure} since {since}, and when will it be back on target?",
    "sudden": "What happened to {measure} in {since}: is it over, or will it come again?",
    "sustained": "What has been different about {measure} since {since}, and what would turn it round?",
    "forecast": "What would have to change for {measure} to end the year on target, and who decides on it?",
    "failing": "Can {measure} meet its target the way the service works now, and if not, what must change?",
    "hidden_part": "What is different in {place} since {since}, and what is planned there for {measure}?",
    "behind_peers": "What do councils like ours do differently about {measure}, and which of them have we asked?",
    "data_late": "When will the figures for {measure} come, and what keeps them?",
    "data_missing": "When will the figures for {measure} come, and what keeps them?",
    "restated": "Why have the figures for {measure} changed, and was any decision made on the old ones?",
    "improved": "What has made {measure} better since {since}, and can others learn from it?",
}
"""By kind of rule, where a rule has none of its own. Asked of the owner, whose post stands beside it."""


FIRST_TIME: Final = "What took {measure} off target in {since}, and when will it be back?"
"""Where it is off target for the first period."""
IN_SEASON: Final = "Is the target of {measure} right for this time of year, and if it is, what would meet it?"
"""Where being off target is usual for the time of year."""


def question_for(
    rule: ExceptionRule,
    measure: Measure,
    owner: str,
    place: str,
    finding: Finding,
    said_of: str,
    findings: Sequence[Finding] = (),
) -> str:
    """The rule's question, else the one of its kind, with what it names filled in.

    `said_of` is since when; `findings` are all of the place.
    """
    asked, first = rule.question or QUESTIONS[rule.when], day(finding, "since")
    if rule.question is None and rule.when == "off_target":
        if is_seasonal(rule.when, finding, findings, measure):
            asked = IN_SEASON
        elif first and number(finding, "running") == 1:
            asked, said_of = FIRST_TIME, said_since(first, measure)
    value, low = number(finding, "value"), number(finding, "target_low")
    filled = {
        "measure": f"‘{measure.title}’",
        "owner": owner,
        "since": said_of,
        "place": place,
        "value": figure(value, measure.unit, measure.decimals),
        "target": "no target" if low is None else bare(low, measure.unit, measure.decimals),
    }
    return asked.format_map(filled)
