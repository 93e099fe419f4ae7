"""Targets and headings in words, where the unit already stands beside them."""

import math

from pages.components.states import as_text
from scorecard.wording import bare, figure


def target(low: float | None, high: float | None, unit: str, decimals: int) -> str:
    """ "50%", "5% to 10%" for a band, or nothing when there is no target."""
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return ""
    return (
        figure(low, unit, decimals) if low == high else f"{bare(low, unit, decimals)} to {figure(high, unit, decimals)}"
    )


def bare_target(low: float | None, high: float | None, unit: str, decimals: int) -> str:
    """The same without the words of the unit; "none" when there is no target."""
    if not target(low, high, unit, decimals):
        return "none"
    return bare(low, unit, decimals) if low == high else f"{bare(low, unit, decimals)} to {bare(high, unit, decimals)}"


def headed(words: str, unit: str) -> str:
    """A heading of a table, made safe, that says the unit where the figures below it do not: "Figure, days"."""
    rest = unit.removeprefix("£").strip() if unit.startswith("£") else "" if unit == "%" else unit
    return as_text(f"{words}, {rest}" if rest else words)
