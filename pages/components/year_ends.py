"""Where the year may end, in few words: the forecast, its interval, the chance and the required run-rate."""

import json
from collections.abc import Mapping
from typing import Any, Final

from pages.components import status
from pages.components.states import as_text
from scorecard.wording import bare, count, figure

_BADGES: Final[Mapping[str, tuple[str, str, str]]] = {
    "on_track": ("green", "check_circle", "On track"),
    "at_risk": ("orange", "change_history", "At risk"),
    "will_miss": ("red", "dangerous", "Likely to miss"),
    "no_target": ("gray", "remove", "No target for the year"),
    "outturn_known": ("blue", "flag", "Year is over"),
}
AGAINST_A_TARGET: Final = ("on_track", "at_risk", "will_miss")
"""Outlooks that say whether the year's target will be met."""


def year_end(one: Any) -> str:
    """Markdown for a row of `services.measures`: its outlook with the figures behind it, or why there is none."""
    if one.outlook is None:
        return "No forecast"
    if one.outlook not in _BADGES:
        return as_text(str(one.outlook_sentence))
    found = json.loads(one.outlook_evidence)
    said = " ".join(part for part in (_expected(one, found), _chance(found.get("chance")), _rest(one, found)) if part)
    return f"{status.badge(*_BADGES[one.outlook])} {as_text(said)}".strip()


def _expected(one: Any, found: Mapping[str, Any]) -> str:
    """ "98.2% (97.2% to 99.3%) in 2026/27."; of an outturn the figure."""
    year = f"in {found['year']}" if found.get("year") else ""
    if found.get("outturn") is not None:
        return f"{figure(found['outturn'], one.unit, one.decimals)} {year}."
    if found.get("forecast") is None:
        return ""
    low, high = (bare(found.get(end), one.unit, one.decimals) for end in ("low", "high"))
    between = f" ({low} to {high})" if found.get("low") is not None and low != high else ""
    goal = "" if found.get("target") is None else f", target {_target(one, found)}"
    return f"{bare(found['forecast'], one.unit, one.decimals)}{between} {year}{goal}."


def _target(one: Any, found: Mapping[str, Any]) -> str:
    low, high = (bare(found.get(end), one.unit, one.decimals) for end in ("target", "target_high"))
    return low if low == high else f"{low} to {high}"


def _chance(chance: float | None) -> str:
    """ "About 2 chances in 10 of meeting it."; empty where no chance can be told."""
    if chance is None:
        return ""
    if chance < 0.05:
        return "Under 1 chance in 20 of meeting it."
    if chance > 0.95:
        return "Over 19 chances in 20 of meeting it."
    tenths = min(max(round(chance * 10), 1), 9)
    return f"About {count(tenths, 'chance')} in 10 of meeting it."


def _rest(one: Any, found: Mapping[str, Any]) -> str:
    """The required run-rate as the finding has worded it, after the sentence with the forecast."""
    return str(one.outlook_sentence).partition(": ")[2].partition(". ")[2] if found.get("needed") is not None else ""
