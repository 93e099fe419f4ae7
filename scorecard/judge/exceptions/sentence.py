"""An exception in one sentence for leadership: what, where, since when, and why it is not chance."""

from collections.abc import Sequence
from typing import Final

from scorecard.catalogue import Measure
from scorecard.catalogue.exception_rule import Improved, RuleKind
from scorecard.judge.exceptions.evidence import chance, number, word
from scorecard.judge.exceptions.hit import Hit
from scorecard.judge.exceptions.place import said_since
from scorecard.judge.finding import Finding
from scorecard.periods import Period
from scorecard.wording import bare, count, figure, joined

MOST_WORDS: Final = 45
_ALSO: Final[dict[RuleKind, str]] = {
    "off_target": "off target",
    "sudden": "a sudden change for the worse",
    "sustained": "lastingly worse",
    "forecast": "unlikely to meet the year's target",
    "failing": "seldom on target",
    "hidden_part": "far from the rest",
    "behind_peers": "falling behind its peers",
    "data_late": "figures overdue",
    "data_missing": "figures overdue",
    "restated": "earlier figures changed",
    "improved": "better",
}


def sentence_for(
    measure: Measure, name: str, hits: Sequence[Hit], period: Period, *, confirmed: bool, ending: str
) -> str:
    """The sentence of hits, the leading one first, at `name` (empty for the council as a whole).

    `ending` is what to say of the state. At most MOST_WORDS words: what does not fit is left to the evidence.
    """
    first, *others = hits
    said = f"{measure.title}: {_main(measure, name, first, period)}"
    also = list(dict.fromkeys(_ALSO[each.rule.when] for each in others if each.rule_id != first.rule_id))
    parts = [f"also {joined(also)}"] if also else []
    parts += ["two tests agree that this is not chance"] if confirmed else []
    for part in (ending, *parts):
        longer = f"{said}; {part}" if part else said
        said = longer if len(longer.split()) <= MOST_WORDS else said
    return f"{said}."


def resolved_sentence(measure: Measure, name: str, periods: int, now: Finding | None) -> str:
    """What to say of an exception that has ended. `now` is how the measure stands against its target."""
    where = f"{name}, " if name else ""
    said = f"{measure.title}: {where}no longer an exception after {count(periods, measure.frequency.value)}"
    longer = f"{said}: {_own_words(measure, now)}" if now and now.sentence else said
    return f"{longer if len(longer.split()) <= MOST_WORDS else said}."


def back_sentence(measure: Measure, periods: int, now: Finding, period: Period) -> str:
    """What to say of a measure that is back on target."""
    held = figure(number(now, "value"), measure.unit, measure.decimals)
    off = count(periods, measure.frequency.value)
    return f"{measure.title}: {held} in {_label(now, period)}, back on target after {off} off it."


def _main(measure: Measure, name: str, hit: Hit, period: Period) -> str:
    finding, since = hit.finding, said_since(hit.since, measure)
    said = None
    if finding.judgement == "target" and hit.concern == "performance":
        said = _against_target(measure, hit, since, period)
    elif finding.judgement == "change":
        said = _changed(measure, hit, since, period)
    elif finding.judgement == "direction":
        said = _drifted(measure, hit, since)
    elif finding.judgement == "forecast":
        said = _foreseen(measure, finding)
    if said:
        return said
    own = _own_words(measure, finding)
    return own if name in own else f"{name}: {own}"


def _against_target(measure: Measure, hit: Hit, since: str, period: Period) -> str | None:
    finding = hit.finding
    value, low, high = (number(finding, key) for key in ("value", "target_low", "target_high"))
    if value is None or low is None:
        return None
    target = bare(low, measure.unit, measure.decimals)
    if high is not None and high != low:
        target += f" to {bare(high, measure.unit, measure.decimals)}"
    held = f"off target for {count(hit.periods, measure.frequency.value)}, since {since}" if hit.periods > 1 else ""
    ways = {"better": "better than", "worse": "worse than", "same": "no better than"}
    year, last = ways.get(word(finding, "last_year")), ways.get(word(finding, "last_period"))
    moved = f"{year} a year before" if year else f"{last} the {measure.frequency.value} before" if last else ""
    now = f"{figure(value, measure.unit, measure.decimals)} in {_label(finding, period)} against a target of {target}"
    rest = " and ".join(part for part in (held, moved) if part)
    return f"{now}, {rest}" if rest else f"{now}, beyond the tolerance"


def _changed(measure: Measure, hit: Hit, since: str, period: Period) -> str | None:
    finding = hit.finding
    now = number(finding, "value") if hit.rule.when == "sudden" else number(finding, "now")
    now = number(finding, "now") if now is None else now
    usual = number(finding, "usual")
    if now is None or usual is None:
        return None
    shown, before = (figure(each, measure.unit, measure.decimals) for each in (now, usual))
    if hit.rule.when == "sudden":
        return f"{shown} in {_label(finding, period)}, where {before} is usual{_by_chance(finding)}"
    better = "better" if isinstance(hit.rule, Improved) else "worse"
    return f"{better} since {since}, now about {shown} where {before} was usual{_by_chance(finding)}"


def _drifted(measure: Measure, hit: Hit, since: str) -> str | None:
    finding = hit.finding
    first, last = number(finding, "first"), number(finding, "last")
    if first is None or last is None or finding.status not in {"rising", "falling"}:
        return None
    better = "better" if isinstance(hit.rule, Improved) else "worse"
    moved = " to ".join(figure(each, measure.unit, measure.decimals) for each in (first, last))
    return f"{finding.status} since {since}, for the {better}, from {moved}{_by_chance(finding)}"


def _foreseen(measure: Measure, finding: Finding) -> str | None:
    end, target, likely = (number(finding, key) for key in ("forecast", "target", "chance"))
    if end is None or target is None:
        return None
    told = f", with about {likely:.0%} chance of meeting it" if likely is not None and likely >= 0.01 else ""
    year = word(finding, "year") or "the year"
    goal = bare(target, measure.unit, measure.decimals)
    return f"likely to end {year} at {figure(end, measure.unit, measure.decimals)} against a target of {goal}{told}"


def _by_chance(finding: Finding) -> str:
    """ ", which chance alone gives about once in 2,000"; empty where the chance is not small."""
    rare = chance(finding)
    if rare > 0.1:
        return ""
    if rare < 1e-6:
        return ", which chance alone gives less than once in a million"
    odds = 1 / rare
    tens = 10 ** (len(str(int(odds))) - 1)
    return f", which chance alone gives about once in {round(odds / tens) * tens:,}"


def _own_words(measure: Measure, finding: Finding) -> str:
    """The finding's own words as part of one sentence, without its last parts where it would be too long."""
    said = finding.sentence.removeprefix(f"{measure.title}: ").strip().rstrip(".").replace(". ", "; ")
    room = MOST_WORDS - len(measure.title.split())
    while len(said.split()) > room and "; " in said:
        said = said.rpartition("; ")[0]
    return " ".join(said.split()[:room])


def _label(finding: Finding, period: Period) -> str:
    return word(finding, "period") or period.label
