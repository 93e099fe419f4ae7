"""Find the row or rows of headings, and which column each contract column stands in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Grid, GridRow, as_text
from scorecard.catalogue import Column, HeaderPlace, Severity, Source
from scorecard.nearest import did_you_mean, nearest
from scorecard.wildcard import matches
from scorecard.wording import joined

_LOOKED_AT: Final = 50
"""Rows below the headings in which a column without a heading is looked for."""
_MOST_SHOWN: Final = 8
_LONGEST_SHOWN: Final = 60
# A note number is stuck to a letter or bracket ("assessments1,2"); "Section 21" keeps its number.
_NOTE_NUMBERS = re.compile(r"(?<=[a-z)])\d{1,2}(\s?,\s?\d{1,2})*$")


@dataclass(frozen=True)
class Headings:
    """The heading rows of a grid and the rows below them."""

    rows: tuple[GridRow, ...]
    body: tuple[GridRow, ...]

    @property
    def row_number(self) -> int:
        """Row number of the lowest heading row; 0 when the data begin on the first row."""
        return self.rows[-1].number if self.rows else 0

    @property
    def width(self) -> int:
        """Cells in the lowest heading row."""
        return len(self.rows[-1].cells) if self.rows else 0


def fold(heading: str) -> str:
    """A heading without the differences that are forgiven: case, spaces, line breaks, "_" and dashes."""
    return re.sub(r"[\s_\-\u2013\u2014]+", " ", heading).strip().casefold()


def find_headings(grid: Grid, place: HeaderPlace) -> Headings:
    """Split a grid at its headings. Raises Refused when they are not where the contract says."""
    for at, row in enumerate(grid.rows):
        if _is_heading_row(row, place):
            return Headings((row,), grid.rows[at + 1 :])
        if place.above and any(fold(as_text(cell)) == fold(place.above) for cell in row.cells):
            return Headings(grid.rows[:at], grid.rows[at:])
    sought = (
        f"row {place.row} of headings"
        if place.row
        else f"row with the headings {joined([repr(name) for name in place.containing])}"
        if place.containing
        else f"first row of figures (a cell with '{place.above}')"
    )
    raise Refused(Problem(Code.header_missing, Severity.refuse, f"There is no {sought} in its {len(grid.rows)} rows."))


def _is_heading_row(row: GridRow, place: HeaderPlace) -> bool:
    if place.row:
        return row.number == place.row and not row.is_blank
    if not place.containing:
        return False
    held = [as_text(cell) for cell in row.cells]
    return all(any(_fits(wanted, cell) for cell in held) for wanted in place.containing)


def place_columns(headings: Headings, columns: dict[str, Column]) -> dict[str, int | None]:
    """Column id to position (from 0); None for an optional column that is absent.

    Raises Refused when a needed column is missing or a heading fits several columns.
    """
    titles = _Titles(_stacks(headings.rows))
    return {name: _place(name, column, titles, columns) for name, column in columns.items()}


def unknown_columns(headings: Headings, source: Source, places: Mapping[str, int | None]) -> Problem | None:
    """One problem that names the headings no column of the contract has, each with the one it may be meant for.

    Columns that have cells but no heading are named, too; blank columns between others are no matter.
    Its severity is the contract's.
    """
    taken = set(places.values())
    wanted = _spoken_for(source.columns)
    missing = [source.columns[name].heading for name, at in places.items() if at is None]
    titles = _Titles(_stacks(headings.rows))
    taken |= {at for heading in wanted for at in titles.positions(heading)}
    unknown, untitled = [], []
    for at, stack in enumerate(titles.stacks):
        if at in taken:
            continue
        if stack.own:
            unknown.append(_told(stack.own[-1][0], [*missing, *wanted]))
        elif any(at < len(row.cells) and as_text(row.cells[at]) for row in headings.body[:_LOOKED_AT]):
            untitled.append(letter_of(at))
    return _unknown(unknown, untitled, source.unknown_columns)


def _told(heading: str, wanted: list[str]) -> str:
    meant = nearest(heading, wanted)
    return f"'{heading[:_LONGEST_SHOWN]}'" + (f" (did you mean '{meant}'?)" if meant else "")


def _unknown(unknown: list[str], untitled: list[str], severity: Severity) -> Problem | None:
    more = f" and {len(unknown) - _MOST_SHOWN} more" if len(unknown) > _MOST_SHOWN else ""
    said = []
    if unknown:
        names = ", ".join(unknown[:_MOST_SHOWN]) + more if more else joined(unknown)
        said.append(f"The contract does not know the heading{'s' * (len(unknown) > 1)} {names}.")
    if untitled:
        letters = joined(untitled[:_MOST_SHOWN])
        one = len(untitled) == 1
        said.append(f"Column{'' if one else 's'} {letters} {'has' if one else 'have'} cells but no heading.")
    if not said:
        return None
    left_out = " They are left out." if severity is Severity.note else ""
    return Problem(Code.column_unknown, severity, " ".join(said) + left_out)


@dataclass(frozen=True)
class _Stack:
    """The headings of one column, top to bottom, each with the group headings above it."""

    own: tuple[tuple[str, tuple[str, ...]], ...]


def _stacks(rows: Iterable[GridRow]) -> list[_Stack]:
    rows = list(rows)
    width = max((len(row.cells) for row in rows), default=0)
    spread: list[list[str]] = []
    for row in rows:
        filled, last = [], ""
        for cell in (*row.cells, *("",) * (width - len(row.cells))):
            last = as_text(cell) or last
            filled.append(last)
        spread.append(filled)
    stacks = []
    for at in range(width):
        own = []
        for level, row in enumerate(rows):
            text = as_text(row.cells[at]) if at < len(row.cells) else ""
            if text:
                own.append((text, tuple(spread[above][at] for above in range(level))))
        stacks.append(_Stack(tuple(own)))
    return stacks


class _Titles:
    """The headings of all columns, to be looked up by what a contract calls them."""

    def __init__(self, stacks: list[_Stack]) -> None:
        self.stacks = stacks
        self._by_text: dict[str, dict[int, None]] = {}
        for at, stack in enumerate(stacks):
            for text, _ in stack.own:
                for form in _forms(text):
                    self._by_text.setdefault(form, {})[at] = None

    def positions(self, heading: str) -> list[int]:
        """Where a heading stands, from the left; only patterns and group headings are held against every column."""
        if "*" in heading or ">" in heading:
            return [at for at, stack in enumerate(self.stacks) if _stack_fits(heading, stack)]
        return list(self._by_text.get(fold(heading), ()))


def _spoken_for(columns: Mapping[str, Column]) -> list[str]:
    return [heading for column in columns.values() for heading in (column.header, *column.also) if heading]


def _place(name: str, column: Column, titles: _Titles, columns: Mapping[str, Column]) -> int | None:
    if column.at:
        position = _letters(column.at)
        if position < max(len(titles.stacks), 1):
            return position
        raise Refused(Problem(Code.column_missing, Severity.refuse, f"There is no column {column.at}.", column=name))
    wanted = [column.header or "", *column.also]
    for heading in wanted:
        found = titles.positions(heading)
        if len(found) > 1:
            letters = joined([letter_of(at) for at in found])
            sentence = f"The heading '{heading}' fits the columns {letters}, so it cannot be told which is meant."
            raise Refused(Problem(Code.column_ambiguous, Severity.refuse, sentence, column=name))
        if found:
            return found[0]
    if column.optional:
        return None
    known = {at for heading in _spoken_for(columns) for at in titles.positions(heading)}
    spare = [text for at, stack in enumerate(titles.stacks) if at not in known for text, _ in stack.own]
    hint = did_you_mean(wanted[0], spare)
    sentence = f"There is no column headed {' or '.join(repr(text) for text in wanted)}.{hint}"
    raise Refused(Problem(Code.column_missing, Severity.refuse, sentence, column=name))


def _stack_fits(heading: str, stack: _Stack) -> bool:
    *groups, last = [part.strip() for part in heading.split(">")]
    for text, above in stack.own:
        if _fits(last, text) and all(any(_fits(group, higher) for higher in above) for group in groups):
            return True
    return False


def _fits(wanted: str, held: str) -> bool:
    return any(matches(fold(wanted), form) for form in _forms(held))


def _forms(heading: str) -> tuple[str, str]:
    """A heading folded, and without a number of a note stuck to it."""
    text = fold(heading)
    return text, _NOTE_NUMBERS.sub("", text).rstrip()


def _letters(letters: str) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


def letter_of(position: int) -> str:
    """A column's letters, as a spreadsheet shows them, from its position (from 0)."""
    letters, rest = "", position + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
