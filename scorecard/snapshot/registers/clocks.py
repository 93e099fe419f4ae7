"""The time limits of a register: how many were kept, and how many run now."""

import json

import pandas as pd

from scorecard.snapshot.store import Snapshot, first_row
from scorecard.wording import count


def kept(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per time limit of a register, in its order; nothing where it has none.

    title, position; of the limits that fell due within the last year up to the register's judged_on, and of the year
    before it (names ending in _before): met (in time), missed (late, or passed and not met yet), share (met of both,
    per cent, or NaN); extended (of the last year, moved to a later date); running (not met, not passed yet) and overdue
    (passed, not met) now.
    """
    return snapshot.query(
        """
        with mine as (
            select k.*, coalesce(k.extended_to, k.due_on) as limit_on, r.judged_on as as_at,
                coalesce(k.extended_to, k.due_on) > r.judged_on - interval 1 year as is_lately,
                coalesce(k.extended_to, k.due_on) > r.judged_on - interval 2 year as is_recent
            from register_clock k join register r using (register_id) where k.register_id = $1),
        counted as (
            select min(position) as position, title,
                count(*) filter (is_lately and limit_on <= as_at and state = 'in_time') as met,
                count(*) filter (is_lately and limit_on <= as_at and state in ('late', 'overdue')) as missed,
                count(*) filter (is_lately and limit_on <= as_at and extended_to is not null) as extended,
                count(*) filter (is_recent and not is_lately and state = 'in_time') as met_before,
                count(*) filter (is_recent and not is_lately and state in ('late', 'overdue')) as missed_before,
                count(*) filter (state = 'running') as running, count(*) filter (state = 'overdue') as overdue
            from mine group by title)
        select title, position, met, missed, 100.0 * met / nullif(met + missed, 0) as share, extended, met_before,
            missed_before, 100.0 * met_before / nullif(met_before + missed_before, 0) as share_before, running, overdue
        from counted order by position
        """,
        [register_id],
    )


def lengths(snapshot: Snapshot, register_id: str) -> dict[int, str]:
    """Position of each time limit of a register → how long it is: "10 working days", "28 days"."""
    held = first_row(
        snapshot.query(
            "select catalogue -> ? as clocks from council",
            [f'$.registers."{register_id}".clocks'],
        )
    )
    return {at: _length(clock) for at, clock in enumerate(json.loads(held.get("clocks") or "[]"))}


def _length(clock: dict[str, int | None]) -> str:
    working, days = clock.get("working_days"), clock.get("days")
    return count(working, "working day") if working else count(days, "day") if days else ""
