"""How the cells of registers name other things: services, measures, goals, and items of registers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.registers.reading import Held
from scorecard.catalogue import Catalogue, Link, Register

BETWEEN = ";"
"""What stands between several names in a cell."""


@dataclass(frozen=True)
class Names:
    """What may be named, by id and by title, whatever the case."""

    services: Mapping[str, str]
    measures: Mapping[str, str]
    goals: Mapping[str, str]
    items: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Register → the ids of its items."""

    def service(self, cell: str | None) -> str | None:
        """The id of the service that a cell names; None when there is none."""
        return self.services.get(cell.casefold()) if cell else None

    def links(self, register: Register, held: Held) -> Iterator[dict[str, Any]]:
        """kind, target and to_register of everything an item names, each once; what is not there is left out."""
        seen: set[tuple[str, str]] = set()
        for link, name in named_by(register, held):
            target = self.target(link, name)
            if target and (link.kind, target) not in seen:
                seen.add((link.kind, target))
                yield {"kind": link.kind, "target": target, "to_register": link.to}

    def target(self, link: Link, name: str) -> str | None:
        """The id of what is named; None when it is not there."""
        if link.kind == "register":
            return name if name in self.items.get(link.to or "", ()) else None
        known = {"measure": self.measures, "goal": self.goals, "service": self.services}[link.kind]
        return known.get(name.casefold())


def named_by(register: Register, held: Held) -> Iterator[tuple[Link, str]]:
    """Every name in the cells of an item that link to something."""
    for link in register.columns.links:
        for name in (held.cell(link.column) or "").split(BETWEEN):
            if name.strip():
                yield link, name.strip()


def names_of(catalogue: Catalogue, items: Mapping[str, frozenset[str]]) -> Names:
    """What the catalogue and the registers let cells name."""
    goals = catalogue.plan.goals if catalogue.plan else {}
    return Names(_known(catalogue.services), _known(catalogue.measures), _known(goals), items)


def _known(entries: Mapping[str, Any]) -> dict[str, str]:
    by_title = {each.title.casefold(): name for name, each in entries.items()}
    return by_title | {name.casefold(): name for name in entries}
