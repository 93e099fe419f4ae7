"""Find the row or rows of headings, and which column each contract column stands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Cell, Grid, GridRow, as_text
from pipelines.read.titles import Titles, fits, fold, letter_of, position_of
from scorecard.catalogue import Column, HeaderPlace, Severity, Source
from scorecard.nearest import did_you_mean, nearest
from scorecard.set_aside import HEADINGS
from scorecard.wording import joined

_LOOKED_AT: Final = 50
"""Rows below the headings in which a column without a heading is looked for."""
_SURE_LENGTH: Final = 12
"""Characters of headings together."""
_MOST_SHOWN: Final = 8
_LONGEST_SHOWN: Final = 60


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
        """Cells in the lowest heading row; where there are no headings, in the first row."""
        if self.rows:
            return len(self.rows[-1].cells)
        return len(self.body[0].cells) if self.body else 0

    @property
    def repeated(self) -> frozenset[tuple[Cell, ...]]:
        """Cells by which a row further down is known to be the headings again, as on every page of a report.

        Only of rows of words that are long enough for no row of figures to be like them by chance.
        """
        return frozenset(row.cells for row in self.rows if _is_told_by_its_words(row))


def _is_told_by_its_words(row: GridRow) -> bool:
    filled = [cell for cell in row.cells if as_text(cell)]
    words = [cell for cell in filled if isinstance(cell, str)]
    return len(words) == len(filled) > 1 and sum(map(len, words)) >= _SURE_LENGTH


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
    return all(any(fits(wanted, cell) for cell in held) for wanted in place.containing)


def place_columns(headings: Headings, columns: dict[str, Column]) -> dict[str, int | None]:
    """Column id to position (from 0); None for an optional column that is absent.

    Raises Refused when a needed column is missing or a heading fits several columns.
    """
    titles = Titles(headings.rows)
    width = max(len(titles.stacks), headings.width)
    return {name: _place(name, column, titles, columns, width) for name, column in columns.items()}


def unknown_columns(headings: Headings, source: Source, places: Mapping[str, int | None]) -> Problem | None:
    """One problem that names the headings no column of the contract has, each with the one it may be meant for.

    Columns that have cells but no heading are named, too; blank columns between others are no matter, nor are the
    reasons in a download of rows set aside that is sent back.
    Its severity is the contract's.
    """
    if source.unknown_columns == "ignore":
        return None
    taken = set(places.values())
    wanted = _spoken_for(source.columns)
    missing = [source.columns[name].heading for name, at in places.items() if at is None]
    titles = Titles(headings.rows)
    taken |= {at for heading in wanted for at in titles.positions(heading)}
    own = {at: stack.own[-1][0] for at, stack in enumerate(titles.stacks) if stack.own}
    unknown = [text for at, text in own.items() if at not in taken and text not in HEADINGS]
    filled = {at for row in headings.body[:_LOOKED_AT] for at, cell in enumerate(row.cells) if as_text(cell)}
    untitled = [letter_of(at) for at in sorted(filled - taken - own.keys())] if headings.rows else []
    told = [_told(text, [*missing, *wanted]) for text in unknown[:_MOST_SHOWN]]
    return _unknown(told, len(unknown), untitled, Severity(source.unknown_columns))


def _told(heading: str, wanted: list[str]) -> str:
    meant = nearest(heading, wanted)
    return f"'{heading[:_LONGEST_SHOWN]}'" + (f" (did you mean '{meant}'?)" if meant else "")


def _unknown(told: list[str], unknown: int, untitled: list[str], severity: Severity) -> Problem | None:
    said = []
    if unknown:
        names = joined(told) if unknown == len(told) else f"{', '.join(told)} and {unknown - len(told):,} more"
        said.append(f"The contract does not know the heading{'s' * (unknown > 1)} {names}.")
    if untitled:
        letters = joined(untitled[:_MOST_SHOWN])
        one = len(untitled) == 1
        said.append(f"Column{'' if one else 's'} {letters} {'has' if one else 'have'} cells but no heading.")
    if not said:
        return None
    left_out = " They are left out." if severity is Severity.note else ""
    return Problem(Code.column_unknown, severity, " ".join(said) + left_out)


def _spoken_for(columns: Mapping[str, Column]) -> list[str]:
    return [heading for column in columns.values() for heading in (column.header, *column.also) if heading]


def _place(name: str, column: Column, titles: Titles, columns: Mapping[str, Column], width: int) -> int | None:
    if column.at:
        position = position_of(column.at)
        if position < max(width, 1):
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
