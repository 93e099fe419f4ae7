"""Who sends what is due, and who answers for measures that no figures come for."""

import pandas as pd

from scorecard.snapshot.quality import OF_SOURCES, Sources, listed
from scorecard.snapshot.services import TREE
from scorecard.snapshot.store import Snapshot


def senders(snapshot: Snapshot, sources: Sources = None) -> pd.DataFrame:
    """One row per service or body that has dates to keep, by name, which is no ranking.

    publisher, sources (how many it sends), last_came_on (the last day on which anything came; NaT when not known);
    of the last thirteen periods of its sources in_time, came (submissions that came in time, and those of which the day
    is known), timed (these and those that have not come), never_came (though later ones have), late (not here yet);
    behind (the most periods for which one of its sources has not sent).
    """
    return snapshot.query(
        f"""
        with each_source as (
            select s.publisher, m.source_id, max(m.came_on) as last_came_on,
                count(*) filter (m.state = 'in_time') as in_time,
                count(*) filter (m.state in ('in_time', 'came_late')) as came,
                count(*) filter (m.state in ('in_time', 'came_late', 'late', 'never_came')) as timed,
                count(*) filter (m.state = 'never_came') as never_came, count(*) filter (m.state = 'late') as late
            from submission m join source s using (source_id) where {OF_SOURCES.format("m.source_id")} group by all)
        select publisher, count(*) as sources, max(last_came_on) as last_came_on, sum(in_time)::bigint as in_time,
            sum(came)::bigint as came, sum(timed)::bigint as timed, sum(never_came)::bigint as never_came,
            sum(late)::bigint as late, max(late) as behind
        from each_source group by publisher order by lower(publisher)
        """,
        [listed(sources)],
    )


def silent_owners(snapshot: Snapshot, service_id: str) -> pd.DataFrame:
    """One row per owner of live measures without their latest figure, by name, which is no ranking.

    Of a service and all below it, or of all ("").

    owner, measures (live ones that they answer for), overdue (of these, the latest figure is late), never (no figure
    ever came for the home council), titles (of both, a list).
    """
    return snapshot.query(
        f"""
        with recursive {TREE},
        stands as (
            select m.owner, m.title, m.position, coalesce(j.status, '') = 'overdue' as is_overdue,
                m.measure_id not in (
                    select measure_id from observation where area_code = (select area_code from council)) as is_never
            from measure m
            left join judgement j on j.measure_id = m.measure_id and j.is_latest
                and j.area_code = (select area_code from council)
            where m.stage = 'live'
                and ($1 = '' or m.service_id in (select service_id from tree where list_contains(line, $1))))
        select owner, count(*) as measures, count(*) filter (is_overdue and not is_never) as overdue,
            count(*) filter (is_never) as never,
            list(title order by position) filter (is_overdue or is_never) as titles
        from stands group by owner having overdue + never > 0 order by lower(owner)
        """,
        [service_id],
    )


def unused_sources(snapshot: Snapshot) -> pd.DataFrame:
    """One row per source from which no measure in use has a figure, by title: source_id, title, publisher."""
    return snapshot.query("""
        select source_id, title, publisher from source
        where source_id not in (
            select l.source_id from observation o join load l using (load_id) join measure m using (measure_id)
            where m.stage <> 'removed')
        order by lower(title), source_id
    """)
