"""The cells of a block of rows: column by column to be typed, and row by row for those that are set aside."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, Self, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.read.grid import Cell, as_text
from pipelines.read.rows import Row

Cells: TypeAlias = "NDArray[np.object_] | pa.StringArray"
"""The cells of a column, as a reader gave them one by one, or as a stretch of text has them."""
Marked = NDArray[np.bool_]
_BLANKS: Final = pa.scalar("")


class Block(Mapping[int, tuple[str, ...]]):
    """The cells of a block. As a mapping: row number → the row as text, made when asked for."""

    def __init__(self, numbers: NDArray[np.int64]) -> None:
        self.numbers = numbers

    def column(self, at: int | None) -> Cells:
        """The cells of a column; missing throughout where there is no such column."""
        raise NotImplementedError

    def where(self, kept: Marked) -> Self:
        """The rows that are marked."""
        raise NotImplementedError

    def row(self, at: int) -> Sequence[Cell | None]:
        """The cells of the row at a position."""
        raise NotImplementedError

    def __getitem__(self, number: int) -> tuple[str, ...]:
        at = int(np.searchsorted(self.numbers, number))
        if at == len(self.numbers) or self.numbers[at] != number:
            raise KeyError(number)
        return tuple(map(as_text, self.row(at)))

    def many(self, numbers: Sequence[int]) -> list[tuple[str, ...]]:
        """The rows with these numbers, as text."""
        return [self[number] for number in numbers]

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers.tolist())

    def __len__(self) -> int:
        return len(self.numbers)


class CellBlock(Block):
    """Rows that came one by one, in an array, through which Python's collector need not look again and again."""

    def __init__(self, numbers: NDArray[np.int64], cells: NDArray[np.object_]) -> None:
        super().__init__(numbers)
        self.cells = cells

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "CellBlock":
        """Rows of any lengths."""
        width = max((len(cells) for _, cells in rows), default=0)
        flat: list[Cell | None] = list(chain.from_iterable(cells for _, cells in rows))
        if len(flat) != width * len(rows):
            flat = [cell for _, cells in rows for cell in (*cells, *(None,) * (width - len(cells)))]
        numbers = np.fromiter((number for number, _ in rows), dtype=np.int64, count=len(rows))
        return cls(numbers, np.fromiter(flat, dtype=object, count=len(flat)).reshape(len(rows), width))

    def column(self, at: int | None) -> Cells:
        """The cells of a column; None throughout where there is no such column."""
        if at is None or at >= self.cells.shape[1]:
            return np.full(len(self), None, dtype=object)
        return self.cells[:, at]

    def where(self, kept: Marked) -> "CellBlock":
        """The rows that are marked."""
        return self if kept.all() else CellBlock(self.numbers[kept], self.cells[kept])

    def row(self, at: int) -> Sequence[Cell | None]:
        """The cells of the row at a position."""
        cells: list[Cell | None] = self.cells[at].tolist()
        return cells


class TextBlock(Block):
    """Rows of a stretch of text: columns of Arrow, blank cells as empty texts."""

    def __init__(self, numbers: NDArray[np.int64], table: pa.Table) -> None:
        super().__init__(numbers)
        self.columns = [_whole(column) for column in table.columns]

    def column(self, at: int | None) -> Cells:
        """The cells of a column; null throughout where there is no such column."""
        if at is None or at >= len(self.columns):
            none: Cells = pa.nulls(len(self), pa.string())
            return none
        column: Cells = self.columns[at]
        return column

    def where(self, kept: Marked) -> "TextBlock":
        """The rows that are marked."""
        if kept.all():
            return self
        table = pa.table(self.columns, names=[str(at) for at in range(len(self.columns))])
        return TextBlock(self.numbers[kept], table.filter(pa.array(kept)))

    def row(self, at: int) -> Sequence[Cell | None]:
        """The cells of the row at a position."""
        return [column[at].as_py() for column in self.columns]

    def many(self, numbers: Sequence[int]) -> list[tuple[str, ...]]:
        """The rows with these numbers, as text."""
        at = pa.array(np.searchsorted(self.numbers, np.array(numbers, dtype=np.int64)))
        columns = [[cell.strip() for cell in column.take(at).to_pylist()] for column in self.columns]
        return list(zip(*columns, strict=True))

    def first_texts(self) -> list[str]:
        """For each row the first cell that is not blank, as text; empty for a blank row."""
        firsts: list[str] = [text.strip() for text in self.columns[0].to_pylist()]
        for at in [at for at, text in enumerate(firsts) if not text]:
            firsts[at] = next((text for cell in self.row(at) if (text := as_text(cell))), "")
        return firsts

    def has_text(self) -> Marked:
        """Which rows are not blank."""
        held = np.ones(len(self), dtype=np.bool_)
        doubtful = pc.equal(pc.utf8_trim_whitespace(self.columns[0]), _BLANKS)
        for at in np.flatnonzero(doubtful.to_numpy(zero_copy_only=False)).tolist():
            held[at] = any(as_text(cell) for cell in self.row(at))
        return held

    def repeats(self, rows: Collection[tuple[Cell | None, ...]]) -> Marked:
        """Which rows are, cell for cell, one of these."""
        found = np.zeros(len(self), dtype=np.bool_)
        for row in rows:
            same = np.full(len(self), len(row) == len(self.columns))
            for column, cell in zip(self.columns, row, strict=False):
                if same.any():
                    same &= pc.equal(column, cell).to_numpy(zero_copy_only=False)
            found |= same
        return found


def _whole(column: pa.ChunkedArray) -> pa.StringArray:
    """The chunks of a column as one array."""
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
