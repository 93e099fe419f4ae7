"""A contract drafted from a look at a file: a block for `sources:` that loads it, for a person to go over."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pydantic import ValidationError

from pipelines.areas import AreaIndex
from pipelines.authoring.block import block_of
from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import GridRow
from pipelines.read.headings import Headings, place_columns
from pipelines.trial.by_contract import try_by
from pipelines.trial.guess import OLDER_MARKS, Guess
from pipelines.trial.look import Look
from scorecard.catalogue import Column, Source

_LONGEST_ID: Final = 60
_NOTE: Final = (
    "# A draft made from one file. Say who sends it, put * where the file's name changes, and go over the types."
)


def draft(look: Look, location: Path, path: str, areas: AreaIndex | None) -> str:
    """The block, as it stands below `sources:`; of the drafts that come to mind the first that loads every row.

    Period and area are named where every row has one and they do not take rows for repeats of others. Where no
    draft loads every row, the plainest one stands.
    """
    name = PurePosixPath(path).name
    source_id = _id(PurePosixPath(path).stem, set())
    entries = list(_entries(look, name))
    for entry in entries:
        if _loads_all(entry, location, path, areas):
            break
    return "\n".join(["sources:", f"  {_NOTE}", *block_of(source_id, entry)]) + "\n"


def _loads_all(entry: dict[str, Any], location: Path, path: str, areas: AreaIndex | None) -> bool:
    try:
        source = Source.model_validate(entry)
    except ValidationError:
        return False
    found = try_by("draft", source, location, path, areas)
    return all(one.outcome == "load" and not _repeats(one.problems) for one in found)


def _repeats(problems: Sequence[Problem]) -> bool:
    return any(problem.code is Code.identical_rows for problem in problems)


def _entries(look: Look, name: str) -> Iterator[dict[str, Any]]:
    named = _named(look)
    period = next((column for column, guess in named.items() if guess.period_form), None)
    area = next((column for column, guess in named.items() if guess.area_by), None)
    texts = [column for column, guess in named.items() if guess.type == "text" and column not in (period, area)]
    plain = _entry(look, name, named)
    keys = [{}, *({"key": texts[:many]} for many in range(1, len(texts) + 1))][:6]
    if period and area:
        both = plain | {"area": {"column": area, "by": named[area].area_by}} | _period(period, named)
        yield from (both | key for key in keys)
    if period:
        yield from (plain | _period(period, named) | key for key in keys)
    yield plain


def _period(column: str, named: dict[str, Guess]) -> dict[str, Any]:
    return {"period": {"column": column, "forms": [named[column].period_form]}}


def _entry(look: Look, name: str, named: dict[str, Guess]) -> dict[str, Any]:
    entry: dict[str, Any] = {"title": name, "publisher": "the service that sends it", "files": [name]}
    entry["format"] = look.format
    if look.format == "delimited":
        entry |= {"delimiter": look.delimiter} if look.delimiter != "," else {}
        encoding = (look.encoding or "utf-8").removesuffix("-sig")
        entry |= {"encodings": [encoding]} if encoding not in ("utf-8", "cp1252") else {}
    if look.sheet is not None:
        entry["sheets"] = [look.sheet]
    if look.header_row is None:
        entry["header"] = {"above": look.first_cell}
    elif look.header_row != 1:
        entry["header"] = {"row": look.header_row}
    marks = dict.fromkeys(mark for column in look.columns for mark in column.marks)
    if marks:
        entry["markers"] = {mark: OLDER_MARKS[mark] for mark in marks}
    return entry | {"columns": {column: _column(guess, look) for column, guess in named.items()}}


def _named(look: Look) -> dict[str, Guess]:
    taken: set[str] = set()
    return {_id(column.heading or f"column_{column.letter}", taken): column for column in look.columns}


def _id(text: str, taken: set[str]) -> str:
    """A name as ids are written, different from those taken."""
    bare = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")[: _LONGEST_ID - 4]
    bare = bare if bare[:1].isalpha() and bare.isascii() else f"c_{bare}".rstrip("_")
    found, at = bare, 2
    while found in taken:
        found, at = f"{bare}_{at}", at + 1
    taken.add(found)
    return found


def _column(guess: Guess, look: Look) -> dict[str, Any]:
    column: dict[str, Any] = {"header": guess.heading} if _is_found(guess, look) else {"at": guess.letter}
    if guess.type != "text":
        column["type"] = guess.type
    if guess.date_forms:
        column["date_forms"] = list(guess.date_forms)
    return column


def _is_found(guess: Guess, look: Look) -> bool:
    """Whether the heading alone finds this column and no other."""
    heading = guess.heading.strip()
    if look.header_row is None or not heading or ">" in heading:
        return False
    row = GridRow(1, tuple(column.heading for column in look.columns))
    try:
        found = place_columns(Headings((row,), ()), {"it": Column(header=heading)})
    except Refused:
        return False
    return found["it"] == look.columns.index(guess)
