"""The home council against its group for every measure at once: a middle and a range, how both moved, and how old."""

from typing import Final

import pandas as pd

from scorecard.snapshot.store import Snapshot

COMPARED: Final = """
    refused as (
        select measure_id, sentence from finding
        where judgement = 'peers' and part = '' and status = 'not_comparable'
            and area_code = (select area_code from council)),
    broken as (
        select measure_id, max(decided_on) as broken_on from lifecycle
        where breaks_comparability and decided_on <= (select as_at from council) group by measure_id),
    held as (
        select o.measure_id, o.area_code, a.is_home, o.period_start, o.period_end, o.period, o.value, o.marker,
            broken_on
        from observation o join area a using (area_code) left join broken using (measure_id)
        where o.value is not null and (a.is_home or a.peer_rank is not null)),
    known as (
        select measure_id, count(distinct area_code) filter (not is_home) as peers,
            max(period_end) filter (is_home) as home_latest
        from held group by measure_id),
    filled as (
        select measure_id, period_start, period_end, period, bool_or(is_home) as has_home,
            count(*) filter (not is_home) as peers_held,
            period_start >= coalesce(any_value(broken_on), period_start) as since_break
        from held group by measure_id, period_start, period_end, period),
    enough as (
        select filled.* exclude (peers_held), peers_held from filled join known using (measure_id)
        where peers_held >= greatest(1, peers / 2)),
    shared as (
        select * from enough where has_home and since_break and measure_id not in (select measure_id from refused)),
    latest as (
        select * from shared
        qualify row_number() over (partition by measure_id order by period_end desc, period_start desc) = 1),
    earlier as (
        select shared.* from shared join latest using (measure_id)
        where shared.period_end < latest.period_end
            and month(shared.period_end) = month(latest.period_end)
            and month(shared.period_start) = month(latest.period_start)
        qualify row_number() over (
            partition by measure_id order by shared.period_end desc, shared.period_start desc) = 1)
"""
"""Tables of what can be compared: in `latest`, for each measure, the last period that home shares with at least half
of its peers, not before home's latest break of comparability; in `earlier` the last such period before it that ends
at the same time of year."""


def peer_ranges(snapshot: Snapshot) -> pd.DataFrame:
    """One row per live measure that can be compared, in the catalogue's order; figures in the measure's unit.

    measure_id, title, theme_id, theme, unit, decimals, polarity; period, home, marker, peer_group, peers (how many have
    a figure in that period), of (how many councils the group has), median, q1, q3, low, high (of the peers alone),
    figures (the peers' figures, a list); earlier_period, moved (home's change since it), peers_moved (the median of the
    changes of those peers that have both, None without any), movers (how many they are); older_by (months from the
    end of the group's latest period to the end of home's own latest; below 0 the group's is newer), home_period (home's
    own latest period), counted_from (the day of home's latest break, or NaT); judged (status of the finding on peers,
    if it is of the same period, else None).
    """
    return snapshot.query(f"""
        with {COMPARED},
            at_latest as (select held.* from held join latest using (measure_id, period_start, period_end)),
            at_earlier as (select held.* from held join earlier using (measure_id, period_start, period_end)),
            spread as (
                select measure_id, any_value(value) filter (is_home) as home,
                    any_value(marker) filter (is_home) as marker,
                    count(*) filter (not is_home) as peers, median(value) filter (not is_home) as median,
                    quantile_cont(value, 0.25) filter (not is_home) as q1,
                    quantile_cont(value, 0.75) filter (not is_home) as q3,
                    min(value) filter (not is_home) as low, max(value) filter (not is_home) as high,
                    list(value order by value) filter (not is_home) as figures, any_value(broken_on) as counted_from
                from at_latest group by measure_id),
            moved as (
                select n.measure_id, any_value(e.period) as earlier_period,
                    any_value(n.value - e.value) filter (n.is_home) as moved,
                    median(n.value - e.value) filter (not n.is_home) as peers_moved,
                    count(*) filter (not n.is_home) as movers
                from at_latest n join at_earlier e using (measure_id, area_code) group by n.measure_id),
            theirs as (select measure_id, max(period_end) as group_latest from enough group by measure_id),
            own as (
                select measure_id, arg_max(period, period_end) as home_period from held
                where is_home group by measure_id)
        select m.measure_id, m.title, m.theme_id, t.title as theme, m.unit, m.decimals, m.polarity, latest.period,
            spread.home, spread.marker, (select any_value(peer_group) from area) as peer_group, spread.peers,
            (select count(*) from area where peer_rank is not null) as of, spread.median, spread.q1, spread.q3,
            spread.low, spread.high, spread.figures, moved.earlier_period, moved.moved, moved.peers_moved, moved.movers,
            date_diff('month', theirs.group_latest, known.home_latest) as older_by, own.home_period,
            spread.counted_from, f.status as judged
        from measure m join theme t using (theme_id) join latest using (measure_id) join spread using (measure_id)
        join theirs using (measure_id) join known using (measure_id) join own using (measure_id)
        left join moved using (measure_id)
        left join finding f on f.measure_id = m.measure_id and f.judgement = 'peers' and f.part = ''
            and f.area_code = (select area_code from council) and f.evidence->>'period' = latest.period
        where m.stage = 'live'
        order by m.position
    """)


def not_compared(snapshot: Snapshot) -> pd.DataFrame:
    """One row per live measure of which peers have figures and that is not compared, in the catalogue's order.

    measure_id, title, has_home (whether the home council has a figure at all), sentence (why it cannot be compared, or
    None where no period is shared by home and at least half of the peers that have figures).
    """
    return snapshot.query(f"""
        with {COMPARED}
        select m.measure_id, m.title, known.home_latest is not null as has_home, refused.sentence
        from measure m join known using (measure_id) left join refused using (measure_id)
        where m.stage = 'live' and known.peers > 0 and m.measure_id not in (select measure_id from latest)
        order by m.position
    """)


def group(snapshot: Snapshot) -> pd.DataFrame:
    """One row per council of the home council's group, by name: area_code, name, peer_group."""
    return snapshot.query("select area_code, name, peer_group from area where peer_rank is not null order by name")


def peer_figures(snapshot: Snapshot, measure_id: str) -> pd.DataFrame:
    """One row per council of the comparison of a measure, home first, then by name; none where it is not compared.

    area_code, name, is_home, value, marker, moved (its change since the earlier period of `peer_ranges`, or missing).
    """
    return snapshot.query(
        f"""
        with {COMPARED}
        select n.area_code, a.name, n.is_home, n.value, n.marker, n.value - e.value as moved
        from held n join latest using (measure_id, period_start, period_end) join area a using (area_code)
        left join earlier on earlier.measure_id = n.measure_id
        left join held e on e.measure_id = n.measure_id and e.area_code = n.area_code
            and e.period_start = earlier.period_start and e.period_end = earlier.period_end
        where n.measure_id = ?
        order by n.is_home desc, a.name
    """,
        [measure_id],
    )
