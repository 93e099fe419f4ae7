"""How owners rate their items now and in the report before, and where a whole and its parts do not agree."""

from typing import Final

import pandas as pd

from scorecard.snapshot.registers.declared import OPEN
from scorecard.snapshot.store import Snapshot

WORST_FIRST: Final = ("red", "amber", "green", "complete", "none")


def ratings(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per rating, each of `WORST_FIRST` that occurs: rating, items (now), before (in the report before)."""
    return snapshot.query(
        """
        with rated as (
            from register_item where register_id = $1 and state <> 'withdrawn'
                and (rating is not null or rating_before is not null)),
        each as (
            select rating, 1 as now, 0 as before from rated where rating is not null
            union all select rating_before, 0, 1 from rated where rating_before is not null)
        select rating, sum(now)::integer as items, sum(before)::integer as before from each
        group by rating order by list_position($2::varchar[], rating)
        """,
        [register_id, list(WORST_FIRST)],
    )


def turned(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per open item rated red or amber now, the worst first, those that turned before those that were so.

    item_id, title, owner, rating, rating_before (or None), rating_since (or NaT), has_worsened (it was better in the
    report before), reason, way_forward (or None).
    """
    return snapshot.query(
        f"""
        select item_id, title, owner, rating, rating_before, rating_since,
            rating_before is not null and list_position($2::varchar[], rating_before)
                > list_position($2::varchar[], rating) as has_worsened, reason, way_forward
        from register_item where register_id = $1 and {OPEN} and rating in ('red', 'amber')
        order by has_worsened desc, list_position($2::varchar[], rating), rating_since nulls last, title, item_id
        """,
        [register_id, list(WORST_FIRST)],
    )


def against_parts(snapshot: Snapshot, register_id: str) -> pd.DataFrame:
    """One row per open item that its parts do not explain: red or amber and worse than all, or better than the worst.

    item_id, title, owner, rating, parts (how many are rated), worst and best (ratings of its parts), is_worse (than
    every part; else it is better than the worst), overdue (how many of its parts are overdue).
    """
    return snapshot.query(
        f"""
        with place as (select unnest($2::varchar[]) as rating, generate_subscripts($2::varchar[], 1) as place),
        part as (
            select i.part_of, count(*) as parts, min(p.place) as worst, max(p.place) as best,
                count(*) filter (i.state = 'overdue') as overdue
            from register_item i join place p using (rating)
            where i.register_id = $1 and i.part_of is not null and i.state <> 'withdrawn' and p.place <= 4
            group by i.part_of),
        whole as (
            select i.*, p.place from register_item i join place p using (rating)
            where i.register_id = $1 and {OPEN.replace("state", "i.state")} and p.place <= 3)
        select w.item_id, w.title, w.owner, w.rating, part.parts, worst.rating as worst, best.rating as best,
            w.place < part.worst as is_worse, part.overdue
        from whole w join part on part.part_of = w.item_id
        join place worst on worst.place = part.worst join place best on best.place = part.best
        where (w.place < part.worst and w.place <= 2) or (w.place > part.worst and part.worst <= 2)
        order by w.place, w.title, w.item_id
        """,
        [register_id, list(WORST_FIRST)],
    )
