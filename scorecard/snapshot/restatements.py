"""What was published before: figures as they were known on a day, and figures that have changed since."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from scorecard.snapshot.quality import Sources, listed
from scorecard.snapshot.services import OWN, TREE
from scorecard.snapshot.store import Snapshot

LOCAL: Final = ZoneInfo("Europe/London")
"""Whose days are meant."""


def end_of(day: date) -> datetime:
    """The moment in UTC at which a day ends in the United Kingdom: midnight after it."""
    return datetime.combine(day + timedelta(days=1), time(), LOCAL).astimezone(UTC)


def as_known_on(snapshot: Snapshot, day: date) -> pd.DataFrame:
    """One row per measure, area and period: the figure that was published at the end of `day`, by these three.

    measure_id, area_code, period_start and period_end (days), period, value, numerator, denominator, marker,
    known_from (UTC), known_to (UTC; missing while it still stands), sha256 (of its file).
    """
    end = end_of(day).replace(tzinfo=None)
    return snapshot.query(
        """
        select * from (
            select measure_id, area_code, period_start, period_end, period, value, numerator::double as numerator,
                denominator::double as denominator, marker, known_from, null::timestamp as known_to, sha256
            from observation where known_from < $1
            union all
            select measure_id, area_code, period_start, period_end, period, old_value, old_numerator::double,
                old_denominator::double, old_marker, known_from, known_to, old_sha256
            from restatement where known_from < $1 and known_to >= $1)
        qualify row_number() over (
            partition by measure_id, area_code, period_start, period_end order by known_from desc) = 1
        order by measure_id, area_code, period_end, period_start
        """,
        [end],
    )


def restatements(snapshot: Snapshot, measure_id: str | None = None, area_code: str | None = None) -> pd.DataFrame:
    """One row per figure that was published and no longer is, the one replaced last first.

    Of one measure or area, or of all.

    measure_id, area_code, period_start and period_end (days), period, old_value and new_value (in the measure's unit),
    old_numerator, new_numerator, old_denominator, new_denominator, old_marker, new_marker, known_from and known_to
    (UTC), old_sha256, new_sha256, old_path, new_path (below the inbox), why (corrected_file, definition_changed,
    withdrawn, file_lost, worked_out_anew).
    """
    return snapshot.query(
        """
        select * replace (
            old_numerator::double as old_numerator, new_numerator::double as new_numerator,
            old_denominator::double as old_denominator, new_denominator::double as new_denominator)
        from restatement
        where ($1 is null or measure_id = $1) and ($2 is null or area_code = $2)
        order by known_to desc, measure_id, area_code, period_end, period_start
        """,
        [measure_id, area_code],
    )


def versions_of(snapshot: Snapshot, path: str) -> pd.DataFrame:
    """One row per version of a file and source that was ever accepted, the latest first.

    path (below the inbox), source_id, sha256, bytes, modified_at, seen_at, known_from, known_to (UTC; missing while its
    figures stand), ended_by (replaced, withdrawn or None), reason (why it was withdrawn, or None).
    """
    return snapshot.query("select * from file_version where path = ? order by known_from desc, source_id", [path])


def restated(snapshot: Snapshot, sources: Sources, service_id: str, most: int) -> pd.DataFrame:
    """One row per published figure of the home council that has changed since, the latest first, `most` of them.

    Of measures with figures from `sources` (None is all), of a service and all below it ("" is all).

    title, measure_id, unit, decimals, period, old_value, old_marker, new_value, new_marker, known_to (when the new one
    was published, UTC), why (corrected_file, definition_changed, withdrawn, file_lost, worked_out_anew), new_path,
    total (how many there are in all).
    """
    return snapshot.query(
        f"""
        with recursive {TREE}, {OWN}
        select m.title, m.measure_id, m.unit, m.decimals, r.period, r.old_value, r.old_marker, r.new_value,
            r.new_marker, r.known_to, r.why, r.new_path, count(*) over () as total
        from restatement r join measure m using (measure_id) join council c using (area_code)
        where ($1::varchar[] is null
                or m.measure_id in (select measure_id from own where list_contains($1::varchar[], source_id)))
            and ($2 = '' or m.service_id in (select service_id from tree where list_contains(line, $2)))
        order by r.known_to desc, m.position, r.period_end desc limit $3
        """,
        [listed(sources), service_id, most],
    )
