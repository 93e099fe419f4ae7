"""Variation, assurance, direction of travel and year end, each as a symbol and a word beside the status."""

from collections.abc import Mapping
from typing import Final

from pages.components.status import badge

Sign = tuple[str, str, str]
"""Colour, symbol and words."""
VARIATION: Final[Mapping[str, Sign]] = {
    "common_cause": ("gray", "show_chart", "Usual"),
    "special_cause_concern": ("red", "warning", "Worse than usual"),
    "special_cause_improvement": ("green", "thumb_up", "Better than usual"),
    "special_cause_neutral_high": ("blue", "arrow_upward", "Higher than usual"),
    "special_cause_neutral_low": ("blue", "arrow_downward", "Lower than usual"),
}
ASSURANCE: Final[Mapping[str, Sign]] = {
    "pass": ("green", "verified", "Reliably met"),
    "hit_and_miss": ("gray", "shuffle", "Hit and miss"),
    "fail": ("red", "dangerous", "Reliably missed"),
}
FORECAST: Final[Mapping[str, Sign]] = {
    "on_track": ("green", "flag", "On track"),
    "at_risk": ("orange", "change_history", "At risk"),
    "will_miss": ("red", "dangerous", "Likely to miss"),
}
_TRAVEL: Final[Mapping[str, tuple[str, str]]] = {
    "rising": ("trending_up", "Rising"),
    "falling": ("trending_down", "Falling"),
    "no_trend": ("trending_flat", "No clear trend"),
}
_NEWS: Final[Mapping[bool | None, tuple[str, str]]] = {
    True: ("red", ", for the worse"),
    False: ("green", ", for the better"),
    None: ("gray", ""),
}
HEADINGS: Final[Mapping[str, str]] = {
    "variation": "Variation",
    "assurance": "Assurance",
    "direction": "Direction of travel",
    "forecast": "Year end",
}
"""Judgement → what stands above its sign, in the order in which they are shown."""


def sign_of(judgement: str, status: str, adverse: bool | None) -> Sign | None:
    """The sign of a finding; None where there is nothing to show, e.g. of a series that has no limits."""
    if judgement == "direction" and status in _TRAVEL:
        (symbol, words), (colour, meant) = _TRAVEL[status], _NEWS[adverse]
        return colour, symbol, f"{words}{meant}"
    held: Mapping[str, Mapping[str, Sign]] = {"variation": VARIATION, "assurance": ASSURANCE, "forecast": FORECAST}
    return held.get(judgement, {}).get(status)


def drawn(sign: Sign) -> str:
    """Markdown of a sign: a coloured badge with its symbol and words."""
    return badge(*sign)
