"""How many measures of each theme stand how, at the end of the last reporting month and of the month before."""

from typing import Final

import pandas as pd

from scorecard.snapshot.store import Snapshot

STANDINGS: Final = ("on_target", "close", "off_target", "too_few", "no_target", "no_figure")
"""How a measure can stand, in the order they are told."""


def standing(snapshot: Snapshot) -> pd.DataFrame:
    """One row per theme with live measures and each of `STANDINGS`, in the catalogue's order.

    theme_id, theme, question, standing, measures and before (counts), month_end and before_end (days).

    Counted is every live measure once, for the home council: at month_end, the last day of the last calendar month
    that was over on the council's day, by the judgement of its latest period that ended by then; and in the same way
    at before_end, the last day of the month before. A figure counts for the month in which its period ended, whenever
    it came, and as it is known now; a measure reported each year stands as it did until its next year ends.
    no_target has the measures without a target and those that are for information only; no_figure those whose figure
    is late, awaited or withheld, and those that no figure had come for.
    """
    return snapshot.query(
        """
        with month as (
            select area_code, (date_trunc('month', as_at) - interval 1 day)::date as month_end from council),
        day as (select *, (date_trunc('month', month_end) - interval 1 day)::date as before_end from month),
        measured as (
            select m.theme_id, arg_max(j.status, j.period_end) filter (j.period_end <= day.month_end) as now,
                arg_max(j.status, j.period_end) filter (j.period_end <= day.before_end) as before
            from measure m cross join day
            left join judgement j on j.measure_id = m.measure_id and j.area_code = day.area_code
            where m.stage = 'live' group by m.measure_id, m.theme_id),
        stood as (
            select theme_id, now as status, 1 as now, 0 as before from measured
            union all select theme_id, before, 0, 1 from measured),
        named as (
            select theme_id, now, before, case when status in ('no_target', 'activity_only') then 'no_target'
                when status in ('on_target', 'close', 'off_target', 'too_few') then status
                else 'no_figure' end as standing
            from stood),
        each as (select unnest($1::varchar[]) as standing, generate_subscripts($1::varchar[], 1) as place)
        select t.theme_id, t.title as theme, t.question, each.standing,
            coalesce(sum(named.now), 0)::integer as measures, coalesce(sum(named.before), 0)::integer as before,
            day.month_end, day.before_end
        from theme t cross join each cross join day
        left join named on named.theme_id = t.theme_id and named.standing = each.standing
        where t.theme_id in (select theme_id from measured)
        group by t.theme_id, t.title, t.question, each.standing, day.month_end, day.before_end, t.position, each.place
        order by t.position, each.place
        """,
        [list(STANDINGS)],
    )
