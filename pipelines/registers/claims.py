"""The same item open in two registers: chased twice, and counted twice."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from pipelines.problems import Code, Problem
from pipelines.registers.item_rows import Judged
from pipelines.registers.names import named_by
from pipelines.registers.reading import Held
from pipelines.registers.stated import Place, Statement, quoted, state


def claimed_twice(judged: Mapping[str, Judged], paths: Mapping[int, str]) -> list[Problem]:
    """One note for each two registers and file of the first: the items that are open in both.

    They are the same by their key, unless that is a bare number, or by their title and owner. An item that links to
    its like in the other register is not claimed twice.
    """
    found: list[Problem] = []
    for first, second in combinations(judged.values(), 2):
        places = [
            Place(held.row, held.item.item_id, f"there {quoted(other.item.item_id)}, {quoted(other.item.title)!r}")
            for held, other in _pairs(first, second)
            if not _are_linked(first, held, second, other)
        ]
        there = f"open in the register '{second.register.title}' too"
        statement = Statement(
            Code.claimed_twice, f"is {there}", f"are {there}", "Both registers count them, and both owners are asked."
        )
        found += state(first, paths, statement, places)
    return found


def _pairs(first: Judged, second: Judged) -> Iterator[tuple[Held, Held]]:
    """Open items of the one with their like in the other."""
    by_key = {key: held for held in _open(second) if (key := _key(held))}
    by_title = {name: held for held in _open(second) if (name := _name(held))}
    for held in _open(first):
        other = by_key.get(_key(held) or "") or by_title.get(_name(held) or ("", ""))
        if other:
            yield held, other


def _open(judged: Judged) -> Iterator[Held]:
    return (held for held, state in judged.pairs() if state.state not in ("closed", "withdrawn"))


def _key(held: Held) -> str | None:
    """The key, whatever its case; None for a bare number, which any list may have."""
    key = held.item.item_id.casefold()
    return key if any(letter.isalpha() for letter in key) else None


def _name(held: Held) -> tuple[str, str] | None:
    owner, title = held.item.owner, " ".join(held.item.title.casefold().split())
    return (title, owner.casefold()) if owner and title else None


def _are_linked(first: Judged, held: Held, second: Judged, other: Held) -> bool:
    return _links(first, held, second.register_id, other) or _links(second, other, first.register_id, held)


def _links(judged: Judged, held: Held, to: str, other: Held) -> bool:
    return any(link.to == to and name == other.item.item_id for link, name in named_by(judged.register, held))
