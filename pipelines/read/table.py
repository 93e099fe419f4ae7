"""A grid understood by its contract: typed columns, the place and period of each row, and what was left out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from pipelines.areas import AreaIndex
from pipelines.problems import Code, Problem, Refused
from pipelines.read.cells import CellReader, row_entries
from pipelines.read.grid import Grid, GridRow, as_text
from pipelines.read.headings import Headings, find_headings, place_columns, unknown_columns
from pipelines.read.period_places import period_columns, period_of_file, period_of_grid
from pipelines.read.values import Value
from scorecard.catalogue import Severity, Source
from scorecard.catalogue.layout import NamedRows
from scorecard.periods import Period
from scorecard.wildcard import matches_any
from scorecard.wording import count

__all__ = ["Held", "Table", "period_of_file", "ragged", "understand"]

_AS_WIDE_AS_HEADINGS: Final = ("delimited", "json", "json_lines")
"""Formats in which a row of another width may have moved its figures."""
BLANK_ROWS_ARE_ROWS: Final = ("parquet", "json", "json_lines", "query")
"""Formats of programs, which do not leave lines blank for the eye."""


@dataclass(frozen=True)
class Held:
    """A row set aside, with the reason in words and the row as it stood."""

    row: int
    code: Code
    sentence: str
    cells: tuple[str, ...]


@dataclass
class Table:
    """One file (or sheet of it) read by one source.

    `frame` has one row per row of figures, or in a wide table one per row and period: source_row, area_code,
    area_text, period_start, period_end, period_text; per contract column its text, and for numbers and dates also
    `<column>__value`, `<column>__marker` and `<column>__unreadable`.
    """

    source_id: str
    path: str
    sha256: str
    sheet: str | None
    encoding: str | None
    header_row: int
    rows_found: int
    """Rows of the frame, rows held and rows skipped together: so a row of a wide table counts once a period."""
    frame: pd.DataFrame
    held: list[Held]
    raw: Mapping[int, tuple[str, ...]] = field(repr=False)
    rows_skipped: int
    """Blank, heading and note rows, and those that the contract declares to be no figures."""
    stated_totals: Mapping[str, float] = field(default_factory=dict)
    """Column → the total that the file itself states for it; the lowest, where several rows do."""
    periods_a_row: int = 1
    """Columns of periods in a wide table; 1 in any other."""
    top: tuple[tuple[str, ...], ...] = ()
    """The rows above the figures as text, the headings last: the first is row 1, and one that is blank is empty."""
    notes: list[Problem] = field(default_factory=list)
    """What reading the table found that sets no row aside."""


def understand(grid: Grid, source_id: str, source: Source, path: str, sha256: str, areas: AreaIndex | None) -> Table:
    """Read a grid by its contract. Raises Refused when the whole of it cannot be used."""
    headings = find_headings(grid, source.header)
    refuse_faulty_headings(grid, headings)
    reading = _Reading(source, headings, period_of_grid(grid, source, path), areas)
    body = _figures_only(headings, source, grid)
    skipped = len(grid.rows) - len(body)
    held: list[Held] = []
    raw: dict[int, tuple[str, ...]] = {}
    for row in body:
        fault = grid.faults.get(row.number)
        if fault is not None:
            held.append(Held(row.number, fault.code, fault.sentence, _as_texts(row)))
        elif source.format in _AS_WIDE_AS_HEADINGS and len(row.cells) != headings.width:
            held.append(ragged(row, headings.width))
        elif not reading.take(row, held):
            skipped += 1
        elif not held or held[-1].row != row.number:
            raw[row.number] = _as_texts(row)
    frame, periods = pd.DataFrame(reading.columns), max(len(reading.periods), 1)
    found = len(grid.rows) + len(raw) * (periods - 1)
    if len(raw) + len(held) < source.minimum_rows:
        sentence = f"It has {len(raw) + len(held)} rows of figures; at least {source.minimum_rows} are expected."
        raise Refused(Problem(Code.too_few_rows, Severity.refuse, sentence))
    refuse_mostly_ragged(held, len(raw) + len(held), headings.width)
    return Table(
        source_id, path, sha256, grid.sheet, grid.encoding, headings.row_number, found, frame, held, raw, skipped,
        reading.totals, periods, rows_above(grid, headings.row_number), reading.notes,
    )  # fmt: skip


class _Reading:
    """The columns of a table while its rows are gone through."""

    def __init__(self, source: Source, headings: Headings, fixed: Period | None, areas: AreaIndex | None) -> None:
        self.source, self.fixed, self.areas = source, fixed, areas
        self.wide = next((name for name, column in source.columns.items() if column.per_period), None)
        places = place_columns(headings, {name: one for name, one in source.columns.items() if name != self.wide})
        self.periods = period_columns(headings, source, places.values()) if self.wide else {}
        unknown = unknown_columns(headings, source, places | {f"period {at}": at for at in self.periods})
        if unknown is not None and unknown.severity is Severity.refuse:
            raise Refused(unknown)
        self.notes = [unknown] if unknown is not None else []
        self.places = list(places.items())
        self.readers = {name: CellReader(source, name) for name in source.columns}
        self.skipped = [_Named(rows) for rows in source.skip]
        self.stated = [(total.column, _Named(total.rows)) for total in source.checks.totals]
        self.columns: dict[str, list[object]] = {}
        self.totals: dict[str, float] = {}

    def take(self, row: GridRow, held: list[Held]) -> bool:
        """Add a row to the columns, or to those held; False when it is declared to be no row of figures."""
        values = {name: self.readers[name].value(row, at) for name, at in self.places}
        if any(named.fits(values) for named in self.skipped):
            return False
        if stating := [column for column, named in self.stated if named.fits(values)]:
            for column in stating:
                self._state(column, row, values)
            return False
        entries = list(self._entries(row, values))
        for name, value in (pair for entry, _ in entries for pair in entry.items()):
            fault = self.readers[name].fault(row.number, value)
            if fault is not None:
                held.append(Held(row.number, fault.code, fault.sentence, _as_texts(row)))
                return True
        for entry, period in entries:
            for name, said in row_entries(row.number, entry, self.source, self.areas, period).items():
                self.columns.setdefault(name, []).append(said)
        return True

    def _entries(self, row: GridRow, values: dict[str, Value]) -> Iterator[tuple[dict[str, Value], Period | None]]:
        if self.wide is None:
            yield values, self.fixed
        for at, period in self.periods.items():
            yield {**values, self.wide or "": self.readers[self.wide or ""].value(row, at)}, period

    def _state(self, column: str, row: GridRow, values: Mapping[str, Value]) -> None:
        cells: Iterable[Value] = (
            (self.readers[column].value(row, at) for at in self.periods) if column == self.wide else (values[column],)
        )
        numbers = [value.number for value in cells if value.number is not None]
        if numbers:
            self.totals[column] = sum(numbers)


class _Named:
    """Rows that the contract knows by what one of their cells holds."""

    def __init__(self, rows: NamedRows) -> None:
        self.column, self.texts = rows.column, {text.casefold() for text in rows.equal_to}

    def fits(self, values: Mapping[str, Value]) -> bool:
        value = values.get(self.column)
        return value is not None and (value.text or "").casefold() in self.texts


def _figures_only(headings: Headings, source: Source, grid: Grid) -> list[GridRow]:
    """Rows down to the end of the table, without blank ones and headings repeated on every page."""
    keeps_blanks, repeated = source.format in BLANK_ROWS_ARE_ROWS, headings.repeated
    kept = []
    for row in headings.body:
        if row.number in grid.faults:
            kept.append(row)
            continue
        if source.ends_before and matches_any(source.ends_before, row.first_text()):
            break
        if (keeps_blanks or not row.is_blank) and row.cells not in repeated:
            kept.append(row)
    return kept


def refuse_faulty_headings(grid: Grid, headings: Headings) -> None:
    """Raise Refused when a row of headings is one that would have to be set aside."""
    for row in headings.rows:
        fault = grid.faults.get(row.number)
        if fault is not None:
            sentence = f"{fault.sentence} It is a row of headings, so the columns cannot be told apart."
            raise Refused(Problem(fault.code, Severity.refuse, sentence))


def rows_above(grid: Grid, header_row: int) -> tuple[tuple[str, ...], ...]:
    """The rows of a grid from row 1 to the lowest row of headings, as text."""
    above = {row.number: _as_texts(row) for row in grid.rows if row.number <= header_row}
    return tuple(above.get(number, ()) for number in range(1, header_row + 1))


def refuse_mostly_ragged(held: list[Held], rows: int, width: int) -> None:
    """A wrong delimiter lets the few rows through that fit by chance."""
    faulty = [each for each in held if each.code is Code.ragged_row]
    if len(faulty) * 2 < rows or not faulty:
        return
    (usual, _), *_ = Counter(len(each.cells) for each in faulty).most_common(1)
    sentence = (
        f"{len(faulty):,} of {rows:,} rows have more or fewer cells than the row of headings, which has {width} "
        f"columns; most have {usual}. The delimiter or the quotation marks are not those of the contract, or a heading "
        "is missing."
    )
    raise Refused(Problem(Code.ragged_row, Severity.refuse, sentence))


def ragged(row: GridRow, width: int) -> Held:
    """A row set aside because it has more or fewer cells than there are headings."""
    found = count(len(row.cells), "cell")
    sentence = f"Row {row.number} has {found}; there are {width} headings, so its figures may have moved."
    return Held(row.number, Code.ragged_row, sentence, _as_texts(row))


def _as_texts(row: GridRow) -> tuple[str, ...]:
    return tuple(as_text(cell) for cell in row.cells)
