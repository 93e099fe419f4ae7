"""Faults of many items told as one problem a file: how many there are, the first few of them, and what comes of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from pipelines.problems import Code, Problem
from pipelines.registers.reading import Row
from scorecard.catalogue import Register, Severity, Source
from scorecard.nearest import did_you_mean
from scorecard.wording import count

MOST_NAMED: Final = 3
LONGEST_CELL: Final = 60


@dataclass(frozen=True)
class Place:
    """Where an item has a fault, and in a few words what it is."""

    row: Row
    item_id: str
    told: str = ""
    cell: str | None = None
    """What stands there and is not known; the one of `known` that is most like it is told with it."""
    known: Collection[str] = ()

    @property
    def load(self) -> int:
        """The load that its row came in."""
        return int(self.row["load_number"])

    @property
    def number(self) -> int:
        """Its row in the file."""
        return int(self.row["source_row"])

    def __str__(self) -> str:
        key, told = quoted(self.item_id), self.told
        if self.cell is not None:  # looked for only here: few places are told
            near = did_you_mean(quoted(self.cell), self.known)
            told = f"'{quoted(self.cell)}'.{near}" if near else f"'{quoted(self.cell)}'"
        return f"{key} (row {self.number}: {told})" if told else f"{key} (row {self.number})"


@dataclass(frozen=True)
class Statement:
    """A kind of fault: what the items do, after "1 recommendation" and after "2 recommendations", and what follows."""

    code: Code
    one: str
    many: str
    so: str
    column: str | None = None
    """Id of the column at fault."""


Found = Iterator[tuple[Statement, Iterable[Place]]]


class Kept(Protocol):
    """A register and the source of its rows."""

    @property
    def register(self) -> Register:
        """As the catalogue has it."""

    @property
    def source(self) -> Source:
        """Of its rows."""


def state(kept: Kept, paths: Mapping[int, str], statement: Statement, places: Iterable[Place]) -> list[Problem]:
    """One note for each file with such places, in the order of the files."""
    by_load: dict[int, list[Place]] = {}
    for place in places:
        by_load.setdefault(place.load, []).append(place)
    return [_problem(kept, paths.get(load), statement, many) for load, many in sorted(by_load.items())]


def _problem(kept: Kept, path: str | None, statement: Statement, places: list[Place]) -> Problem:
    ordered = sorted(places, key=lambda place: place.number)
    items = len({place.item_id for place in places})
    what = count(items, kept.register.item, kept.register.items)
    named = ", ".join(map(str, ordered[:MOST_NAMED]))
    more = len(ordered) - MOST_NAMED
    which = f"{named} and {more:,} more" if more > 0 else named
    sentence = f"{what} {statement.one if items == 1 else statement.many}: {which}. {statement.so}"
    heading = kept.source.columns[statement.column].heading if statement.column else None
    return Problem(
        statement.code, Severity.note, f"{path}: {sentence}" if path else sentence, kept.register.source, path,
        row=ordered[0].number, column=heading, rows=len({place.number for place in places}),
    )  # fmt: skip


def quoted(cell: str) -> str:
    """What stands in a cell, on one line and not longer than is needed to find it."""
    text = " ".join(cell.split())
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL].rstrip()}…"
