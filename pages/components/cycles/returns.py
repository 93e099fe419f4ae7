"""Where each measure and register stands in a cycle: the late ones by name, then every return and its measures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

import pyarrow as pa
import streamlit as st

from pages.components import tables
from pages.components.cycles import counted, standing, steps
from pages.components.cycles.standing import Returned
from pages.components.dates import day, short_day
from pages.components.lists import folded
from pages.components.registers import addresses
from pages.components.snapshot import council, remembered
from pages.components.states import as_text, nothing
from pages.components.status import badge
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

MOST_OPEN: Final = 8
"""Late ones that stand open before the others are folded away."""
_STATES: Final = {
    "late": ("red", "event_busy", "late"),
    "never_came": ("red", "event_busy", "never came"),
    "due_soon": ("blue", "schedule", "due soon"),
    "to_come": ("gray", "schedule", "to come"),
    "came_late": ("orange", "change_history", "came late"),
    "in_time": ("green", "check_circle", "came in time"),
    "came": ("green", "check", "came, day not known"),
    "no_date": ("gray", "remove", "not here, no day is set"),
}
"""Each state of a return: its colour, its symbol and its words."""


@dataclass(frozen=True)
class Shown:
    """What is said of the returns of one period."""

    badges: str
    late: tuple[str, ...]
    soon: tuple[str, ...]
    table: pa.Table


def _shown(shown: Snapshot, every: str, start: date, end: date) -> Shown:
    held, today = standing.of(every, start, end), council()["as_at"].date()
    badges = [
        badge(colour, symbol, f"{len(its)} {words}")
        for state, (colour, symbol, words) in _STATES.items()
        if (its := [each for each in held.every if each.state == state])
    ]
    return Shown(
        " ".join(badges),
        tuple(_late(each, today) for each in held.late),
        tuple(_soon(its, today) for _, its in _by_source(held.to_come)),
        tables.ready([_row(its) for _, its in _by_source(held.every)]),
    )


_made = remembered(_shown)


def show_reported(cycle_id: str, every: str) -> None:
    """The same of the period that a cycle is reporting."""
    for one in steps.of(cycle_id):
        if one.turn == "now":
            show(every, one.start, one.end, one.period)
            return


def show(every: str, start: date, end: date, period: str) -> None:
    """How many came and how, the late ones with owner and service, what is due next, and a table of every return."""
    made = _made(every, start, end)
    if not made.badges:
        nothing("No measure and no register is sent in at this pace, so this cycle has no returns to wait for.")
        return
    lines = [made.badges, ""]
    if made.late:
        lines += [f"**Late for {as_text(period)}:**", "", *(f"- {each}" for each in made.late[:MOST_OPEN])]
    if made.soon:
        lines += ["", "**Still to come:**", "", *(f"- {each}" for each in made.soon[:MOST_OPEN])]
    st.markdown("\n".join(lines))
    folded(made.late[MOST_OPEN:], f"{count(len(made.late) - MOST_OPEN, 'more')} late")
    with st.expander(f"Every return and what waits for it: {count(made.table.num_rows, 'return')}"):
        tables.draw(made.table, f"The returns for {period}, the late ones first, with their measures and registers")


def _late(one: Returned, today: date) -> str:
    owner = addresses.link(one.owner, addresses.of_owner(one.owner))
    return f"**{_link(one)}**: {_was_due(one, today)}. {owner}, {as_text(one.service)}"


def _was_due(one: Returned, today: date) -> str:
    if one.due_on is None:
        return "late"
    if one.state == "never_came":
        return f"was due {day(one.due_on)} and never came, though a later period has"
    return f"was due {day(one.due_on)}, {counted.late(today, one.due_on)}"


def _soon(its: list[Returned], today: date) -> str:
    one = its[0]
    if one.due_on is None:
        return f"{as_text(one.source)} ({standing.told(its)})"
    return (
        f"**{as_text(one.source)}** ({as_text(one.publisher)}), {standing.told(its)}: due {day(one.due_on)}, "
        f"{counted.until(today, one.due_on)}"
    )


def _by_source(held: Iterable[Returned]) -> list[tuple[str, list[Returned]]]:
    """Each return with what waits for it, in the order of the first."""
    order: dict[str, int] = {}
    for each in held:
        order.setdefault(each.source_id or "", len(order))
    placed = sorted(held, key=lambda each: order[each.source_id or ""])
    return [(source, list(its)) for source, its in groupby(placed, key=lambda each: each.source_id or "")]


def _row(its: list[Returned]) -> dict[str, str]:
    one = its[0]
    return {
        "Return": as_text(one.source) if one.source_id else "No figure has ever come",
        "Sent by": as_text(one.publisher) or "–",
        "Due": short_day(one.due_on) if one.due_on else "no day is set",
        "Came": short_day(one.came_on) if one.came_on else "–",
        "How it stands": " ".join(badge(*_STATES[state]) for state in dict.fromkeys(each.state for each in its)),
        "For (opens in a new tab)": ", ".join(_link(each) for each in its),
    }


def _link(one: Returned) -> str:
    measure = f"measure?measure={one.thing_id}"
    return addresses.link(one.title, measure if one.kind == "measure" else addresses.of_register(one.thing_id))
