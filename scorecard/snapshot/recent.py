"""The latest figures of every measure, for the small picture of where it has been going."""

import pandas as pd

from scorecard.periods import Frequency
from scorecard.snapshot.store import Snapshot

PERIODS = 13
"""A year and the same period of the year before."""


def recent(snapshot: Snapshot) -> dict[str, tuple[float | None, ...]]:
    """Measure → home's figures of its last thirteen periods, oldest first, in its unit; None for a missing one.

    What was counted differently is left out, so that no line is drawn across a break. Measures without figures have
    no entry; figures at uneven intervals follow one another as they are.
    """
    frame = snapshot.query(
        """
        with broken as (
            select measure_id, max(decided_on) as since from lifecycle
            where breaks_comparability and decided_on <= (select as_at from council) group by measure_id
        )
        select measure_id, frequency, o.value,
            year(o.period_start) * 12 + month(o.period_start) as first_month,
            year(o.period_end) * 12 + month(o.period_end) as last_month
        from observation o join measure using (measure_id) left join broken b using (measure_id)
        where o.area_code = (select area_code from council) and (b.since is null or o.period_start >= b.since)
        qualify row_number() over (partition by measure_id order by o.period_end desc, o.period_start desc) <= ?
        order by measure_id, o.period_end, o.period_start
    """,
        [PERIODS],
    )
    return {str(name): _in_step(part) for name, part in frame.groupby("measure_id", sort=False)}


def _in_step(part: pd.DataFrame) -> tuple[float | None, ...]:
    """The figures with None for each period between them that is missing."""
    step = Frequency(part["frequency"].iloc[0]).months
    values = [None if pd.isna(value) else float(value) for value in part["value"]]
    back = part["last_month"].iloc[-1] - part["last_month"]
    if (
        (back % step != 0).any()
        or (part["last_month"] - part["first_month"] + 1 != step).any()
        or back.duplicated().any()
    ):
        return tuple(values)
    held = dict(zip(back // step, values, strict=True))
    return tuple(held.get(steps) for steps in range(min(int(max(held)), PERIODS - 1), -1, -1))
