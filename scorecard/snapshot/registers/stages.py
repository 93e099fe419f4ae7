"""How far the items of a register have come."""

import pandas as pd

from scorecard.snapshot.registers.declared import OPEN
from scorecard.snapshot.store import Snapshot


def reached(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per stage that any item of a register has reached, in the register's order.

    title, position, items (have reached it), standing (open items for which it is the furthest), longest (days that
    one of these has stood there, to the register's judged_on; NaN where none does).
    """
    return snapshot.query(
        f"""
        with furthest as (
            from register_stage where register_id = $1
            qualify row_number() over (partition by item_id order by position desc) = 1),
        standing as (
            select f.position, count(*) as standing, max(r.judged_on - f.reached_on) as longest
            from furthest f join register_item i using (register_id, item_id)
            join register r using (register_id)
            where {OPEN} group by f.position)
        select s.title, s.position, count(*) as items, coalesce(any_value(t.standing), 0) as standing,
            any_value(t.longest) as longest
        from register_stage s left join standing t using (position)
        where s.register_id = $1 group by s.title, s.position order by s.position
        """,
        [register_id],
    )


def furthest(snapshot: Snapshot, register_id: str, most: int) -> pd.DataFrame:
    """One row per open item that has reached a stage, the longest at its stage first; at most `most`.

    item_id, title, owner, stage (the furthest), reached_on, days (since then, to the register's judged_on).
    """
    return snapshot.query(
        f"""
        with furthest as (
            from register_stage where register_id = $1
            qualify row_number() over (partition by item_id order by position desc) = 1)
        select i.item_id, i.title, i.owner, f.title as stage, f.reached_on, r.judged_on - f.reached_on as days
        from furthest f join register_item i using (register_id, item_id) join register r using (register_id)
        where {OPEN} order by f.reached_on, i.title, i.item_id limit {int(most)}
        """,
        [register_id],
    )
