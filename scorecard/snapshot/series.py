"""One measure through time, for one area."""

import pandas as pd

from scorecard.periods import Frequency, Period, financial_year_of, missing_between
from scorecard.snapshot.breaks import with_breaks
from scorecard.snapshot.store import Snapshot, none_for_missing_text


def areas(snapshot: Snapshot, measure_id: str) -> pd.DataFrame:
    """One row per area that the measure has figures for: home first, then wards, peers, nations and others.

    area_code, name, kind (home, ward, peer, nation, other), peer_group.
    """
    return snapshot.query(
        """
        select area_code, name, peer_group,
            case when is_home then 'home' when level = 'ward' then 'ward' when peer_rank is not null then 'peer'
                when level in ('nation', 'country') then 'nation' else 'other' end as kind
        from area
        where area_code in (select area_code from observation where measure_id = ?)
            or is_home
        order by list_position(['home', 'ward', 'peer', 'nation', 'other'], kind), name
    """,
        [measure_id],
    )


def series(snapshot: Snapshot, measure_id: str, area_code: str) -> pd.DataFrame:
    """One row per period of one measure in one area, oldest first, with a row for each missing period.

    period_start, period_end, period; value, lower, upper (in the measure's unit; null is missing, never
    zero), numerator, denominator, marker; was (what was published before, where that has changed since; the latest
    such); target_low, target_high; limit_low and limit_high (the target less or plus its tolerance, on the side where
    worse lies: beyond it a figure is off target); status, status_sentence, since, last_period, last_year,
    direction_sentence, is_latest (null where there is no judgement); usual, usual_low and usual_high (mean and process
    limits, null where there are none, and of a figure that builds up over the year, whose limits are of what each
    period added), variation (common_cause, special_cause_concern, ..., of the figure or of what was added; null where
    it has no limits); and where it cannot be read straight through, segment, change, change_label and change_sentence
    as `with_breaks` says. year (the financial year of a figure that builds up, as it begins anew in each; else 0).
    """
    frame = snapshot.query(
        """
        with one_observation as (from observation where measure_id = $1 and area_code = $2),
            one_judgement as (from judgement where measure_id = $1 and area_code = $2),
            one_variation as (from variation where measure_id = $1 and area_code = $2),
            one_restatement as (
                select period_start, period_end, arg_max(old_value, known_to) as was
                from restatement where measure_id = $1 and area_code = $2 group by all
            )
        select period_start, period_end, coalesce(o.period, j.period) as period, o.value, o.lower, o.upper,
            o.numerator::double as numerator, o.denominator::double as denominator, o.marker, r.was,
            j.target_low, j.target_high,
            case when m.polarity in ('higher', 'band') then j.target_low - j.tolerance end as limit_low,
            case when m.polarity in ('lower', 'band') then j.target_high + j.tolerance end as limit_high,
            j.status, j.status_sentence, j.since, j.last_period, j.last_year, j.direction_sentence, j.is_latest,
            case when m.basis <> 'year_to_date' then v.mean end as usual,
            case when m.basis <> 'year_to_date' then v.lower_limit end as usual_low,
            case when m.basis <> 'year_to_date' then v.upper_limit end as usual_high, v.kind as variation
        from one_observation o full join one_judgement j using (period_start, period_end)
        left join one_variation v using (period_start, period_end)
        left join one_restatement r using (period_start, period_end)
        left join measure m on m.measure_id = $1
        order by period_end, period_start
    """,
        [measure_id, area_code],
    )
    every = snapshot.query("select frequency, basis from measure where measure_id = ?", [measure_id])
    if every.empty:
        return with_breaks(snapshot, measure_id, frame).assign(year=0)
    whole = _with_missing_periods(frame, Frequency(str(every["frequency"].iloc[0])))
    return _by_year(with_breaks(snapshot, measure_id, whole), builds_up=every["basis"].iloc[0] == "year_to_date")


def _by_year(series: pd.DataFrame, *, builds_up: bool) -> pd.DataFrame:
    """The series with its financial years told apart where figures build up over each: no line joins two of them."""
    if not builds_up or series.empty:
        return series.assign(year=0)
    dated = series.assign(year=[financial_year_of(start) for start in series["period_start"]])
    return dated.assign(segment=dated.groupby(["segment", "year"]).ngroup())


def _with_missing_periods(frame: pd.DataFrame, frequency: Frequency) -> pd.DataFrame:
    held = [
        Period(start.date(), end.date()) for start, end in zip(frame["period_start"], frame["period_end"], strict=True)
    ]
    missing = missing_between(held, frequency)
    if not missing:
        return frame
    rows = pd.DataFrame(
        {
            "period_start": pd.to_datetime([period.start for period in missing]).astype("datetime64[us]"),
            "period_end": pd.to_datetime([period.end for period in missing]).astype("datetime64[us]"),
            "period": [period.label for period in missing],
        }
    )
    whole = pd.concat([frame, rows]).sort_values(["period_end", "period_start"], ignore_index=True)
    return none_for_missing_text(whole)
