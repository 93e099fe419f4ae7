"""The states and ratings of items as a symbol and a word, so that nothing is said by colour alone."""

from collections.abc import Mapping
from typing import Final

from pages.components.status import badge

Sign = tuple[str, str, str]
"""Colour, symbol and words."""
_STATES: Final[Mapping[str, Sign]] = {
    "overdue": ("red", "event_busy", "Overdue"),
    "awaiting_sign_off": ("violet", "approval", "Awaiting sign-off"),
    "predicted_late": ("orange", "warning", "Predicted late"),
    "due_soon": ("blue", "schedule", "Due soon"),
    "not_due": ("gray", "calendar_month", "Not due"),
    "closed": ("green", "check_circle", "Closed"),
    "withdrawn": ("gray", "block", "Withdrawn"),
}
_OPEN: Final[Sign] = ("gray", "radio_button_unchecked", "Open")
_RATINGS: Final[Mapping[str, Sign]] = {
    "red": ("red", "dangerous", "Red"),
    "amber": ("orange", "change_history", "Amber"),
    "green": ("green", "check_circle", "Green"),
    "complete": ("blue", "task_alt", "Complete"),
    "none": ("gray", "remove", "Not rated"),
}
_CLOCKS: Final[Mapping[str, Sign]] = {
    "in_time": ("green", "check_circle", "In time"),
    "late": ("orange", "change_history", "Late"),
    "running": ("blue", "schedule", "Running"),
    "overdue": ("red", "event_busy", "Passed, not met"),
}
RATING_WORDS: Final[Mapping[str, str]] = {name: words for name, (_, _, words) in _RATINGS.items()}
STATE_WORDS: Final[Mapping[str, str]] = {name: words for name, (_, _, words) in _STATES.items()}


def state(of: str, *, has_date: bool = True) -> str:
    """Markdown for the state of an item, e.g. a crossed calendar and "Overdue"; one without a date is "Open"."""
    return badge(*(_OPEN if of == "not_due" and not has_date else _STATES[of]))


def rating(of: str | None) -> str:
    """Markdown for a rating, e.g. a triangle and "Amber"; a dash for none."""
    return badge(*_RATINGS[of]) if of and of in _RATINGS else "–"


def clock(of: str) -> str:
    """Markdown for the state of a time limit."""
    return badge(*_CLOCKS[of])


def score(of: float, amber_from: float, red_from: float) -> str:
    """Markdown for the score of a risk in its band, e.g. a red badge "16, red"."""
    band = score_band(of, amber_from, red_from)
    colour, symbol, words = _RATINGS[band]
    return badge(colour, symbol, f"{of:.0f}, {words.lower()}")


def score_band(of: float, amber_from: float, red_from: float) -> str:
    """red, amber or green."""
    return "red" if of >= red_from else "amber" if of >= amber_from else "green"
