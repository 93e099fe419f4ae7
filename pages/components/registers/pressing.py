"""What is about to be late, what waits to be signed off, and what is reported otherwise than the dates say."""

from typing import Any, Final, get_args

import streamlit as st

from pages.components import lists, snapshot
from pages.components.registers import addresses, chosen, item_states
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import items
from scorecard.snapshot.registers.items import Asked, Wanted
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

NAMED: Final = 8
"""Items named before the others are folded away."""
MOST: Final = 60
"""Items named at all; the table above has every one."""


def before_the_date(register_id: str) -> None:
    """Those due soon and those predicted late, with the reason; nothing for a register without dates."""
    if not chosen.shape(register_id).get("due"):
        return
    late, soon = _lines(register_id, "predicted_late"), _lines(register_id, "due_soon")
    days = chosen.found(register_id)["due_soon_days"]
    st.header("Before the date passes")
    if not late and not soon:
        st.markdown(f"None is due within {days} days, and none is predicted to be late.")
        return
    if late:
        _draw(late, "Predicted late", _many(register_id, "predicted_late"))
    else:
        st.markdown("None is predicted to be late.")
    if soon:
        _draw(soon, f"Due within {days} days", _many(register_id, "due_soon"))


def awaiting_sign_off(register_id: str) -> None:
    """Those reported done that nobody has signed off; nothing for a register without sign-off."""
    if not chosen.found(register_id)["needs_sign_off"]:
        return
    st.header("Awaiting sign-off")
    lines = _lines(register_id, "awaiting_sign_off")
    if lines:
        _draw(lines, "Reported done and not signed off, so that they count as open", _many(register_id, "awaiting"))
    else:
        st.markdown("Nothing that is reported done waits for sign-off.")


def contradicted(register_id: str) -> None:
    """Those whose reported status or rating the dates contradict; nothing where there are none."""
    lines = _lines(register_id, "contradicted")
    if lines:
        st.header("Reported otherwise than the dates say")
        _draw(lines, "The dates win: each counts as its dates say", _many(register_id, "contradicted"))


def _draw(lines: tuple[str, ...], heading: str, many: int) -> None:
    listed = "\n".join(f"- {line}" for line in lines[:NAMED])
    st.markdown(f"**{as_text(heading)} ({many:,})**\n\n{listed}")
    more = (
        f"The next {len(lines) - NAMED} of {many:,}" if many > len(lines) else f"{count(len(lines) - NAMED, 'other')}"
    )
    lists.folded(lines[NAMED:], more)


def _many(register_id: str, name: str) -> int:
    return int(chosen.found(register_id)[name])


def _named(shown: Snapshot, register_id: str, state: Wanted) -> tuple[str, ...]:
    if state not in get_args(Wanted):
        raise KeyError(state)
    frame = items.items(shown, register_id, Asked(state), most=MOST)
    return tuple(_line(register_id, one, state) for one in rows_of(frame))


_lines = snapshot.remembered(_named)


def _line(register_id: str, one: Any, state: Wanted) -> str:
    named = addresses.item_link(register_id, one.item_id, one.title)
    post = f" ({as_text(one.owner)})" if one.owner else ""
    why = one.contradicted if state == "contradicted" else one.sentence
    sign = f" {item_states.state(one.state)}" if state == "contradicted" else ""
    return f"{named}{post}{sign}: {as_text(why)}"
