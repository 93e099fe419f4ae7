"""One measure in every area that lies within another: the wards of the council."""

from typing import Final

import pandas as pd

from scorecard.snapshot.store import Snapshot

PERIODS: Final = 25
"""Two years of months and the month before them."""


def areas_within(snapshot: Snapshot, measure_id: str, area_code: str) -> pd.DataFrame:
    """One row per area within an area and period, by the names of the areas and oldest first; gaps have rows as well.

    area_code, name, level (ward, ...), period, value (in the measure's unit; null is missing), marker, target_low,
    target_high, status (null where it was not judged), is_hidden (a finding says that the area hides behind the figure
    of the whole). Of the last PERIODS periods for which any of the areas has a row; an area without any figure in
    them is left out.
    """
    return snapshot.query(
        """
        with inside as (select area_code, name, level from area where "within" = $2),
        held as (
            select o.* from observation o join inside using (area_code) where measure_id = $1
        ), periods as (
            select distinct period_start, period_end, period from held
            order by period_end desc, period_start desc limit $3
        ), reporting as (
            select distinct area_code from held join periods using (period_start, period_end) where value is not null
        )
        select a.area_code, a.name, a.level, p.period, h.value, h.marker, j.target_low, j.target_high, j.status,
            exists (
                from finding f where f.measure_id = $1 and f.area_code = a.area_code and f.judgement = 'parts'
                    and f.status = 'hidden'
            ) as is_hidden
        from inside a join reporting using (area_code) cross join periods p
        left join held h on h.area_code = a.area_code and h.period_start = p.period_start
            and h.period_end = p.period_end
        left join judgement j on j.measure_id = $1 and j.area_code = a.area_code and j.period_start = p.period_start
            and j.period_end = p.period_end
        order by a.name, a.area_code, p.period_end, p.period_start
        """,
        [measure_id, area_code, PERIODS],
    )
