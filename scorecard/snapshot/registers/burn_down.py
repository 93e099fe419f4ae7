"""How much of the backlog of a register's baseline has been dealt with."""

import pandas as pd

from scorecard.snapshot.store import Snapshot


def burn(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per count since the baseline, the earliest first; nothing where a register has no baseline.

    counted_on, backlog (overdue on the day of the baseline), dealt_with (of these), left (still to do), share (dealt
    with, per cent; NaN where the backlog was empty).
    """
    return snapshot.query(
        """
        select counted_on, backlog, dealt_with, backlog - dealt_with as left,
            100.0 * dealt_with / nullif(backlog, 0) as share
        from register_burn where register_id = ? order by counted_on
        """,
        [register_id],
    )
