"""How long items have been overdue, how often their dates were moved, and whose are moved again and again."""

from typing import Final

import pandas as pd

from scorecard.snapshot.registers.declared import OPEN, OVERDUE
from scorecard.snapshot.store import Snapshot

BANDS: Final = ((1, 30), (31, 90), (91, 180), (181, 365), (366, None))
"""Days overdue, from and to."""
AGAIN: Final = 2
"""Times re-dated from which slippage is called repeated."""


def ageing(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per band of days overdue, since the ORIGINAL date, each of `BANDS` though it be empty.

    from_days, to_days (NaN in the last), items (overdue as at the register's judged_on), redated (of these, moved to a
    later date that has not passed, so that by the current date they would not be late).
    """
    return snapshot.query(
        f"""
        with band as (select unnest($2::integer[]) as from_days, unnest($3::integer[]) as to_days)
        select b.from_days, b.to_days, count(i.item_id) as items,
            count(*) filter (i.current_due >= (select judged_on from register where register_id = $1)) as redated
        from band b left join (from register_item where register_id = $1 and {OVERDUE}) i
            on i.days_late between b.from_days and coalesce(b.to_days, 1000000)
        group by all order by b.from_days
        """,
        [register_id, [start for start, _ in BANDS], [end for _, end in BANDS]],
    )


def slippage(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per number of times that open items of a register were re-dated: times, items, overdue (counts)."""
    return snapshot.query(
        f"""
        select times_redated as times, count(*) as items, count(*) filter ({OVERDUE}) as overdue
        from register_item where register_id = $1 and {OPEN} and due is not null group by all order by times
        """,
        [register_id],
    )


def repeated(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per post, and per service, with two or more open items that were re-dated twice or more; most first.

    kind (owner, service), name (a post or a service's title), items (open with a date), again (of these, re-dated
    twice or more), most (times that one of them was).
    """
    return snapshot.query(
        f"""
        with mine as (
            select i.*, v.title as service from register_item i left join service v using (service_id)
            where register_id = $1 and {OPEN} and due is not null),
        every as (
            select 'owner' as kind, owner as name, times_redated from mine where owner is not null
            union all select 'service', service, times_redated from mine where service is not null)
        select kind, name, count(*) as items, count(*) filter (times_redated >= {AGAIN}) as again,
            max(times_redated) as most
        from every group by kind, name having again >= 2 order by kind, again desc, most desc, name
        """,
        [register_id],
    )


def moved_most(snapshot: Snapshot, register_id: str, most: int) -> pd.DataFrame:
    """One row per open item that was re-dated, those moved most often first; at most `most`.

    item_id, title, owner, dates (all its due dates in order, as
    2026-04-01 separated by commas), times_redated, days_late (since the original).
    """
    return snapshot.query(
        f"""
        with moved as (
            from register_item where register_id = $1 and {OPEN} and times_redated > 0
            order by times_redated desc, days_late desc, title, item_id limit {int(most)})
        select m.item_id, m.title, m.owner, m.times_redated, m.days_late,
            string_agg(d.due_on::varchar, ',' order by d.position) as dates
        from moved m join register_due d using (register_id, item_id)
        group by all order by m.times_redated desc, m.days_late desc, m.title, m.item_id
        """,
        [register_id],
    )
