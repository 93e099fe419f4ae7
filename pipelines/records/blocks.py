"""A file of records in blocks: no more rows at a time than fit easily into memory, each block a table of its own."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipelines.areas import AreaIndex
from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Grid, GridRow, as_text
from pipelines.read.headings import Headings, find_headings, place_columns, unknown_columns
from pipelines.read.rows import Row, Rows
from pipelines.read.table import (
    BLANK_ROWS_ARE_ROWS,
    Held,
    Table,
    period_of_file,
    ragged,
    refuse_faulty_headings,
    refuse_mostly_ragged,
    rows_above,
)
from pipelines.records.cells import Block, CellBlock, TextBlock
from pipelines.records.columns import ColumnReader, PlaceReader, period_columns
from pipelines.records.fast_rows import FastRows, Stretch
from pipelines.records.left_out import LeftOut
from scorecard.catalogue import Severity, Source
from scorecard.periods import Period
from scorecard.wildcard import matches_any
from scorecard.wording import count

BLOCK_ROWS: Final = 125_000
MOST_CELL_ROWS: Final = 100_000
"""Rows that come one by one take ten times the memory."""
TITLE_ROWS: Final = 50
"""Headings are looked for in the first rows only, so that a file without them is not read to its end."""


@dataclass
class _Progress:
    """How far a file has been read."""

    ended: bool = False
    """Its table has ended; what comes after it is notes."""
    records: int = 0
    ragged: list[Held] = field(default_factory=list)


class BlockReader:
    """The tables that the rows of one file or sheet make, block by block, in the form that `understand` gives.

    A blank place is the home council's. `period` says which months the records cover. With `text`, the file that the
    rows are split from, as much of it as is plain is read from there, several times faster.
    """

    def __init__(
        self, opened: Rows, source_id: str, source: Source, path: str, sha256: str, areas: AreaIndex,
        block_rows: int = BLOCK_ROWS, text: Path | None = None,
    ) -> None:  # fmt: skip
        """Raises Refused when the headings or the period cannot be found."""
        self.source_id, self.source, self.path, self.sha256 = source_id, source, path, sha256
        self.sheet, self.encoding, self.block_rows = opened.sheet, opened.encoding, block_rows
        first = islice(opened.rows, max(TITLE_ROWS, source.header.row or 0))
        top = tuple(GridRow(number, tuple(cells)) for number, cells in first)
        self._headings = _find_headings(Grid(top, opened.sheet, opened.encoding, opened.faults), source)
        self._above = len(top) - len(self._headings.body)
        self.top = rows_above(Grid(top), self._headings.row_number)
        self._opened, self._text = opened, text
        self._places = place_columns(self._headings, source.columns)
        self.unknown = unknown_columns(self._headings, source, self._places)
        """What there is to say about headings that the contract does not name, if anything."""
        if self.unknown and self.unknown.severity is Severity.refuse:
            raise Refused(self.unknown)
        period = period_of_file(source, path, opened.sheet)
        if period is None:  # the catalogue does not let such a source through
            raise ValueError(f"source {source_id} does not say which months a file covers")
        self.period: Period = period
        self._readers = {name: ColumnReader(name, source) for name in self._places}
        self._place_reader = PlaceReader(source, areas, period)
        self._left_out = LeftOut(source)
        self.plain_lines = 0
        """Lines that were read the fast way, so far: each is a row."""
        self._repeated = self._headings.repeated

    @property
    def header_row(self) -> int:
        """Row number of the lowest heading row."""
        return self._headings.row_number

    def __iter__(self) -> Iterator[Table]:
        """At least one table; `rows_found` of all of them make up the file. Raises Refused where it breaks off."""
        progress, tables = _Progress(), 0
        for table in self._tables(progress):
            tables += 1
            progress.records += len(table.frame) + len(table.held)
            progress.ragged += [held for held in table.held if held.code is Code.ragged_row]
            yield table
        if not tables:
            yield self._table(CellBlock.of([]), [], self._above)
        refuse_mostly_ragged(progress.ragged, progress.records, self._headings.width)
        if progress.records < self.source.minimum_rows:
            sentence = (
                f"It has {count(progress.records, 'record')}; at least {self.source.minimum_rows:,} are expected."
            )
            raise Refused(Problem(Code.too_few_rows, Severity.refuse, sentence))

    def _tables(self, progress: _Progress) -> Iterator[Table]:
        above, rest = self._above, self._opened.rows
        body: Iterator[Row] = ((row.number, row.cells) for row in self._headings.body)
        if self._text is not None and not self._opened.faults:
            last = self._headings.body[-1].number if self._headings.body else self._headings.row_number
            fast = FastRows(self._text, self.source, self.encoding, self._headings.width)
            for stretch in fast:
                self.plain_lines = fast.lines
                for part in stretch.parts(self.header_row, self.block_rows):
                    yield self._of_stretch(part, progress, above)
                    above = 0
            if fast.is_whole:
                return
            body = ((number, cells) for number, cells in body if number > fast.lines)
            rest = rest if fast.lines <= last else (row for row in rest if row[0] > fast.lines)
        every = chain(body, rest)
        while True:
            with _collector_paused():
                block = list(islice(every, min(self.block_rows, MOST_CELL_ROWS)))
                if not block and not above:
                    break
                table = self._of_rows(block, progress, above)
            above = 0
            yield table

    def _of_stretch(self, stretch: Stretch, progress: _Progress, above: int) -> Table:
        """A stretch of plain text: none of its rows has a fault that only the slow way finds."""
        found = len(stretch.numbers) + len(stretch.others) + above
        block = TextBlock(stretch.numbers, stretch.table)
        others = stretch.others
        if self.source.ends_before or progress.ended:
            end = 0 if progress.ended else self._end_of(block, others)
            progress.ended = progress.ended or end is not None
            if end is not None:
                block = block.where(block.numbers < end)
                others = [row for row in others if row[0] < end]
        block = block.where(block.has_text() & ~block.repeats(self._repeated))
        others = [row for row in others if any(map(as_text, row[1])) and tuple(row[1]) not in self._repeated]
        return self._table(block, [ragged(GridRow(at, tuple(row)), self._headings.width) for at, row in others], found)

    def _end_of(self, block: TextBlock, others: list[Row]) -> int | None:
        """The number of the row that ends the table, if it is among these."""
        firsts = zip(block.numbers.tolist(), block.first_texts(), strict=True)
        alone = ((number, next(filter(None, map(as_text, cells)), "")) for number, cells in others)
        ends = (number for number, text in chain(firsts, alone) if matches_any(self.source.ends_before, text))
        return min(ends, default=None)

    def _of_rows(self, rows: list[Row], progress: _Progress, above: int) -> Table:
        found, faults, held = len(rows) + above, self._opened.faults, []
        if faults:
            held = [
                Held(number, fault.code, fault.sentence, tuple(map(as_text, cells)))
                for number, cells in rows
                if not progress.ended and (fault := faults.get(number))
            ]
            rows = [row for row in rows if row[0] not in faults]
        rows = self._before_the_end(rows, progress, held)
        if not self._opened.is_ragged:
            width = self._headings.width
            ragged_rows = [ragged(GridRow(at, tuple(cells)), width) for at, cells in rows if len(cells) != width]
            rows = [row for row in rows if len(row[1]) == width] if ragged_rows else rows
            held += ragged_rows
        return self._table(CellBlock.of(rows), held, found)

    def _before_the_end(self, rows: list[Row], progress: _Progress, held: list[Held]) -> list[Row]:
        """The rows that are neither blank nor headings again, up to the one that ends the table."""
        end = 0 if progress.ended else len(rows)
        if self.source.ends_before and not progress.ended:
            firsts = (next((text for cell in cells if (text := as_text(cell))), "") for _, cells in rows)
            end = next((at for at, text in enumerate(firsts) if matches_any(self.source.ends_before, text)), len(rows))
            if end < len(rows):
                progress.ended = True
                held[:] = [each for each in held if each.row < rows[end][0]]
        repeated, keeps_blanks = self._repeated, self.source.format in BLANK_ROWS_ARE_ROWS
        kept = (row for row in rows[:end] if keeps_blanks or any(map(as_text, row[1])))
        return [row for row in kept if tuple(row[1]) not in repeated]

    def _table(self, block: Block, held: list[Held], rows_found: int) -> Table:
        """The table of rows that are as wide as the headings; `held` are those set aside so far."""
        frame = self._frame(block)
        if len(block):
            kept, totals, faulty = self._left_out.of(block, frame)
            held = sorted([*held, *faulty], key=lambda each: each.row)
            block, frame = block.where(kept), frame if kept.all() else frame[kept].reset_index(drop=True)
        else:
            totals = {}
        return Table(
            self.source_id, self.path, self.sha256, self.sheet, self.encoding, self.header_row, rows_found,
            frame if len(frame) else pd.DataFrame(), held, block, rows_found - len(block) - len(held), totals,
            top=self.top,
        )  # fmt: skip

    def _frame(self, block: Block) -> pd.DataFrame:
        if not len(block):
            return pd.DataFrame()
        typed: dict[str, Any] = {}
        for name, reader in self._readers.items():
            typed |= reader.read(block.column(self._places[name]))
        places = pd.Series(typed[self.source.area.column]) if self.source.area and self.source.area.column else None
        return pd.DataFrame(
            {
                "source_row": block.numbers,
                **period_columns(self.period, len(block)),
                **self._place_reader.read(places, len(block)),
                **typed,
            },
            copy=False,
        )


def _find_headings(grid: Grid, source: Source) -> Headings:
    try:
        headings = find_headings(grid, source.header)
    except Refused as refused:
        if len(grid.rows) < TITLE_ROWS:
            raise
        told = f"in its {len(grid.rows)} rows."
        sentence = refused.problem.sentence.removesuffix(told) + f"in its first {len(grid.rows)} rows."
        raise Refused(replace(refused.problem, sentence=sentence)) from refused
    refuse_faulty_headings(grid, headings)
    return headings


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A block is a million small objects without a cycle; looking through them again and again takes half the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
