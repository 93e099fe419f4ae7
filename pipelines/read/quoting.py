"""The cells of lines that have quotation marks in them. Where they cannot be told apart, nothing is guessed."""

from dataclasses import dataclass
from typing import Final

_MASKED: Final = "\ufdd0\ufdd1\ufdd2"
"""Characters that no text may have, standing for escaped ones while a line is split."""


@dataclass(frozen=True)
class Split:
    """What quotation marks make of a text of one or more lines."""

    cells: list[str] | None
    """None when the cells cannot be told apart: a mark inside a bare cell, text after a closing mark, or it is open."""
    is_open: bool
    """It ends inside a cell: the next line belongs to it."""


class Quoting:
    """How the cells of a contract's files are quoted."""

    def __init__(self, delimiter: str, quote: str | None, escape: str | None) -> None:
        self.delimiter, self.quote, self.escape = delimiter, quote, escape
        self._between = ("", delimiter)

    def cells(self, line: str) -> list[str] | None:
        """The cells of a line that is whole in itself; None when it is not, or when they cannot be told apart."""
        if self.escape and self.escape in line:
            found = self.cells_of(self._masked(line)).cells
            return None if found is None else [self._unmasked(cell) for cell in found]
        if not self.quote or self.quote not in line:
            return line.split(self.delimiter)
        pieces = line.split(self.quote)
        if len(pieces) == 3:
            before, inside, after = pieces
            if before[-1:] in self._between and after[:1] in self._between:
                left = before[:-1].split(self.delimiter) if before else []
                return [*left, inside, *(after[1:].split(self.delimiter) if after else ())]
        elif len(pieces) % 2 and not pieces[0] and not pieces[-1] and set(pieces[2:-1:2]) == {self.delimiter}:
            return pieces[1::2]  # every cell is quoted, and none holds a mark
        return self._assembled(pieces) if len(pieces) % 2 else None

    def split(self, text: str) -> Split:
        """The same of a text of several lines, and whether it ends inside a cell."""
        if self.escape and self.escape in text:
            found = self.cells_of(self._masked(text))
            cells = None if found.cells is None else [self._unmasked(cell) for cell in found.cells]
            return Split(cells, found.is_open)
        return self.cells_of(text)

    def cells_of(self, text: str) -> Split:
        """The same of a text without escaped marks."""
        if not self.quote:
            return Split(text.split(self.delimiter), False)
        pieces = text.split(self.quote)
        if len(pieces) % 2:
            cells = self._assembled(pieces)
            return Split(cells, False) if cells is not None else Split(None, self._ends_inside(text))
        return Split(None, self._ends_inside(text))

    def is_well_open(self, text: str) -> bool:
        """The text ends inside a cell, and up to there its cells can be told apart."""
        masked = self._masked(text) if self.escape else text
        pieces = masked.split(self.quote or "\x00")
        return len(pieces) % 2 == 0 and self._assembled([*pieces, ""]) is not None

    def _assembled(self, pieces: list[str]) -> list[str] | None:
        """Cells from the pieces between marks: by turns outside (the first, the third …) and inside of them.

        Spaces around a quoted cell are no part of it.
        """
        quote, delimiter = self.quote or "", self.delimiter
        cells = pieces[0].split(delimiter)
        if len(pieces) == 1:
            return cells
        if cells.pop().strip(" "):
            return None
        at, last = 1, len(pieces) - 1
        while True:
            text = pieces[at]
            while at + 1 < last and not pieces[at + 1]:  # a doubled mark stands for itself
                text += quote + pieces[at + 2]
                at += 2
            cells.append(text)
            outside = pieces[at + 1].split(delimiter)
            if outside[0].strip(" ") or (at + 1 < last and (len(outside) < 2 or outside[-1].strip(" "))):
                return None
            if at + 1 == last:
                return cells + outside[1:]
            cells += outside[1:-1]
            at += 2

    def _ends_inside(self, text: str) -> bool:
        """Whether a program that forgives stray marks ends inside a cell: it opens one only where a cell starts."""
        bare, inside, at_start = False, False, True
        marks = {self.quote, self.delimiter, "\n"}
        at = 0
        while at < len(text):
            character = text[at]
            if inside:
                if character == self.quote:
                    if text[at + 1 : at + 2] == self.quote:
                        at += 1
                    else:
                        inside, bare = False, True
            elif character in marks and character != self.quote:
                bare, at_start = False, True
            elif character == self.quote and at_start and not bare:
                inside, at_start = True, False
            elif character != " ":
                at_start = False
            at += 1
        return inside

    def _masked(self, text: str) -> str:
        escape = self.escape or ""
        for mask, plain in zip(_MASKED, (escape, self.quote or escape, self.delimiter), strict=True):
            text = text.replace(escape + plain, mask)
        return text

    def _unmasked(self, cell: str) -> str:
        for mask, plain in zip(_MASKED, (self.escape or "", self.quote or "", self.delimiter), strict=True):
            cell = cell.replace(mask, plain)
        return cell
