"""A measure in parts: by channel, tenure, priority or whatever its records are broken down by."""

import pandas as pd

from scorecard.snapshot.store import Snapshot


def dimensions(snapshot: Snapshot, measure_id: str, area_code: str) -> pd.DataFrame:
    """One row per dimension that an area's measure is broken down by, in the order of their names: dimension, title."""
    return snapshot.query(
        """
        select dimension, any_value(dimension_title) as title from breakdown
        where measure_id = ? and area_code = ? group by dimension order by title, dimension
    """,
        [measure_id, area_code],
    )


def breakdown(snapshot: Snapshot, measure_id: str, area_code: str, dimension: str) -> pd.DataFrame:
    """One row per category in the latest period that has figures, in the order of their names, which is no ranking.

    category, period, value (in the measure's unit; null is missing), marker; and of the same period a year before,
    where it was counted the same way: earlier_period, earlier_value, earlier_marker (null where there is none).
    """
    return snapshot.query(
        """
        with held as (
            from breakdown where measure_id = $1 and area_code = $2 and dimension = $3
        ), latest as (
            select period_start, period_end from held
            order by value is null, period_end desc, period_start desc limit 1
        ), comparable as (
            select category, period, value, marker from held
            where period_start = (select period_start - interval 12 month from latest)
                and period_end = (select last_day(period_end - interval 12 month) from latest)
                and not exists (
                    from lifecycle l where l.measure_id = $1 and l.breaks_comparability
                        and l.decided_on > held.period_start and l.decided_on <= (select period_start from latest)
                )
        )
        select category, h.period, h.value, h.marker, (select any_value(period) from comparable) as earlier_period,
            c.value as earlier_value, c.marker as earlier_marker
        from held h join latest using (period_start, period_end) left join comparable c using (category)
        order by lower(category), category
    """,
        [measure_id, area_code, dimension],
    )
