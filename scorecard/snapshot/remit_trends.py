"""Where each measure within a remit is going: what was judged of the home council's figures, side by side."""

from typing import Final

import pandas as pd

from scorecard.periods import Frequency
from scorecard.snapshot.remits import REMIT_OF
from scorecard.snapshot.store import Snapshot

JUDGED: Final = ("change", "direction", "variation", "peers")
SHOWN: Final = 24
"""Periods of the run that is shown."""


def remit_trends(snapshot: Snapshot, remit_id: str) -> pd.DataFrame:
    """One row per live measure within a remit, in the catalogue's order, with the home council's judgements.

    measure_id, title, service, owner, unit, decimals, polarity, frequency; period, value, marker, target_low,
    target_high, status, status_sentence (of the latest judgement); for each of change, direction, variation and
    peers: its status, and under _adverse, _sentence and _evidence (JSON) the rest, None where nothing was found;
    is_short (its figures are too few to judge); question, exception (its sentence) and place (a ward or part, or ""
    for the council) of its gravest exception, that of the council first; None without one.
    """
    pivoted = ", ".join(
        f"max({column}) filter (judgement = '{one}') as {one}{'' if column == 'status' else f'_{column}'}"
        for one in JUDGED
        for column in ("status", "adverse", "sentence", "evidence")
    )
    return snapshot.query(
        f"""
        with remit as ({REMIT_OF}),
            home as (select area_code from council),
            found as (
                select measure_id, {pivoted}, bool_or(judgement = 'shape' and status = 'too_few') as is_short
                from finding
                where part = '' and area_code = (from home) group by measure_id),
            asked as (
                select e.measure_id, e.question, e.sentence as exception, case when e.part <> '' then e.part
                    when a.is_home then '' else coalesce(a.name, e.area_code) end as place
                from exception e left join area a using (area_code)
                where e.adverse and e.state not in ('resolved', 'accepted')
                qualify row_number() over (
                    partition by e.measure_id order by e.part <> '' or not coalesce(a.is_home, false), e.position) = 1)
        select m.measure_id, m.title, s.title as service, m.owner, m.unit, m.decimals, m.polarity, m.frequency,
            j.period, j.value, o.marker, j.target_low, j.target_high, coalesce(j.status, 'unavailable') as status,
            coalesce(j.status_sentence, 'No figure has come for this council.') as status_sentence,
            found.* exclude (measure_id, is_short), coalesce(found.is_short, true) as is_short,
            asked.question, asked.exception, asked.place
        from measure m
        join service s using (service_id)
        left join found using (measure_id)
        left join asked using (measure_id)
        left join judgement j on j.measure_id = m.measure_id and j.is_latest and j.area_code = (from home)
        left join observation o on o.measure_id = j.measure_id and o.area_code = j.area_code
            and o.period_start = j.period_start and o.period_end = j.period_end
        where m.stage = 'live' and m.measure_id in (select measure_id from remit where remit_id = ?)
        order by m.position
    """,
        [remit_id],
    )


def remit_runs(snapshot: Snapshot, remit_id: str) -> dict[str, list[float | None]]:
    """The home council's last figures of each measure within a remit, oldest first; None is a missing period.

    Nothing from before the latest break of comparability is among them.
    """
    frame = snapshot.query(
        f"""
        with remit as ({REMIT_OF}), broken as (
            select measure_id, max(decided_on) as broken_on from lifecycle
            where breaks_comparability and decided_on <= (select as_at from council) group by measure_id)
        select measure_id, frequency, list(year(period_end) * 12 + month(period_end) order by period_end) as months,
            list(value order by period_end) as figures
        from observation join measure using (measure_id) left join broken using (measure_id)
        where value is not null and area_code = (select area_code from council)
            and period_start >= coalesce(broken_on, period_start)
            and measure_id in (select measure_id from remit where remit_id = ?)
        group by measure_id, frequency
    """,
        [remit_id],
    )
    return {
        str(measure_id): _with_gaps(list(months), list(figures), Frequency(frequency))
        for measure_id, frequency, months, figures in zip(*(frame[name] for name in frame.columns), strict=True)
    }


def _with_gaps(months: list[int], figures: list[float], frequency: Frequency) -> list[float | None]:
    held = dict(zip(months, figures, strict=True))
    last, step = months[-1], frequency.months
    first = max(months[0], last - step * (SHOWN - 1))
    return [held.get(month) for month in range(last - (last - first) // step * step, last + 1, step)]
