"""What is due when and from whom, what is late, and what came in time."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import tables
from pages.components.dates import day, short_day
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.wording import count

_STILL: Final = {"late": "Late", "due_soon": "Due soon", "to_come": "To come"}


def outstanding(frame: pd.DataFrame) -> None:
    """From `calendar.outstanding`: what is late, what never came, and what is due in the next ten working days."""
    late, never, soon = (frame[frame["state"] == state] for state in ("late", "never_came", "due_soon"))
    if late.empty:
        st.markdown("**Nothing is late.**")
    else:
        said = f"{count(len(late), 'submission')} {'is' if len(late) == 1 else 'are'} late"
        st.markdown(f":red-badge[:material/event_busy: {said}]")
        _list(f"{_who(one)}, late by {count(int(one.days_late), 'day')}" for one in rows_of(late))
    if soon.empty:
        st.markdown("Nothing is due in the next ten working days.")
    else:
        st.markdown("**Due in the next ten working days:**")
        _list(_who(one) for one in rows_of(soon))
    if len(never):
        with st.expander(f"{count(len(never), 'submission')} never came, though figures for a later period have"):
            _list(_who(one) for one in rows_of(never))


def _who(one: Any) -> str:
    due = "due" if one.state == "due_soon" else "was due"
    return f"**{as_text(one.source)}**, {as_text(one.period)} ({as_text(one.publisher)}): {due} {day(one.due_on)}"


def _list(lines: Iterable[str]) -> None:
    st.markdown("\n".join(f"- {line}" for line in lines))


def by_source(frame: pd.DataFrame) -> None:
    """From `calendar.calendar`: every source with its latest figures and the next, folded away."""
    if frame.empty:
        nothing("The catalogue does not say when any source's figures are due, so nothing is ever called late.")
        return
    rows = [
        {
            "Source": as_text(one.source),
            "Sent by": as_text(one.publisher),
            "Figures here up to": as_text(one.latest_period) if one.latest_period else "none",
            "They came": _came(one.latest_came_on),
            "Next": _next(one),
            "In time": f"{int(one.in_time)} of {int(one.timed)}" if one.timed else "not known yet",
        }
        for one in rows_of(frame)
    ]
    with st.expander(f"The calendar of {count(len(rows), 'source')}"):
        st.caption(
            "In time: of the last thirteen periods, as far as the day on which they came is known. It is known from "
            "the second run on."
        )
        tables.draw(rows, "When each source's figures came and are due next")


def _came(came_on: Any) -> str:
    known = day(came_on)
    return "day not known" if known == "not known" else short_day(came_on)


def _next(one: Any) -> str:
    if not one.next_period:
        return "–"
    return as_text(f"{one.next_period}: {_STILL[one.next_state].lower()}, due {short_day(one.next_due_on)}")
