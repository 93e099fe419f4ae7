"""Where a figure came from: back to the row of the file that held it, or to the files whose records were counted."""

from typing import Any, Final

import pandas as pd

from scorecard.snapshot.originals import FOLDER, original_name
from scorecard.snapshot.store import Snapshot, first_row

_LATEST: Final = """
    from observation where measure_id = ? and area_code = ?
    order by value is null, period_end desc, period_start desc limit 1
"""


def receipt(snapshot: Snapshot, measure_id: str, area_code: str) -> dict[str, Any]:
    """The origin of an area's latest figure; empty when it has none.

    period, value, numerator, denominator, marker; records (how many were counted; None for a figure that a return
    gives), counted_from and counted_to (the days they lie between); path (below the inbox), sha256, sheet,
    source_row (None where records were counted), first_seen_at and modified_at (UTC) of the file; load_id; source,
    publisher, licence, link; run_id and loaded_at (UTC) of the run that built this snapshot; definition_sha256;
    known_from (UTC; when this value was first published); original (the file's copy, below the data folder);
    checks_made and checks_failed (of the load, counts); before (the rows of `published_before`).
    """
    frame = snapshot.query(
        f"""
        select o.period, o.value, o.numerator::double as numerator, o.denominator::double as denominator,
            o.marker, o.records, coalesce(o.counted_from, o.period_start) as counted_from,
            o.period_end as counted_to, l.path, o.sha256, l.sheet, o.source_row, f.first_seen_at, f.modified_at,
            o.load_id, s.title as source, s.publisher, s.licence, s.link, r.run_id, r.finished_at as loaded_at,
            m.definition_sha256, o.known_from, c.checks_made, c.checks_failed
        from ({_LATEST}) o
        join measure m using (measure_id)
        join load l using (load_id)
        left join source s using (source_id)
        left join source_file f on f.sha256 = l.sha256 and f.path = l.path
        left join (
            select load_id, count(*) as checks_made, count(*) filter (not passed) as checks_failed
            from check_result group by load_id) c using (load_id)
        left join (from run order by started_at desc limit 1) r on true
    """,
        [measure_id, area_code],
    )
    held = first_row(frame)
    if held:
        held["original"] = f"{FOLDER}/{original_name(held['sha256'], held['path'])}"
        held["before"] = published_before(snapshot, measure_id, area_code).to_dict("records")
    return held


def published_before(snapshot: Snapshot, measure_id: str, area_code: str) -> pd.DataFrame:
    """One row per figure published before in place of an area's latest one, the last first; none when it never changed.

    value (in the measure's unit), marker, known_from and known_to (UTC), path (below the inbox) and sha256 of the file,
    why (as in `restatements.restatements`).
    """
    return snapshot.query(
        f"""
        select r.old_value as value, r.old_marker as marker, r.known_from, r.known_to, r.old_path as path,
            r.old_sha256 as sha256, r.why
        from ({_LATEST}) o
        join restatement r using (measure_id, area_code, period_start, period_end)
        order by r.known_to desc
    """,
        [measure_id, area_code],
    )


def counted_files(snapshot: Snapshot, measure_id: str, area_code: str) -> pd.DataFrame:
    """One row per file or sheet that an area's latest figure was counted from, by name; none when a return gives it.

    path (below the inbox), sheet, sha256, rows_accepted (all that were read from it, whatever was counted).
    """
    return snapshot.query(
        f"""
        select l.path, l.sheet, l.sha256, l.rows_accepted
        from ({_LATEST}) o
        join load latest using (load_id)
        join load l on l.source_id = latest.source_id and l.outcome = 'loaded'
            and l.period_start <= o.period_end and l.period_end >= coalesce(o.counted_from, o.period_start)
        where o.records is not null
        order by l.path, l.sheet
    """,
        [measure_id, area_code],
    )
