"""Rules for registers: their sources, columns, conditions, links, steps and backlogs."""

from collections.abc import Iterator, Mapping
from typing import Any

from scorecard.catalogue.catalogue import Catalogue
from scorecard.catalogue.fault import Path
from scorecard.catalogue.record_rules import expression_fault, kinds_of
from scorecard.catalogue.register import Register
from scorecard.catalogue.register_column_rules import column_faults
from scorecard.catalogue.source import Source
from scorecard.expression import Kind
from scorecard.nearest import did_you_mean, nearest

Found = Iterator[tuple[Path, str]]


def register_faults(catalogue: Catalogue) -> Found:
    """Every fault in the registers, as (path into the catalogue, message)."""
    for name, register in catalogue.registers.items():
        at: Path = ("registers", name)
        if register.service not in catalogue.services:
            known = did_you_mean(register.service, catalogue.services)
            yield (*at, "service"), f"there is no service '{register.service}'.{known}"
        source = catalogue.sources.get(register.source)
        if source is None:
            known = did_you_mean(register.source, catalogue.sources)
            yield (*at, "source"), f"there is no source '{register.source}'.{known}"
        elif source.holds != "records":
            message = (
                f"source '{register.source}' holds returns; a register needs 'holds: records', a row for each item."
            )
            yield (*at, "source"), message
        else:
            for found in (column_faults, _conditions, _words):
                yield from (((*at, *path), text) for path, text in found(register, source))
        for rule in (_links, _steps, _dates):
            yield from (((*at, *path), text) for path, text in rule(register, catalogue))
    yield from _same_source(catalogue)
    yield from _same_title(catalogue)


def _conditions(register: Register, source: Source) -> Found:
    columns = kinds_of(source)
    conditions: list[tuple[Path, str | None]] = [(("where",), register.where)]
    conditions += [(("clocks", index, "where"), clock.where) for index, clock in enumerate(register.clocks)]
    conditions += [(("steps", step_id, "where"), step.where) for step_id, step in register.steps.items()]
    for path, text in conditions:
        fault = text and expression_fault(text, Kind.condition, columns)
        if fault:
            yield path, fault


def _words(register: Register, source: Source) -> Found:
    """Where the source lists the words of a column, the register must know all of them, and no others."""
    for field, of, meanings in (("statuses", "status", register.statuses), ("ratings", "rating", register.ratings)):
        column_id = getattr(register.columns, of)
        column = source.columns.get(column_id) if column_id else None
        if meanings and column_id is None:
            yield (field,), f"there is no '{of}' in columns whose words these are."
        if column is None or not column.allowed:
            continue
        yield from _misfits(field, column_id, column.allowed, meanings)


def _misfits(field: str, column: str, allowed: tuple[str, ...], meanings: Mapping[str, Any]) -> Found:
    unknown = [word for word in meanings if word not in allowed]
    for word in unknown:
        yield (field, word), f"column '{column}' may not hold '{word}'.{did_you_mean(word, allowed)}"
    meant = {nearest(word, allowed) for word in unknown}
    for word in allowed:
        if word not in meanings and word not in meant:
            yield (field,), f"column '{column}' may hold '{word}', and nothing says what it means."


def _links(register: Register, catalogue: Catalogue) -> Found:
    for index, link in enumerate(register.columns.links):
        at: Path = ("columns", "links", index)
        if link.kind == "register" and link.to is None:
            yield at, "a link to a register needs 'to': the register whose items are named."
        elif link.kind != "register" and link.to is not None:
            yield (*at, "to"), f"'to' is for 'kind: register'; a {link.kind} is found by its id or title."
        elif link.to is not None and link.to not in catalogue.registers:
            known = did_you_mean(link.to, catalogue.registers)
            yield (*at, "to"), f"there is no register '{link.to}'.{known}"
        elif link.kind == "goal" and catalogue.plan is None:
            yield (*at, "kind"), "there is no 'plan' in the catalogue, so there are no goals to link to."


def _steps(register: Register, catalogue: Catalogue) -> Found:
    for step_id, step in register.steps.items():
        if step.on is None and register.columns.opened is None:
            message = "nothing says in which year an item counts: give 'on', or 'opened' in columns."
            yield ("steps", step_id), message
        at: Path = ("steps", step_id, "of")
        if step.of is not None and step.of not in register.steps:
            yield at, f"there is no step '{step.of}'.{did_you_mean(step.of, register.steps)}"
        elif step_id in _above(register, step.of):
            yield at, f"'{step_id}' is a share of itself in the end."


def _above(register: Register, start: str | None) -> list[str]:
    """The step something is a share of, that step's own, and so on."""
    chain: list[str] = []
    while start in register.steps and start not in chain:
        chain.append(start)
        start = register.steps[start].of
    return chain


def _dates(register: Register, catalogue: Catalogue) -> Found:
    if register.baseline and not register.has_due:
        yield ("baseline",), "a backlog is what is overdue: give 'due' in columns, or a clock with 'is_due'."
    if register.columns.revised and not register.has_due:
        yield ("columns", "revised"), "later dates need the ORIGINAL one: give 'due', or a clock with 'is_due'."
    if register.has_due and not register.can_end:
        yield ("columns",), "nothing says when an item is done: give 'closed', 'signed_off' or a status that means it."


def _same_source(catalogue: Catalogue) -> Found:
    """An item belongs to one register, so two over one source must each say which rows are theirs."""
    over: dict[str, list[str]] = {}
    for name, register in catalogue.registers.items():
        over.setdefault(register.source, []).append(name)
    for name, register in catalogue.registers.items():
        others = [other for other in over[register.source] if other != name]
        before = others[: over[register.source].index(name)]
        same = [other for other in before if catalogue.registers[other].where == register.where]
        if others and register.where is None:
            message = (
                f"'{others[0]}' is a register over source '{register.source}' too, and an item belongs to one: say"
                " under 'where' which rows are items of this one."
            )
            yield ("registers", name, "source"), message
        elif same:
            yield ("registers", name, "where"), f"'{same[0]}' claims the same rows of source '{register.source}'."


def _same_title(catalogue: Catalogue) -> Found:
    first: dict[str, str] = {}
    for name, register in catalogue.registers.items():
        other = first.setdefault(register.title.casefold(), name)
        if other != name:
            yield ("registers", name, "title"), f"'{register.title}' is already the title of '{other}'."
