"""A measure's figure of one financial year in plain words: its outturn, or the latest figure there is."""

from typing import Any

import pandas as pd

from pages.components.figures import target
from pages.components.plan.grounds import shown
from scorecard.wording import figure


def figure_of(one: Any) -> str:
    """ "44.8% in 2025/26, the outturn" or "94.0% in Mar 2026; 93.1% over the year" of a row of `year_measures`."""
    if pd.isna(one.value):
        return "no figure yet"
    said = shown(one)
    if not one.is_of_year:
        return f"none for the year; {said} before it"
    if one.is_year_end and (one.frequency == "year" or one.basis in ("year_to_date", "snapshot", "rolling")):
        return f"{said}, the outturn"
    if pd.isna(one.outturn):
        return f"{said}, the latest" if not one.is_year_end else said
    return f"{said}; {figure(one.outturn, one.unit, one.decimals)} over the year"


def target_of(one: Any) -> str:
    """The target of that figure; "" for none."""
    return target(one.target_low, one.target_high, one.unit, one.decimals)
