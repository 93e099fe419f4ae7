"""The lines of a text with quotation marks in it, put together into rows; what cannot be told apart is set aside."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from pipelines.problems import Code, Problem, Refused
from pipelines.read.quoting import Quoting
from pipelines.read.rows import Fault
from scorecard.catalogue import Severity

Line = tuple[int, str]
MOST_FAULTS: Final = 10_000
"""Rows set aside because of their quotation marks or characters; more are no slips."""
_MOST_LOOKED_AGAIN: Final = 20_000_000
"""Characters of lines looked at a second time because a mark above them was left open."""


def add_fault(faults: dict[int, Fault], number: int, fault: Fault) -> None:
    """Set a row aside. Raises Refused when there are more than anybody would look through."""
    faults[number] = fault
    if len(faults) > MOST_FAULTS:
        sentence = f"More than {MOST_FAULTS:,} of its rows have a fault, first of all: {faults[min(faults)].sentence}"
        raise Refused(Problem(Code.too_many_faults, Severity.refuse, sentence))


class QuotedLines:
    """Goes through lines once. A row is set aside only where it is certain that the next one begins afresh."""

    def __init__(
        self, lines: Iterable[str], quoting: Quoting, longest: int, faults: dict[int, Fault], heading_row: int | None
    ) -> None:
        self._lines, self._waiting = enumerate(lines, start=1), deque[Line]()
        self._quoting, self._longest, self._faults = quoting, longest, faults
        self._heading_row, self._width, self._alike = heading_row, 0, 0
        self._looked_again = 0

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Number of the first line, and cells. Raises Refused where the cells cannot be told apart from there on."""
        take, delimiter = self._quoting.cells, self._quoting.delimiter
        quote, escape, longest = self._quoting.quote or "\x00", self._quoting.escape, self._longest
        for number, ended in self._following():
            line = ended.rstrip("\r\n")
            is_bare = quote not in line and (escape is None or escape not in line)
            cells = line.split(delimiter) if is_bare else take(line)
            if cells is not None:
                if len(line) > longest:
                    self._refuse_long(number, cells)
                if self._alike < 2 or len(cells) != self._width:
                    self._learn(cells)
                yield number, cells
            elif self._quoting.is_well_open(line):
                yield from self._over_several_lines(number, ended)
            else:
                yield from self._stray(number, line)

    def _learn(self, cells: list[str]) -> None:
        """How many cells rows have: known from the headings on, or once two rows are alike."""
        width = len(cells)
        if width == 1 and not cells[0].strip():
            return
        if width != self._width:
            self._width, self._alike = width, 0
        self._alike += 1

    @property
    def _usual(self) -> int | None:
        return self._width if self._alike > 1 or (self._heading_row == 1 and self._width) else None

    def _over_several_lines(self, number: int, line: str) -> Iterator[tuple[int, list[str]]]:
        """A cell was opened and not closed in its line."""
        taken, length = [(number, line)], len(line)  # with their ends, which belong to the cell
        quote, cells, closed = self._quoting.quote or "", None, False
        for at, text in self._following():
            taken.append((at, text))
            length += len(text)
            if length > self._longest:
                break
            if quote in text:
                as_begun = quote + text.rstrip("\r\n")  # the line goes on inside a cell
                if self._quoting.cells(as_begun) is not None:
                    cells, closed = self._quoting.cells("".join(each for _, each in taken).rstrip("\r\n")), True
                    break
                if not self._quoting.is_well_open(as_begun):
                    closed = not self._quoting.split(as_begun).is_open
                    break
        if cells is not None and not self._is_doubtful(cells, taken):
            self._learn(cells)
            yield number, cells
            return
        yield from self._left_open(taken, closed)

    def _following(self) -> Iterator[Line]:
        waiting = self._waiting
        while True:
            while waiting:
                yield waiting.popleft()
            for line in self._lines:
                yield line
                if waiting:
                    break
            else:
                if not waiting:
                    return

    def _is_doubtful(self, cells: list[str], taken: list[Line]) -> bool:
        """A row over several lines that is longer or shorter than others, or whose lines look like rows each."""
        usual, delimiter = self._usual, self._quoting.delimiter
        if usual is not None and len(cells) != usual:
            return True
        return len(cells) > 2 and all(line.count(delimiter) == len(cells) - 1 for _, line in taken)

    def _left_open(self, taken: list[Line], closed: bool) -> Iterator[tuple[int, list[str]]]:
        """The first line is at fault if the others are rows each; else all of them, if a row ends with the last."""
        (number, line), others = taken[0], taken[1:]
        self._looked_again += sum(len(text) for _, text in others)
        if self._looked_again <= _MOST_LOOKED_AGAIN and self._are_rows([text for _, text in others]):
            self._waiting.extendleft(reversed(others))
            yield self._set_aside(number, line, f"Row {number} opens a quotation mark and does not close it.")
            return
        last_by_itself = self._quoting.split(taken[-1][1].rstrip("\r\n"))
        if closed and not last_by_itself.is_open:
            first, last = taken[0][0], taken[-1][0]
            sentence = f"Rows {first} to {last} cannot be told apart: a quotation mark in them opens or closes no cell."
            for at, text in taken:
                yield self._set_aside(at, text, sentence)
            return
        sentence = (
            f"Row {number} opens a quotation mark that is not closed where a cell ends, so that from there on "
            f"neither rows nor columns can be told apart."
        )
        raise Refused(Problem(Code.broken_quoting, Severity.refuse, sentence, row=number))

    def _are_rows(self, lines: list[str]) -> bool:
        widths = set()
        for line in lines:
            if line.strip():
                cells = self._quoting.cells(line.rstrip("\r\n"))
                if cells is None:
                    return False
                widths.add(len(cells))
        return widths <= {self._usual} if self._usual else len(widths) <= 1 and widths != {1}

    def _stray(self, number: int, line: str) -> Iterator[tuple[int, list[str]]]:
        if self._quoting.split(line).is_open:
            sentence = (
                f"Row {number} has a quotation mark that opens or closes no cell, and then one that is left open, so "
                f"that from there on neither rows nor columns can be told apart."
            )
            following = list(self._next_lines(1))
            if not self._are_rows([text for _, text in following]):
                raise Refused(Problem(Code.broken_quoting, Severity.refuse, sentence, row=number))
            self._waiting.extendleft(reversed(following))
        sentence = f"Row {number} has a quotation mark that neither opens nor closes a cell, so its columns are unsure."
        yield self._set_aside(number, line, sentence)

    def _next_lines(self, most: int) -> Iterator[Line]:
        for _, line in zip(range(most), self._following(), strict=False):
            yield line

    def _set_aside(self, number: int, line: str, sentence: str) -> tuple[int, list[str]]:
        if len(line) > self._longest:
            self._refuse_long(number, [line])
        add_fault(self._faults, number, Fault(Code.broken_quoting, sentence))
        return number, [line.rstrip("\r\n")]

    def _refuse_long(self, number: int, cells: list[str]) -> None:
        if max(map(len, cells)) > self._longest:
            sentence = f"Row {number} has a cell of more than {self._longest:,} characters."
            raise Refused(Problem(Code.file_too_large, Severity.refuse, sentence, row=number))
