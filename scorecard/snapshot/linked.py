"""The measures to read beside one: its counter-measure, and those that serve the same goal or come from its service."""

from typing import Final

import numpy as np
import pandas as pd

from scorecard.snapshot.store import Snapshot

MOST: Final = 6
"""Linked measures told beside the counter-measure."""
PERIODS: Final = 13
"""Figures of each: a year of months and the same month a year before."""


def linked(snapshot: Snapshot, measure_id: str) -> pd.DataFrame:
    """One row per measure to read beside one: its counter-measure first, then at most MOST live others.

    measure_id, title, link (counter; both: same service and goal; service; goal), unit, decimals, stage, period, value
    (the council's latest, in its unit; null is missing), marker, target_low, target_high, status ("unavailable" where
    it was never judged), values (the council's last PERIODS figures, oldest first, or None). Those that share both
    come before those that share one; of each the off target ones first, then the critical few.
    """
    frame = snapshot.query(
        """
        with one as (from measure where measure_id = $1),
        beside as (
            select m.*, case when m.measure_id = one.counter_measure then 'counter'
                when m.service_id = one.service_id and m.plan_goal = one.plan_goal then 'both'
                when m.service_id = one.service_id then 'service' when m.plan_goal = one.plan_goal then 'goal'
                end as link
            from measure m cross join one
            where m.measure_id <> $1 and (m.stage = 'live' or m.measure_id = one.counter_measure)
        ), judged as (
            from judgement where is_latest and area_code = (select area_code from council)
        ), chosen as (
            select b.*, j.period_start, j.period_end, j.period, j.value, j.target_low, j.target_high,
                coalesce(j.status, 'unavailable') as status, row_number() over (
                    order by list_position(['counter', 'both', 'service', 'goal'], b.link),
                        coalesce(list_position(['off_target', 'close'], j.status), 9), b.critical_few desc, b.position
                ) as nearness
            from beside b left join judged j using (measure_id) where b.link is not null
            qualify nearness <= $2 + (max((b.link = 'counter')::integer) over ())
        )
        select c.measure_id, c.title, c.link, c.unit, c.decimals, c.stage, c.period, c.value, o.marker,
            c.target_low, c.target_high, c.status, (
                select list(h.value order by h.period_end)[-$3:] from observation h
                where h.measure_id = c.measure_id and h.area_code = (select area_code from council)
            ) as "values"
        from chosen c left join observation o on o.measure_id = c.measure_id and o.period_start = c.period_start
            and o.period_end = c.period_end and o.area_code = (select area_code from council)
        order by c.nearness
        """,
        [measure_id, MOST, PERIODS],
    )
    frame["values"] = frame["values"].map(_plain)
    return frame


def _plain(figures: object) -> list[float | None] | None:
    """A list of the database as plain figures, None for a gap; None for no list at all."""
    if not isinstance(figures, list | np.ndarray):
        return None
    return [None if each is np.ma.masked or np.isnan(each) else float(each) for each in figures]
