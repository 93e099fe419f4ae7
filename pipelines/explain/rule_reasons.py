"""Why an exception rule is not met, in half a line."""

from collections.abc import Sequence
from typing import Final

from scorecard.catalogue import Measure
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
)
from scorecard.judge.exceptions.hit import meets
from scorecard.judge.finding import Finding, Judgement
from scorecard.wording import joined

ASKED: Final[dict[type[ExceptionRule], tuple[Judgement, str]]] = {
    OffTarget: ("target", "off target beyond so many tolerances"),
    Sudden: ("change", "a sudden change for the worse at such a chance"),
    Sustained: ("change", "a sustained change for the worse at such a chance"),
    Forecast: ("forecast", "at risk or bound to miss, for the worse, at such a chance of meeting the target"),
    Failing: ("assurance", "a verdict of fail"),
    HiddenPart: ("parts", "a part hidden by the whole, at such a q-value"),
    BehindPeers: ("peers", "the worst quarter and falling further behind"),
    DataLate: ("data", "one of these problems"),
    Restated: ("data", "restated figures, for the worse"),
    Improved: ("change", "a sustained change for the better at such a chance, or back on target after so long"),
}
"""By kind of rule the judgement it looks at, and what it asks of it."""


def why_not(
    measure: Measure, rule: ExceptionRule, own: ExceptionRule | None, findings: Sequence[Finding], *, whole: bool
) -> str:
    """Why a rule of the council is not met by these findings, as the end of a sentence.

    `own` is the rule as it holds for the measure, None where it does not; `whole` is whether they are the council's.
    """
    if own is None:
        if measure.kind not in rule.applies_to:
            return f"it is not for measures of the class {measure.kind}"
        return "neither end of the measure is better" if measure.polarity == "neutral" else "the measure turns it off"
    if not whole and not isinstance(own, HiddenPart):
        return "it is for the council as a whole"
    judgement, asked = ASKED[type(own)]
    seen = [each for each in findings if each.judgement == judgement]
    if any(meets(own, each) for each in seen):
        return f"it has not held for {own.for_periods} periods"
    if not seen:
        return f"it asks for {asked}, and there is nothing of the kind"
    statuses = list(dict.fromkeys(each.status.replace("_", " ") for each in seen))
    news = "" if any(each.adverse for each in seen) else ", no bad news"
    return f"it asks for {asked}; {judgement} is {joined(statuses)}{news}"
