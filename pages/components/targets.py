"""Targets in words."""

import math

from scorecard.wording import figure


def target(low: float | None, high: float | None, unit: str, decimals: int) -> str:
    """ "50%", "5% to 10%" for a band, or nothing when there is no target."""
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return ""
    shown = figure(low, unit, decimals)
    return shown if low == high else f"{shown} to {figure(high, unit, decimals)}"
