"""The work programme of a scrutiny committee: what it has taken up, and how far each item of it has come."""

from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import lists, rows, snapshot, tables
from pages.components.dates import day, short_day
from pages.components.plan import as_at
from pages.components.registers import addresses, item_states
from pages.components.states import as_text, nothing
from scorecard.snapshot.registers.work_programme import work_programme
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

_OVER: Final = ("closed", "withdrawn")
_NONE: Final = "–"


def _made(shown: Snapshot, committee_id: str) -> tuple[str, pa.Table | None, tuple[str, ...]]:
    every = list(rows.of(work_programme(shown, committee_id)))
    to_do = [one for one in every if one.state not in _OVER]
    over = tuple(_over(one) for one in every if one.state in _OVER)
    return _answer(to_do), tables.ready([_row(one) for one in to_do]) if to_do else None, over


_programme = snapshot.remembered(_made)


def show(committee_id: str) -> None:
    """What is on the programme, with the stage each item has reached; what is over is folded away."""
    answer, table, over = _programme(committee_id)
    if table is None and not over:
        nothing("No item is shown on this committee's work programme.")
        return
    st.markdown(answer)
    if table is not None:
        tables.draw(table, "The work programme, with the stage that each item has reached")
    lists.folded(over, f"{count(len(over), 'item')} done or withdrawn")


def _answer(to_do: list[Any]) -> str:
    late = sum(bool(one.is_overdue) for one in to_do)
    if not to_do:
        return "Nothing on the work programme is still to be done."
    return (
        f"**{count(len(to_do), 'item is', 'items are')} on the work programme**, {late or 'none'}"
        f" {'is' if late <= 1 else 'are'} overdue by the original date."
        f" {as_at.in_words(one.judged_on for one in to_do)}"
    )


def _row(one: Any) -> dict[str, str]:
    on = "" if pd.isna(one.reached_on) else f", {short_day(one.reached_on)}"
    return {
        "Item (opens in a new tab)": addresses.item_link(one.register_id, one.item_id, one.title),
        "Reached": f"{as_text(one.stage)}{on}" if one.stage else "nothing yet",
        "Next": as_text(one.next_stage or _NONE),
        "Originally due": _NONE if pd.isna(one.due) else short_day(one.due),
        "State": item_states.state(one.state, has_date=not pd.isna(one.due)),
        "Owner": as_text(one.owner or _NONE),
    }


def _over(one: Any) -> str:
    stage = f" Reached: {as_text(one.stage)}." if one.stage else ""
    ended = "" if pd.isna(one.ended) else f" Ended on {day(one.ended)}."
    return f"{addresses.item_link(one.register_id, one.item_id, one.title)}.{stage}{ended}"
