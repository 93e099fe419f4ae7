"""Find the row or rows of headings, and which column each contract column stands in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Grid, GridRow, as_text
from scorecard.catalogue import Column, HeaderPlace, Severity
from scorecard.nearest import did_you_mean
from scorecard.wildcard import matches
from scorecard.wording import joined

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
    stacks = _stacks(headings.rows)
    spoken_for = [heading for column in columns.values() for heading in (column.header or "", *column.also)]
    spare = [text for stack in stacks for text, _ in stack.own if not any(_fits(each, text) for each in spoken_for)]
    return {name: _place(name, column, stacks, spare) for name, column in columns.items()}


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


def _place(name: str, column: Column, stacks: list[_Stack], spare: list[str]) -> int | None:
    if column.at:
        position = _letters(column.at)
        if position < max(len(stacks), 1):
            return position
        raise Refused(Problem(Code.column_missing, Severity.refuse, f"There is no column {column.at}.", column=name))
    wanted = [column.header or "", *column.also]
    for heading in wanted:
        found = [at for at, stack in enumerate(stacks) if _stack_fits(heading, stack)]
        if len(found) > 1:
            letters = joined([_letter(at) for at in found])
            sentence = f"The heading '{heading}' fits the columns {letters}, so it cannot be told which is meant."
            raise Refused(Problem(Code.column_ambiguous, Severity.refuse, sentence, column=name))
        if found:
            return found[0]
    if column.optional:
        return None
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
    text = fold(held)
    return matches(fold(wanted), text) or matches(fold(wanted), _NOTE_NUMBERS.sub("", text).rstrip())


def _letters(letters: str) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


def _letter(position: int) -> str:
    letters, rest = "", position + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
