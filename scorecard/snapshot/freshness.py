"""How fresh the figures are, in one row."""

from typing import Any

from scorecard.snapshot.store import Snapshot, first_row


def freshness(snapshot: Snapshot) -> dict[str, Any]:
    """Of the home council's live measures and the files: what is newest, late and left out.

    latest (the newest period with a figure, e.g. "Oct 2026"; None without figures), latest_measures (how many measures
    have one for it), measures (live ones), with_figures (those that have any), expected (submissions whose day is
    known), late (of them the ones that have not come), late_sources (their titles, the longest late first, joined by
    "; "; None where none is), refused (files), rows_set_aside (that have not come back mended; 0 for audiences that
    may not see such rows).
    """
    return first_row(
        snapshot.query("""
        with figure as (
            select o.measure_id, o.period_end, o.period
            from observation o join council using (area_code) join measure m using (measure_id)
            where o.value is not null and m.stage = 'live'),
        newest as (from figure qualify rank() over (order by period_end desc) = 1),
        overdue as (
            select s.title, min(u.due_on) as due_on, count(*) as submissions
            from submission u join source s using (source_id) where u.state = 'late' group by s.title)
        select (select mode(period) from newest) as latest,
            (select count(distinct measure_id) from newest where period = (select mode(period) from newest))
                as latest_measures,
            (select count(*) from measure where stage = 'live') as measures,
            (select count(distinct measure_id) from figure) as with_figures,
            (select count(*) from submission) as expected,
            (select coalesce(sum(submissions), 0)::integer from overdue) as late,
            (select string_agg(title, '; ' order by due_on, title) from overdue) as late_sources,
            (select count(*) from source_file where outcome = 'refused') as refused,
            (select count(*) from quarantined_row where put_right_in is null) as rows_set_aside
        """)
    )
