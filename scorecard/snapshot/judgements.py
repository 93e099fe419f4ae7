"""What was judged of a measure in an area, judgement by judgement."""

from typing import Final

import pandas as pd

from scorecard.snapshot.store import Snapshot

ORDER: Final = (
    "target", "change", "direction", "variation", "forecast", "assurance", "peers", "parts", "data", "shape",
)  # fmt: skip
"""Judgements in the order in which people ask for them."""
SILENT: Final = ("not_judged", "not_charted", "not_forecast", "not_comparable", "no_peers")
"""Statuses whose sentence says why nothing is said; `too_few` is one too, except of a target."""


def findings(snapshot: Snapshot, measure_id: str, area_code: str) -> pd.DataFrame:
    """One row per finding of a measure in an area: bad news first, then good news, then the rest; silent ones last.

    judgement, part (of a breakdown, or ""), area_code, area (its name), asked_of (the area that was asked for), status,
    adverse (True, False or missing), sentence, is_silent. A part of a breakdown that is as expected is left out, and so
    is the regularity of a series; an area that hides behind the figure of the area it lies in is told there too.
    """
    return snapshot.query(
        """
        select judgement, part, area_code, coalesce(a.name, area_code) as area, $2 as asked_of, status, adverse,
            sentence, list_contains($3, status) or (status = 'too_few' and judgement <> 'target') as is_silent
        from finding left join area a using (area_code)
        where measure_id = $1 and not (judgement = 'shape' and status = 'regular')
            and not (part <> '' and status in ('as_expected', 'too_few'))
            and (area_code = $2 or (judgement = 'parts' and status = 'hidden'
                and area_code in (select area_code from area where "within" = $2)))
        order by is_silent, coalesce(adverse, false) desc, adverse is null, list_position($4, judgement),
            strength desc, part, status, area_code
        """,
        [measure_id, area_code, list(SILENT), list(ORDER)],
    )
