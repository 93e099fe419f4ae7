"""What is wrong with the items of registers: each a stated problem. No row is lost by it, and the dates win."""

from collections.abc import Callable, Iterator, Mapping

from pipelines.problems import Code, Problem
from pipelines.registers.claims import claimed_twice
from pipelines.registers.item_rows import Judged
from pipelines.registers.likeness import reused
from pipelines.registers.reading import Held
from pipelines.registers.stated import Found, Place, Statement, state
from pipelines.registers.unknown_links import unknown_links
from pipelines.registers.unknown_names import unknown_names
from scorecard.catalogue import Catalogue
from scorecard.registers.state import State
from scorecard.wording import in_full


def register_faults(catalogue: Catalogue, judged: Mapping[str, Judged], paths: Mapping[int, str]) -> list[Problem]:
    """The problems of all registers, all of them notes; `paths` has the file of each load.

    Many of one kind in one file are one problem, with how many there are and the first three.
    """
    found: list[Problem] = []
    for one in judged.values():
        for faults in (_of_dates(one), _of_keys(one), unknown_names(catalogue, one), unknown_links(catalogue, one)):
            for statement, places in faults:
                found += state(one, paths, statement, places)
    return found + claimed_twice(judged, paths)


def _of_dates(judged: Judged) -> Found:
    columns = judged.register.columns
    yield (
        Statement(
            Code.closed_before_opened, "is closed before it was opened", "are closed before they were opened",
            "That date is not believed: what is closed by it stays open.", columns.closed or columns.signed_off,
        ),
        _each(judged, lambda held, _: _closed_too_early(held)),
    )  # fmt: skip
    yield (
        Statement(
            Code.due_before_opened, "was due before it was opened", "were due before they were opened",
            "What was late from the start counts as late from the day it was opened.", columns.due,
        ),
        _each(judged, lambda held, _: _due_too_early(held)),
    )  # fmt: skip
    disagrees = "with a status that the dates contradict"
    yield (
        Statement(
            Code.status_contradicted, f"is reported {disagrees}", f"are reported {disagrees}",
            "The state told is the one that follows from the dates.", columns.status or columns.rating,
        ),
        _each(judged, lambda held, its: None if _closed_too_early(held) else (its.contradicted or "").rstrip(".")),
    )  # fmt: skip


def _of_keys(judged: Judged) -> Found:
    reads = "under the same key as something else before"
    yield (
        Statement(
            Code.key_reused, f"is told {reads}", f"are told {reads}",
            "The register has one item for each key: what was given the key of another has no line of its own.",
        ),
        filter(None, (reused(judged.register, held) for held in judged.items)),
    )  # fmt: skip


def _each(judged: Judged, told: Callable[[Held, State], str | None]) -> Iterator[Place]:
    for held, its_state in judged.pairs():
        if words := told(held, its_state):
            yield Place(held.row, held.item.item_id, words)


def _closed_too_early(held: Held) -> str | None:
    item = held.item
    days = [day for day in (item.closed, item.signed_off, item.told_done_on) if day]
    if item.opened is None or not any(day < item.opened for day in days):
        return None
    return f"opened {in_full(item.opened)}, closed {in_full(min(days))}"


def _due_too_early(held: Held) -> str | None:
    opened, due = held.item.opened, held.item.due
    return f"opened {in_full(opened)}, due {in_full(due)}" if opened and due and due < opened else None
