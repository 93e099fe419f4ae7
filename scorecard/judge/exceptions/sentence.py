"""An exception in one sentence for leadership: what, where, since when, and why it is not chance."""

from collections.abc import Sequence
from typing import Final

from scorecard.catalogue import LastYearTarget, Measure
from scorecard.catalogue.exception_rule import Improved, RuleKind
from scorecard.judge.exceptions.evidence import chance, number, word
from scorecard.judge.exceptions.hit import Hit
from scorecard.judge.exceptions.place import said_since
from scorecard.judge.finding import Finding
from scorecard.judge.standing_words import source_of
from scorecard.judge.target import target_for
from scorecard.periods import Period
from scorecard.wording import bare, count, figure, joined

MOST_WORDS: Final = 45
MONTHS: Final = 12
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
_BEGINS: Final[frozenset[RuleKind]] = frozenset({"off_target", "sustained"})
"""Kinds that have held since a day worth telling, where it is not the day already told."""
_STANDS: Final = {"on_target": "still on target", "close": "still within the tolerance of its target"}


def sentence_for(
    measure: Measure,
    name: str,
    hits: Sequence[Hit],
    period: Period,
    *,
    confirmed: bool,
    ending: str,
    findings: Sequence[Finding] = (),
) -> str:
    """The sentence of hits, the leading one first, at `name` (empty for the council as a whole).

    `ending` is what to say of the state; `findings` are all of the place, those that met no rule among them. At most
    MOST_WORDS words: what does not fit is left to the evidence.
    """
    first, *others = hits
    others = [each for each in others if each.rule_id != first.rule_id]
    main = _main(measure, name, first, period, findings)
    # A part's own words begin with its name: "Bins, Northward: 20.0% ...".
    joint = ", " if name and main.startswith(f"{name}: ") else ": "
    said = f"{measure.title}{joint}{main}"
    parts = [[ending], [_also(measure, first, others, full=full) for full in (True, False)]]
    parts += [[_standing(first, findings)], ["two tests agree that this is not chance" if confirmed else ""]]
    for ways in parts:
        longer = [f"{said}; {way}" for way in ways if way]
        said = next((each for each in longer if len(each.split()) <= MOST_WORDS), said)
    return f"{said}."


def is_seasonal(kind: RuleKind, finding: Finding, findings: Sequence[Finding], measure: Measure) -> bool:
    """Whether a figure off target is what is usual for the time of year: there is a season, and nothing has changed.

    Not where it has been off target for a whole year or is worse than a year before: then the season is no excuse.
    """
    change = next((each for each in findings if each.judgement == "change"), None)
    if kind != "off_target" or change is None or word(finding, "last_year") == "worse":
        return False
    lasted = (number(finding, "running") or 1) * measure.frequency.months
    return lasted < MONTHS and change.status == "no_change" and change.evidence.get("seasonal") is True


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


def _also(measure: Measure, first: Hit, others: Sequence[Hit], *, full: bool) -> str:
    """What else is wrong; in full with since when, or from what, where the leading rule has not told it."""
    told = []
    for each in others:
        said, usual = _ALSO[each.rule.when], number(each.finding, "usual")
        if full and each.rule.when in _BEGINS and each.since != first.since:
            said += f" since {said_since(each.since, measure)}"
        elif full and each.rule.when == "behind_peers" and each.since < first.since:
            said += f" (behind since {said_since(each.since, measure)})"
        elif full and each.rule.when == "sudden" and usual is not None:
            said += f" ({bare(usual, measure.unit, measure.decimals)} is usual)"
        told.append(said)
    return f"also {joined(list(dict.fromkeys(told)))}" if told else ""


def _standing(first: Hit, findings: Sequence[Finding]) -> str:
    """That a measure which has got worse is not off target."""
    against = next((each for each in findings if each.judgement == "target"), None)
    return _STANDS.get(against.status, "") if against and first.rule.when in {"sudden", "sustained"} else ""


def _main(measure: Measure, name: str, hit: Hit, period: Period, findings: Sequence[Finding]) -> str:
    finding, since = hit.finding, said_since(hit.since, measure)
    said = None
    if finding.judgement == "target" and hit.concern == "performance":
        said = _against_target(measure, hit, since, period)
        if said and is_seasonal(hit.rule.when, finding, findings, measure):
            said += ", as usual for the time of year"
    elif finding.judgement == "change":
        said = _changed(measure, hit, since, period)
    elif finding.judgement == "forecast":
        said = _foreseen(measure, finding)
    if said:
        return said
    own = _own_words(measure, finding)
    own = own[:1].lower() + own[1:] if hit.concern == "data" else own
    return own if name in own else f"{name}: {own}"


def _against_target(measure: Measure, hit: Hit, since: str, period: Period) -> str | None:
    finding = hit.finding
    value, low, high = (number(finding, key) for key in ("value", "target_low", "target_high"))
    if value is None or low is None:
        return None
    target = bare(low, measure.unit, measure.decimals)
    if high is not None and high != low:
        target += f" to {bare(high, measure.unit, measure.decimals)}"
    held = f"off target since {since} ({count(hit.periods, measure.frequency.value)})" if hit.periods > 1 else ""
    goal = target_for(measure.targets, period)
    if source := source_of(goal) if goal else "":
        target += f" ({source})"
    ways = {"better": "better than", "worse": "worse than", "same": "no better than"}
    year, last = ways.get(word(finding, "last_year")), ways.get(word(finding, "last_period"))
    moved = f"{year} a year before" if year else f"{last} the {measure.frequency.value} before" if last else ""
    if isinstance(goal, LastYearTarget):  # the target is the year before
        moved = ""
    now = f"{figure(value, measure.unit, measure.decimals)} in {_label(finding, period)} against a target of {target}"
    rest = " and ".join(part for part in (held, moved) if part)
    return f"{now}, {rest}" if rest else f"{now}, beyond the tolerance"


def _changed(measure: Measure, hit: Hit, since: str, period: Period) -> str | None:
    finding = hit.finding
    level, usual = number(finding, "now"), number(finding, "usual")
    latest = number(finding, "value")
    latest = level if latest is None else latest
    if latest is None or usual is None:
        return None
    before, rare = bare(usual, measure.unit, measure.decimals), _by_chance(finding, f" {measure.frequency.value}s")
    now = f"{figure(latest, measure.unit, measure.decimals)} in {_label(finding, period)}"
    if hit.rule.when == "sudden":
        return f"{now}, where {before} is usual{rare}"
    better = "better" if isinstance(hit.rule, Improved) else "worse"
    if word(finding, "method") == "trend" or level is None:
        way = "rising" if latest > usual else "falling"
        return f"{now}, {way} since {since}, for the {better}, from {before}{rare}"
    average = bare(level, measure.unit, measure.decimals)
    return f"{now}, {better} since {since}, on average {average} where {before} was usual{rare}"


def _foreseen(measure: Measure, finding: Finding) -> str | None:
    end, target, likely = (number(finding, key) for key in ("forecast", "target", "chance"))
    if end is None or target is None:
        return None
    told = f", with about {likely:.0%} chance of meeting it" if likely is not None and likely >= 0.01 else ""
    year = word(finding, "year") or "the year"
    goal = bare(target, measure.unit, measure.decimals)
    return f"likely to end {year} at {figure(end, measure.unit, measure.decimals)} against a target of {goal}{told}"


def _by_chance(finding: Finding, times: str = "") -> str:
    """ ", which chance alone gives about once in 2,000 months"; empty where the chance is not small.

    `times` is what the chance is counted by, if anything.
    """
    rare = chance(finding)
    if rare > 0.1:
        return ""
    if rare < 1e-6:
        return f", which chance alone gives less than once in a million{times}"
    odds = 1 / rare
    tens = 10 ** (len(str(int(odds))) - 1)
    return f", which chance alone gives about once in {round(odds / tens) * tens:,}{times}"


def _own_words(measure: Measure, finding: Finding) -> str:
    """The finding's own words as part of one sentence, without its last parts where it would be too long."""
    said = finding.sentence.removeprefix(f"{measure.title}: ").strip().rstrip(".").replace(". ", "; ")
    room = MOST_WORDS - len(measure.title.split())
    while len(said.split()) > room and "; " in said:
        said = said.rpartition("; ")[0]
    return " ".join(said.split()[:room])


def _label(finding: Finding, period: Period) -> str:
    return word(finding, "period") or period.label
