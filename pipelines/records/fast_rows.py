"""Rows of delimited text a stretch at a time, by Arrow, as far as they are provably what the csv module would say.

Proven of each stretch: every quotation mark opens or closes a cell or is doubled within one, no cell goes over several
lines, lines end alike, there is nothing but text in it, and no line is over-long. At the first stretch of which that
cannot be proven the fast way ends, and the slow one goes on from there.
"""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from pipelines.read.rows import Row
from scorecard.catalogue import Source

STRETCH: Final = 12_000_000
"""Bytes read at a time."""
LONGEST_LINE: Final = 500_000
"""Bytes; a longer one is left to the slow way, which has the say about cells that are too long."""
_ENCODINGS: Final = ("utf-8", "utf-8-sig", "cp1252", "cp850")
_MARK: Final = b"\xef\xbb\xbf"
_CONTROLS: Final = bytes([*range(9), 11, 12, *range(14, 32), 127])
_LINE, _RETURN = ord("\n"), ord("\r")


@dataclass(frozen=True)
class Stretch:
    """Some rows of a file, one after another."""

    numbers: NDArray[np.int64]
    """Of the rows in the table: the line on which each begins."""
    table: pa.Table
    """Text columns, as many as there are headings; blank cells are empty texts."""
    others: list[Row]
    """Rows that have more or fewer cells, blank lines among them."""

    def parts(self, after: int, most: int) -> Iterator["Stretch"]:
        """The rows below a line, in parts of at most so many rows of the table."""
        others = [row for row in self.others if row[0] > after]
        start = int(np.searchsorted(self.numbers, after, side="right"))
        while start < len(self.numbers) or others:
            end = min(start + most, len(self.numbers))
            last = self.numbers[end - 1] if start < end < len(self.numbers) else np.iinfo(np.int64).max
            mine = [row for row in others if row[0] <= last]
            yield Stretch(self.numbers[start:end], self.table.slice(start, end - start), mine)
            others, start = [row for row in others if row[0] > last], end


class FastRows:
    """The rows of a file with this many headings, as far as they can be read fast; to be gone through once."""

    def __init__(self, location: Path, source: Source, encoding: str | None, width: int) -> None:
        self.location, self.encoding, self.width = location, encoding or "", width
        self.delimiter, self.quote = source.delimiter, source.quote
        ascii_marks = all(len(mark.encode()) == 1 for mark in (self.delimiter, self.quote or '"'))
        self.is_possible = (
            self.encoding in _ENCODINGS and ascii_marks and source.escape is None and width > 1
            and self.delimiter != self.quote and not {self.delimiter, self.quote} & {" ", "\n", "\r"}
        )  # fmt: skip
        self.lines = 0
        """Lines read so far: the slow way goes on with the row after them."""
        self.is_whole = False
        """Everything was read."""

    def __iter__(self) -> Iterator[Stretch]:
        if not self.is_possible:
            return
        with self.location.open("rb") as file:
            left, starts = b"", True
            while more := file.read(STRETCH):
                left += more
                if starts and self.encoding == "utf-8-sig":
                    left = left.removeprefix(_MARK)
                starts, cut = False, self._cut(left, is_last=len(more) < STRETCH)
                if cut is None:
                    return
                end, lines = cut
                if end:
                    try:
                        stretch = self._stretch(left[:end], np.arange(self.lines + 1, self.lines + lines + 1))
                    except (pa.ArrowInvalid, UnicodeDecodeError):  # it was changed while it was being read
                        return
                    self.lines += lines
                    yield stretch
                left = left[end:]
            self.is_whole = not left

    def _cut(self, piece: bytes, *, is_last: bool) -> tuple[int, int] | None:
        """Where its last whole line ends, and how many lines there are.

        None when the piece must be left to the slow way.
        """
        if len(piece.translate(None, _CONTROLS)) != len(piece) or piece.startswith(_MARK):
            return None
        if b"\r" in piece and not self._ends_alike(piece, is_last=is_last):
            return None
        cells = np.frombuffer(piece, dtype=np.uint8)
        if is_last and cells[-1] != _LINE:
            cells = np.append(cells, np.uint8(_LINE))
        breaks = np.flatnonzero(cells == _LINE)
        if not len(breaks):
            return (0, 0) if len(piece) <= LONGEST_LINE else None
        if np.diff(breaks, prepend=-1).max() > LONGEST_LINE:
            return None
        end = int(breaks[-1]) + 1
        if is_last and end < len(cells):
            return None
        marks = np.flatnonzero(cells == ord(self.quote)) if self.quote else breaks[:0]
        if len(marks) and ((np.searchsorted(marks, breaks) % 2).any() or not self._are_in_place(cells[:end], marks)):
            return None
        return min(end, len(piece)), len(breaks)

    def _ends_alike(self, piece: bytes, *, is_last: bool) -> bool:
        """Whether every carriage return belongs to a line break; the last one may yet."""
        return piece.count(b"\r") == piece.count(b"\r\n") + (not is_last and piece.endswith(b"\r"))

    def _are_in_place(self, cells: NDArray[np.uint8], marks: NDArray[np.intp]) -> bool:
        """Whether each opening mark begins a cell, and each closing one ends it, or two stand together within one."""
        marks = marks[: np.searchsorted(marks, len(cells))]
        opening, closing = marks[::2], marks[1::2]
        bounds = np.array([ord(self.delimiter), _LINE, ord(self.quote or "")], dtype=np.uint8)
        before = cells[np.maximum(opening - 1, 0)]
        after = cells[np.minimum(closing + 1, len(cells) - 1)]
        begins = np.isin(before, bounds) | (opening == 0)
        ends = np.isin(after, np.append(bounds, np.uint8(_RETURN)))
        return bool(begins.all() and ends.all())

    def _stretch(self, piece: bytes, lines: NDArray[np.int64]) -> Stretch:
        others: list[Row] = []
        at: list[int] = []

        def odd(row: arrow_csv.InvalidRow) -> str:
            at.append(row.number - 1)
            others.append((int(lines[row.number - 1]), self._cells(row.text)))
            return "skip"

        names = [f"c{number}" for number in range(self.width)]
        text = piece if self.encoding.startswith("utf-8") else piece.decode(self.encoding).encode()
        table = arrow_csv.read_csv(
            pa.py_buffer(text),
            arrow_csv.ReadOptions(use_threads=False, block_size=len(text) + 1, column_names=names),
            arrow_csv.ParseOptions(
                delimiter=self.delimiter, quote_char=self.quote or False, double_quote=self.quote is not None,
                ignore_empty_lines=False, invalid_row_handler=odd,
            ),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )  # fmt: skip
        numbers = np.delete(lines, at) if at else lines
        if len(numbers) != table.num_rows:
            raise AssertionError(f"{self.location.name}: {len(lines)} lines, {table.num_rows} and {len(at)} rows")
        return Stretch(numbers, table, others)

    def _cells(self, line: str) -> list[str]:
        return _split(line, self.delimiter, self.quote)


def plain_rows(location: Path, source: Source, encoding: str, lines: Collection[int]) -> dict[int, list[str]]:
    """Line number → its cells, of lines that a FastRows has read."""
    last, found = max(lines, default=0), {}
    with location.open("rb") as file:
        for number, line in enumerate(islice(file, last), start=1):
            if number in lines:
                text = line.decode(encoding).rstrip("\r\n")
                found[number] = _split(text, source.delimiter, source.quote)
    return found


def _split(line: str, delimiter: str, quote: str | None) -> list[str]:
    if quote is None:
        return line.split(delimiter)
    return next(csv.reader([line], delimiter=delimiter, quotechar=quote, strict=True), [])
