"""What scrutiny looks at: the remits of committees, or the themes where the catalogue names no committee."""

from datetime import date
from typing import Final

import pandas as pd

from scorecard.snapshot.store import Snapshot

REMIT_OF: Final = """
    select committee_id as remit_id, measure_id from committee_measure
    union all
    select theme_id, measure_id from measure where not exists (from committee_measure)
"""
"""Remits with their measures, as a table to be asked."""


def remits(snapshot: Snapshot) -> pd.DataFrame:
    """One row per remit that has live measures: remit_id, title, is_committee.

    The remits are those of the committees; where there is no committee, each theme is one. They are in the catalogue's
    order, save that those for which the home council has no figure at all come last.
    """
    return snapshot.query(f"""
        with remit as ({REMIT_OF})
        select remit_id, title, is_committee from (
            select committee_id as remit_id, title, position, true as is_committee from committee
            union all select theme_id, title, position, false from theme)
        where remit_id in (select remit_id from remit join measure using (measure_id) where stage = 'live')
            and is_committee = (exists (from committee_measure))
        order by remit_id not in (
            select remit_id from remit join observation using (measure_id)
            where area_code = (select area_code from council)), position
    """)


def meetings(snapshot: Snapshot, remit_id: str) -> list[date]:
    """The days on which a committee has met or is to meet, in order; none for a theme."""
    frame = snapshot.query("select held_on from meeting where committee_id = ? order by held_on", [remit_id])
    return [each.date() for each in frame["held_on"]]
