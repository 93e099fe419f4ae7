"""How the measures behind the exceptions have gone: the last figures of each, for a small picture beside it."""

import pandas as pd

from scorecard.snapshot.store import Snapshot


def trends(snapshot: Snapshot, most: int) -> pd.DataFrame:
    """One row per figure, the last `most` of each measure and place that has an exception, each oldest first.

    measure_id, area_code, part; period, value (in the measure's unit; null is missing), marker, target_low and
    target_high (of that period; null where there is none, and always for a part of a breakdown);
    missing (how many reporting periods without a row lie before it), is_break (whether figures from here on cannot
    be compared with the ones before).
    """
    return snapshot.query(
        """
        with place as (select distinct measure_id, area_code, part from exception),
        whole as (
            select p.*, o.period_start, o.period_end, o.period, o.value, o.marker, j.target_low, j.target_high
            from place p join observation o using (measure_id, area_code)
            left join judgement j using (measure_id, area_code, period_start, period_end)
            where p.part = ''),
        parts as (
            select p.*, b.period_start, b.period_end, b.period, b.value, b.marker, null, null
            from place p join breakdown b
                on b.measure_id = p.measure_id and b.area_code = p.area_code and b.category = p.part
            where p.part <> ''
            -- A category may have the same name in two dimensions.
            qualify dense_rank() over (partition by p.measure_id, p.area_code, p.part order by b.dimension) = 1),
        figure as (from whole union all from parts),
        spaced as (
            select f.*, date_diff('month', lag(f.period_end) over earlier, f.period_end) as months,
                (select count(*) from lifecycle l where l.measure_id = f.measure_id and l.breaks_comparability
                    and l.decided_on <= f.period_start) as breaks
            from figure f
            window earlier as (partition by measure_id, area_code, part order by period_end, period_start))
        select s.measure_id, s.area_code, s.part, s.period, s.value, s.marker, s.target_low, s.target_high,
            greatest(s.months // case m.frequency when 'month' then 1 when 'quarter' then 3 else 12 end - 1, 0)
                as missing,
            s.breaks > lag(s.breaks, 1, s.breaks) over later as is_break
        from spaced s join measure m using (measure_id)
        window later as (partition by s.measure_id, s.area_code, s.part order by s.period_end, s.period_start)
        qualify row_number() over (
            partition by s.measure_id, s.area_code, s.part order by s.period_end desc, s.period_start desc) <= $1
        order by s.measure_id, s.area_code, s.part, s.period_end, s.period_start
        """,
        [most],
    )
