"""Which columns of its source a register names, of what type each must be, and what its key must hold."""

from collections.abc import Iterator
from typing import Final

from scorecard.catalogue.fault import Path
from scorecard.catalogue.register import Register
from scorecard.catalogue.source import Source
from scorecard.nearest import did_you_mean

Found = Iterator[tuple[Path, str]]
Named = Iterator[tuple[Path, str, tuple[str, ...]]]

_WORDS: Final = ("text",)
_NAMES: Final = ("text", "integer")
_NUMBERS: Final = ("number", "integer")
_DATES: Final = ("date",)
_TYPES: Final = {
    **dict.fromkeys(("title", "owner", "service", "status", "rating", "reason", "way_forward", "evidence"), _WORDS),
    **dict.fromkeys(("item", "priority", "part_of"), _NAMES),
    **dict.fromkeys(("opened", "due", "closed", "signed_off", "reported"), _DATES),
    "done": _NUMBERS,
}
"""Field of `columns` → the types its column may have."""


def column_faults(register: Register, source: Source) -> Found:
    """(path below the register, message) of every column that is not in its source, or of the wrong type."""
    for path, column, types in _named(register):
        if column not in source.columns:
            known = did_you_mean(column, source.columns)
            yield path, f"there is no column '{column}' in source '{register.source}'.{known}"
        elif types and source.columns[column].type not in types:
            held = source.columns[column].type
            yield path, f"column '{column}' holds {held}; a column of type {' or '.join(types)} is wanted."
    yield from _key(register, source)
    yield from _dates_of_its_own(register)


def _named(register: Register) -> Named:
    columns = register.columns
    for field, types in _TYPES.items():
        column = getattr(columns, field)
        if column:
            yield ("columns", field), column, types
    for index, column in enumerate(columns.revised):
        yield ("columns", "revised", index), column, _DATES
    for index, link in enumerate(columns.links):
        yield ("columns", "links", index, "column"), link.column, _NAMES
    for index, column in enumerate(register.details):
        yield ("details", index), column, ()
    for index, column in enumerate(register.by):
        yield ("by", index), column, _WORDS
    for number, clock in enumerate(register.clocks):
        for field in ("start", "until", "extended"):
            if getattr(clock, field):
                yield ("clocks", number, field), getattr(clock, field), _DATES
    for number, stage in enumerate(register.stages):
        yield ("stages", number, "on"), stage.on, _DATES
    for step_id, step in register.steps.items():
        if step.on:
            yield ("steps", step_id, "on"), step.on, _DATES
    yield from _of_scores(register)


def _of_scores(register: Register) -> Named:
    if register.scores is None:
        return
    for field in ("inherent", "residual", "target"):
        for index, column in enumerate(getattr(register.scores, field) or ()):
            yield ("scores", field, index), column, _NUMBERS
    if register.scores.appetite:
        yield ("scores", "appetite"), register.scores.appetite, _NUMBERS


def _key(register: Register, source: Source) -> Found:
    columns = register.columns
    key = ", ".join(source.key)
    if columns.reported and columns.reported in source.columns:
        if columns.reported not in source.key:
            message = f"the key of source '{register.source}' must hold '{columns.reported}': a row an item and report."
            yield ("columns", "reported"), message
        elif len(source.key) == 1:
            yield ("columns", "reported"), f"the key of source '{register.source}' names no item besides the report."
    if not columns.reported:
        known = {columns.opened, columns.due, *(clock.start for clock in register.clocks)}
        for column in source.key:
            if column in source.columns and source.columns[column].type == "date" and column not in known:
                message = (
                    f"the key of source '{register.source}' holds the date '{column}', so an item may have several"
                    f" rows: say 'reported: {column}', or take it out of the key."
                )
                yield ("columns",), message
    if columns.item and columns.item in source.columns and columns.item not in source.key:
        yield ("columns", "item"), f"'{columns.item}' is not in the key of source '{register.source}' ({key})."


def _dates_of_its_own(register: Register) -> Found:
    columns = register.columns
    if columns.signed_off and columns.signed_off == columns.closed:
        message = "a sign-off is somebody else's word, so it needs a column other than 'closed'."
        yield ("columns", "signed_off"), message
    seen = {columns.due}
    for index, column in enumerate(columns.revised):
        if column in seen:
            yield ("columns", "revised", index), f"'{column}' is named twice: each agreed date has its own column."
        seen.add(column)
