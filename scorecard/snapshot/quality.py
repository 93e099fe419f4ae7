"""What the last run read, what it refused and why: every question of the data quality page."""

import pandas as pd

from scorecard.snapshot.store import Snapshot


def runs(snapshot: Snapshot) -> pd.DataFrame:
    """One row per run, the latest first.

    run_id, started_at and finished_at (UTC), outcome, summary, files_read, files_refused, rows_set_aside,
    measures, exceptions (counts).
    """
    return snapshot.query("""
        select run_id, started_at, finished_at, outcome, summary, files_read, files_refused, rows_set_aside,
            measures, exceptions
        from run order by started_at desc
    """)


def files(snapshot: Snapshot) -> pd.DataFrame:
    """One row per file in the inbox or kept from the archive; those that need attention first.

    path, sha256, outcome (loaded, refused, part_loaded, unmatched), first_seen_at (UTC), in_inbox, source,
    rows_found, rows_accepted, rows_set_aside, rows_skipped (over all its sheets; null when not loaded).
    """
    return snapshot.query("""
        select f.path, f.sha256, f.outcome, f.first_seen_at, f.in_inbox,
            string_agg(distinct s.title, ', ') as source,
            sum(l.rows_found)::bigint as rows_found, sum(l.rows_accepted)::bigint as rows_accepted,
            sum(l.rows_set_aside)::bigint as rows_set_aside, sum(l.rows_skipped)::bigint as rows_skipped
        from source_file f
        left join load l on l.sha256 = f.sha256 and l.path = f.path
        left join source s on s.source_id = l.source_id
        group by all
        order by list_position(['refused', 'part_loaded', 'unmatched', 'loaded'], any_value(f.outcome)), f.path
    """)


def problems(snapshot: Snapshot) -> pd.DataFrame:
    """One row per problem, the gravest first.

    problem_id, code, severity (refuse, quarantine, note), source, path, sheet, source_row, column_name,
    rows (how many it concerns; 0 for a whole file), sentence, fix.
    """
    return snapshot.query("""
        select p.problem_id, p.code, p.severity, s.title as source, p.path, p.sheet, p.source_row,
            p.column_name, p.rows, p.sentence, p.fix
        from problem p left join source s using (source_id)
        order by list_position(['refuse', 'quarantine', 'note'], p.severity), p.problem_id
    """)


def checks(snapshot: Snapshot) -> pd.DataFrame:
    """One row per source and rule, the failed ones first.

    source, rule (what must hold, in words), severity, passed (in every load), checked and failed (rows, over
    all loads).
    """
    return snapshot.query("""
        select coalesce(s.title, l.source_id) as source, c.rule, c.severity,
            bool_and(c.passed) as passed, sum(c.checked)::bigint as checked, sum(c.failed)::bigint as failed
        from check_result c
        join load l using (load_id)
        left join source s using (source_id)
        group by all order by passed, source, rule
    """)


def rows_set_aside(snapshot: Snapshot) -> pd.DataFrame:
    """One row per row set aside: path, sheet, source_row (as a spreadsheet counts), code, sentence, cells
    (the row as JSON).
    """
    return snapshot.query("""
        select l.path, l.sheet, q.source_row, q.code, q.sentence, q.cells
        from quarantined_row q join load l using (load_id)
        order by l.path, l.sheet, q.source_row
    """)


def freshness(snapshot: Snapshot) -> pd.DataFrame:
    """One row per source, in the order of its title: what came last.

    source, publisher, last_file_at (when its latest file was first seen, UTC), last_period (last day that its
    figures reach), measures (how many use it).
    """
    return snapshot.query("""
        select s.title as source, s.publisher, max(f.first_seen_at) as last_file_at,
            max(l.period_end) as last_period,
            (select count(distinct o.measure_id) from observation o join load ol using (load_id)
                where ol.source_id = s.source_id) as measures
        from source s
        left join load l on l.source_id = s.source_id and l.outcome = 'loaded'
        left join source_file f on f.sha256 = l.sha256 and f.path = l.path
        group by all order by s.title
    """)
