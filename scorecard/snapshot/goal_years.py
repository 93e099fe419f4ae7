"""How the measures of the goals stood in one financial year: outturn or latest figure, target, direction and peers."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from scorecard.periods import FINANCIAL_YEAR_STARTS, Frequency
from scorecard.snapshot.peer_ranges import COMPARED
from scorecard.snapshot.store import Snapshot

MONTHS: Final = 60
"""How far back the figures go that show where a measure came from; of monthly ones LATELY of them."""
LATELY: Final = 25


def years(snapshot: Snapshot) -> list[int]:
    """The financial years that a report can be made of, by the calendar year in which each began, the latest first.

    Those since the plan began in which a measure of a goal has a figure that ends on or before the council's day.
    """
    frame = snapshot.query(
        f"""
        select distinct year(j.period_end - interval {FINANCIAL_YEAR_STARTS - 1} month) as starts
        from judgement j join measure m using (measure_id) join goal g on g.goal_id = m.plan_goal cross join council c
        where j.area_code = c.area_code and j.value is not null
            and j.period_end between cast(c.catalogue->>'$.plan.since' as date) and c.as_at order by starts desc
        """
    )
    return [int(each) for each in frame["starts"]]


def year_measures(snapshot: Snapshot, first: date, last: date) -> pd.DataFrame:
    """One row per measure of a goal in the financial year from `first` to `last`, in the catalogue's order.

    Live measures, and removed ones that have a figure in the year. goal_id, measure_id, title, stage, owner, unit,
    decimals, polarity, frequency, basis; of the council's last period with a figure that ended by the end of the year:
    period, period_end, value (in the measure's unit), marker, numerator, denominator, target_low, target_high, status,
    last_year (direction against the same period a year before), is_of_year (it ended in the year; all are null, and it
    is false, where there is no such period), is_year_end (it ends with the year), outturn (of the year, where one was
    worked out of its periods; else null), is_small (its figures rest on small counts), figures (the council's of the
    MONTHS up to the end of the year, one a step of its frequency, None for one that is missing; a list); of the last
    period of the year, or of the two years before it, that home shares with at least half of its peers: peers_period,
    home, peers (how many have a figure), median, q1, q3 (null without such a period), judged (None, as peers are judged
    now and not then).
    """
    frame = snapshot.query(
        f"""
        with {COMPARED},
        mine as (
            from judgement where area_code = (select area_code from council) and period_end <= $2
                and value is not null),
        ended as (
            from mine qualify row_number() over (
                partition by measure_id order by period_end desc, period_start desc) = 1),
        over_year as (
            select measure_id, max(outturn) as outturn from forecast
            where area_code = (select area_code from council) and year = year($1::date) and outturn is not null
            group by measure_id),
        of_year as (
            select measure_id, period_start, period_end, period from shared
            where period_end between $1::date - interval 2 year and $2
            qualify row_number() over (partition by measure_id order by period_end desc, period_start desc) = 1),
        beside as (
            select h.measure_id, any_value(h.period) as peers_period, any_value(h.value) filter (h.is_home) as home,
                count(*) filter (not h.is_home) as peers, median(h.value) filter (not h.is_home) as median,
                quantile_cont(h.value, 0.25) filter (not h.is_home) as q1,
                quantile_cont(h.value, 0.75) filter (not h.is_home) as q3
            from held h join of_year using (measure_id, period_start, period_end) group by h.measure_id)
        select m.plan_goal as goal_id, m.measure_id, m.title, m.stage, m.owner, m.unit, m.decimals, m.polarity,
            m.frequency, m.basis, e.period, e.period_end, e.value, o.marker, o.numerator::double as numerator,
            o.denominator::double as denominator, e.target_low, e.target_high, e.status,
            coalesce(e.last_year, 'unknown') as last_year, coalesce(e.period_end >= $1, false) as is_of_year,
            coalesce(e.period_end = $2, false) as is_year_end, y.outturn,
            exists (from finding f where f.measure_id = m.measure_id and f.judgement = 'shape'
                and f.status = 'small_counts' and f.part = ''
                and f.area_code = (select area_code from council)) as is_small,
            (select list({{'month': datesub('month', date '0001-01-01', h.period_end), 'value': h.value}}
                    order by h.period_end)
                from mine h left join broken k using (measure_id)
                where h.measure_id = m.measure_id and h.period_end > $2::date - interval {MONTHS} month
                    and not coalesce(k.broken_on <= $2 and h.period_start < k.broken_on, false)) as figures,
            b.peers_period, b.home, b.peers, b.median, b.q1, b.q3, null as judged
        from measure m join goal g on g.goal_id = m.plan_goal left join ended e using (measure_id)
        left join observation o on o.measure_id = e.measure_id and o.area_code = e.area_code
            and o.period_start = e.period_start and o.period_end = e.period_end
        left join over_year y using (measure_id) left join beside b using (measure_id)
        where m.stage = 'live' or (m.stage = 'removed' and e.period_end >= $1)
        order by g.position, m.position
        """,
        [first, last],
    )
    frame["figures"] = [
        _in_step(figures, Frequency(frequency).months)
        for figures, frequency in zip(frame["figures"], frame["frequency"], strict=True)
    ]
    return frame


def _in_step(figures: object, step: int) -> list[float | None]:
    """The figures with None for each period between them that is missing, LATELY at most."""
    if not isinstance(figures, Sequence | np.ndarray) or not len(figures):
        return []
    held = {int(each["month"]): float(each["value"]) for each in figures}
    months = range(max(held), min(held) - 1, -step)
    return [held.get(each) for each in reversed(months)][-LATELY:]
