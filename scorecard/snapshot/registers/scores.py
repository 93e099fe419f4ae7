"""The scores of risks: how many stand where, which are stuck or above appetite, and which should be scored anew."""

import pandas as pd

from scorecard.snapshot.registers.declared import OPEN
from scorecard.snapshot.store import Snapshot


def cells(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per pair of residual likelihood and impact that open items have.

    likelihood, impact, items (how many), titles (a list, the oldest first), item_ids (a list in the same order).
    """
    return snapshot.query(
        f"""
        select residual_likelihood as likelihood, residual_impact as impact, count(*) as items,
            list(title order by opened nulls last, title) as titles,
            list(item_id order by opened nulls last, title) as item_ids
        from register_item
        where register_id = ? and {OPEN} and residual_likelihood is not null and residual_impact is not null
        group by all order by likelihood desc, impact
        """,
        [register_id],
    )


def scored(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per open item with a residual score, the highest first.

    item_id, title, owner, inherent, residual, target_score, appetite (scores, missing is null), before (the residual
    score of the report before, or NaN), red_since (or NaT), is_stuck, is_above (its residual score exceeds the
    appetite), reported_on (a day or NaT).
    """
    return snapshot.query(
        f"""
        with earlier as (
            select r.item_id, arg_max(r.residual, r.reported_on) as before
            from register_report r join register_item i using (register_id, item_id)
            where r.register_id = $1 and r.residual is not null and r.reported_on < i.reported_on group by r.item_id)
        select i.item_id, i.title, i.owner, i.inherent, i.residual, i.target_score, i.appetite, e.before, i.red_since,
            i.is_stuck, coalesce(i.residual > i.appetite, false) as is_above, i.reported_on
        from register_item i left join earlier e using (item_id)
        where i.register_id = $1 and {OPEN} and i.residual is not null
        order by i.residual desc, i.is_stuck desc, i.title, i.item_id
        """,
        [register_id],
    )
