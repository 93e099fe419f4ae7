"""Every definition as one HTML document that can be printed, put before a committee or kept."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from scorecard.catalogue import Catalogue, LimitTarget, Measure, Stage, stage_on
from scorecard.html_document import rendered
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

TEMPLATE: Final = "definitions.html.jinja"


@dataclass(frozen=True)
class Aim:
    """One target in words: "85%", from when, and who set it."""

    since: str
    words: str
    reason: str


@dataclass(frozen=True)
class Part:
    """One theme with its measures by id, as the catalogue orders them."""

    theme_id: str
    title: str
    question: str
    entries: tuple["Printed", ...]


@dataclass(frozen=True)
class Printed:
    """One measure in the words of the document."""

    measure_id: str
    measure: Measure
    stage: str
    facts: Mapping[str, str]
    """What is said of it, by heading, in the order of the document."""
    aims: tuple[Aim, ...]
    life: tuple[str, ...]
    counter: tuple[str, str] | None
    """Id and title of the measure to read beside it."""


def definitions_document(catalogue: Catalogue, as_at: date, only: Collection[str] | None = None) -> str:
    """One self-contained HTML page with every measure, the plan's goals and the leadership, as they stood on a day.

    With `only`, the measures that are not among these ids are left out altogether: whoever reads it learns nothing of
    them, nor that they are what another is read beside.
    """
    if only is not None:
        shown = {name: measure for name, measure in catalogue.measures.items() if name in only}
        catalogue = catalogue.model_copy(update={"measures": shown})
    return rendered(
        TEMPLATE, council=catalogue.council, plan=catalogue.plan, parts=_parts(catalogue, as_at),
        as_at=day_in_words(as_at), serving=_serving(catalogue), stages=STAGE_WORDS,
    )  # fmt: skip


def _parts(catalogue: Catalogue, as_at: date) -> list[Part]:
    parts = []
    for theme_id, theme in catalogue.themes.items():
        entries = tuple(
            _printed(catalogue, name, measure, as_at)
            for name, measure in catalogue.measures.items()
            if measure.theme == theme_id
        )
        if entries:
            parts.append(Part(theme_id, theme.title, theme.question, entries))
    return parts


def _printed(catalogue: Catalogue, name: str, measure: Measure, as_at: date) -> Printed:
    beside = measure.counter_measure
    newest_first = sorted(measure.targets, key=lambda target: target.since or date.min, reverse=True)
    return Printed(
        name,
        measure,
        stage_on(measure.lifecycle, as_at).value,
        {heading: words for heading, words in _facts(catalogue, measure).items() if words},
        tuple(
            Aim(
                f"From {day_in_words(target.since)}" if target.since else "From the start",
                target_in_words(target, measure),
                target.reason,
            )
            for target in newest_first
        ),
        tuple(_life(measure)),
        (beside, catalogue.measures[beside].title) if beside in catalogue.measures else None,
    )


def _life(measure: Measure) -> Iterator[str]:
    """Each decision, then each new level, as a sentence."""
    for one in measure.lifecycle:
        yield decision_in_words(
            one.decision, one.on, one.reason, one.approved_by, breaks_comparability=one.breaks_comparability
        )
    for rebase in measure.rebases:
        yield f"New usual level from {day_in_words(rebase.on)}: {rebase.reason.rstrip('.')}."


def _facts(catalogue: Catalogue, measure: Measure) -> dict[str, str]:
    """Heading → words; an empty text is left out of the document."""
    links, goals = measure.links, catalogue.plan.goals if catalogue.plan else {}
    has_tolerance = any(not isinstance(target, LimitTarget) for target in measure.targets)
    tolerance = tolerance_in_words(catalogue.tolerance_of(measure), measure.unit)
    small = measure.small_numbers
    return {
        "What is counted": measure.counted or "",
        "Bear in mind": measure.caveat or "",
        "Unit": measure.unit,
        "Figures": f"{basis_in_words(measure.basis, measure.frequency.value)}.",
        "What is good": f"{POLARITY_WORDS[measure.polarity]}.",
        "Close to target": f"Within {tolerance}." if has_tolerance else "",
        "How it is judged": KIND_RULES[measure.kind].sentence,
        "Small numbers": f"Counts below {small}, other than none, are withheld." if small else "",
        "Answers for it": catalogue.owner_of(measure),
        "Service": " > ".join(_service_path(catalogue, measure.service)),
        "Sources": "; ".join(catalogue.sources[name].title for name in measure.source_ids if name in catalogue.sources),
        "Council plan": goals[links.plan_goal].title if links.plan_goal in goals else "",
        "Elsewhere": other_names(links.lg_inform, links.local_outcomes_framework, links.former),
        "Meant for": "" if measure.audience == "public" else AUDIENCE_WORDS[measure.audience],
        "Critical few": "One of the few measures that leadership watches first." if measure.critical_few else "",
    }


def _service_path(catalogue: Catalogue, service_id: str) -> list[str]:
    """Titles from the directorate down to the service; a tree that runs in a circle is cut."""
    path: list[str] = []
    seen: set[str] = set()
    here: str | None = service_id
    while here in catalogue.services and here not in seen:
        seen.add(here)
        path.insert(0, catalogue.services[here].title)
        here = catalogue.services[here].within
    return path


def _serving(catalogue: Catalogue) -> dict[str, list[tuple[str, str]]]:
    """Goal → id and title of each measure that serves it, removed ones aside."""
    served: dict[str, list[tuple[str, str]]] = {}
    for name, measure in catalogue.measures.items():
        if measure.links.plan_goal and stage_on(measure.lifecycle, date.max) is not Stage.removed:
            served.setdefault(measure.links.plan_goal, []).append((name, measure.title))
    return served
