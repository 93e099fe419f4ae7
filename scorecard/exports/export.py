"""One table to take away, with all that must be said of it once it has left the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from scorecard.markers import WORDS, in_words

Kind = Literal["string", "number", "integer", "boolean", "date", "datetime"]
Cell = str | float | int | bool | date | None

NOT_AVAILABLE: Final = "x"
NOT_APPLICABLE: Final = "z"


@dataclass(frozen=True)
class Column:
    """One column: its name for programs, its heading for people (with the unit), and what it says.

    `is_figure`: an empty cell is a figure that is missing, for the reason that the row's marker tells; elsewhere an
    empty cell says that there is no such thing, as where no target is set.
    """

    name: str
    heading: str
    kind: Kind
    words: str
    decimals: int | None = None
    is_figure: bool = False


@dataclass(frozen=True)
class Export:
    """One table: rows of plain cells in the order of the columns; None is missing.

    `facts` are headings and words that belong to it: unit, period, source, licence. `marker` names the column with
    shorthand such as "p" or "c", if there is one.
    """

    name: str
    title: str
    what: str
    council: str
    snapshot: str
    published_at: datetime
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    facts: tuple[tuple[str, str], ...] = ()
    marker: str | None = None
    key: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.name}: a row of {len(row)} cells under {len(self.columns)} columns")

    def markers(self) -> list[str | None]:
        """The marker of each row."""
        if self.marker is None:
            return [None] * len(self.rows)
        at = [column.name for column in self.columns].index(self.marker)
        return [str(row[at]) if row[at] else None for row in self.rows]

    def said(self) -> Iterator[tuple[str, str]]:
        """Everything that stands above the table or on its cover, as headings and words."""
        yield "Title", self.title
        yield "Council", self.council
        yield "What it is", self.what
        yield from self.facts
        yield "Figures published", self.published_at.strftime("%-d %B %Y, %H:%M UTC")
        yield "Snapshot", self.snapshot

    def shorthand(self) -> list[tuple[str, str]]:
        """The markers that occur, each with its meaning."""
        held = sorted({marker for marker in self.markers() if marker})
        return [(marker, in_words(marker)) for marker in held]


def meaning(marker: str) -> str:
    """A marker spelt out: "provisional"."""
    return WORDS.get(marker, "marked by the source")
