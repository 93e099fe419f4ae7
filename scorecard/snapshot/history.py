"""The home council's figures of every measure at once, and the catalogue and areas they were made with."""

import json
from typing import Any

import pandas as pd

from scorecard.snapshot.store import Snapshot


def home_observations(snapshot: Snapshot) -> pd.DataFrame:
    """One row per measure and period of the home council that has a figure, by measure and oldest first.

    measure_id, area_code, period_start and period_end (dates), value (in the measure's unit).
    """
    frame = snapshot.query("""
        select measure_id, area_code, period_start, period_end, value
        from observation
        where area_code = (select area_code from council) and value is not null
        order by measure_id, period_end, period_start
    """)
    for name in ("period_start", "period_end"):
        frame[name] = frame[name].dt.date
    return frame


def catalogue_of(snapshot: Snapshot) -> dict[str, Any]:
    """The catalogue that the figures were made with, as plain values; fields not given have their defaults."""
    held: dict[str, Any] = json.loads(str(snapshot.query("select catalogue from council").at[0, "catalogue"]))
    return held


def areas_of(snapshot: Snapshot) -> pd.DataFrame:
    """One row per area of the snapshot, by code: area_code, name, level, within (a code or None), is_home."""
    return snapshot.query("select area_code, name, level, within, is_home from area order by area_code")
