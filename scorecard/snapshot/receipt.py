"""Where a figure came from: back to the row of the file that held it."""

from typing import Any

from scorecard.snapshot.store import Snapshot, first_row


def receipt(snapshot: Snapshot, measure_id: str, area_code: str) -> dict[str, Any]:
    """The origin of an area's latest figure; empty when it has none.

    period, value, numerator, denominator, marker; path (below the inbox), sha256, sheet, source_row,
    first_seen_at and modified_at (UTC) of the file; load_id; source, publisher, licence, link; run_id and
    loaded_at (UTC) of the run that built this snapshot; definition_sha256.
    """
    frame = snapshot.query(
        """
        select o.period, o.value, o.numerator::double as numerator, o.denominator::double as denominator,
            o.marker, l.path, o.sha256, l.sheet, o.source_row, f.first_seen_at, f.modified_at, o.load_id,
            s.title as source, s.publisher, s.licence, s.link, r.run_id, r.finished_at as loaded_at, m.definition_sha256
        from observation o
        join measure m using (measure_id)
        join load l using (load_id)
        left join source s using (source_id)
        left join source_file f on f.sha256 = l.sha256 and f.path = l.path
        left join (from run order by started_at desc limit 1) r on true
        where o.measure_id = ? and o.area_code = ?
        order by o.value is null, o.period_end desc, o.period_start desc limit 1
    """,
        [measure_id, area_code],
    )
    return first_row(frame)
