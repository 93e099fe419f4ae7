"""Which exception rules a measure meets and which not, and what became of it, step by step."""

from collections.abc import Iterable, Sequence

from pipelines.explain.judged_then import JudgedThen
from pipelines.explain.layout import Section
from pipelines.explain.rule_reasons import why_not
from scorecard.catalogue.exception_rule import ExceptionRule, rules_of
from scorecard.judge.exceptions import Attention, Hit, Place, Remembered
from scorecard.judge.exceptions.hit import hits_of
from scorecard.judge.finding import Finding
from scorecard.periods import latest_complete
from scorecard.wording import count, joined


def rules_step(then: JudgedThen) -> Section:
    """Every rule of the council: met, by what and since when, or not met and why."""
    section = Section("Which exception rules it meets")
    measure, rules = then.measure, rules_of(then.measure, then.held.catalogue.exception_rules)
    places = _places(then)
    hits = {part: _hits(then, rules, many, part) for part, many in places.items()}
    for rule_id, rule in then.held.catalogue.exception_rules.items():
        own = rules.get(rule_id)
        met = [(part, hit) for part, many in hits.items() for hit in many if hit.rule_id == rule_id]
        asks = f"{rule_id} ({_parameters(own or rule)}; {_whose(then, rule_id)})"
        if met:
            named = joined([_met(part, hit) for part, hit in met])
            section.list([f"{asks}: MET {named}."])
        else:
            every = [each for many in places.values() for each in many]
            section.list([f"{asks}: not met; {why_not(measure, rule, own, every, whole=then.is_home)}."])
    if not then.held.catalogue.exception_rules:
        section.say("The catalogue declares none.")
    return section


def outcome_step(then: JudgedThen) -> Section:
    """The exceptions, how the memory read, and what to ask."""
    section = Section("What became of it")
    listed = [each for each in then.judgements.listed.entries if _is_of(each.place, then)]
    for at, each in enumerate(listed):
        section.lines += [""] if at else []
        section.facts(
            {
                "Exception": f"{each.rule}{f', {each.place.part}' if each.place.part else ''}"
                + ("" if each.adverse else " (good news)"),
                "State": f"{each.state}, {each.severity}, since {each.since.day} {each.since:%B %Y}, "
                f"{count(each.periods, str(then.measure.frequency))}"
                + ("; confirmed by a second test" if each.confirmed else ""),
                "Also": joined(list(each.also)),
                "Sentence": each.sentence,
                "Question": each.question,
                "Asked of": each.owner,
                "Remembered": _remembered(then, each),
            }
        )
    if not listed:
        section.say("No exception: it is not on the list.")
    return section


def _places(then: JudgedThen) -> dict[str, list[Finding]]:
    """By part of a breakdown ("" for the area as a whole) the findings that rules look at there."""
    found: dict[str, list[Finding]] = {"": []}
    for each in then.findings:
        if each.judgement == "parts":
            found.setdefault(str(each.evidence.get("where") or ""), []).append(each)
        elif then.is_home:
            found[""].append(each)
    return found


def _hits(then: JudgedThen, rules: dict[str, ExceptionRule], findings: Iterable[Finding], part: str) -> Sequence[Hit]:
    running = latest_complete(then.held.as_at, then.measure.frequency)
    whole = then.is_home and not part
    return hits_of(then.measure, rules, findings, then.period, running, whole=whole)


def _met(part: str, hit: Hit) -> str:
    where = f"in {part} " if part else ""
    return (
        f"{where}by {hit.finding.judgement} ({hit.finding.status.replace('_', ' ')}), since {hit.since.day} "
        f"{hit.since:%B %Y}, severity {hit.severity}"
    )


def _parameters(rule: ExceptionRule) -> str:
    shared = set(ExceptionRule.model_fields)
    own = {name: value for name, value in rule.model_dump().items() if name not in shared}
    held = {"for_periods": rule.for_periods, "severity": rule.severity, **own}
    if rule.severity_if_worsening:
        held["severity_if_worsening"] = rule.severity_if_worsening
    return ", ".join(f"{name} {_told(value)}" for name, value in held.items())


def _told(value: object) -> str:
    if isinstance(value, list | tuple):
        return "/".join(str(each) for each in value)
    if value is None:
        return "not set"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _whose(then: JudgedThen, rule_id: str) -> str:
    changed = then.measure.exceptions.get(rule_id)
    if changed is None:
        return "the council's"
    return "turned off by the measure" if changed == "off" else "changed by the measure"


def _is_of(place: Place, then: JudgedThen) -> bool:
    return place.measure_id == then.measure_id and place.area_code == then.area


def _remembered(then: JudgedThen, entry: Attention) -> str:
    rows = [row for row in then.held.before.memory.rows if row.place == entry.place]
    earlier = [row for row in rows if row.period_end < entry.period.end]
    if not earlier:
        same = next((row for row in rows if row.period_end == entry.period.end), None)
        if same:
            return f"nothing from an earlier period; the run for this one called it {same.state}"
        known = (
            ""
            if then.held.before.memory.rows
            else "; nor of any other measure, so what began before it counts as continuing"
        )
        return f"nothing from an earlier period{known}"
    return _row(earlier[-1]) + (f", and {len(earlier) - 1} periods before it" if len(earlier) > 1 else "")


def _row(row: Remembered) -> str:
    return (
        f"{row.state} by {row.rule} in the period to {row.period_end.day} {row.period_end:%B %Y}, since "
        f"{row.since.day} {row.since:%B %Y}"
    )
