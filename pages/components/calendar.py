"""What is due when and from whom, what is late, and what came in time."""

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
        st.markdown(f"**{count(len(late), 'submission')} {'is' if len(late) == 1 else 'are'} late:**")
        tables.draw(
            [_outstanding(one, "Was due", late=True) for one in rows_of(late)], "What is late, the longest first"
        )
    if soon.empty:
        st.markdown("Nothing is due in the next ten working days.")
    else:
        st.markdown("**Due in the next ten working days:**")
        tables.draw(
            [_outstanding(one, "Due on", late=False) for one in rows_of(soon)], "What is due, the soonest first"
        )
    if len(never):
        said = f"{count(len(never), 'submission')} never came, though figures for a later period have"
        with st.expander(said):
            tables.draw([_outstanding(one, "Was due", late=False) for one in rows_of(never)], "What never came")


def _outstanding(one: Any, due: str, *, late: bool) -> dict[str, str]:
    row = {
        "Source": as_text(one.source),
        "Sent by": as_text(one.publisher),
        "Figures for": as_text(one.period),
        due: short_day(one.due_on),
    }
    return row | ({"Late by": count(int(one.days_late), "day")} if late else {})


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
    with st.expander(f"The calendar of all {count(len(rows), 'source')}"):
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
