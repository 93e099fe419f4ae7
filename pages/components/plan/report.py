"""The annual strategic report of one goal on the page, and of all goals to print: a draft made from the data."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import filters, snapshot, tables
from pages.components.dates import short_day
from pages.components.plan import courses, grounds, printed, statement, years
from pages.components.plan.figures_of_year import figure_of, target_of
from pages.components.registers import addresses, item_states
from pages.components.states import as_text, nothing
from pages.components.status import direction, status
from scorecard.snapshot.store import Snapshot

_NEXT: Final = "  \n"
_NONE: Final = "–"


@dataclass(frozen=True)
class OnPage:
    """The report of one goal in one year, ready to be drawn; None for a part without rows."""

    statement: pa.Table
    measures: pa.Table | None
    actions: pa.Table | None
    risks: str


def _made(_shown: Snapshot, goal_id: str, year: str) -> OnPage:
    held = years.held(goal_id, year)
    return OnPage(
        tables.ready([_sentence(one) for one in statement.drafted(held)]),
        tables.ready([_measure(one) for one in held.measures]) if held.measures else None,
        tables.ready([_action(one) for one in held.actions]) if held.actions else None,
        "\n".join(f"- {_risk(one)}" for one in held.risks),
    )


_on_page = snapshot.remembered(_made)


def show(goal_id: str) -> None:
    """The year, the report to print, and of one goal its parts: statement, measures, actions, risks."""
    offered = years.offered()
    if not offered:
        nothing("There is nothing to report yet: no measure of a goal has a figure.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=420):
            year = filters.choose("Financial year", "year", offered)
        printed.offer(year, offered[year])
    if not goal_id:
        st.markdown(f"{printed.DRAFT} Choose a goal above to read its part here.")
        return
    made = _on_page(goal_id, year)
    st.markdown(f"{printed.DRAFT} {printed.HOW}")
    tables.draw(made.statement, f"Draft statement for {offered[year]}, with the figures it rests on")
    if made.measures is not None:
        st.subheader("Measures")
        tables.draw(made.measures, f"Measures of the goal in {offered[year]}")
    if made.actions is not None:
        st.subheader("Actions")
        tables.draw(made.actions, f"Actions that serve the goal in {offered[year]}")
    if made.risks:
        st.subheader("Risks")
        st.markdown(made.risks)


def _sentence(one: statement.Said) -> dict[str, str]:
    return {
        "Draft sentence": as_text(one.sentence),
        "The figures it rests on": _NEXT.join(as_text(each) for each in one.rests_on),
    }


def _measure(one: Any) -> dict[str, str]:
    removed = " (removed)" if one.stage == "removed" else ""
    return {
        "Measure (opens in a new tab)": f"[{as_text(one.title)}](measure?measure={one.measure_id}){removed}",
        "Outturn or latest figure": as_text(figure_of(one)),
        "Target": as_text(target_of(one)) or _NONE,
        "Status": status(one.status) if one.status else _NONE,
        "Against a year before": direction(one.last_year) if one.last_year != "unknown" else _NONE,
        "Councils like ours": as_text(grounds.range_of(one)) or _NONE,
    }


def _action(one: Any) -> dict[str, str]:
    late = f" {grounds.days(one)}" if one.days_late else ""
    return {
        "Action (opens in a new tab)": addresses.item_link(one.register_id, one.item_id, one.title),
        "Owner": as_text(one.owner or _NONE),
        "Originally due": _NONE if pd.isna(one.due) else short_day(one.due),
        "Came to": f"{courses.badge(one.came_to)}{late}",
        "Rated": item_states.rating(one.rating),
    }


def _risk(one: Any) -> str:
    stuck = " :red-badge[:material/lock_clock: Stuck]" if one.is_stuck else ""
    words = grounds.risk_in_words(one).removeprefix(f"{one.title}: ")
    return f"{addresses.item_link(one.register_id, one.item_id, one.title)}: {as_text(words)}{stuck}"
