"""Gaps in the golden thread: what nobody has tied to a goal, an action or a measure yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from pages.components import lists, rows, snapshot
from pages.components.registers import addresses
from pages.components.states import as_text
from scorecard.audiences import AUDIENCES
from scorecard.measure_words import AUDIENCE_WORDS
from scorecard.snapshot.registers.plan_gaps import gaps
from scorecard.snapshot.store import Snapshot

OPEN: Final = 6
"""Gaps of a kind that stand open; more are folded away."""
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "goal_without_action": ("goal has no action", "goals have no action"),
    "goal_without_measure": ("goal has no measure", "goals have no measure"),
    "action_without_goal": ("action serves no goal", "actions serve no goal"),
    "action_without_measure": (
        "action has no measure that shows whether it works",
        "actions have no measure that shows whether they work",
    ),
    "measure_without_action": (
        "measure of a goal has no action that is to move it",
        "measures of a goal have no action that is to move them",
    ),
}


@dataclass(frozen=True)
class Gap:
    """The gaps of one kind: what is missing, in words with their number, and a line of markdown for each."""

    words: str
    lines: tuple[str, ...]


def _gaps(shown: Snapshot, goal_id: str) -> tuple[Gap, ...]:
    """Of one goal, or of all for ""."""
    frame = gaps(shown)
    if goal_id:
        frame = frame[frame["goal_id"] == goal_id]
    found = []
    for kind, (one, many) in _KINDS.items():
        lines = dict.fromkeys(_line(each) for each in rows.of(frame[frame["kind"] == kind]))
        if lines:
            found.append(Gap(f"{len(lines):,} {one if len(lines) == 1 else many}", tuple(lines)))
    return tuple(found)


_found = snapshot.remembered(_gaps)


def show(goal_id: str) -> None:
    """Every kind of gap with what it concerns; long lists are folded away."""
    found = _found(goal_id)
    audience = snapshot.opened().audience
    if audience != AUDIENCES[-1]:
        st.markdown(f"Looked at is only what is meant for {AUDIENCE_WORDS[audience]}.")
    if not found:
        st.markdown("None was found.")
        return
    short = [one for one in found if len(one.lines) <= OPEN]
    if short:
        st.markdown(
            "\n\n".join("\n".join([f"**{one.words}:**", *(f"- {each}" for each in one.lines)]) for one in short)
        )
    for one in found:
        if one not in short:
            lists.folded(one.lines, one.words)


def _line(one: Any) -> str:
    owner = f" ({as_text(one.owner)})" if one.owner else ""
    if one.item_id:
        return f"{addresses.item_link(one.register_id, one.item_id, one.title)}{owner}"
    if one.measure_id:
        return f"[{as_text(one.title)}](measure?measure={one.measure_id}){owner}"
    return as_text(one.title)
