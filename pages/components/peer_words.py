"""How a council stands among those like it, in words: never a rank, as a place in a league says nothing of size."""

import math
from collections.abc import Mapping
from typing import Any, Final

from pages.components.status import badge
from scorecard.wording import MINUS, bare, count, difference, number

FEWEST: Final = 5
"""Councils below which there is no "most" to speak of; as many as the judgement asks for."""
PLACES: Final[Mapping[str, str]] = {
    "better": "Better than most",
    "worse": "Worse than most",
    "usual": "In the usual range",
    "higher": "Higher than most",
    "lower": "Lower than most",
    "few": "Too few to say",
}
"""Where a figure lies: beyond the middle half of the group, on the good side or the bad one, or within it."""
_BADGES: Final[Mapping[str, tuple[str, str]]] = {
    "better": ("green", "thumb_up"),
    "worse": ("orange", "change_history"),
    "usual": ("gray", "drag_handle"),
    "higher": ("blue", "arrow_upward"),
    "lower": ("blue", "arrow_downward"),
    "few": ("gray", "grain"),
}
_JUDGED: Final[Mapping[str, str]] = {
    "best_quarter": "better",
    "worst_quarter": "worse",
    "better_than_middle": "usual",
    "worse_than_middle": "usual",
    "middle": "usual",
    "among_highest": "higher",
    "among_lowest": "lower",
}


def place_of(judged: str | None) -> str | None:
    """The place that a status of the finding on peers stands for; None where it stands for none."""
    return _JUDGED.get(judged or "")


def place(one: Any) -> str:
    """The place of a row of `peer_ranges`: as it was judged, else by the middle half of the group."""
    if one.peers < FEWEST:
        return "few"
    judged = place_of(one.judged)
    if judged:
        return judged
    value, low, high = (round(each, one.decimals) for each in (one.home, one.q1, one.q3))
    if low <= value <= high:
        return "usual"
    above = value > high
    if one.polarity in ("higher", "lower"):
        return "better" if above == (one.polarity == "higher") else "worse"
    return "higher" if above else "lower"


def place_badge(of: str) -> str:
    """Markdown for a place: a symbol and its words."""
    return badge(*_BADGES[of], PLACES[of])


def range_in_words(one: Any) -> str:
    """ "The middle of 11 councils is 38.4%; they range from 25.6% to 47.6%." of a row of `peer_ranges`."""
    low, middle, high = (bare(each, one.unit, one.decimals) for each in (one.low, one.median, one.high))
    if one.peers == 1:
        return f"The one other council that has a figure is at {middle}."
    return f"The middle of {count(int(one.peers), 'council')} is {middle}; they range from {low} to {high}."


def movement_in_words(one: Any) -> str:
    """ "Since 2021/22 it fell by 1.1 percentage points here and by 0.3 in the middle of the group."; or why not."""
    if _missing(one.moved):
        return "There is no earlier figure to tell a movement by."
    own, theirs = round(one.moved, one.decimals), one.peers_moved
    since = f"Since {one.earlier_period}"
    if _missing(theirs):
        return f"{since} it {_moved(own, one)} here; no other council has both figures."
    theirs = round(theirs, one.decimals)
    if own == theirs == 0:
        return f"{since} it moved neither here nor in the middle of the group."
    if own * theirs > 0:
        same = f"by {number(abs(theirs), one.decimals)}" if theirs != own else "by as much"
        return f"{since} it {_moved(own, one)} here and {same} in the middle of the group."
    return f"{since} it {_moved(own, one)} here and {_moved(theirs, one)} in the middle of the group."


def change_in_words(moved: float | None, unit: str, decimals: int) -> str:
    """A change for a cell of a table: "+1.1", "−0.3", "no change", or a dash where it is not known."""
    if _missing(moved):
        return "–"
    shown = round(float(moved or 0.0), decimals)
    if not shown:
        return "no change"
    sign = "+" if shown > 0 else MINUS
    return f"{sign}{bare(abs(shown), unit, decimals).removesuffix('%')}"


def age_in_words(one: Any) -> str:
    """How old the group's figures are beside home's own latest figure; nothing where they are as new."""
    months = int(one.older_by)
    if months > 0:
        own = f"{count(months, 'month')} older than our own, which is of {one.home_period}"
        return f"The group's latest figures are {own}."
    if months < 0:
        return f"The group's latest figures are {count(-months, 'month')} newer than our own."
    if one.period != one.home_period:
        return f"Our own latest figure is of {one.home_period}; too few others have one yet."
    return ""


def _moved(by: float, one: Any) -> str:
    if not by:
        return "did not move"
    return f"{'rose' if by > 0 else 'fell'} by {difference(by, one.unit, one.decimals)}"


def _missing(value: float | None) -> bool:
    return value is None or math.isnan(value)
