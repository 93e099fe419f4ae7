"""How many items of a register took each step, and how many there were of each kind, by financial year."""

import pandas as pd

from scorecard.snapshot.store import Snapshot


def tally(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per financial year and step of a register, the latest year first, the steps in their order.

    step, position, title, period, period_end, items, out_of and of_title (the step it is a share of, or NaN and None),
    share, lower, upper (per cent, the exact 95% interval; NaN where it is a share of nothing).
    """
    return snapshot.query(
        """
        select step, position, title, period, period_end, items, out_of, of_title, share, lower, upper
        from register_tally where register_id = ? order by period_end desc, position
        """,
        [register_id],
    )


def breakdowns(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per category of each dimension of a register in its latest financial year, and the year before beside it.

    dimension, dimension_title, category, period, opened, closed (in the year), open, overdue (at its end, or on the
    council's day), period_before, opened_before (None and NaN where there is no year before). Most opened
    first, then most open.
    """
    return snapshot.query(
        """
        with mine as (from register_breakdown where register_id = $1),
        year as (
            select dimension, max(period_end) as period_end,
                max(period_end) filter (period_end < (select max(period_end) from mine)) as before_end
            from mine group by dimension),
        category as (
            select distinct m.dimension, m.dimension_title, m.category from mine m join year y
            on y.dimension = m.dimension and m.period_end in (y.period_end, y.before_end)),
        named as (select period_end, any_value(period) as period from mine group by period_end)
        select c.dimension, c.dimension_title, c.category, n.period, coalesce(m.opened, 0) as opened,
            coalesce(m.closed, 0) as closed, coalesce(m.open, 0) as open, coalesce(m.overdue, 0) as overdue,
            w.period as period_before, case when y.before_end is not null then coalesce(b.opened, 0) end
                as opened_before
        from category c join year y using (dimension)
        join named n on n.period_end = y.period_end left join named w on w.period_end = y.before_end
        left join mine m on m.dimension = c.dimension and m.category = c.category and m.period_end = y.period_end
        left join mine b on b.dimension = c.dimension and b.category = c.category and b.period_end = y.before_end
        order by c.dimension_title, opened desc, open desc, c.category
        """,
        [register_id],
    )
