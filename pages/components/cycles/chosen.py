"""The cycle that the address asks for."""

from dataclasses import dataclass

from pages.components import filters
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from scorecard.snapshot import cycles as reader
from scorecard.snapshot.store import Snapshot


@dataclass(frozen=True)
class Cycle:
    """One cycle as the catalogue names it; `every` is month, quarter, year or plan."""

    cycle_id: str
    title: str
    every: str
    purpose: str


def _known(shown: Snapshot) -> dict[str, Cycle]:
    return {
        one.cycle_id: Cycle(one.cycle_id, str(one.title), one.every, str(one.purpose))
        for one in rows_of(reader.cycles(shown))
    }


known = remembered(_known)
"""Each cycle that has steps, by its id and in the catalogue's order."""


def choose() -> Cycle:
    """The one the address names, else the first. There must be one."""
    held = known()
    return held[filters.choose_if_several("Cycle", "cycle", {name: one.title for name, one in held.items()})]
