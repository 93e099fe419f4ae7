"""When each source's figures are due, which are late, and which came in time."""

import pandas as pd

from scorecard.snapshot.quality import OF_SOURCES, Sources, listed
from scorecard.snapshot.store import Snapshot


def outstanding(snapshot: Snapshot, sources: Sources = None) -> pd.DataFrame:
    """One row per submission that has not come and is late or due soon: the late ones first, the longest late first.

    source, publisher, period, due_on, state (late, never_came, due_soon), days_late (as at the council's day; negative
    while it is not due), measures (how many use the source).
    """
    return snapshot.query(
        f"""
        with used as (
            select l.source_id, count(distinct o.measure_id) as measures
            from observation o join load l using (load_id) group by all)
        select s.title as source, s.publisher, m.period, m.due_on, m.state,
            (c.as_at - m.due_on)::integer as days_late, coalesce(u.measures, 0) as measures
        from submission m join source s using (source_id) cross join council c left join used u using (source_id)
        where m.state in ('late', 'never_came', 'due_soon') and {OF_SOURCES.format("m.source_id")}
        order by list_position(['late', 'never_came', 'due_soon'], m.state), m.due_on, s.title
        """,
        [listed(sources)],
    )


def calendar(snapshot: Snapshot, sources: Sources = None) -> pd.DataFrame:
    """One row per source whose figures are expected, the one due next first.

    source_id, source, publisher, latest_period and latest_came_on (of the newest figures here; null when there are
    none, or when the day is not known), next_period, next_due_on and next_state (of the earliest that has not come and
    that nothing later stands in for); and of the last thirteen periods in_time and timed (submissions that came in
    time, and those of which it is known), never_came (though later ones have), behind (late now), listed (all that
    were due).
    """
    return snapshot.query(
        f"""
        with wanted as (from submission where {OF_SOURCES.format("source_id")}),
        here as (
            select source_id, arg_max(period, period_end) as latest_period,
                arg_max_null(came_on, period_end) as latest_came_on
            from wanted where state in ('in_time', 'came_late', 'came') group by all),
        ahead as (
            select source_id, arg_min(period, period_end) as next_period, min(due_on) as next_due_on,
                arg_min(state, period_end) as next_state
            from wanted where state in ('late', 'due_soon', 'to_come') group by all),
        kept as (
            select source_id, count(*) filter (state = 'in_time') as in_time,
                count(*) filter (state in ('in_time', 'came_late', 'late', 'never_came')) as timed,
                count(*) filter (state = 'never_came') as never_came, count(*) filter (state = 'late') as behind,
                count(*) filter (state not in ('due_soon', 'to_come')) as listed
            from wanted group by all)
        select source_id, s.title as source, s.publisher, here.latest_period, here.latest_came_on, ahead.next_period,
            ahead.next_due_on, ahead.next_state, kept.in_time, kept.timed, kept.never_came, kept.behind, kept.listed
        from kept join source s using (source_id)
        left join here using (source_id) left join ahead using (source_id)
        order by ahead.next_due_on nulls last, s.title
        """,
        [listed(sources)],
    )
