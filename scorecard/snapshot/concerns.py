"""What has been made of one measure among the exceptions: now, and in the reporting periods before."""

import pandas as pd

from scorecard.snapshot.store import Snapshot


def concerns(snapshot: Snapshot, measure_id: str) -> pd.DataFrame:
    """One row per exception or improvement of a measure as it stands now, anywhere in the council, by its rank.

    area_code, part (of the breakdown, or ""), place (name of the ward or part, or "" for the council), rule, adverse,
    state (new, continuing, improving, relapsed, resolved, accepted), periods (how many it has held), since (first day),
    accepted_until (a date or NaT), severity, confirmed, sentence, question, owner, frequency (of the measure).
    """
    return snapshot.query(
        """
        select e.area_code, e.part,
            case when e.part <> '' then e.part when a.is_home then '' else coalesce(a.name, e.area_code) end as place,
            e.rule, e.adverse, e.state, e.periods, e.since, e.accepted_until, e.severity, e.confirmed, e.sentence,
            e.question, e.owner, m.frequency
        from exception e join measure m using (measure_id) left join area a using (area_code)
        where e.measure_id = ?
        order by e.adverse desc, e.position
        """,
        [measure_id],
    )


def earlier(snapshot: Snapshot, measure_id: str) -> pd.DataFrame:
    """One row per run of reporting periods in which a measure was listed, the latest first; that of today is left out.

    place (as in `concerns`), concern (performance, data, improvement), first_listed and last_listed (last days of
    the first and last reporting period of the run), listed (how many), rules (one after the other), state (of the
    last). A run ends where a reporting period passes without it.
    """
    return snapshot.query(
        """
        with every as (
            select period_end, row_number() over (order by period_end) as number
            from (select distinct period_end from exception_memory)
        ), runs as (
            select m.*, number - row_number() over (
                partition by measure_id, area_code, part, concern order by number
            ) as run
            from exception_memory m join every using (period_end)
        )
        select
            case when r.part <> '' then r.part when a.is_home then '' else coalesce(a.name, r.area_code) end as place,
            r.concern, min(r.period_end) as first_listed, max(r.period_end) as last_listed, count(*) as listed,
            string_agg(distinct r.rule, ', ' order by r.rule) as rules, arg_max(r.state, r.period_end) as state
        from runs r left join area a using (area_code)
        where r.measure_id = ?
        group by r.measure_id, r.area_code, r.part, r.concern, r.run, a.is_home, a.name
        having max(r.period_end) < (select max(period_end) from exception_memory)
        order by last_listed desc, place, r.concern
        """,
        [measure_id],
    )
