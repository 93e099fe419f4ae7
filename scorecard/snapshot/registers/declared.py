"""The registers of the catalogue, each with how its items stand on the day to which its files reach."""

from typing import Any, Final

import pandas as pd

from scorecard.snapshot.store import Snapshot, first_row

OPEN: Final = "state not in ('closed', 'withdrawn')"
"""The condition for an item that still has to be done."""
OVERDUE: Final = f"({OPEN} and days_late > 0)"
"""Open past its ORIGINAL date; those awaiting sign-off too, as nothing is done before it is signed off."""
ENDED_LATELY: Final = "(state = 'closed' and ended > judged_on - interval 1 year)"
"""Closed within the year before the day on which its register is judged."""


def registers(snapshot: Snapshot) -> pd.DataFrame:
    """One row per register that the audience may see, in the catalogue's order.

    The columns of the table `register`; service (its title), source (title) and publisher, as_at (the council's day);
    and counts of items as at judged_on: total, open, overdue (by the ORIGINAL date), due_soon, predicted_late, awaiting
    (sign-off), contradicted, ended_lately (closed within the last year). Without a file
    counted_to and judged_on are NaT, counts 0.
    """
    return snapshot.query(f"""
        with held as (
            select register_id, count(*) as total, count(*) filter ({OPEN}) as open,
                count(*) filter ({OVERDUE}) as overdue, count(*) filter (state = 'due_soon') as due_soon,
                count(*) filter (state = 'predicted_late') as predicted_late,
                count(*) filter (state = 'awaiting_sign_off') as awaiting,
                count(*) filter (contradicted is not null) as contradicted,
                count(*) filter ({ENDED_LATELY}) as ended_lately
            from register_item join (select register_id, judged_on from register) using (register_id)
            group by register_id)
        select r.*, v.title as service, s.title as source, s.publisher, c.as_at,
            coalesce(h.total, 0) as total, coalesce(h.open, 0) as open, coalesce(h.overdue, 0) as overdue,
            coalesce(h.due_soon, 0) as due_soon, coalesce(h.predicted_late, 0) as predicted_late,
            coalesce(h.awaiting, 0) as awaiting, coalesce(h.contradicted, 0) as contradicted,
            coalesce(h.ended_lately, 0) as ended_lately
        from register r cross join council c left join held h using (register_id)
        left join service v using (service_id) left join source s using (source_id)
        order by r.position
    """)


def register(snapshot: Snapshot, register_id: str) -> dict[str, Any]:
    """One row of `registers` as plain values, missing ones as None; empty when there is no such register."""
    frame = registers(snapshot)
    return first_row(frame[frame["register_id"] == register_id])


def shape(snapshot: Snapshot, register_id: str) -> dict[str, bool]:
    """Which columns any item of a register has, by the column's name: owner, service, opened, due, current_due
    (re-dated), priority, rating, done, reason, way_forward, evidence, part_of, residual, stage, details. All
    False without items.
    """
    held = first_row(
        snapshot.query(
            """
            select count(owner) > 0 as owner, count(service_id) > 0 as service, count(opened) > 0 as opened,
                count(due) > 0 as due,
                coalesce(max(times_redated), 0) > 0 as current_due, count(priority) > 0 as priority,
                count(rating) > 0 as rating, count(done) > 0 as done, count(reason) > 0 as reason,
                count(way_forward) > 0 as way_forward, count(evidence) > 0 as evidence, count(part_of) > 0 as part_of,
                count(residual) > 0 as residual, count(stage) > 0 as stage,
                count(*) filter (details <> '{}') > 0 as details
            from register_item where register_id = ?
            """,
            [register_id],
        )
    )
    return {name: bool(value) for name, value in held.items()}
