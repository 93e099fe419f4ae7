"""What the catalogue says of its measures, as rows: the measure, its life, its rebases and its targets."""

from datetime import date
from typing import Any

from scorecard.catalogue import Catalogue, Measure, stage_on
from scorecard.judge.kinds import KIND_RULES
from scorecard.judge.target_words import target_in_words, tolerance_in_words

Rows = list[dict[str, Any]]


def measure_rows(catalogue: Catalogue, as_at: date) -> Rows:
    """One row per measure; its stage is that of the day."""
    return [_measure(catalogue, at, name, each, as_at) for at, (name, each) in enumerate(catalogue.measures.items())]


def lifecycle_rows(catalogue: Catalogue) -> Rows:
    """One row per decision about a measure, oldest first."""
    return [
        {
            "measure_id": name,
            "position": at,
            "decision": decision.decision,
            "decided_on": decision.on,
            "reason": decision.reason,
            "approved_by": decision.approved_by,
            "breaks_comparability": decision.breaks_comparability,
        }
        for name, measure in catalogue.measures.items()
        for at, decision in enumerate(measure.lifecycle)
    ]


def rebase_rows(catalogue: Catalogue) -> Rows:
    """One row per day from which a measure's usual level is worked out anew."""
    return [
        {"measure_id": name, "rebased_on": rebase.on, "reason": rebase.reason}
        for name, measure in catalogue.measures.items()
        for rebase in measure.rebases
    ]


def target_rows(catalogue: Catalogue) -> Rows:
    """One row per target of a measure, in the order of their dates."""
    return [
        {
            "measure_id": name,
            "position": at,
            "kind": target.kind,
            "since": target.since,
            "in_words": target_in_words(target, measure),
            "reason": target.reason,
        }
        for name, measure in catalogue.measures.items()
        for at, target in enumerate(sorted(measure.targets, key=lambda each: each.since or date.min))
    ]


def _measure(catalogue: Catalogue, at: int, name: str, measure: Measure, as_at: date) -> dict[str, Any]:
    same = (
        "title", "kind", "critical_few", "unit", "decimals", "polarity", "basis", "definition", "counted", "caveat",
        "counter_measure", "audience", "small_numbers",
    )  # fmt: skip
    linked = ("plan_goal", "lg_inform", "local_outcomes_framework", "former")
    return {
        "measure_id": name,
        "position": at,
        "theme_id": measure.theme,
        "service_id": measure.service,
        "owner": catalogue.owner_of(measure),
        "frequency": measure.frequency.value,
        "stage": stage_on(measure.lifecycle, as_at).value,
        "tolerance": tolerance_in_words(catalogue.tolerance_of(measure), measure.unit),
        "judged_how": KIND_RULES[measure.kind].sentence,
        "definition_sha256": measure.version,
        **{field: getattr(measure, field) for field in same},
        **{field: getattr(measure.links, field) for field in linked},
    }
