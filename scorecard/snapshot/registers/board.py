"""What a performance board goes through: how the registers stand, for the whole council or one directorate."""

from typing import Final

import pandas as pd

from scorecard.snapshot.registers.declared import ENDED_LATELY, OPEN, OVERDUE
from scorecard.snapshot.registers.plan import ROOTS
from scorecard.snapshot.services import TREE
from scorecard.snapshot.store import Snapshot

_MINE: Final = "($1 = '' or i.service_id in (select service_id from tree where list_contains(line, $1)))"
"""An item of a service and all below it; "" is every item, those of no service too."""


def directorates(snapshot: Snapshot) -> pd.DataFrame:
    """One row per service that lies within no other, in the catalogue's order: service_id, title."""
    return snapshot.query("select service_id, title from service where within is null order by position")


def services_of(snapshot: Snapshot, service_id: str) -> frozenset[str]:
    """The ids of a service and all below it; of every service for ""."""
    frame = snapshot.query(
        f"with recursive {TREE} select service_id from tree where $1 = '' or list_contains(line, $1)", [service_id]
    )
    return frozenset(frame["service_id"])


def measures_of(snapshot: Snapshot, service_id: str) -> frozenset[str]:
    """The ids of the live measures of a service and all below it; of every one for ""."""
    frame = snapshot.query(
        f"""
        with recursive {TREE}
        select measure_id from measure where stage = 'live'
            and ($1 = '' or service_id in (select service_id from tree where list_contains(line, $1)))
        """,
        [service_id],
    )
    return frozenset(frame["measure_id"])


def standing(snapshot: Snapshot, service_id: str) -> pd.DataFrame:
    """One row per register the audience may see, in the catalogue's order, with counts of the items of a service.

    register_id, title, item, items (what they are called), agenda, counted_to and judged_on (the last day counted, and
    the day as at which items are judged; NaT without a file), needs_sign_off; open, overdue (by the ORIGINAL date),
    newly (of these, since the count before the last), due_soon, predicted_late, awaiting, contradicted; red, amber and
    whole (open; part of no other); stuck and above (open risks: red too long, above appetite); ended (within the last
    year, with an original date) and in_time (of these); since (the count before the last, or NaT).
    """
    return snapshot.query(
        f"""
        with recursive {TREE},
        counted as (
            select register_id, arg_max(since, counted_on) as since from register_flow where stock = 'overdue'
            group by register_id),
        held as (
            select i.register_id, count(*) filter ({OPEN}) as open, count(*) filter ({OVERDUE}) as overdue,
                count(*) filter ({OVERDUE} and (i.due >= c.since or i.opened > c.since)) as newly,
                count(*) filter (state = 'due_soon') as due_soon,
                count(*) filter (state = 'predicted_late') as predicted_late,
                count(*) filter (state = 'awaiting_sign_off') as awaiting,
                count(*) filter (contradicted is not null) as contradicted,
                count(*) filter ({OPEN} and rating = 'red') as red,
                count(*) filter ({OPEN} and rating = 'amber') as amber,
                count(*) filter ({OPEN} and part_of is null) as whole,
                count(*) filter ({OPEN} and is_stuck) as stuck,
                count(*) filter ({OPEN} and residual > appetite) as above,
                count(*) filter ({ENDED_LATELY} and due is not null) as ended,
                count(*) filter ({ENDED_LATELY} and ended <= due) as in_time
            from register_item i join (select register_id, judged_on from register) using (register_id)
            left join counted c using (register_id) where {_MINE} group by i.register_id)
        select r.register_id, r.title, r.item, r.items, r.agenda, r.counted_to, r.judged_on, r.needs_sign_off,
            coalesce(columns(h.* exclude (register_id)), 0), c.since
        from register r left join held h using (register_id) left join counted c using (register_id)
        order by r.position
        """,
        [service_id],
    )


def rated(snapshot: Snapshot, agenda: str, service_id: str) -> pd.DataFrame:
    """One row per item of a service, of the registers under an item of the agenda, that is red or amber now or was at
    the end of the quarter before: those that turned for the worse first, the red before the amber, the longest first.

    Only items that are part of no other, counted as `plan.ratings` counts them: what had ended by then was neither.

    register_id, item_id, title, owner, state, rating (None where it is done or
    withdrawn), rating_then (at the end of that quarter, or None), before_on (that day, NaT where there is no report so
    old), rating_since, reason, way_forward, way_forward_then, has_turned (it was better then, or not there).
    """
    return snapshot.query(
        f"""
        with recursive {TREE}, {ROOTS.replace("'actions'", "$2")},
        latest as (select register_id, max(reported_on) as reported_on from register_report group by register_id),
        dated as (
            select register_id, (date_trunc('quarter', reported_on) - interval 1 day)::date as before_on from latest
            where register_id in (
                select p.register_id from register_report p join latest l using (register_id)
                where p.reported_on < date_trunc('quarter', l.reported_on))),
        past as (
            select p.register_id, p.item_id, arg_max(p.rating, p.reported_on) as rating_then,
                arg_max(p.way_forward, p.reported_on) as way_forward_then
            from register_report p join dated d using (register_id) join register_item i using (register_id, item_id)
            where p.reported_on <= d.before_on and coalesce(i.ended > d.before_on, true) group by all),
        placed as (
            select i.register_id, i.item_id, i.title, i.owner, i.state, case when {OPEN} then i.rating end as rating,
                past.rating_then, dated.before_on, i.rating_since, i.reason, i.way_forward, past.way_forward_then,
                i.days_late
            from root join register_item i using (register_id, item_id)
            left join dated using (register_id) left join past using (register_id, item_id)
            where root.action_id = root.item_id and {_MINE}),
        ordered as (
            select *, coalesce(list_position(['red', 'amber'], rating), 3) as now,
                coalesce(list_position(['red', 'amber'], rating_then), 3) as was from placed)
        select * exclude (now, was, days_late), before_on is not null and now < was as has_turned
        from ordered where now < 3 or was < 3
        order by has_turned desc, now, rating_since nulls last, title, item_id
        """,
        [service_id, agenda],
    )


def noted(snapshot: Snapshot, agenda: str, word: str, service_id: str) -> pd.DataFrame:
    """One row per item under an item of the agenda with something in a further column whose heading has a word.

    register_id, item_id, title, owner, state, ended (NaT while it has not), is_overdue (by the ORIGINAL date), heading,
    said (the cell). Those that ended last stand first.
    """
    return snapshot.query(
        f"""
        with recursive {TREE},
        cell as (
            select i.*, {OVERDUE} as is_overdue, unnest(json_keys(i.details)) as heading
            from register_item i join register r using (register_id) where r.agenda = $2 and {_MINE})
        select register_id, item_id, title, owner, state, ended, is_overdue, heading,
            details ->> concat('$."', heading, '"') as said
        from cell where contains(lower(heading), $3) order by ended desc nulls last, title, item_id
        """,
        [service_id, agenda, word],
    )
