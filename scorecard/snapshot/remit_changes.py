"""What has changed since a day within a remit: exceptions, restated figures, decisions about measures and targets."""

from datetime import date

import pandas as pd

from scorecard.snapshot.remit_reported import as_reported
from scorecard.snapshot.remits import REMIT_OF
from scorecard.snapshot.restatements import end_of
from scorecard.snapshot.store import Snapshot


def listed_from(snapshot: Snapshot) -> date | None:
    """The last day of the first reporting period whose exceptions are remembered; None when none are."""
    first = snapshot.query("select min(period_end) as first from exception_memory")["first"].iloc[0]
    return None if pd.isna(first) else first.date()


def exceptions_since(snapshot: Snapshot, remit_id: str, day: date) -> pd.DataFrame:
    """One row per exception within a remit that has come or gone since `day`, those that came first.

    measure_id, title, place (the name of the ward or part, or ""), sentence (None of one that is no longer listed),
    has_come (else it has gone), since (the first day concerned; a date or NaT), frequency, area_code, part.

    It has come when it was not on the list of the last reporting period that had been reported by `day`; or, where
    the list of that time is not remembered, when the first period it concerns is later than the latest that its
    measure had reported by `day`. It has gone when it was on that list and is not now, or is resolved in a later
    reporting period.
    """
    reported = as_reported(snapshot, remit_id, day)[["measure_id", "period_end"]]
    latest = reported["period_end"].max()
    listed_on = pd.Timestamp(day) if pd.isna(latest) else min(pd.Timestamp(day), latest)
    found = _candidates(snapshot, remit_id, day, listed_on.date()).merge(
        reported.rename(columns={"period_end": "reported_to"}), on="measure_id", how="left"
    )
    known_by = found["reported_to"].where(~found["is_about_data"]).fillna(pd.Timestamp(day))
    wanted = ~found["is_by_period"] | (found["began_by"] > known_by)
    return found[wanted].drop(columns=["is_about_data", "is_by_period", "began_by", "reported_to"])


def _candidates(snapshot: Snapshot, remit_id: str, day: date, listed_on: date) -> pd.DataFrame:
    """The rows of `exceptions_since`, and where the list of then is not remembered every exception of now.

    Further: is_by_period (it is to be told by the first period it concerns), began_by (the last day of that period, or
    the day itself of one about data), is_about_data.
    """
    return snapshot.query(
        f"""
        with remit as ({REMIT_OF}),
            before as (select max(period_end) as listed_on from exception_memory where period_end <= $3),
            listed as (
                select distinct measure_id, area_code, part from exception_memory
                where period_end = (from before) and concern <> 'improvement' and state <> 'resolved'),
            about_data as (select distinct measure_id, area_code, part, rule from exception_memory
                where concern = 'data'),
            now_listed as (
                select e.*, l.measure_id is not null as was_listed, d.measure_id is not null as is_about_data,
                    case when d.measure_id is not null then e.since else date_trunc('month', e.since)
                        + to_months(case m.frequency when 'month' then 1 when 'quarter' then 3 else 12 end)
                        - interval 1 day end as began_by
                from exception e join measure m using (measure_id)
                left join listed l using (measure_id, area_code, part)
                left join about_data d using (measure_id, area_code, part, rule)
                where e.adverse),
            found as (
                select measure_id, area_code, part, sentence, since, true as has_come, position, is_about_data,
                    (from before) is null as is_by_period, began_by
                from now_listed
                where state not in ('resolved', 'accepted') and ((from before) is null or not was_listed)
                union all
                select measure_id, area_code, part, sentence, since, false, position, false, false, null
                from now_listed where state = 'resolved' and period_end > $2
                union all
                select measure_id, area_code, part, null, null, false, null, false, false, null from listed
                where not exists (from now_listed n where n.measure_id = listed.measure_id
                    and n.area_code = listed.area_code and n.part = listed.part))
        select f.measure_id, m.title, case when f.part <> '' then f.part when a.is_home then ''
            else coalesce(a.name, f.area_code) end as place, f.sentence, f.has_come, f.since, m.frequency,
            f.area_code, f.part, f.is_about_data, f.is_by_period, f.began_by
        from found f join measure m using (measure_id) left join area a using (area_code)
        where measure_id in (select measure_id from remit where remit_id = $1)
        order by f.has_come desc, f.position, m.position
    """,
        [remit_id, day, listed_on],
    )


def restated_since(snapshot: Snapshot, remit_id: str, day: date) -> pd.DataFrame:
    """One row per figure of the home council that was published by the end of `day` and has been replaced since.

    By measure and latest period first: measure_id, title, unit, decimals, period, old_value, old_marker (what stood
    at the end of `day`), new_value, new_marker (what stands now; missing when it went away), known_to (when the old
    one was replaced, UTC), why (of that replacement).
    """
    return snapshot.query(
        f"""
        with remit as ({REMIT_OF})
        select r.measure_id, m.title, m.unit, m.decimals, r.period, r.old_value, r.old_marker, o.value as new_value,
            o.marker as new_marker, r.known_to, r.why
        from restatement r join measure m using (measure_id)
        left join observation o using (measure_id, area_code, period_start, period_end)
        where measure_id in (select measure_id from remit where remit_id = $1)
            and area_code = (select area_code from council) and r.known_from < $2 and r.known_to >= $2
            and (o.value is distinct from r.old_value or o.marker is distinct from r.old_marker)
        order by m.position, r.period_end desc, r.period_start desc
    """,
        [remit_id, end_of(day).replace(tzinfo=None)],
    )


def decided_since(snapshot: Snapshot, remit_id: str, day: date) -> pd.DataFrame:
    """One row per decision that took effect after `day`, up to the council's day, the latest first.

    measure_id, title, what (target, or proposed, live, retained, amended, removed, or rebase), decided_on (the day
    from which it holds), in_words (a target in words, else None), reason, breaks_comparability.
    """
    return snapshot.query(
        f"""
        with remit as ({REMIT_OF}), decided as (
            select measure_id, decision as what, decided_on, null as in_words, reason, breaks_comparability
            from lifecycle
            union all select measure_id, 'target', since, in_words, reason, false from target
            union all select measure_id, 'rebase', rebased_on, null, reason, false from rebase)
        select d.measure_id, m.title, d.what, d.decided_on, d.in_words, d.reason, d.breaks_comparability
        from decided d join measure m using (measure_id)
        where measure_id in (select measure_id from remit where remit_id = $1)
            and d.decided_on > $2 and d.decided_on <= (select as_at from council)
        order by d.decided_on desc, m.position
    """,
        [remit_id, day],
    )
