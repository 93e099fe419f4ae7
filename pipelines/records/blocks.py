"""A file of records in blocks: no more rows at a time than fit easily into memory, each block a table of its own."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.areas import AreaIndex
from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Cell, Grid, GridRow, as_text
from pipelines.read.headings import Headings, find_headings, place_columns
from pipelines.read.rows import Row, Rows
from pipelines.read.table import Held, Table, period_of_file, ragged
from pipelines.records.columns import ColumnReader, PlaceReader
from scorecard.catalogue import Severity, Source
from scorecard.periods import Period
from scorecard.wildcard import matches_any
from scorecard.wording import count

BLOCK_ROWS: Final = 100_000
TITLE_ROWS: Final = 50
"""Headings are looked for in the first rows only, so that a file without them is not read to its end."""


class _Block(Mapping[int, tuple[str, ...]]):
    """The cells of a block. As a mapping: row number → the row as text, made when asked for."""

    def __init__(self, numbers: NDArray[np.int64], cells: NDArray[np.object_]) -> None:
        self.numbers, self.cells = numbers, cells

    @classmethod
    def of(cls, rows: list[Row]) -> "_Block":
        """The cells in an array, through which Python's collector need not look again and again."""
        width = max((len(cells) for _, cells in rows), default=0)
        flat: list[Cell | None] = list(chain.from_iterable(cells for _, cells in rows))
        if len(flat) != width * len(rows):
            flat = [cell for _, cells in rows for cell in (*cells, *(None,) * (width - len(cells)))]
        numbers = np.fromiter((number for number, _ in rows), dtype=np.int64, count=len(rows))
        return cls(numbers, np.fromiter(flat, dtype=object, count=len(flat)).reshape(len(rows), width))

    def column(self, at: int | None) -> NDArray[np.object_]:
        """The cells of a column; None throughout where there is no such column."""
        if at is None or at >= self.cells.shape[1]:
            return np.full(len(self), None, dtype=object)
        return self.cells[:, at]

    def where(self, kept: list[bool]) -> "_Block":
        """The rows that are marked."""
        return self if all(kept) else _Block(self.numbers[kept], self.cells[kept])

    def __getitem__(self, number: int) -> tuple[str, ...]:
        at = int(np.searchsorted(self.numbers, number))
        if at == len(self.numbers) or self.numbers[at] != number:
            raise KeyError(number)
        return tuple(as_text(cell) for cell in self.cells[at])

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers.tolist())

    def __len__(self) -> int:
        return len(self.numbers)


class BlockReader:
    """The tables that the rows of one file or sheet make, block by block, in the form that `understand` gives.

    A blank place is the home council's. `period` says which months the records cover.
    """

    def __init__(
        self, opened: Rows, source_id: str, source: Source, path: str, sha256: str, areas: AreaIndex,
        block_rows: int = BLOCK_ROWS,
    ) -> None:  # fmt: skip
        """Raises Refused when the headings or the period cannot be found."""
        self.source_id, self.source, self.path, self.sha256 = source_id, source, path, sha256
        self.sheet, self.encoding, self.block_rows = opened.sheet, opened.encoding, block_rows
        first = islice(opened.rows, max(TITLE_ROWS, source.header.row or 0))
        top = tuple(GridRow(number, tuple(cells)) for number, cells in first)
        self._headings = _find_headings(Grid(top, opened.sheet, opened.encoding), source)
        self._above = len(top) - len(self._headings.body)
        self._rest, self._is_ragged = opened.rows, opened.is_ragged
        self._places = place_columns(self._headings, source.columns)
        period = period_of_file(source, path, opened.sheet)
        if period is None:  # the catalogue does not let such a source through
            raise ValueError(f"source {source_id} does not say which months a file covers")
        self.period: Period = period
        self._readers = {name: ColumnReader(name, source) for name in self._places}
        self._place_reader = PlaceReader(source, areas, period)
        self._skipped = [(skip.column, {text.casefold() for text in skip.equal_to}) for skip in source.skip]

    @property
    def header_row(self) -> int:
        """Row number of the lowest heading row."""
        return self._headings.row_number

    def __iter__(self) -> Iterator[Table]:
        """At least one table; `rows_found` of all of them make up the file. Raises Refused where it breaks off."""
        body: Iterator[Row] = chain(((row.number, row.cells) for row in self._headings.body), self._rest)
        above, ended, records = self._above, False, 0
        while True:
            with _collector_paused():
                block = list(islice(body, self.block_rows))
                if not block and not above:
                    break
                rows, ended = _before_the_end(block, self.source, ended)
                table = self._table(rows, len(block) + above)
            above, records = 0, records + len(table.frame) + len(table.held)
            yield table
        if records < self.source.minimum_rows:
            sentence = f"It has {count(records, 'record')}; at least {self.source.minimum_rows:,} are expected."
            raise Refused(Problem(Code.too_few_rows, Severity.refuse, sentence))

    def _table(self, rows: list[Row], rows_found: int) -> Table:
        held: list[Held] = []
        if not self._is_ragged:
            width = self._headings.width
            held = [ragged(GridRow(number, tuple(cells)), width) for number, cells in rows if len(cells) != width]
            rows = [row for row in rows if len(row[1]) == width] if held else rows
        block = self._without_skipped(_Block.of(rows))
        return Table(
            self.source_id, self.path, self.sha256, self.sheet, self.encoding, self.header_row, rows_found,
            self._frame(block), held, block, rows_found - len(block) - len(held),
        )  # fmt: skip

    def _without_skipped(self, block: _Block) -> _Block:
        for name, texts in self._skipped:
            found = self._readers[name].texts(block.column(self._places[name]))
            block = block.where([(text or "").casefold() not in texts for text in found])
        return block

    def _frame(self, block: _Block) -> pd.DataFrame:
        if not len(block):
            return pd.DataFrame()
        typed: dict[str, Any] = {}
        for name, reader in self._readers.items():
            typed |= reader.read(block.column(self._places[name]))
        texts = pd.Series(typed[self.source.area.column]) if self.source.area and self.source.area.column else None
        period = {"start": self.period.start, "end": self.period.end, "text": self.period.label}
        return pd.DataFrame(
            {
                "source_row": block.numbers,
                **{f"period_{name}": [value] * len(block) for name, value in period.items()},
                **self._place_reader.read(texts, len(block)),
                **typed,
            }
        )


def _find_headings(grid: Grid, source: Source) -> Headings:
    try:
        return find_headings(grid, source.header)
    except Refused as refused:
        if len(grid.rows) < TITLE_ROWS:
            raise
        told = f"in its {len(grid.rows)} rows."
        sentence = refused.problem.sentence.removesuffix(told) + f"in its first {len(grid.rows)} rows."
        raise Refused(replace(refused.problem, sentence=sentence)) from refused


def _before_the_end(rows: list[Row], source: Source, ended: bool) -> tuple[list[Row], bool]:
    """The rows that are not blank, up to the one that ends the table, and whether it has ended."""
    end = 0 if ended else len(rows)
    if source.ends_before and not ended:
        first_texts = (next((text for cell in cells if (text := as_text(cell))), "") for _, cells in rows)
        end = next((at for at, text in enumerate(first_texts) if matches_any(source.ends_before, text)), len(rows))
    return [row for row in rows[:end] if any(map(as_text, row[1]))], ended or end < len(rows)


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
