"""Where a measure's year may end, what that would take, and how earlier forecasts of it did."""

import json
from typing import Any

import pandas as pd

from scorecard.snapshot.store import Snapshot, first_row


def outlook(snapshot: Snapshot, measure_id: str, area_code: str) -> dict[str, Any]:
    """What was found of an area's year end; empty where nothing was.

    status (on_track, at_risk, will_miss, no_target, outturn_known, not_forecast), adverse (True, False or None),
    sentence, and where there is a forecast: year ("2026/27"), forecast, low and high (four outturns in five should lie
    between them), target, needed and averaged and year_before (a period: what the rest of the year must bring, what the
    year so far brought, what the same periods brought a year before), so_far, all in the measure's unit,
    chance (of meeting the target, 0 to 1), periods_left. Any of them may be None.
    """
    row = first_row(
        snapshot.query(
            """
            select status, adverse, sentence, evidence from finding
            where measure_id = ? and area_code = ? and part = '' and judgement = 'forecast'
            """,
            [measure_id, area_code],
        )
    )
    return row and {**json.loads(row.pop("evidence")), **row}


def past_forecasts(snapshot: Snapshot, measure_id: str, area_code: str) -> pd.DataFrame:
    """One row per earlier financial year whose outturn is known, the latest first: what was forecast as far in.

    year (the calendar year in which it began), made_from (last day of the period it was made from), point, low, high,
    outturn (in the measure's unit), held (the outturn lay between low and high), back_cast (made afterwards).
    """
    return snapshot.query(
        """
        select year, made_from, point, low, high, outturn, outturn between low and high as held, back_cast
        from forecast where measure_id = ? and area_code = ? and outturn is not null
        qualify row_number() over (partition by year order by made_from desc) = 1
        order by year desc
        """,
        [measure_id, area_code],
    )
