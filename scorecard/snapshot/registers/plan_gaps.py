"""Where the golden thread is broken: a goal without an action, an action without a measure, a measure without one."""

from typing import Final

import pandas as pd

from scorecard.snapshot.registers.declared import OPEN
from scorecard.snapshot.registers.plan import ROOTS
from scorecard.snapshot.store import Snapshot

_KEPT: Final = "exists (from register where agenda = 'actions')"
"""Without a register of actions, or for readers who may see none, it is no gap that nothing has one."""


def gaps(snapshot: Snapshot) -> pd.DataFrame:
    """One row per gap in the thread from goal to action to measure, by kind, then in the plan's order.

    kind: goal_without_action, goal_without_measure, action_without_goal, action_without_measure,
    measure_without_action; goal_id (None where the gap is that there is none); register_id and item_id (of an open
    action, else None), measure_id (of a live measure, else None), title (of the goal, action or measure), owner (None
    of a goal). An action has a goal or a measure when it or one of its milestones names it. That something has no
    action is told only where there is a register of actions.
    """
    return snapshot.query(f"""
        with recursive {ROOTS},
        named as (
            select root.register_id, root.action_id as item_id, k.kind, k.target
            from root join register_link k using (register_id, item_id)
            where (k.kind = 'goal' and k.target in (select goal_id from goal))
                or (k.kind = 'measure' and k.target in (select measure_id from measure))),
        action as (
            select i.register_id, i.item_id, i.title, i.owner, i.due
            from root join register_item i using (register_id, item_id)
            where root.action_id = root.item_id and {OPEN}),
        served as (select distinct register_id, item_id, target as goal_id from named where kind = 'goal'),
        shown as (select distinct register_id, item_id from named where kind = 'measure'),
        found as (
            select 'goal_without_action' as kind, goal_id, null::varchar as register_id, null::varchar as item_id,
                null::varchar as measure_id, title, null::varchar as owner, 1 as place
            from goal where goal_id not in (select goal_id from served) and {_KEPT}
            union all
            select 'goal_without_measure', goal_id, null, null, null, title, null, 2
            from goal where goal_id not in (
                select plan_goal from measure where stage = 'live' and plan_goal is not null)
            union all
            select 'action_without_goal', null, register_id, item_id, null, title, owner, 3
            from action anti join served using (register_id, item_id)
            union all
            select 'action_without_measure', s.goal_id, a.register_id, a.item_id, null, a.title, a.owner, 4
            from action a join served s using (register_id, item_id) anti join shown using (register_id, item_id)
            union all
            select 'measure_without_action', plan_goal, null, null, measure_id, title, owner, 5
            from measure where stage = 'live' and plan_goal in (select goal_id from goal)
                and measure_id not in (select target from named where kind = 'measure') and {_KEPT})
        select found.kind, found.goal_id, found.register_id, found.item_id, found.measure_id, found.title, found.owner
        from found left join goal using (goal_id) left join measure m using (measure_id)
        order by found.place, goal.position nulls last, m.position, found.title, found.item_id
    """)
