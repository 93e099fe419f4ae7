"""Indicators of potential failure, and what each rests on."""

import pandas as pd

from scorecard.snapshot.store import Snapshot


def indicators(snapshot: Snapshot) -> pd.DataFrame:
    """One row per indicator that rests on a register the audience may see, in the catalogue's order.

    indicator_id, title, theme (of best value), register_id, register (its title), shown (True, False, or None where the
    register has no count), items (that meet its condition), at_least (from how many it shows), sentence, look_at (what
    to ask when it shows).
    """
    return snapshot.query("""
        select f.indicator_id, f.title, f.theme, f.register_id, r.title as register, f.shown, f.items, f.at_least,
            f.sentence, f.look_at
        from failure_indicator f join register r using (register_id) order by f.position
    """)
