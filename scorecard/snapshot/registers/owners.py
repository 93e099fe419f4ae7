"""Everything with a post on it: its open items across the registers, and its measures that need attention."""

import pandas as pd

from scorecard.snapshot.registers.declared import OPEN, OVERDUE
from scorecard.snapshot.registers.items import COLUMNS
from scorecard.snapshot.store import Snapshot


def owners(snapshot: Snapshot) -> pd.DataFrame:
    """One row per post that owns an item of a register or a measure in use, in the order of the alphabet.

    owner, open (items), overdue (items, by the ORIGINAL date), exceptions (of its measures, to act on).
    """
    return snapshot.query(f"""
        with item as (
            select owner, count(*) filter ({OPEN}) as open, count(*) filter ({OVERDUE}) as overdue
            from register_item where owner is not null group by owner),
        pressing as (
            select m.owner, count(*) as exceptions from exception e join measure m using (measure_id)
            where e.adverse and e.state not in ('resolved', 'accepted') group by m.owner),
        every as (select owner from item union select owner from measure where stage <> 'removed')
        select owner, coalesce(i.open, 0) as open, coalesce(i.overdue, 0) as overdue,
            coalesce(p.exceptions, 0) as exceptions
        from every left join item i using (owner) left join pressing p using (owner) order by lower(owner), owner
    """)


def of(snapshot: Snapshot, owner: str) -> pd.DataFrame:
    """One row per open item of a post across the registers, by ORIGINAL due date, those without a date last.

    The columns of `items.items`; register (its title), item and items (what it calls its items), agenda; is_overdue
    (by the ORIGINAL date), is_this_month (not overdue, and its current date falls by the end of the month
    of the council's day), is_red (residual score).
    """
    return snapshot.query(
        f"""
        select {COLUMNS}, r.title as register, r.item, r.items, r.agenda, {OVERDUE} as is_overdue,
            not {OVERDUE} and coalesce(greatest(i.due, i.current_due) <= last_day(c.as_at), false) as is_this_month,
            coalesce(i.residual >= r.red_from, false) as is_red
        from register_item i join register r using (register_id) cross join council c
        left join service v on v.service_id = i.service_id
        where i.owner = $1 and {OPEN}
        order by i.due nulls last, r.position, i.title, i.item_id
        """,
        [owner],
    )


def measures_of(snapshot: Snapshot, owner: str) -> pd.DataFrame:
    """One row per exception to act on among a post's measures, the most pressing first.

    measure_id, title, place (the ward or part, or ""), severity, state, periods, frequency, since (a day),
    accepted_until (NaT), sentence, question.
    """
    return snapshot.query(
        """
        select e.measure_id, m.title, e.severity, e.state, e.periods, m.frequency, e.since, e.accepted_until,
            e.sentence, e.question,
            case when e.part <> '' then e.part when a.is_home then '' else coalesce(a.name, e.area_code) end as place
        from exception e join measure m using (measure_id) left join area a using (area_code)
        where m.owner = ? and e.adverse and e.state not in ('resolved', 'accepted') order by e.position
        """,
        [owner],
    )
