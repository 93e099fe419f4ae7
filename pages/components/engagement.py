"""Who sends what is due in time, and who answers for measures that no figures come for. By name: no league table."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import lists, snapshot, tables
from pages.components.calendar import in_time
from pages.components.dates import short_day
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot import engagement
from scorecard.snapshot.quality import Sources
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, joined


@dataclass(frozen=True)
class Senders:
    """How those who send have kept their dates, in words and as a table."""

    said: str
    table: pa.Table


def _senders(shown: Snapshot, sources: Sources) -> Senders:
    frame = engagement.senders(shown, sources)
    rows = [
        {
            "Sent by": as_text(one.publisher),
            "Sources": str(one.sources),
            "Late now": f"{one.late} (has not sent for {count(one.behind, 'period')})" if one.late else "0",
            "Never came": str(one.never_came),
            **(_when(one) if frame["came"].any() else {}),
        }
        for one in rows_of(frame)
    ]
    return Senders(_in_words(frame) if rows else "", tables.ready(rows))


def _when(one: Any) -> dict[str, str]:
    """When it came: nothing is known of that before the second run."""
    return {
        "In the last thirteen periods": in_time(one.in_time, one.timed),
        "Last came": "day not known" if pd.isna(one.last_came_on) else short_day(one.last_came_on),
    }


def _in_words(frame: pd.DataFrame) -> str:
    behind = [str(each) for each in frame.loc[frame["late"] > 0, "publisher"]]
    timed, in_time_too, came = (int(frame[name].sum()) for name in ("timed", "in_time", "came"))
    if len(frame) == 1:
        sent = "has not sent everything" if behind else "has sent everything"
        said = f"**{as_text(frame['publisher'].iloc[0])} {sent} that is due.**"
    else:
        said = f"**{len(frame) - len(behind)} of {len(frame)} senders have sent everything that is due.**"
        said += f" Something is late from {as_text(joined(behind))}." if behind else ""
    if came:
        return f"{said} Of {count(timed, 'submission')} of the last thirteen periods, {in_time_too} came in time."
    return f"{said} Whether what is here came in time is known from the second run on."


def _owners(shown: Snapshot, service_id: str) -> tuple[str, ...]:
    return tuple(
        f"**{as_text(one.owner)}**: {joined(_without(one.overdue, one.never))}, of "
        f"{count(one.measures, 'live measure')} ({as_text(joined(list(one.titles)))})"
        for one in rows_of(engagement.silent_owners(shown, service_id))
    )


def _without(overdue: int, never: int) -> list[str]:
    """What the figures of an owner's measures lack."""
    parts = [f"{overdue} without the latest figure"] if overdue else []
    return parts + ([f"{never} that no figure ever came for"] if never else [])


def _unused(shown: Snapshot) -> tuple[str, ...]:
    return tuple(
        f"{as_text(one.title)} ({as_text(one.publisher)})" for one in rows_of(engagement.unused_sources(shown))
    )


_sent = snapshot.remembered(_senders)
_silent = snapshot.remembered(_owners)
_nobody = snapshot.remembered(_unused)


def show(sources: Sources, service_id: str, *, with_owners: bool) -> None:
    """Who has kept their dates; and where no source is chosen, which owners and sources have gone quiet."""
    here = _sent(sources)
    if here.said:
        st.markdown(here.said)
        with st.expander(f"How {count(here.table.num_rows, 'sender keeps its', 'senders keep their')} dates, by name"):
            tables.draw(here.table, "Who sends, by name, with what is late, never came and came in time")
    if not with_owners:
        return
    owners = _silent(service_id)
    if owners:
        many = count(len(owners), "owner answers", "owners answer")
        lists.folded(owners, f"{many} for measures that figures do not come for")
    else:
        st.markdown("Every owner's live measures have the figures that are due.")
    if not service_id:
        many, them = count(len(_nobody()), "source feeds", "sources feed"), "it" if len(_nobody()) == 1 else "them"
        lists.folded(_nobody(), f"{many} no measure in use, so no owner answers for {them}")
