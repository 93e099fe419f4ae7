"""What is known of a measure's figures: how many there are, what marks they carry, what they rest on."""

from typing import Any

from scorecard.snapshot.store import Snapshot, first_row


def standing(snapshot: Snapshot, measure_id: str, area_code: str) -> dict[str, Any]:
    """What is known of an area's figures of a measure, for whoever asks how far to trust them.

    figures (how many), first_period and last_period (labels or None); provisional, estimated, revised and withheld (how
    many carry such a mark); restated (how many published ones have changed since); set_aside (rows left out of the file
    behind the latest figure, or None), small (they rest on small counts), marker (of the latest figure, or None).
    """
    return first_row(
        snapshot.query(
            """
            with held as (from observation where measure_id = $1 and area_code = $2), latest as (
                from held order by value is null, period_end desc, period_start desc limit 1
            )
            select count(value) as figures, arg_min(period, period_end) filter (value is not null) as first_period,
                arg_max(period, period_end) filter (value is not null) as last_period,
                count(*) filter (marker = 'p') as provisional, count(*) filter (marker in ('e', 'i', 'f')) as estimated,
                count(*) filter (marker = 'r') as revised, count(*) filter (marker = 'c') as withheld, (
                    select count(distinct period_start) from restatement where measure_id = $1 and area_code = $2
                ) as restated,
                (select l.rows_set_aside from load l join latest using (load_id)) as set_aside, (
                    select count(*) > 0 from finding where measure_id = $1 and area_code = $2 and part = ''
                        and judgement = 'shape' and evidence like '%small_counts%'
                ) as small,
                (select marker from latest) as marker
            from held
            """,
            [measure_id, area_code],
        )
    )
