"""What the last run read, what it refused and why: every question about files, their problems and their checks."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from scorecard.snapshot.store import Snapshot

Sources = tuple[str, ...] | None
"""The ids of the sources that are asked about; None is all, and what belongs to no source."""
OF_SOURCES: Final = "($1::varchar[] is null or list_contains($1::varchar[], {}))"


def listed(sources: Sources) -> Sequence[str] | None:
    """The same as DuckDB takes it."""
    return None if sources is None else list(sources)


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


def files(snapshot: Snapshot, sources: Sources = None) -> pd.DataFrame:
    """One row per file in the inbox or kept from the archive; those that need attention first.

    path, sha256, outcome (loaded, refused, part_loaded, unmatched, withdrawn, identical), first_seen_at (UTC),
    in_inbox, source, rows_found, rows_accepted, rows_set_aside, rows_skipped (over all its sheets; null when not
    loaded).
    """
    return snapshot.query(
        """
        select f.path, f.sha256, f.outcome, f.first_seen_at, f.in_inbox,
            string_agg(distinct s.title, ', ') as source,
            sum(l.rows_found)::bigint as rows_found, sum(l.rows_accepted)::bigint as rows_accepted,
            sum(l.rows_set_aside)::bigint as rows_set_aside, sum(l.rows_skipped)::bigint as rows_skipped
        from source_file f
        left join load l on l.sha256 = f.sha256 and l.path = f.path
        left join source s on s.source_id = l.source_id
        group by all having $1::varchar[] is null or bool_or(list_contains($1::varchar[], l.source_id))
        order by list_position(
            ['refused', 'part_loaded', 'unmatched', 'withdrawn', 'identical', 'loaded'], any_value(f.outcome)), f.path
        """,
        [listed(sources)],
    )


def problems(snapshot: Snapshot, sources: Sources = None) -> pd.DataFrame:
    """One row per problem, the gravest first. None below officers.

    problem_id, code, severity (refuse, quarantine, note), source_id and source (or None), path, sheet, source_row,
    column_name, rows (how many it concerns; 0 for a whole file), sentence, fix.
    """
    return snapshot.query(
        f"""
        select p.problem_id, p.code, p.severity, p.source_id, s.title as source, p.path, p.sheet, p.source_row,
            p.column_name, p.rows, p.sentence, p.fix
        from problem p left join source s using (source_id) where {OF_SOURCES.format("p.source_id")}
        order by list_position(['refuse', 'quarantine', 'note'], p.severity), p.problem_id
        """,
        [listed(sources)],
    )


def checks(snapshot: Snapshot, sources: Sources = None) -> pd.DataFrame:
    """One row per source and rule that each row is held against, the failed ones first.

    source, rule (what must hold, in words), severity, passed (in every load), checked and failed (rows, over
    all loads).
    """
    return snapshot.query(
        f"""
        select coalesce(s.title, l.source_id) as source, c.rule, c.severity,
            bool_and(c.passed) as passed, sum(c.checked)::bigint as checked, sum(c.failed)::bigint as failed
        from check_result c
        join load l using (load_id)
        left join source s using (source_id)
        where c.scope = 'rows' and {OF_SOURCES.format("l.source_id")}
        group by all order by passed, source, rule
        """,
        [listed(sources)],
    )


def file_checks(snapshot: Snapshot, sources: Sources = None) -> pd.DataFrame:
    """One row per file and limit that it is held against as a whole, those not kept first.

    source, path, sheet, severity, passed, sentence (measured and limit together).
    """
    return snapshot.query(
        f"""
        select coalesce(s.title, l.source_id) as source, l.path, l.sheet, c.severity, c.passed, c.sentence
        from check_result c
        join load l using (load_id)
        left join source s using (source_id)
        where c.scope = 'file' and {OF_SOURCES.format("l.source_id")}
        order by c.passed, list_position(['refuse', 'quarantine', 'note'], c.severity), source, l.path, l.sheet
        """,
        [listed(sources)],
    )


def rows_set_aside(snapshot: Snapshot, sources: Sources, most: int) -> pd.DataFrame:
    """One row per row set aside that has not come back mended, `most` of them. None below officers.

    path, sheet, source_row (as a spreadsheet counts), code, sentence.
    """
    return snapshot.query(
        f"""
        select l.path, l.sheet, q.source_row, q.code, q.sentence
        from quarantined_row q join load l using (load_id)
        where q.put_right_in is null and {OF_SOURCES.format("l.source_id")}
        order by l.path, l.sheet, q.source_row limit $2
        """,
        [listed(sources), most],
    )
