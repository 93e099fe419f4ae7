"""What items of registers are linked with: from an item to everything it names, and from everything to its items."""

import pandas as pd

from scorecard.snapshot.registers.declared import OVERDUE
from scorecard.snapshot.registers.items import COLUMNS, PRESSING
from scorecard.snapshot.store import Snapshot


def of_item(snapshot: Snapshot, register_id: str, item_id: str) -> pd.DataFrame:
    """One row per link of an item, those it makes itself first, then those of other items to it.

    kind (measure, goal, service, register), target (id of the measure, goal or service, or item_id), to_register (or
    None), title (of what is linked; the target itself where it is not known), state (of a linked item; of a measure
    with an exception to act on "exception"; else None), has_date (a linked item has a
    due date), is_back (another item names this one), register (title of a
    linked item's register).
    """
    return snapshot.query(
        """
        with every as (
            select kind, target, to_register, false as is_back from register_link
            where register_id = $1 and item_id = $2
            union all
            select 'register', item_id, register_id, true from register_link
            where kind = 'register' and target = $2 and to_register = $1),
        pressing as (
            select distinct measure_id from exception where adverse and state not in ('resolved', 'accepted'))
        select e.kind, e.target, e.to_register, e.is_back, r.title as register,
            coalesce(m.title, g.title, v.title, i.title, e.target) as title,
            case when e.kind = 'register' then i.state when p.measure_id is not null then 'exception' end as state,
            i.due is not null as has_date
        from every e
        left join measure m on e.kind = 'measure' and m.measure_id = e.target
        left join pressing p on e.kind = 'measure' and p.measure_id = e.target
        left join goal g on e.kind = 'goal' and g.goal_id = e.target
        left join service v on e.kind = 'service' and v.service_id = e.target
        left join register_item i on e.kind = 'register' and i.register_id = e.to_register and i.item_id = e.target
        left join register r on r.register_id = e.to_register
        order by e.is_back, list_position(['goal', 'measure', 'service', 'register'], e.kind),
            lower(coalesce(m.title, g.title, v.title, i.title, '')), e.target
        """,
        [register_id, item_id],
    )


def items_of(snapshot: Snapshot, kind: str, target: str, to_register: str = "") -> pd.DataFrame:
    """One row per item of any register that names a measure, goal, service or item, the most pressing first.

    kind is measure, goal, service or register; for register `target` is an item_id of `to_register`. The columns of
    `items.items`, register (its title), agenda, and is_overdue. Items of every state.
    """
    return snapshot.query(
        f"""
        select {COLUMNS}, r.title as register, r.agenda, {OVERDUE} as is_overdue
        from register_link k join register_item i using (register_id, item_id)
        join register r using (register_id) left join service v on v.service_id = i.service_id
        where k.kind = $1 and k.target = $2 and ($3 = '' or k.to_register = $3)
        order by {PRESSING.replace(" title, item_id", " i.title, i.item_id")}
        """,
        [kind, target, to_register],
    )
