"""Stock and flow: what each count of a register began with, what came, what went, and what it ended with."""

import pandas as pd

from scorecard.snapshot.registers.items import COLUMNS
from scorecard.snapshot.store import Snapshot


def flow(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per stock (open, overdue) and count of a register, the earliest first.

    stock, counted_on, since (the count before, or NaT for the first), opening, added, closed (NaN for the first),
    closing. All counts of items; opening + added - closed = closing. A month without a count has no row.
    """
    return snapshot.query(
        """
        select stock, counted_on, since, opening, added, closed, closing from register_flow
        where register_id = ? order by stock, counted_on
        """,
        [register_id],
    )


def latest(snapshot: Snapshot) -> pd.DataFrame:
    """One row per register and stock (open, overdue) with its latest count, in the catalogue's order.

    register_id, title, item, items (what they are called), agenda, needs_sign_off, stock, counted_on, since, opening,
    added, closed (NaN where there is only one count), closing, highest (of all counts), first_counted_on, has_opened
    (its items say when they were opened; else none is ever counted as added to the open ones).
    """
    return snapshot.query("""
        select r.register_id, r.title, r.item, r.items, r.agenda, r.needs_sign_off, f.stock, f.counted_on, f.since,
            f.opening, f.added, f.closed, f.closing, max(f.closing) over w as highest,
            min(f.counted_on) over w as first_counted_on,
            exists (from register_item i where i.register_id = f.register_id and i.opened is not null) as has_opened
        from register_flow f join register r using (register_id)
        window w as (partition by f.register_id, f.stock)
        qualify row_number() over (partition by f.register_id, f.stock order by f.counted_on desc) = 1
        order by r.position, f.stock
    """)


def newly_overdue(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per item that became overdue between a register's last two counts, the longest late first.

    The columns of `items.items`, and is_ended (done since, though late). None where there is only one count.
    """
    return snapshot.query(
        f"""
        with lately as (
            from register_flow where register_id = $1 and stock = 'overdue'
            qualify row_number() over (order by counted_on desc) = 1),
        mine as (
            select *, greatest(due + 1, coalesce(opened, due + 1)) as late_from
            from register_item where register_id = $1 and due is not null)
        select {COLUMNS}, coalesce(i.ended <= lately.counted_on, false) as is_ended
        from mine i cross join lately left join service v using (service_id)
        where i.late_from > lately.since and i.late_from <= lately.counted_on
            and (i.ended is null or i.ended >= i.late_from)
        order by i.due, i.title, i.item_id
        """,
        [register_id],
    )
