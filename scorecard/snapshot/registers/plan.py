"""The golden thread: the actions of the council plan with their milestones, ratings and measures."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from scorecard.snapshot.registers.items import COLUMNS
from scorecard.snapshot.store import Snapshot

ROOTS: Final = """
    planned as (
        select i.register_id, i.item_id, i.part_of from register_item i join register r using (register_id)
        where r.agenda = 'actions'),
    root as (
        select p.register_id, p.item_id, p.item_id as action_id from planned p
        where p.part_of is null or not exists (
            select 1 from planned w where w.register_id = p.register_id and w.item_id = p.part_of)
        union
        select p.register_id, p.item_id, r.action_id from planned p
        join root r on r.register_id = p.register_id and r.item_id = p.part_of)
"""
"""Each item of the registers of actions with the action it is part of, itself where it is one. "With recursive"."""
OF_THE_PLAN: Final = """
    coalesce(i.ended >= (select cast(catalogue->>'$.plan.since' as date) from council), true)
"""
"""The condition for an item `i` that had not ended before the plan began: a register may go back to an earlier plan."""
ORDER: Final = "goal.position nulls last, r.position, i.due nulls last, i.title, i.item_id"


def actions(snapshot: Snapshot) -> pd.DataFrame:
    """One row per goal and action that serves it, in the plan's order, then by ORIGINAL due date.

    An action is an item of a register of actions that is part of no other; it serves the goals that it or one of its
    milestones names. Those that ended before the plan began are left out. goal_id (None: it names none), the columns of
    `items.items`, and milestones, milestones_done (counts), measures (ids of the measures that it or a milestone names,
    a list), judged_on (the day as at which the register is judged, or NaT).
    """
    frame = snapshot.query(f"""
        with recursive {ROOTS},
        named as (
            select root.register_id, root.action_id as item_id, k.kind, k.target
            from root join register_link k using (register_id, item_id) where k.kind in ('goal', 'measure')),
        served as (
            select distinct register_id, item_id, target as goal_id from named
            where kind = 'goal' and target in (select goal_id from goal)),
        shown as (
            select register_id, item_id, list(distinct target order by target) as measures from named
            where kind = 'measure' and target in (select measure_id from measure) group by all),
        parts as (
            select root.register_id, root.action_id as item_id, count(*) as milestones,
                count(*) filter (m.state = 'closed') as milestones_done
            from root join register_item m using (register_id, item_id)
            where root.action_id <> root.item_id and m.state <> 'withdrawn' group by all)
        select served.goal_id, {COLUMNS}, coalesce(parts.milestones, 0) as milestones,
            coalesce(parts.milestones_done, 0) as milestones_done, shown.measures,
            r.judged_on
        from root join register_item i on i.register_id = root.register_id and i.item_id = root.item_id
        join register r on r.register_id = i.register_id
        left join service v on v.service_id = i.service_id
        left join served on served.register_id = i.register_id and served.item_id = i.item_id
        left join goal on goal.goal_id = served.goal_id
        left join shown on shown.register_id = i.register_id and shown.item_id = i.item_id
        left join parts on parts.register_id = i.register_id and parts.item_id = i.item_id
        where root.action_id = root.item_id and {OF_THE_PLAN}
        order by {ORDER}
    """)
    frame["measures"] = [
        [str(name) for name in each] if isinstance(each, Iterable) else [] for each in frame["measures"]
    ]
    return frame


def milestones(snapshot: Snapshot) -> pd.DataFrame:
    """One row per milestone of an action, withdrawn ones too, by due date.

    register_id, action_id (the action it is part of), item_id, title, owner, due (the ORIGINAL date), current_due,
    ended, state, days_late, done (per cent), rating.
    """
    return snapshot.query(f"""
        with recursive {ROOTS}
        select i.register_id, root.action_id, i.item_id, i.title, i.owner, i.due, i.current_due, i.ended, i.state,
            i.days_late, i.done, i.rating
        from root join register_item i using (register_id, item_id)
        where root.action_id <> root.item_id order by i.due nulls last, i.title, i.item_id
    """)


def ratings(snapshot: Snapshot) -> pd.DataFrame:
    """One row per register of actions and goal: how many are rated red and amber, now and a quarter ago.

    register_id, goal_id ("" for actions without a goal; "*" for all that serve one, each once; None for all of the
    register, each once), actions, red, amber (by the latest report of each), reported_on (the day of the register's
    latest report, or NaT), before_on (the last day of the quarter before that day's), red_before, amber_before (by the
    latest report up to then). before_on is NaT, and both are null, where the register has no report so old.
    Actions that had ended by then, or now, are not counted as red or amber; withdrawn ones are not among `actions`.
    """
    return snapshot.query(f"""
        with recursive {ROOTS},
        goals as (
            select distinct root.register_id, root.action_id as item_id, k.target as goal_id
            from root join register_link k using (register_id, item_id)
            where k.kind = 'goal' and k.target in (select goal_id from goal)),
        single as (
            select i.register_id, i.item_id, case when i.ended is null then i.rating end as rating, i.state, i.ended
            from root join register_item i using (register_id, item_id)
            where root.action_id = root.item_id and {OF_THE_PLAN}),
        action as (
            select *, null::varchar as goal_id from single
            union all
            select *, '*' from single semi join goals using (register_id, item_id)
            union all
            select single.*, coalesce(goals.goal_id, '') from single left join goals using (register_id, item_id)),
        latest as (select register_id, max(reported_on) as reported_on from register_report group by all),
        dated as (
            select register_id, reported_on, (date_trunc('quarter', reported_on) - interval 1 day)::date as before_on
            from latest),
        held as (
            select d.*, exists (
                select 1 from register_report p where p.register_id = d.register_id and p.reported_on <= d.before_on
            ) as is_known from dated d),
        past as (
            select p.register_id, p.item_id, arg_max(p.rating, p.reported_on) as rating
            from register_report p join held using (register_id) join single using (register_id, item_id)
            where p.reported_on <= held.before_on and coalesce(single.ended > held.before_on, true) group by all)
        select a.register_id, a.goal_id, count(*) filter (a.state <> 'withdrawn') as actions,
            count(*) filter (a.rating = 'red') as red, count(*) filter (a.rating = 'amber') as amber, h.reported_on,
            case when h.is_known then h.before_on end as before_on,
            case when h.is_known then count(*) filter (past.rating = 'red') end as red_before,
            case when h.is_known then count(*) filter (past.rating = 'amber') end as amber_before
        from action a left join held h using (register_id) left join past using (register_id, item_id)
        group by a.register_id, a.goal_id, h.reported_on, h.before_on, h.is_known
        order by a.register_id, a.goal_id nulls first
    """)
