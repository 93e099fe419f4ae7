"""The items of a register: those asked for, in the order in which they press."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

import pandas as pd

from scorecard.snapshot.registers.declared import ENDED_LATELY, OPEN, OVERDUE
from scorecard.snapshot.services import TREE
from scorecard.snapshot.store import Snapshot, first_row

Wanted = Literal[
    "open", "overdue", "due_soon", "predicted_late", "awaiting_sign_off", "closed", "contradicted", "every"
]  # fmt: skip
_STATES: Final[dict[Wanted, str]] = {
    "open": OPEN,
    "overdue": OVERDUE,
    "due_soon": "state = 'due_soon'",
    "predicted_late": "state = 'predicted_late'",
    "awaiting_sign_off": "state = 'awaiting_sign_off'",
    "closed": ENDED_LATELY,
    "contradicted": "contradicted is not null",
    "every": "true",
}
WANTED: Final = get_args(Wanted)
COLUMNS: Final = """
    i.register_id, i.item_id, i.title, i.owner, i.service_id, v.title as service, i.opened, i.due, i.current_due,
    i.times_redated, i.closed, i.signed_off, i.ended, i.reported, i.state, i.sentence, i.contradicted, i.days_late,
    i.done, i.rating, i.rating_before, i.rating_since, i.reason, i.way_forward, i.priority, i.part_of, i.stage,
    i.inherent, i.residual, i.target_score, i.appetite, i.red_since, i.is_stuck, i.reported_on, i.details
"""
"""Columns of an item `i` with its service `v`."""
_DAY: Final = "day as (select judged_on from register where register_id = $1)"
PRESSING: Final = (
    f"{OVERDUE} desc, case when {OVERDUE} then -days_late end, residual desc nulls last, due nulls last, title, item_id"
)
"""The order in which items press: the longest overdue first, then the highest scores, then by ORIGINAL date."""


@dataclass(frozen=True)
class Asked:
    """Which items of a register: those in a state, of a service and all below it, of a post, of a priority, and with
    every word somewhere. An empty text wants everything."""

    state: Wanted = "open"
    service_id: str = ""
    owner: str = ""
    priority: str = ""
    words: str = ""


ALL_OPEN: Final = Asked()


def items(
    snapshot: Snapshot, register_id: str, asked: Asked = ALL_OPEN, first: int = 0, most: int | None = None
) -> pd.DataFrame:
    """One row per item asked for, the most pressing first; from place `first` (0), at most `most`.

    register_id, item_id, title, owner (a post or None), service_id, service (its title), opened, due (the ORIGINAL
    date), current_due, times_redated, closed, signed_off, ended (days or NaT), reported (the status as reported),
    state (not_due, due_soon, predicted_late, overdue, awaiting_sign_off, closed, withdrawn), sentence (why),
    contradicted (or None), days_late (since the ORIGINAL date), done (per cent or NaN), rating, rating_before,
    rating_since, reason, way_forward, priority, part_of, stage, inherent, residual, target_score, appetite, red_since,
    is_stuck, reported_on, details (a JSON object).
    """
    given = _given(register_id, asked)
    return snapshot.query(
        f"""
        with recursive {TREE}, {_DAY}
        select {COLUMNS} from register_item i cross join day left join service v using (service_id)
        where {_condition(asked, given)} order by {PRESSING} limit {_whole(most)} offset {int(first)}
        """,
        given,
    )


def how_many(snapshot: Snapshot, register_id: str, asked: Asked = ALL_OPEN) -> int:
    """How many items are asked for."""
    given = _given(register_id, asked)
    frame = snapshot.query(
        f"""
        with recursive {TREE}, {_DAY}
        select count(*) as items from register_item i cross join day where {_condition(asked, given)}
        """,
        given,
    )
    return int(first_row(frame)["items"])


def ended_last(snapshot: Snapshot, register_id: str, most: int) -> pd.DataFrame:
    """One row per closed item of a register, the last ended first; at most `most`: item_id, title, ended, details."""
    return snapshot.query(
        f"""
        select item_id, title, ended, details from register_item
        where register_id = ? and state = 'closed' order by ended desc, title, item_id limit {int(most)}
        """,
        [register_id],
    )


def choices(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per service, post and priority that items of a register have, by kind and in their order.

    kind (service, owner, priority), value (the service's id, the post or the priority), words (the service with those
    above it, else the value again). A service is listed when it, or one below it, has items.
    """
    return snapshot.query(
        f"""
        with recursive {TREE},
        mine as (from register_item where register_id = $1)
        select 'service' as kind, n.service_id as value, list_aggregate(n.trail, 'string_agg', ' › ') as words,
            row_number() over (order by n.place) as place
        from tree n where exists (
            select 1 from mine join tree d using (service_id) where list_contains(d.line, n.service_id))
        union all
        select 'owner', owner, owner, row_number() over (order by lower(owner), owner)
        from (select distinct owner from mine where owner is not null)
        union all
        select 'priority', priority, priority, row_number() over (order by lower(priority), priority)
        from (select distinct priority from mine where priority is not null)
        order by kind, place
        """,
        [register_id],
    )


def _given(register_id: str, asked: Asked) -> list[object]:
    return [register_id, asked.service_id, asked.owner, asked.priority, *asked.words.casefold().split()]


def _condition(asked: Asked, given: list[object]) -> str:
    """The condition for what is asked, with the values at their places."""
    text = "lower(concat_ws(' ', i.item_id, i.title, i.owner, i.reason, i.way_forward, i.priority, i.details))"
    words = [f"contains({text}, ${at}::varchar)" for at in range(5, len(given) + 1)]
    conditions = [
        "i.register_id = $1",
        "($2 = '' or i.service_id in (select service_id from tree where list_contains(line, $2)))",
        "($3 = '' or i.owner = $3)",
        "($4 = '' or i.priority = $4)",
        f"({_STATES[asked.state]})",
        *words,
    ]
    return " and ".join(conditions)


def _whole(most: int | None) -> str:
    return "all" if most is None else str(int(most))
