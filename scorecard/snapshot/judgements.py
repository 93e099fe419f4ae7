"""What was judged of a measure in an area, judgement by judgement."""

import pandas as pd

from scorecard.snapshot.store import Snapshot

SILENT = ("not_judged", "not_charted", "not_forecast", "not_comparable", "no_peers", "too_few")
"""Statuses that say why nothing is said."""


def findings(snapshot: Snapshot, measure_id: str, area_code: str) -> pd.DataFrame:
    """One row per finding of a measure in an area: bad news first, then good news, then the rest; silent ones last.

    judgement, part (of a breakdown, or ""), status, adverse (True, False or None), sentence, is_silent. Findings that
    say no more than the latest figure or than that all is regular are left out.
    """
    return snapshot.query(
        """
        select judgement, part, status, adverse, sentence, list_contains($3, status) as is_silent
        from finding
        where measure_id = $1 and area_code = $2 and judgement <> 'target'
            and not (judgement = 'shape' and status = 'regular') and status <> 'as_expected'
        order by is_silent, coalesce(adverse, false) desc, adverse is null, list_position(
            ['change', 'direction', 'variation', 'forecast', 'assurance', 'peers', 'parts', 'data', 'shape'], judgement
        ), strength desc, part, status
        """,
        [measure_id, area_code, list(SILENT)],
    )
