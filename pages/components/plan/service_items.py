"""What a service owes by its registers: the items that are overdue, will be late or are due soon; and its goals."""

from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import filters, links, rows, snapshot, tables
from pages.components.dates import short_day
from pages.components.plan import as_at
from pages.components.registers import addresses, item_states
from pages.components.states import as_text, nothing
from scorecard.snapshot import goals
from scorecard.snapshot.registers.linked_items import items_due
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

A_PAGE: Final = 20
"""Items that stand on one page."""
_NONE: Final = "–"


def _answer(shown: Snapshot, service_id: str) -> str:
    frame = items_due(shown, service_id)
    late, owners = int(frame["is_overdue"].sum()), frame["owner"].nunique()
    whose = f", of {count(owners, 'owner')}" if owners > 1 else ""
    soon = len(frame) - late
    return (
        f"**{count(late, 'item is', 'items are') if late else 'No item is'} overdue by the original date**, and"
        f" {soon or 'none'} {'is' if soon <= 1 else 'are'} due soon or predicted late, over all registers{whose}."
        f" {as_at.in_words(frame['judged_on'])}"
    )


def _table(shown: Snapshot, service_id: str, first: int) -> pa.Table:
    frame = items_due(shown, service_id)
    several = frame["service"].nunique() > 1
    return tables.ready([_row(one, with_service=several) for one in rows.of(frame.iloc[first : first + A_PAGE])])


def _row(one: Any, *, with_service: bool) -> dict[str, str]:
    late = f" {count(int(one.days_late), 'day')}" if one.is_overdue else ""
    moved = f", moved to {short_day(one.current_due)}" if one.times_redated else ""
    named = addresses.item_link(one.register_id, one.item_id, one.title)
    return {
        "Item (opens in a new tab)": f"{named} ({as_text(one.service)})" if with_service and one.service else named,
        "Register": as_text(one.register),
        "State": f"{item_states.state(one.state)}{late}",
        "Originally due": _NONE if pd.isna(one.due) else f"{short_day(one.due)}{moved}",
        "Owner": addresses.link(one.owner, addresses.of_owner(one.owner)) if one.owner else _NONE,
    }


def _goals(shown: Snapshot, service_id: str) -> tuple[tuple[str, str], ...]:
    served = goals.goals_of_service(shown, service_id)
    return tuple((one.goal_id, one.title) for one in rows.of(goals.goals(shown)) if one.goal_id in served)


_items = snapshot.remembered(items_due)
_answered = snapshot.remembered(_answer)
_ready = snapshot.remembered(_table)
_served = snapshot.remembered(_goals)


def show(service_id: str) -> None:
    """The items of a service and all below it that press, the longest overdue first, A_PAGE at a time."""
    frame = _items(service_id)
    if frame.empty:
        nothing("Of the registers shown here, no item is overdue, predicted late or due soon.")
        return
    st.markdown(_answered(service_id))
    # A page of its own for each service: who chooses another begins at its first.
    page = filters.page_of(frame, A_PAGE, f"{service_id}_items")
    tables.draw(_ready(service_id, int(page.index[0])), "Items of the registers that are overdue or due soon")


def to_goals(service_id: str) -> None:
    """Links to the goals of the council plan that a service serves; nothing where it serves none."""
    served = _served(service_id)
    if served:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown("Goals of the council plan it serves:", width="content")
            for goal_id, title in served:
                links.to_page("plan", title, goal=goal_id)
