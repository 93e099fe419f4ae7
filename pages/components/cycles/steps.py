"""The steps of a cycle in the period before, the one being reported and the next: what day, who, and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from pages.components import tables
from pages.components.cycles import standing
from pages.components.dates import short_day
from pages.components.registers import addresses
from pages.components.rows import of as rows_of
from pages.components.snapshot import council, remembered
from pages.components.states import as_text
from pages.components.status import badge
from scorecard.snapshot import cycles as reader
from scorecard.snapshot.store import Snapshot

MEANT: Final = (
    "A date that has passed says only that its day is over, not what was decided then. Returns are told from what has "
    "come."
)
_TURNS: Final[Mapping[str, str]] = {"now": "being reported", "next": "next", "before": "the one before"}
"""What is looked for first stands first: on a phone the rest is scrolled to."""


@dataclass(frozen=True)
class Step:
    """One step in one period; `due_on` is None where the calendar has no such meeting yet."""

    turn: str
    period: str
    start: date
    end: date
    position: int
    title: str
    who: str
    is_post: bool
    is_return: bool
    due_on: date | None


def _steps(shown: Snapshot, cycle_id: str) -> tuple[Step, ...]:
    return tuple(_step(one) for one in rows_of(reader.steps(shown, cycle_id)))


def _step(one: Any) -> Step:
    return Step(
        one.turn, str(one.period), one.period_start.date(), one.period_end.date(), int(one.position), str(one.title),
        str(one.who), bool(one.is_post), bool(one.is_return), None if pd.isna(one.due_on) else one.due_on.date(),
    )  # fmt: skip


of = remembered(_steps)


def next_of(steps: tuple[Step, ...], today: date) -> Step | None:
    """The step whose day comes next, today's among them; None where no day is set for any."""
    coming = [each for each in steps if each.due_on and each.due_on >= today]
    return min(coming, key=lambda each: (each.due_on or today, each.end, each.position), default=None)


def passed_of(steps: tuple[Step, ...], today: date) -> Step | None:
    """The last step of the period being reported whose day has passed."""
    passed = [each for each in steps if each.turn == "now" and each.due_on and each.due_on < today]
    return max(passed, key=lambda each: each.position, default=None)


def _table(shown: Snapshot, cycle_id: str, every: str) -> pa.Table:
    steps, today = of(cycle_id), council()["as_at"].date()
    periods = {each.turn: each for each in steps}
    soonest = next_of(steps, today)
    cells = {(each.position, each.turn): _cell(each, every, today, is_next=each == soonest) for each in steps}
    named = {each.position: each for each in steps}
    return tables.ready(
        [
            {
                "Step, and who takes it": _step_and_who(named[at]),
                **{
                    as_text(f"{periods[turn].period}, {_turn(periods[turn], today)}"): cells.get((at, turn), "–")
                    for turn in _TURNS
                    if turn in periods
                },
            }
            for at in sorted(named)
        ]
    )


def _step_and_who(step: Step) -> str:
    """What it is, for returns with a link to what is due; and who, for a post with a link to all that is on it."""
    title = f"[{as_text(step.title)}](data_quality)" if step.is_return else as_text(step.title)
    who = addresses.link(step.who, addresses.of_owner(step.who)) if step.is_post else as_text(step.who)
    return f"**{title}** · {who}"


table = remembered(_table)
"""A row per step: what it is and who takes it, and for each period its day and a badge with how it stands."""


def _turn(step: Step, today: date) -> str:
    """Where its period stands: one that has not ended is not being reported yet."""
    return "under way" if step.turn == "now" and step.end >= today else _TURNS[step.turn]


def _cell(step: Step, every: str, today: date, *, is_next: bool) -> str:
    if step.due_on is None:
        return badge("gray", "event_busy", "Not in the calendar yet")
    return f"{short_day(step.due_on)} {_state(step, step.due_on, every, today, is_next=is_next)}"


def _state(step: Step, due_on: date, every: str, today: date, *, is_next: bool) -> str:
    if due_on == today:
        return badge("blue", "today", "Today")
    if due_on > today:
        return badge("blue", "arrow_forward", "Next") if is_next else badge("gray", "schedule", "To come")
    return _returned(step, every) if step.is_return else badge("gray", "history", "Date passed")


def _returned(step: Step, every: str) -> str:
    """How the returns of a period stand once their day has passed."""
    held = standing.of(every, step.start, step.end)
    if held.late:
        return badge("red", "event_busy", f"{len(held.late)} late")
    if held.to_come:
        return badge("blue", "schedule", f"{len(held.to_come)} still to come")
    if held.came_late:
        return badge("orange", "change_history", f"All came, {len(held.came_late)} late")
    return badge("green", "check_circle", "All came") if held.came else badge("gray", "history", "Date passed")
