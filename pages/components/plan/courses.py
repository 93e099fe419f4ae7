"""How the actions of the council plan stand, counted: complete, on course, predicted late and late."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pages.components import status
from scorecard.wording import MINUS, count

WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "late": ("red", "event_busy", "late"),
    "predicted_late": ("orange", "warning", "predicted late"),
    "on_course": ("gray", "calendar_month", "on course"),
    "complete": ("green", "check_circle", "complete"),
    "withdrawn": ("gray", "block", "withdrawn"),
}
"""Each way an action can stand: its colour, its symbol, and the words that follow a number."""


def course(one: Any) -> str:
    """How a row of `plan.actions` stands: a key of WORDS. Lateness is by its ORIGINAL date."""
    if one.state == "closed":
        return "complete"
    if one.state == "withdrawn":
        return "withdrawn"
    if one.days_late > 0:
        return "late"
    return "predicted_late" if one.state == "predicted_late" else "on_course"


def counted(actions: Iterable[Any]) -> Counter[str]:
    """How many rows of `plan.actions` stand how, an action of several goals once; withdrawn ones are left out."""
    held = {(one.register_id, one.item_id): course(one) for one in actions}
    return Counter(each for each in held.values() if each != "withdrawn")


def badges(held: Mapping[str, int]) -> str:
    """How many stand how as badges; what none is, is left out."""
    return " ".join(
        status.badge(colour, symbol, f"{held[key]} {words}")
        for key, (colour, symbol, words) in WORDS.items()
        if held.get(key)
    )


def badge(of: str) -> str:
    """Markdown for how one action stands, e.g. a tick and "Complete"."""
    colour, symbol, words = WORDS[of]
    return status.badge(colour, symbol, words.capitalize())


def rated(rows: Iterable[Any]) -> tuple[int, int, int | None, Any]:
    """Of rows of `plan.ratings` together: red, amber, the increase of both, and the day it is counted from.

    The increase and the day are None where no report is so old.
    """
    held = list(rows)
    red, amber = (int(sum(getattr(one, name) for one in held)) for name in ("red", "amber"))
    known = [one for one in held if one.red_before == one.red_before and one.red_before is not None]
    if not known:
        return red, amber, None, None
    before = sum(one.red_before + one.amber_before for one in known)
    now = sum(one.red + one.amber for one in known)
    return red, amber, int(now - before), max(one.before_on for one in known)


def increase(by: int | None) -> str:
    """ "2 more than", "1 fewer than", "as many as"; "" where it is not known."""
    if by is None:
        return ""
    return "as many as" if by == 0 else f"{abs(by)} {'more' if by > 0 else 'fewer'} than"


def signed(by: int) -> str:
    """ "+2", "−1", "no change"."""
    return f"{'+' if by > 0 else MINUS}{abs(by)}" if by else "no change"


def actions(many: int) -> str:
    """ "1 action", "9 actions"."""
    return count(many, "action")
