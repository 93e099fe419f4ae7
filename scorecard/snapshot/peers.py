"""How the home council compares with its peers: a middle and a range, never a league table."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from scorecard.snapshot.store import Snapshot


@dataclass(frozen=True)
class Comparison:
    """Home beside its peers in the latest period that home shares with at least half of them.

    `figures` has one row per council, by name with home first: area_code, name, is_home, value, marker. Where home
    has counted differently from a day on, `counted_from` is that day, and no earlier period is compared.
    """

    group: str
    period: str
    home: float
    median: float
    low: float
    high: float
    figures: pd.DataFrame
    counted_from: date | None = None


def comparison(snapshot: Snapshot, measure_id: str) -> Comparison | None:
    """Home against its peers, or None when there is no period that home shares with at least half of them.

    Periods from before home's latest break of comparability do not count, and a measure whose figures depend on how
    large a council is (finding "not_comparable") is not compared at all.
    """
    frame = snapshot.query(
        """
        with break as (
            select max(decided_on) as broken_on from lifecycle
            where measure_id = $1 and breaks_comparability and decided_on <= (select as_at from council)
        ), held as (
            select a.area_code, a.name, a.is_home, a.peer_group, o.value, o.marker, o.period, o.period_start,
                o.period_end,
                broken_on
            from observation o join area a using (area_code) cross join break
            where o.measure_id = $1 and o.value is not null and (a.is_home or a.peer_rank is not null)
                and not exists (
                    from finding f where f.measure_id = $1 and f.judgement = 'peers' and f.status = 'not_comparable'
                        and f.part = '' and f.area_code = (select area_code from council))
        ), shared as (
            select period_start, period_end from held
            where period_start >= coalesce(broken_on, period_start) group by all
            having bool_or(is_home) and count(*) filter (not is_home) >= greatest(1,
                (select count(distinct area_code) filter (not is_home) from held) / 2)
            order by period_end desc, period_start desc limit 1
        )
        select held.* from held join shared using (period_start, period_end)
        order by is_home desc, name
    """,
        [measure_id],
    )
    if frame.empty:
        return None
    broken = frame["broken_on"].iloc[0]
    peers = frame.loc[~frame["is_home"], "value"]
    return Comparison(
        group=str(frame.loc[~frame["is_home"], "peer_group"].iloc[0]),
        period=str(frame.at[0, "period"]),
        home=float(frame.loc[frame["is_home"], "value"].iloc[0]),
        median=float(peers.median()),
        low=float(peers.min()),
        high=float(peers.max()),
        figures=frame[["area_code", "name", "is_home", "value", "marker"]],
        counted_from=None if pd.isna(broken) else broken.date(),
    )
