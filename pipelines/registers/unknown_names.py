"""Owners, services, statuses and ratings of items that the catalogue does not have."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from pipelines.problems import Code
from pipelines.registers.item_rows import Judged
from pipelines.registers.stated import Found, Place, Statement
from scorecard.catalogue import Catalogue


def unknown_names(catalogue: Catalogue, judged: Judged) -> Found:
    """What names an owner, service, status or rating that is not known, and what is open without owner or service."""
    columns = judged.register.columns
    if columns.owner:
        yield from _of_owners(catalogue, judged, columns.owner)
    if columns.service:
        yield from _of_services(catalogue, judged, columns.service)
    if columns.status:
        yield from _of_words(judged, "status", columns.status, judged.register.statuses)
    if columns.rating:
        yield from _of_words(judged, "rating", columns.rating, judged.register.ratings)


def posts_of(catalogue: Catalogue, judged: Judged) -> set[str]:
    """Every post that may own an item of a register."""
    services = {each.owner for each in catalogue.services.values()}
    measures = {each.owner for each in catalogue.measures.values() if each.owner}
    return services | measures | {*catalogue.council.leadership, *judged.register.owners}


def _of_owners(catalogue: Catalogue, judged: Judged, column: str) -> Found:
    posts, names = posts_of(catalogue, judged), "an owner who is no post of the catalogue"
    so = "It stands in the list of the owner as written."
    yield (
        Statement(Code.unknown_owner, f"names {names}", f"name {names}", so, column),
        _each(judged, column, posts),
    )
    so = "What has no owner is in nobody's list."
    yield (
        Statement(Code.unknown_owner, "is open without an owner", "are open without an owner", so, column),
        _blank(judged, column),
    )


def _of_services(catalogue: Catalogue, judged: Judged, column: str) -> Found:
    services, names = catalogue.services, "a service that the catalogue does not have"
    spelt = [*services, *(each.title for each in services.values())]
    so = "Such an item is in no service's list."
    yield (
        Statement(Code.unknown_service, f"names {names}", f"name {names}", so, column),
        (place for place in _each(judged, column, spelt) if not judged.names.service(place.cell)),
    )
    yield (
        Statement(Code.unknown_service, "is open without a service", "are open without a service", so, column),
        _blank(judged, column),
    )


def _of_words(judged: Judged, what: str, column: str, words: Collection[str]) -> Found:
    has = f"a {what} whose meaning the catalogue does not say"
    so = f"That {what} says nothing, and what the dates say holds."
    yield (
        Statement(Code.unknown_status, f"has {has}", f"have {has}", so, column),
        (
            Place(report.row, held.item.item_id, cell=cell, known=words)
            for held in judged.items
            for report in held.reports
            if (cell := replace(held, row=report.row).cell(column)) and cell not in words
        ),
    )


def _each(judged: Judged, column: str, known: Collection[str]) -> Iterator[Place]:
    for held in judged.items:
        if (cell := held.cell(column)) and cell not in known:
            yield Place(held.row, held.item.item_id, cell=cell, known=known)


def _blank(judged: Judged, column: str) -> Iterator[Place]:
    """What is open and has nothing in a column."""
    for held, its_state in judged.pairs():
        if its_state.state not in ("closed", "withdrawn") and held.cell(column) is None:
            yield Place(held.row, held.item.item_id)
