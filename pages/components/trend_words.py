"""Where a measure is going, in words that need no statistics."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from pages.components.peer_words import PLACES, place_of
from pages.components.status import badge
from scorecard.wording import bare

TRENDS: Final[Mapping[str, str]] = {
    "worse": "Getting worse",
    "better": "Getting better",
    "moving": "Rising or falling",
    "steady": "No real change",
    "early": "Too early to say",
    "untold": "Cannot be said from its figures",
    "none": "No figure",
}
"""Better and worse are said only beyond chance; a measure that has no good side is rising or falling."""
_BADGES: Final[Mapping[str, tuple[str, str]]] = {
    "worse": ("red", "south_east"),
    "better": ("green", "north_east"),
    "moving": ("blue", "swap_vert"),
    "steady": ("gray", "east"),
    "early": ("gray", "hourglass_empty"),
    "untold": ("gray", "question_mark"),
    "none": ("gray", "block"),
}
_MOVED: Final = frozenset({"sudden", "sustained", "sudden_and_sustained", "rising", "falling"})
_SILENT: Final = frozenset({None, "not_judged", "not_charted"})


def trend(one: Any) -> str:
    """A key of TRENDS for a row of `remit_trends`.

    A change beyond chance speaks first, then the direction of travel. The usual variation is heard alone, where
    neither could be judged: a measure that has long stood above its mean is better than it was, but not getting better.
    """
    if one.period is None and pd.isna(one.value):
        return "none"
    deciding = _deciding(one)
    if deciding is None:
        if {one.change, one.direction, one.variation} <= _SILENT:
            return "early" if one.is_short else "untold"
        return "steady"
    adverse = getattr(one, f"{deciding}_adverse")
    return "moving" if pd.isna(adverse) else "worse" if adverse else "better"


def why(one: Any) -> str:
    """What the trend rests on, in a sentence."""
    deciding = _deciding(one)
    if deciding == "variation":
        return _beyond_usual(one)
    if deciding == "direction":
        return _travelled(one)
    if deciding:
        return str(one.change_sentence)
    judged = [name for name in ("direction", "change") if getattr(one, name) not in _SILENT]
    if judged:
        aside = pd.isna(one.variation_adverse)
        stands = "" if aside else f" It stands {'above' if _is_above(one) else 'below'} its average."
        return f"{getattr(one, f'{judged[0]}_sentence')}{stands}"
    return str(one.direction_sentence or one.change_sentence or one.variation_sentence or one.status_sentence)


def like_ours(one: Any) -> str:
    """How it stands among councils like ours, or why it is not compared; empty without peers."""
    where = place_of(one.peers)
    if where is None:
        reason = str(one.peers_sentence).rpartition(": ")[2].rstrip(".")
        return f"Not comparable, as {reason}" if one.peers == "not_comparable" else ""
    held = json.loads(one.peers_evidence)
    if "q1" not in held:
        return PLACES[where]
    low, high = (bare(held[name], one.unit, one.decimals) for name in ("q1", "q3"))
    return f"{PLACES[where]} in {held['period']}; half of them lie between {low} and {high}"


def is_compared(one: Any) -> bool:
    """Whether it could be put beside councils like ours."""
    return place_of(one.peers) is not None


def is_behind(one: Any) -> bool:
    """Whether it is worse than most councils like ours."""
    return place_of(one.peers) == "worse"


def question(one: Any, going: str) -> str:
    """What to ask about a row of `remit_trends`: the question of its exception, else one for how it stands."""
    if one.question:
        return str(one.question)
    named = f"‘{one.title}’"
    if one.status == "off_target":
        if going == "worse":
            return f"What is being done about {named}, and when will it be back on target?"
        return f"Can {named} meet its target the way the service works now, and if not, what must change?"
    if going == "worse":
        return f"What is different about {named} now, and what would turn it round?"
    if is_behind(one):
        return f"What do councils like ours do differently about {named}, and which of them have we asked?"
    return ""


def trend_badge(of: str) -> str:
    """Markdown for a trend: a symbol and its words."""
    return badge(*_BADGES[of], TRENDS[of])


def _deciding(one: Any) -> str | None:
    """The judgement that says that it moves; None where none does."""
    for name in ("change", "direction"):
        if getattr(one, name) in _MOVED:
            return name
    alone = one.change in _SILENT and one.direction in _SILENT
    return "variation" if alone and str(one.variation).startswith("special_cause") else None


def _travelled(one: Any) -> str:
    """The sentence on the direction, less what would puzzle: a pace of nothing, or ends that the season turns round."""
    held, said = json.loads(one.direction_evidence), str(one.direction_sentence)
    span, _, pace = said.partition(": by about ")
    if not pace or not {"first", "last", "slope"} <= set(held):
        return said
    if (held["last"] > held["first"]) != (one.direction == "rising"):
        return f"{span}, once its usual season is set aside."
    if round(abs(held["slope"]), one.decimals) == 0:
        first, last = (bare(held[end], one.unit, one.decimals) for end in ("first", "last"))
        return f"{span}, from {first} to {last}."
    return said


def _is_above(one: Any) -> bool:
    held = json.loads(one.variation_evidence)
    return float(held.get("value", 0)) > float(held.get("mean", 0))


def _beyond_usual(one: Any) -> str:
    held = json.loads(one.variation_evidence)
    if "mean" not in held:
        return "Its latest figures are not what is usual for it: more than chance gives."
    low, mean, high = (bare(held[name], one.unit, one.decimals) for name in ("lower_limit", "mean", "upper_limit"))
    return (
        f"Its latest figures are not what is usual for it ({low} to {high}, {mean} on average): more than chance gives."
    )
