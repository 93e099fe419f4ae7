"""How an explanation is laid out on a terminal: headings, wrapped sentences, facts and small tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Final

from pipelines.terminal import printable

WIDTH: Final = 100
INDENT: Final = "  "
WIDEST_CELL: Final = 34


@dataclass
class Section:
    """One heading and the lines below it."""

    heading: str
    lines: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        """A sentence, wrapped."""
        self.lines += wrapped(sentence)

    def list(self, sentences: Iterable[str]) -> None:
        """Sentences one below the other, each with a dash."""
        for sentence in sentences:
            self.lines += wrapped(sentence, first="- ", rest="  ")

    def facts(self, facts: Mapping[str, str]) -> None:
        """What something is: a name and its text, the texts below each other; empty ones are left out."""
        held = {name: text for name, text in facts.items() if text}
        width = max((len(name) for name in held), default=0) + 2
        for name, text in held.items():
            self.lines += wrapped(text, first=f"{name}:".ljust(width), rest=" " * width)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table of texts; a long cell is cut short and ends in "...". Nothing is printed of no rows."""
        cells = [[_cut(cell) for cell in row] for row in rows]
        if not cells:
            return
        widths = [max(len(row[at]) for row in [list(headings), *cells]) for at in range(len(headings))]
        for row in [list(headings), ["-" * width for width in widths], *cells]:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.lines.append(f"{INDENT}{line}".rstrip())

    def verbatim(self, text: str) -> None:
        """A text as it is, such as a query."""
        self.lines += [f"{INDENT}{line}" for line in text.splitlines()]


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """The lines of a sentence, indented, with what stands before the first and before the others."""
    lines = wrap(
        printable(text), WIDTH, initial_indent=INDENT + first, subsequent_indent=INDENT + rest, break_long_words=False
    )
    return lines or [f"{INDENT}{first}".rstrip()]


def page(title: str, sections: Iterable[Section]) -> str:
    """The whole explanation; sections without lines are left out."""
    parts = [printable(title), "=" * len(title)]
    for section in sections:
        if section.lines:
            heading = printable(section.heading)
            parts += ["", heading, "-" * len(heading), *section.lines]
    return "\n".join(parts)


def _cut(cell: str) -> str:
    text = printable(" ".join(cell.split()))
    return text if len(text) <= WIDEST_CELL else f"{text[: WIDEST_CELL - 3]}..."
