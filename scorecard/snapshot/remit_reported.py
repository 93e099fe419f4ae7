"""What a committee had before it on a day: the figures reported by then, beside those of now."""

from datetime import date

import pandas as pd

from scorecard.snapshot.remits import REMIT_OF
from scorecard.snapshot.restatements import LOCAL, as_known_on
from scorecard.snapshot.store import Snapshot

_PERIOD = ["measure_id", "period_start", "period_end"]


def recorded_since(snapshot: Snapshot) -> date | None:
    """The day in the United Kingdom on which figures were first published here; None before any were.

    What was published before that day is not on record.
    """
    frame = snapshot.query("""
        select min(known_from) as first from (
            select known_from from observation union all select known_from from restatement)
    """)
    first = frame["first"].iloc[0]
    return None if pd.isna(first) else first.tz_localize("UTC").tz_convert(LOCAL).date()


def as_reported(snapshot: Snapshot, remit_id: str, day: date) -> pd.DataFrame:
    """One row per live measure within a remit that had a figure by the end of `day`, in the catalogue's order.

    measure_id, title, unit, decimals, polarity, frequency, service; the latest figure of the home council then:
    period, period_end, value, marker and status (of that period as it is judged today; None where the figure has been
    restated since, or was not judged), is_restated, published_on (None where it is not on record); and the latest now:
    now_period, now_period_end, now_value, now_marker, now_status; held_to (the last day of the latest period of which
    there is a figure, when now_period has none).

    Where the record of figures begins after `day`, the figure is that of the latest period that had ended and, where
    its source is expected by a day, was due by then, as it is known now: it may have come, or been corrected, later.
    """
    measures = snapshot.query(
        f"""
        with remit as ({REMIT_OF})
        select m.measure_id, m.title, m.unit, m.decimals, m.polarity, m.frequency, s.title as service,
            j.period as now_period, j.period_end as now_period_end, j.value as now_value, o.marker as now_marker,
            j.status as now_status, (
                select max(period_end) from observation o where o.measure_id = m.measure_id
                    and o.area_code = (select area_code from council)) as held_to
        from measure m join service s using (service_id)
        left join judgement j on j.measure_id = m.measure_id and j.is_latest
            and j.area_code = (select area_code from council)
        left join observation o on o.measure_id = j.measure_id and o.area_code = j.area_code
            and o.period_start = j.period_start and o.period_end = j.period_end
        where m.stage = 'live' and m.measure_id in (select measure_id from remit where remit_id = ?)
        order by m.position
    """,
        [remit_id],
    )
    then = _known(snapshot, day).merge(measures[["measure_id"]], on="measure_id")
    then = then.sort_values(["period_end", "period_start"]).drop_duplicates("measure_id", keep="last")
    judged = snapshot.query("""
        select j.measure_id, j.period_start, j.period_end, j.status as judged, o.value as stands,
            o.marker as stands_marked
        from judgement j left join observation o using (measure_id, area_code, period_start, period_end)
        where area_code = (select area_code from council)
    """)
    then = then.merge(judged, on=_PERIOD, how="left")
    same = (then["value"] == then["stands"]) | (then["value"].isna() & then["stands"].isna())
    then["is_restated"] = ~(same & (then["marker"].fillna("") == then["stands_marked"].fillna("")))
    then["status"] = then["judged"].where(~then["is_restated"] & then["judged"].notna(), None)
    then["published_on"] = [None if pd.isna(at) else _local(at) for at in then["known_from"]]
    shown = ["measure_id", "period", "period_end", "value", "marker", "status", "is_restated", "published_on"]
    return measures.merge(then[shown], on="measure_id")


def _known(snapshot: Snapshot, day: date) -> pd.DataFrame:
    """The home council's figures on record at the end of a day; else those that were due by it, as known now."""
    home = str(snapshot.query("select area_code from council").at[0, "area_code"])
    began = recorded_since(snapshot)
    if began is not None and began <= day:
        known = as_known_on(snapshot, day)
        return known[known["area_code"] == home]
    return snapshot.query(
        """
        select o.measure_id, o.period_start, o.period_end, o.period, o.value, o.marker, null::timestamp as known_from
        from observation o left join load l using (load_id)
        left join submission s on s.source_id = l.source_id and s.period_end = o.period_end
        where o.area_code = ? and o.period_end <= ? and coalesce(s.due_on, o.period_end) <= ?
    """,
        [home, day, day],
    )


def _local(moment: pd.Timestamp) -> date:
    return moment.tz_localize("UTC").tz_convert(LOCAL).date()
