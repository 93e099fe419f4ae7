"""The services as a tree, and the measures of one of them with all that lies below it."""

from typing import Final

import pandas as pd

from scorecard.snapshot.store import Snapshot

MOVED: Final = (
    "sudden", "sustained", "sudden_and_sustained", "special_cause_concern", "special_cause_improvement",
    "special_cause_neutral_high", "special_cause_neutral_low",
)  # fmt: skip
"""Findings of a change that is more than chance gives."""
USUAL: Final = ("common_cause", "no_change")

TREE: Final = """
    tree as (
        select service_id, title, owner, position, [title] as trail, [position] as place, [service_id] as line
        from service where within is null
        union all
        select s.service_id, s.title, s.owner, s.position, list_append(t.trail, s.title),
            list_append(t.place, s.position), list_append(t.line, s.service_id)
        from service s join tree t on s.within = t.service_id)
"""
"""The services from the top: trail are the titles down to each, line their ids. Needs "with recursive"."""
OWN: Final = """
    own as (
        select distinct o.measure_id, l.source_id
        from observation o join load l using (load_id) join area a using (area_code) cross join council c
        where a.area_code = c.area_code or a.within = c.area_code)
"""
"""Which sources the home council's figures of each measure come from."""


def services(snapshot: Snapshot) -> pd.DataFrame:
    """One row per service that has measures in use, itself or below it, in the order of the tree.

    service_id, title, owner, path ("Place › Environment › Highways"), depth (from 0); and of all its measures together:
    measures (live), proposed, off_target, missing (live, the latest figure not here), outlooks (forecast against a
    target), at_risk (of these, likely or more likely to miss), exceptions (to act on), late (submissions of its
    sources). All counts.
    """
    return snapshot.query(f"""
        with recursive {TREE}, {OWN},
        under as (
            select n.service_id as top, m.measure_id, m.stage
            from tree n join tree d on list_contains(d.line, n.service_id)
            join measure m on m.service_id = d.service_id where m.stage <> 'removed'),
        home as (from judgement where is_latest and area_code = (select area_code from council)),
        outlook as (
            from finding where judgement = 'forecast' and part = '' and area_code = (select area_code from council)
                and status in ('on_track', 'at_risk', 'will_miss')),
        standing as (
            select top, count(*) filter (stage = 'live') as measures, count(*) filter (stage = 'proposed') as proposed,
                count(*) filter (stage = 'live' and h.status = 'off_target') as off_target,
                count(*) filter (stage = 'live' and coalesce(h.status, 'unavailable')
                    in ('overdue', 'unavailable', 'awaiting')) as missing,
                count(*) filter (stage = 'live' and f.status is not null) as outlooks,
                count(*) filter (stage = 'live' and f.status in ('at_risk', 'will_miss')) as at_risk
            from under left join home h using (measure_id) left join outlook f using (measure_id) group by top),
        pressing as (
            select top, count(*) as exceptions from under join exception e using (measure_id)
            where e.adverse and e.state not in ('resolved', 'accepted') group by top),
        belated as (
            select top, count(distinct (source_id, period_end)) as late
            from under join own using (measure_id) join submission using (source_id) where state = 'late' group by top)
        select t.service_id, t.title, t.owner, list_aggregate(t.trail, 'string_agg', ' › ') as path,
            len(t.trail) - 1 as depth, s.measures, s.proposed, s.off_target, s.missing, s.outlooks, s.at_risk,
            coalesce(p.exceptions, 0) as exceptions, coalesce(b.late, 0) as late
        from tree t join standing s on s.top = t.service_id
        left join pressing p on p.top = t.service_id left join belated b on b.top = t.service_id
        order by t.place
    """)


def measures(snapshot: Snapshot, service_id: str) -> pd.DataFrame:
    """One row per measure in use of a service and all below it, those that need attention first.

    measure_id, title, service, owner, unit, decimals, frequency, stage (live, proposed), period, value (in the
    measure's unit; missing is null), marker, target_low, target_high, status, last_period (a direction); outlook (the
    status of its forecast, or None), outlook_evidence (its figures, as JSON), outlook_sentence.
    """
    return snapshot.query(
        f"""
        with recursive {TREE}
        select m.measure_id, m.title, s.title as service, m.owner, m.unit, m.decimals, m.frequency, m.stage,
            j.period, j.value, o.marker, j.target_low, j.target_high, coalesce(j.status, 'unavailable') as status,
            coalesce(j.last_period, 'unknown') as last_period, f.status as outlook, f.evidence as outlook_evidence,
            f.sentence as outlook_sentence
        from measure m
        join tree s on s.service_id = m.service_id and list_contains(s.line, $1)
        left join judgement j on j.measure_id = m.measure_id and j.is_latest
            and j.area_code = (select area_code from council)
        left join observation o on o.measure_id = j.measure_id and o.area_code = j.area_code
            and o.period_start = j.period_start and o.period_end = j.period_end
        left join finding f on f.measure_id = m.measure_id and f.judgement = 'forecast' and f.part = ''
            and f.area_code = (select area_code from council)
        where m.stage <> 'removed'
        order by m.stage = 'proposed',
            coalesce(list_position(['off_target', 'overdue', 'close', 'too_few'], j.status), 9),
            coalesce(list_position(['will_miss', 'at_risk'], f.status), 9), m.position
        """,
        [service_id],
    )


def movements(snapshot: Snapshot, service_id: str) -> pd.DataFrame:
    """One row per live measure of a service and all below it with figures: bad news first, then good, the rest last.

    measure_id, title, moved ("moved", "usual" or "not_judged"), adverse (True, False or missing), sentence (of the
    finding that says so), since (the first day of the change, or NaT), frequency.
    """
    return snapshot.query(
        f"""
        with recursive {TREE}
        select m.measure_id, m.title, m.frequency, f.adverse, f.sentence,
            case when list_contains($2, f.status) then 'moved' when list_contains($3, f.status) then 'usual'
                else 'not_judged' end as moved,
            case when list_contains($2, f.status) then try_cast(f.evidence ->> '$.since' as date) end as since
        from finding f join measure m using (measure_id)
        join tree s on s.service_id = m.service_id and list_contains(s.line, $1)
        where m.stage = 'live' and f.part = '' and f.judgement in ('change', 'variation')
            and f.area_code = (select area_code from council)
        qualify row_number() over (
            partition by m.measure_id
            order by list_position(['moved', 'usual', 'not_judged'], moved), f.judgement) = 1
        order by list_position(['moved', 'usual', 'not_judged'], moved), coalesce(f.adverse, false) desc,
            f.adverse is null, since desc, m.position
        """,
        [service_id, list(MOVED), list(USUAL)],
    )


def exceptions(snapshot: Snapshot, service_id: str) -> pd.DataFrame:
    """One row per exception to act on of a service and all below it, the most pressing first.

    measure_id, title, place (the ward or part, or ""), area_code (where it is not the council's, else ""), severity,
    state, periods, frequency, since (a day), sentence, question, owner, accepted_until (NaT here).
    """
    return snapshot.query(
        f"""
        with recursive {TREE}
        select e.measure_id, m.title, e.severity, e.state, e.periods, m.frequency, e.since, e.sentence, e.question,
            e.owner, e.accepted_until,
            case when a.is_home or e.part <> '' then '' else e.area_code end as area_code,
            case when e.part <> '' then e.part when a.is_home then '' else coalesce(a.name, e.area_code) end as place
        from exception e join measure m using (measure_id)
        join tree s on s.service_id = m.service_id and list_contains(s.line, $1)
        left join area a using (area_code)
        where e.adverse and e.state not in ('resolved', 'accepted')
        order by e.position
        """,
        [service_id],
    )


def sources(snapshot: Snapshot, service_id: str) -> pd.DataFrame:
    """One row per source of the home council's figures, of a service and all below it ("" for all), by title.

    source_id, title, publisher (who sends it).
    """
    return snapshot.query(
        f"""
        with recursive {TREE}, {OWN}
        select source_id, s.title, s.publisher from source s
        where $1 = '' or source_id in (
            select o.source_id from own o join measure m using (measure_id) join tree t using (service_id)
            where list_contains(t.line, $1))
        order by lower(s.title), source_id
        """,
        [service_id],
    )
