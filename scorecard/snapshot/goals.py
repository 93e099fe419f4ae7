"""The goals of the council plan, and the measures that are to show whether they are met."""

import pandas as pd

from scorecard.snapshot.services import TREE
from scorecard.snapshot.store import Snapshot


def goals(snapshot: Snapshot) -> pd.DataFrame:
    """One row per goal in the plan's order: goal_id, title, promise, plan (the plan's title)."""
    return snapshot.query("select goal_id, title, promise, plan from goal order by position")


def goal_measures(snapshot: Snapshot) -> pd.DataFrame:
    """One row per live measure of a goal, in the catalogue's order, with home's latest judgement.

    goal_id, measure_id, title, service_id, service, owner, unit, decimals, polarity, period, value (in its unit;
    missing is null), marker, target_low, target_high, status ("unavailable" of one never judged), last_period and
    last_year (directions, "unknown" where they cannot be told), is_exception (to act on now).
    """
    return snapshot.query("""
        select m.plan_goal as goal_id, m.measure_id, m.title, m.service_id, s.title as service, m.owner, m.unit,
            m.decimals, m.polarity, j.period, j.value, o.marker, j.target_low, j.target_high,
            coalesce(j.status, 'unavailable') as status, coalesce(j.last_period, 'unknown') as last_period,
            coalesce(j.last_year, 'unknown') as last_year,
            m.measure_id in (
                select measure_id from exception
                where adverse and state not in ('resolved', 'accepted')) as is_exception
        from measure m join goal g on g.goal_id = m.plan_goal join service s using (service_id)
        left join judgement j on j.measure_id = m.measure_id and j.is_latest
            and j.area_code = (select area_code from council)
        left join observation o on o.measure_id = j.measure_id and o.area_code = j.area_code
            and o.period_start = j.period_start and o.period_end = j.period_end
        where m.stage = 'live'
        order by m.position
    """)


def goal_of(snapshot: Snapshot, measure_id: str) -> str | None:
    """The goal that a measure serves, or None."""
    frame = snapshot.query(
        "select goal_id from goal join measure on plan_goal = goal_id where measure_id = ?", [measure_id]
    )
    return None if frame.empty else str(frame["goal_id"].iloc[0])


def goals_of_service(snapshot: Snapshot, service_id: str) -> list[str]:
    """The goals that a service serves with its measures or its actions, itself or below it, in the plan's order."""
    frame = snapshot.query(
        f"""
        with recursive {TREE},
        mine as (select service_id from tree where list_contains(line, $1)),
        served as (
            select plan_goal as goal_id from measure join mine using (service_id) where stage <> 'removed'
            union
            select l.target from register_link l join register_item i using (register_id, item_id)
            join mine on mine.service_id = i.service_id where l.kind = 'goal')
        select goal_id from goal where goal_id in (select goal_id from served) order by position
        """,
        [service_id],
    )
    return [str(each) for each in frame["goal_id"]]
