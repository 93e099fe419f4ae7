"""What the catalogue says of a measure: its meaning, how it is worked out and judged, its targets and its life."""

from datetime import date

from pipelines.explain.layout import Section
from scorecard.catalogue import Catalogue, LimitTarget, Measure, stage_on
from scorecard.judge.kinds import KIND_RULES
from scorecard.judge.target_words import target_in_words, tolerance_in_words
from scorecard.measure_words import (
    AUDIENCE_WORDS,
    POLARITY_WORDS,
    STAGE_WORDS,
    basis_in_words,
    day_in_words,
    decision_in_words,
    other_names,
)
from scorecard.workings import workings


def meaning(catalogue: Catalogue, measure: Measure) -> Section:
    """Definition, what is counted, caveat."""
    section = Section("What it is")
    section.say(measure.definition)
    beside = catalogue.measures.get(measure.counter_measure or "")
    section.facts(
        {
            "Counted": measure.counted or "",
            "Bear in mind": measure.caveat or "",
            "Read beside": beside.title if beside else "",
            "Elsewhere": other_names(
                measure.links.lg_inform, measure.links.local_outcomes_framework, measure.links.former
            ),
        }
    )
    return section


def working(catalogue: Catalogue, measure: Measure) -> Section:
    """How it is worked out, in sentences made from its entry."""
    section = Section("How it is worked out")
    for sentence in workings(measure, catalogue):
        section.say(sentence)
    section.facts({"Unit": measure.unit, "Figures": basis_in_words(measure.basis, measure.frequency.value)})
    return section


def judging(catalogue: Catalogue, measure: Measure) -> Section:
    """What good looks like: polarity, class, every target with its date and reason, tolerance."""
    section = Section("How it is judged")
    judged_by_tolerance = any(not isinstance(target, LimitTarget) for target in measure.targets)
    section.facts(
        {
            "Good is": POLARITY_WORDS[measure.polarity],
            "Class": f"{measure.kind}. {KIND_RULES[measure.kind].sentence}",
            "Tolerance": tolerance_in_words(catalogue.tolerance_of(measure), measure.unit)
            + ("" if measure.tolerance else " (the catalogue's)")
            if judged_by_tolerance
            else "",
            "Targets": "" if measure.targets else "none",
        }
    )
    by_date = sorted(measure.targets, key=lambda target: target.since or date.min)
    section.list(
        f"{f'from {day_in_words(target.since)}' if target.since else 'from the start'}: "
        f"{target_in_words(target, measure)} ({target.kind}). Reason: {target.reason}"
        for target in by_date
    )
    return section


def answering(catalogue: Catalogue, measure: Measure) -> Section:
    """Who answers for it and where it belongs."""
    section = Section("Who answers for it")
    goals = catalogue.plan.goals if catalogue.plan else {}
    goal = goals.get(measure.links.plan_goal or "")
    section.facts(
        {
            "Owner": catalogue.owner_of(measure),
            "Service": " > ".join(_service_path(catalogue, measure.service)),
            "Theme": catalogue.themes[measure.theme].title,
            "Council plan": goal.title if goal else "",
            "Meant for": AUDIENCE_WORDS[measure.audience],
        }
    )
    return section


def life(measure: Measure, as_at: date) -> Section:
    """Its stage on a day, and the decisions that led there."""
    section = Section("Its life")
    section.say(f"{STAGE_WORDS[stage_on(measure.lifecycle, as_at).value]} on {day_in_words(as_at)}.")
    section.list(
        decision_in_words(
            each.decision, each.on, each.reason, each.approved_by, breaks_comparability=each.breaks_comparability
        )
        for each in measure.lifecycle
    )
    section.list(f"New usual level from {day_in_words(each.on)}: {each.reason}" for each in measure.rebases)
    return section


def _service_path(catalogue: Catalogue, service_id: str) -> list[str]:
    service = catalogue.services[service_id]
    above = _service_path(catalogue, service.within) if service.within else []
    return [*above, service.title]
