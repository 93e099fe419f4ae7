"""How the returns for one period of a cycle stand: what came, what is late and what is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from scorecard.snapshot import cycles as reader
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, joined

LATE: Final = ("late", "never_came")
TO_COME: Final = ("due_soon", "to_come")


@dataclass(frozen=True)
class Returned:
    """One measure or register and the return it waits for, in plain words; days are None where they are not known."""

    kind: str
    thing_id: str
    title: str
    owner: str
    service: str
    source_id: str | None
    source: str
    publisher: str
    due_on: date | None
    came_on: date | None
    state: str


@dataclass(frozen=True)
class Standing:
    """Every measure and register of a cycle in one period, the late ones first."""

    every: tuple[Returned, ...]

    def _in(self, *states: str) -> tuple[Returned, ...]:
        return tuple(each for each in self.every if each.state in states)

    @property
    def late(self) -> tuple[Returned, ...]:
        """Not here, though their day has passed."""
        return self._in(*LATE)

    @property
    def to_come(self) -> tuple[Returned, ...]:
        """Not here, and not due yet."""
        return self._in(*TO_COME)

    @property
    def came(self) -> tuple[Returned, ...]:
        """Here, whenever they came."""
        return self._in(*reader.HERE)

    @property
    def came_late(self) -> tuple[Returned, ...]:
        """Here, and after their day."""
        return self._in("came_late")

    @property
    def undated(self) -> tuple[Returned, ...]:
        """Not here, and nobody has said by when they are due."""
        return self._in("no_date")


def _standing(shown: Snapshot, every: str, start: date, end: date) -> Standing:
    return Standing(tuple(_returned(one) for one in rows_of(reader.returns(shown, every, start, end))))


def _returned(one: Any) -> Returned:
    return Returned(
        one.kind, str(one.thing_id), str(one.title), str(one.owner), str(one.service), one.source_id or None,
        str(one.source or ""), str(one.publisher or ""), _day(one.due_on), _day(one.came_on), one.state,
    )  # fmt: skip


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else value.date()


of = remembered(_standing)


def told(held: Sequence[Returned]) -> str:
    """ "12 measures and 2 registers", "1 measure"; "nothing" where there are none."""
    many = {kind: sum(each.kind == kind for each in held) for kind in ("measure", "register")}
    return joined([count(number, kind) for kind, number in many.items() if number]) or "nothing"
