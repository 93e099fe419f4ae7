"""The headings of a table as a contract calls them: which column has which, with what is forgiven in the spelling."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.read.grid import GridRow, as_text
from scorecard.wildcard import matches

# A note number is stuck to a letter or bracket ("assessments1,2"); "Section 21" keeps its number.
_NOTE_NUMBERS = re.compile(r"(?<=[a-z)])\d{1,2}(\s?,\s?\d{1,2})*$")


def fold(heading: str) -> str:
    """A heading without the differences that are forgiven: case, spaces, line breaks, "_" and dashes."""
    return re.sub(r"[\s_\-\u2013\u2014]+", " ", heading).strip().casefold()


@dataclass(frozen=True)
class Stack:
    """The headings of one column, top to bottom, each with the group headings above it."""

    own: tuple[tuple[str, tuple[str, ...]], ...]


def _stacks(rows: Iterable[GridRow]) -> list[Stack]:
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
        stacks.append(Stack(tuple(own)))
    return stacks


class Titles:
    """The headings of all columns, to be looked up by what a contract calls them."""

    def __init__(self, rows: Iterable[GridRow]) -> None:
        self.stacks = stacks = _stacks(rows)
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


def _stack_fits(heading: str, stack: Stack) -> bool:
    *groups, last = [part.strip() for part in heading.split(">")]
    for text, above in stack.own:
        if fits(last, text) and all(any(fits(group, higher) for higher in above) for group in groups):
            return True
    return False


def fits(wanted: str, held: str) -> bool:
    return any(matches(fold(wanted), form) for form in _forms(held))


def _forms(heading: str) -> tuple[str, str]:
    """A heading folded, and without a number of a note stuck to it."""
    text = fold(heading)
    return text, _NOTE_NUMBERS.sub("", text).rstrip()


def position_of(letters: str) -> int:
    """A column's position (from 0) from its letters."""
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
