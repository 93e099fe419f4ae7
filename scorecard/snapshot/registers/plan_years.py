"""How the actions and the risks of the goals stood at the end of one financial year, or now where it is not over."""

from datetime import date

import pandas as pd

from scorecard.snapshot.registers.declared import OPEN
from scorecard.snapshot.registers.plan import ORDER, ROOTS
from scorecard.snapshot.store import Snapshot


def year_actions(snapshot: Snapshot, first: date, last: date) -> pd.DataFrame:
    """One row per goal and action of the financial year from `first` to `last`, in the plan's order.

    Those that had been opened by the end of the year, or the day that the register is judged as at in it, and had not
    ended before it began. goal_id, register_id, item_id, title, owner, service, due (the ORIGINAL date), ended; and as
    at that end: as_at (its day), came_to (complete, withdrawn, late, predicted_late, on_course), days_late (of a
    complete one the days it came after its original date, else those it is late), rating (in its latest report by
    then, or None). predicted_late is only said where the year is not over.
    """
    return snapshot.query(
        f"""
        with recursive {ROOTS},
        day as (
            select r.register_id, least($2::date, coalesce(r.judged_on, c.as_at)) as as_at,
                coalesce(r.judged_on, c.as_at) <= $2::date as is_now
            from register r cross join council c),
        served as (
            select distinct root.register_id, root.action_id as item_id, k.target as goal_id
            from root join register_link k using (register_id, item_id) where k.kind = 'goal'),
        rated as (
            select register_id, item_id, arg_max(rating, reported_on) as rating
            from register_report join day using (register_id) where reported_on <= day.as_at group by all)
        select served.goal_id, i.register_id, i.item_id, i.title, i.owner, v.title as service, i.due,
            case when i.ended <= day.as_at then i.ended end as ended, day.as_at,
            case when i.ended <= day.as_at then if(i.state = 'withdrawn', 'withdrawn', 'complete')
                when i.due < day.as_at then 'late'
                when day.is_now and i.state = 'predicted_late' then 'predicted_late' else 'on_course' end as came_to,
            if(i.state = 'withdrawn' and i.ended <= day.as_at, 0,
                greatest(coalesce(least(coalesce(i.ended, day.as_at), day.as_at) - i.due, 0), 0))::integer as days_late,
            coalesce(rated.rating, case when day.is_now then i.rating end) as rating
        from served join goal using (goal_id) join register_item i using (register_id, item_id)
        join register r on r.register_id = i.register_id join day on day.register_id = i.register_id
        left join rated on rated.register_id = i.register_id and rated.item_id = i.item_id
        left join service v on v.service_id = i.service_id
        where coalesce(i.opened <= day.as_at, true) and coalesce(i.ended >= $1::date, true)
        order by {ORDER}
        """,
        [first, last],
    )


def goal_risks(snapshot: Snapshot) -> pd.DataFrame:
    """One row per goal and open risk that bears on it, the highest score first.

    It does when it is linked, either way, with the goal, or with a measure or an action that serves it. goal_id,
    register_id, item_id, title, owner, residual, residual_likelihood, residual_impact, target_score (missing is null),
    band (red, amber, green; None without a score), red_since (or NaT), is_stuck.
    """
    return snapshot.query(f"""
        with recursive {ROOTS},
        linked as (
            select register_id, item_id, kind, target, to_register from register_link
            union select to_register, target, 'register', item_id, register_id from register_link
            where kind = 'register'),
        served as (
            select root.register_id, root.item_id, k.target as goal_id
            from root join root other using (register_id, action_id)
            join register_link k on k.register_id = other.register_id and k.item_id = other.item_id
            where k.kind = 'goal'),
        bears as (
            select register_id, item_id, target as goal_id from linked where kind = 'goal'
            union select l.register_id, l.item_id, m.plan_goal from linked l join measure m on m.measure_id = l.target
            where l.kind = 'measure' and m.plan_goal is not null
            union select l.register_id, l.item_id, s.goal_id
            from linked l join served s on s.register_id = l.to_register and s.item_id = l.target
            where l.kind = 'register')
        select b.goal_id, i.register_id, i.item_id, i.title, i.owner, i.residual, i.residual_likelihood,
            i.residual_impact, i.target_score, i.red_since, i.is_stuck,
            case when i.residual >= r.red_from then 'red' when i.residual >= r.amber_from then 'amber'
                when i.residual is not null then 'green' end as band
        from bears b join goal using (goal_id) join register_item i using (register_id, item_id)
        join register r using (register_id)
        where r.red_from is not null and {OPEN}
        order by goal.position, i.residual desc nulls last, i.title, i.item_id
    """)
