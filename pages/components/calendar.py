"""What is due when and from whom, what is late, and what came in time."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import lists, snapshot, tables
from pages.components.dates import day, short_day
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.snapshot import calendar
from scorecard.snapshot.quality import Sources
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

NO_DATES: Final = "The catalogue does not say when figures are due here, so nothing is ever called late."
_STILL: Final = {"late": "Late", "due_soon": "Due soon", "to_come": "To come"}
_ALL_CAME: Final = (
    "Came: of the last thirteen periods, how many came in time, as far as the day on which they came is known. It is "
    "known from the second run on: of what was here before the first run only that it came can be said."
)


@dataclass(frozen=True)
class Outstanding:
    """What has not come, a line each."""

    late: tuple[str, ...]
    never: tuple[str, ...]
    soon: tuple[str, ...]


def _outstanding(shown: Snapshot, sources: Sources) -> Outstanding:
    frame = calendar.outstanding(shown, sources)
    late, never, soon = (
        tuple(_line(one) for one in rows_of(frame[frame["state"] == state]))
        for state in ("late", "never_came", "due_soon")
    )
    return Outstanding(late, never, soon)


def _line(one: Any) -> str:
    due = "due" if one.state == "due_soon" else "was due"
    said = f"**{as_text(one.source)}**, {as_text(one.period)} ({as_text(one.publisher)}): {due} {day(one.due_on)}"
    if one.state != "late":
        return said
    waits = f"; {count(one.measures, 'measure waits', 'measures wait')} for it" if one.measures else ""
    return f"{said}, late by {count(int(one.days_late), 'day')}{waits}"


def _by_source(shown: Snapshot, sources: Sources) -> pa.Table:
    return tables.ready([_row(one) for one in rows_of(calendar.calendar(shown, sources))])


def _row(one: Any) -> dict[str, str]:
    return {
        "Source (opens in a new tab)": f"[{as_text(one.source)}](data_quality?source={one.source_id})",
        "Sent by": as_text(one.publisher),
        "Figures here up to": as_text(one.latest_period) if one.latest_period else "none",
        "They came": _came(one.latest_came_on),
        "Next": _next(one),
        "Came": in_time(one.in_time, one.timed),
        "Never came": str(one.never_came),
        "Not sent": f"for {count(one.behind, 'period')}" if one.behind else "–",
    }


def in_time(came: int, timed: int) -> str:
    """ "9 of 12 in time"; that it is not known yet, where it is not."""
    return f"{came} of {timed} in time" if timed else "not known yet"


def _came(came_on: Any) -> str:
    return "day not known" if pd.isna(came_on) else short_day(came_on)


def _next(one: Any) -> str:
    if not one.next_period:
        return "–"
    return as_text(f"{one.next_period}: {_STILL[one.next_state].lower()}, due {short_day(one.next_due_on)}")


def are_set(sources: Sources) -> bool:
    """Whether there are dates by which figures of these sources are due."""
    return bool(_calendar(sources).num_rows)


def none_late(sources: Sources) -> str:
    """That nothing is late; that nothing can be, where there are no dates."""
    return "Nothing is late." if are_set(sources) else "No dates are set by which figures are due."


outstanding = snapshot.remembered(_outstanding)
_calendar = snapshot.remembered(_by_source)


def show(sources: Sources) -> None:
    """What is late, what is due soon and what never came; and the calendar of each source, folded away."""
    if not are_set(sources):
        nothing(NO_DATES)
        return
    table = _calendar(sources)
    here = outstanding(sources)
    many = count(len(here.late), "submission is", "submissions are")
    said = [f":red-badge[:material/event_busy: {many} late]"] if here.late else ["**Nothing is late.**"]
    said += [f"- {line}" for line in here.late]
    if here.soon:
        said += ["", "**Due in the next ten working days:**", "", *(f"- {line}" for line in here.soon)]
    else:
        said += ["", "Nothing is due in the next ten working days."]
    st.markdown("\n".join(said))
    never = count(len(here.never), "submission")
    lists.folded(here.never, f"{never} never came, though figures for a later period have")
    with st.expander(f"The calendar of {count(table.num_rows, 'source')}"):
        st.markdown(_ALL_CAME)
        tables.draw(table, "When each source's figures came and are due next")
