"""Rules that look across entries: does everything named exist, and does what belongs together agree?

Each rule yields (path, message) and never raises, so that all faults are reported at once.
"""

from collections.abc import Iterable, Iterator

from scorecard.catalogue.catalogue import Catalogue
from scorecard.catalogue.cycle_rules import cycle_faults
from scorecard.catalogue.exception_faults import exception_faults
from scorecard.catalogue.fault import Path
from scorecard.catalogue.lifecycle import out_of_order
from scorecard.catalogue.measure import Figures, Measure
from scorecard.catalogue.record_rules import record_faults, reserved_names
from scorecard.catalogue.register_count_rules import failure_indicator_faults, register_count_faults
from scorecard.catalogue.register_rules import register_faults
from scorecard.catalogue.source import Source
from scorecard.catalogue.source_rules import source_faults
from scorecard.catalogue.target import BandTarget, ProfileTarget
from scorecard.nearest import did_you_mean

Found = Iterator[tuple[Path, str]]


def cross_check(catalogue: Catalogue) -> list[tuple[Path, str]]:
    """Every disagreement between entries, as (path into the catalogue, message)."""
    rules = (
        _services,
        _committees,
        source_faults,
        _references,
        _measures_name_what_exists,
        _figures,
        record_faults,
        reserved_names,
        _targets,
        _life,
        exception_faults,
        register_faults,
        register_count_faults,
        failure_indicator_faults,
        cycle_faults,
        _duplicate_titles,
    )
    return [found for rule in rules for found in rule(catalogue)]


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    return f"there is no {what} '{name}'.{did_you_mean(name, known)}"


def _services(catalogue: Catalogue) -> Found:
    for name, service in catalogue.services.items():
        if service.within and service.within not in catalogue.services:
            yield ("services", name, "within"), _unknown("service", service.within, catalogue.services)
        seen, at = {name}, service.within
        while at in catalogue.services:
            if at in seen:
                yield ("services", name, "within"), f"'{name}' is within itself."
                break
            seen.add(at)
            at = catalogue.services[at].within


def _committees(catalogue: Catalogue) -> Found:
    for name, committee in catalogue.committees.items():
        for field, what in (("services", "service"), ("themes", "theme"), ("measures", "measure")):
            known = getattr(catalogue, field)
            for index, wanted in enumerate(getattr(committee, field)):
                if wanted not in known:
                    yield ("committees", name, field, index), _unknown(what, wanted, known)


def _references(catalogue: Catalogue) -> Found:
    wanted: list[tuple[Path, str, tuple[str | None, ...]]] = []
    for index, register in enumerate(catalogue.areas.registers):
        needed = (register.code, register.name)
        further = (register.identity, register.former_codes, register.ended, register.replaced_by)
        wanted.append((("areas", "registers", index), register.source, (*needed, *further)))
    for index, names in enumerate(catalogue.areas.names):
        wanted.append((("areas", "names", index), names.source, (names.name, names.identity)))
    for index, outlines in enumerate(catalogue.areas.boundaries):
        wanted.append((("areas", "boundaries", index), outlines.source, (outlines.outline, outlines.properties)))
    for group_id, group in catalogue.peer_groups.items():
        if group.source:
            named = (group.of, group.group, *group.members, *group.where)
            wanted.append((("peer_groups", group_id), group.source, named))
    for path, source_id, columns in wanted:
        source = catalogue.sources.get(source_id)
        if source is None:
            yield (*path, "source"), _unknown("source", source_id, catalogue.sources)
            continue
        for column in columns:
            if column and column not in source.columns:
                yield path, _unknown(f"column in source '{source_id}'", column, source.columns)


def _measures_name_what_exists(catalogue: Catalogue) -> Found:
    for name, measure in catalogue.measures.items():
        if measure.theme not in catalogue.themes:
            yield ("measures", name, "theme"), _unknown("theme", measure.theme, catalogue.themes)
        if measure.service not in catalogue.services:
            yield ("measures", name, "service"), _unknown("service", measure.service, catalogue.services)
        if measure.counter_measure and measure.counter_measure not in catalogue.measures:
            message = _unknown("measure", measure.counter_measure, catalogue.measures)
            yield ("measures", name, "counter_measure"), message
        goals = catalogue.plan.goals if catalogue.plan else {}
        if measure.links.plan_goal and measure.links.plan_goal not in goals:
            yield ("measures", name, "links", "plan_goal"), _unknown("goal", measure.links.plan_goal, goals)


def _life(catalogue: Catalogue) -> Found:
    for name, measure in catalogue.measures.items():
        fault = out_of_order(measure.lifecycle)
        if fault:
            yield ("measures", name, "lifecycle"), fault


def _figures(catalogue: Catalogue) -> Found:
    for name, measure in catalogue.measures.items():
        for index, figures in enumerate(measure.figures):
            path: Path = ("measures", name, "figures", index)
            source = catalogue.sources.get(figures.source)
            if source is None:
                yield (*path, "source"), _unknown("source", figures.source, catalogue.sources)
                continue
            if source.holds == "records":
                yield (
                    (*path, "source"),
                    f"source '{figures.source}' holds records, not figures: say under 'records' what to count.",
                )
                continue
            if source.area is None or source.period is None:
                yield (
                    (*path, "source"),
                    f"source '{figures.source}' does not say which area and period a row is about.",
                )
            yield from (((*path, *at), text) for at, text in _columns_used(figures, source))


def _columns_used(figures: Figures, source: Source) -> Found:
    numbers = ("value", "numerator", "denominator", "lower", "upper")
    for field in (*numbers, "marker"):
        column = getattr(figures, field)
        if column is None:
            continue
        if column not in source.columns:
            yield (field,), _unknown(f"column in source '{figures.source}'", column, source.columns)
        elif field in numbers and source.columns[column].type not in {"number", "integer"}:
            yield (field,), f"column '{column}' holds {source.columns[column].type}, not numbers."
    for column in figures.where:
        if column not in source.columns:
            yield ("where", column), _unknown(f"column in source '{figures.source}'", column, source.columns)


def _targets(catalogue: Catalogue) -> Found:
    for name, measure in catalogue.measures.items():
        dates = [target.since for target in measure.targets]
        if len(set(dates)) != len(dates):
            yield (
                ("measures", name, "targets"),
                "two targets begin on the same day; give each its own 'since'.",
            )
        if measure.targets and measure.polarity == "neutral":
            yield (
                ("measures", name, "targets"),
                "a neutral measure has no good side, so it cannot have a target.",
            )
        elif measure.targets and measure.kind in {"contextual", "volumetric"}:
            message = (
                f"a {measure.kind} measure is not judged against a target; make it operational or drop the target."
            )
            yield ("measures", name, "targets"), message
        yield from _target_kinds(name, measure)


def _target_kinds(name: str, measure: Measure) -> Found:
    for index, target in enumerate(measure.targets):
        path: Path = ("measures", name, "targets", index)
        if isinstance(target, BandTarget) != (measure.polarity == "band"):
            yield path, "a band target and 'polarity: band' go together."
        if isinstance(target, ProfileTarget):
            wanted = 4 if measure.frequency == "quarter" else 12
            by_quarter = all(key.startswith("Q") for key in target.values)
            if measure.frequency == "year":
                yield path, "a yearly measure has one figure a year; use a fixed target."
            elif by_quarter != (measure.frequency == "quarter") or len(target.values) != wanted:
                yield (
                    (*path, "values"),
                    f"a {measure.frequency} profile needs all {wanted} {measure.frequency}s of the year.",
                )


def _duplicate_titles(catalogue: Catalogue) -> Found:
    first: dict[str, str] = {}
    for name, measure in catalogue.measures.items():
        other = first.setdefault(measure.title.casefold(), name)
        if other != name:
            yield ("measures", name, "title"), f"'{measure.title}' is already the title of '{other}'."
