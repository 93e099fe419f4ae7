"""The rounds of performance management: their steps by date, and where each measure and register stands in one."""

from datetime import date
from typing import Final

import pandas as pd

from scorecard.snapshot.store import Snapshot

MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
"""How long a period of a cycle is; a cycle that comes once a plan has no returns."""
HERE: Final = ("in_time", "came_late", "came")
"""States of a return that is here."""


def cycles(snapshot: Snapshot) -> pd.DataFrame:
    """One row per cycle that has steps, in the catalogue's order: cycle_id, title, every, purpose."""
    return snapshot.query("""
        select cycle_id, title, every, purpose from cycle
        where cycle_id in (select cycle_id from cycle_step) order by position
    """)


def steps(snapshot: Snapshot, cycle_id: str) -> pd.DataFrame:
    """One row per step of a cycle in the period that is being reported, the one before and the one after.

    The period being reported is the last that has ended, or the first of all where none has.

    turn (before, now, next), period, period_start, period_end, position, step, title, who, is_post (who owns a service,
    a measure or an item of a register), is_return, due_on (NaT where the calendar has no such meeting yet). By period,
    then in the order of the steps.
    """
    return snapshot.query(
        """
        with mine as (from cycle_step where cycle_id = $1),
        ended as (
            select coalesce(max(period_end) filter (period_end < (select as_at from council)), min(period_end)) as now
            from mine),
        turns as (
            select period_end, row_number() over (order by period_end) as place
            from (select distinct period_end from mine)),
        placed as (
            select period_end, place - (select place from turns where period_end = (select now from ended)) as away
            from turns)
        select case away when -1 then 'before' when 0 then 'now' else 'next' end as turn, m.period, m.period_start,
            m.period_end, m.position, m.step, m.title, m.who, m.is_return, m.due_on, m.who in (
                select owner from service union select owner from measure
                union select owner from register_item where owner is not null) as is_post
        from mine m join placed using (period_end) where away between -1 and 1
        order by m.period_end, m.position
        """,
        [cycle_id],
    )  # fmt: skip


def returns(snapshot: Snapshot, every: str, start: date, end: date) -> pd.DataFrame:
    """One row per live measure and register that is reported so often, and how its return for a period stands.

    A measure's return is that of the source its latest figures came from, a register's that of its own source, for the
    last period of the source that ends within `start` to `end`. None where the cycle comes once a plan.

    kind (measure, register), thing_id, title, owner, service, source_id, source, publisher; due_on, came_on (days or
    NaT); state (in_time, came_late, came, late, never_came, due_soon, to_come, or no_date where no day is set); the
    late ones first, the longest late before the others, then by the day they are due.
    """
    return snapshot.query(
        """
        with own as (
            select o.measure_id, l.source_id
            from observation o join load l using (load_id) join area a using (area_code) cross join council c
            where a.area_code = c.area_code or a.within = c.area_code
            qualify o.period_end = max(o.period_end) over (partition by o.measure_id)),
        within as (
            select source_id, arg_max(due_on, period_end) as due_on, arg_max_null(came_on, period_end) as came_on,
                arg_max(state, period_end) as state
            from submission where period_end between $2 and $3 group by source_id),
        lengths as (
            select source_id, max(datediff('month', period_start, period_end) + 1) as months
            from submission group by source_id),
        things as (
            select distinct 'measure' as kind, m.measure_id as thing_id, m.title, m.owner, m.service_id, o.source_id,
                m.position
            from measure m left join own o using (measure_id) where m.stage = 'live' and m.frequency = $1
            union all
            select 'register', r.register_id, r.title, s.owner, r.service_id, r.source_id, r.position
            from register r join service s using (service_id) join lengths l using (source_id) where l.months = $4)
        select t.kind, t.thing_id, t.title, t.owner, s.title as service, t.source_id, f.title as source, f.publisher,
            w.due_on, w.came_on, case
                when w.state is not null then w.state
                when t.kind = 'measure' and exists (
                    from observation o where o.measure_id = t.thing_id and o.period_end between $2 and $3
                        and o.area_code = (select area_code from council)) then 'came'
                else 'no_date' end as state
        from things t join service s using (service_id) left join source f using (source_id)
        left join within w using (source_id)
        qualify row_number() over (
            partition by t.kind, t.thing_id
            order by list_position(['late', 'never_came', 'due_soon', 'to_come'], w.state) nulls last, w.due_on) = 1
        order by list_position(['late', 'never_came'], state) nulls last,
            due_on nulls last, t.kind = 'measure', t.position
        """,
        [every, start, end, MONTHS.get(every, 0)],
    )


def dates(snapshot: Snapshot, how_many: int) -> pd.DataFrame:
    """One row per coming meeting of the council's bodies and committees, the next one first.

    held_on (from the council's day on), title, committee_id (None of a body that is no scrutiny committee).
    """
    return snapshot.query(
        """
        select held_on, title, committee_id from (
            select held_on, title, null as committee_id from body_meeting join body using (body_id)
            union all select held_on, title, committee_id from meeting join committee using (committee_id))
        where held_on >= (select as_at from council)
        order by held_on, committee_id is not null, title limit $1
        """,
        [how_many],
    )
