"""Links of items, and wholes of which items say that they are part, that are not there."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from pipelines.problems import Code
from pipelines.registers.item_rows import Judged
from pipelines.registers.names import named_by
from pipelines.registers.stated import Found, Place, Statement
from pipelines.registers.wholes import goes_round
from scorecard.catalogue import Catalogue, Link

ITSELF: Final = "it would be part of itself"


def unknown_links(catalogue: Catalogue, judged: Judged) -> Found:
    """What links to a measure, goal, service or item that is not there, or is part of what is not there."""
    found: dict[str, list[Place]] = {}
    near = {link: _linkable(catalogue, judged, link) for link in judged.register.columns.links}
    for held in judged.items:
        for link, name in named_by(judged.register, held):
            if judged.names.target(link, name) is None:
                place = Place(held.row, held.item.item_id, cell=name, known=near[link])
                found.setdefault(link.column, []).append(place)
    there = "to something that is not there"
    for column, places in found.items():
        so = "What is not there is left out of its links."
        yield Statement(Code.link_unknown, f"links {there}", f"link {there}", so, column), places
    part_of = judged.register.columns.part_of
    if part_of:
        one, many = "is part of an item that is not there", "are part of items that are not there"
        yield (
            Statement(Code.part_unknown, one, many, "Such an item stands by itself.", part_of),
            _parts(judged, part_of),
        )


def _linkable(catalogue: Catalogue, judged: Judged, link: Link) -> Collection[str]:
    """What a cell could have named, as it would be written."""
    if link.kind == "register":
        return judged.names.items.get(link.to or "", frozenset())
    goals = catalogue.plan.goals if catalogue.plan else {}
    entries: dict[str, Mapping[str, Any]] = {
        "measure": catalogue.measures,
        "service": catalogue.services,
        "goal": goals,
    }
    names = entries[link.kind]
    return [*names, *(each.title for each in names.values())]


def _parts(judged: Judged, column: str) -> Iterator[Place]:
    wholes = {held.item.item_id: held.cell(column) for held in judged.items}
    for held in judged.items:
        item_id, whole = held.item.item_id, wholes[held.item.item_id]
        if whole is not None and whole not in wholes:
            yield Place(held.row, item_id, cell=whole, known=wholes)
        elif goes_round(item_id, wholes):
            yield Place(held.row, item_id, ITSELF)
