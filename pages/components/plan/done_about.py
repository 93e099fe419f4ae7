"""What is being done about a measure: the items of every register that are linked with it, and the goal it serves."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import links, rows, snapshot, tables
from pages.components.dates import short_day
from pages.components.plan import as_at
from pages.components.registers import addresses, item_states
from pages.components.states import as_text
from scorecard.snapshot import goals
from scorecard.snapshot.registers.links import items_of
from scorecard.snapshot.registers.proposals import proposals
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

MOST: Final = 12
"""Linked items shown; the others are on the pages of their registers."""
_OVER: Final = ("closed", "withdrawn")
_NONE: Final = "–"


@dataclass(frozen=True)
class DoneAbout:
    """What is linked with a measure, ready to be drawn."""

    goal_id: str
    goal: str
    """Title of the goal it serves; empty for none."""
    said: str
    items: pa.Table | None
    plain: tuple[dict[str, str], ...]
    """The same rows for a document, by their headings."""


def _made(shown: Snapshot, measure_id: str) -> DoneAbout:
    frame = items_of(shown, "measure", measure_id)
    every = _wholes(list(rows.of(frame)))
    to_do = [one for one in every if one.state not in _OVER]
    goal_id = goals.goal_of(shown, measure_id) or ""
    titles = {one.goal_id: one.title for one in rows.of(goals.goals(shown))} if goal_id else {}
    risks = proposals(shown)
    proposed = list(rows.of(risks[(risks["cause"] == "measure") & (risks["cause_id"] == measure_id)]))
    return DoneAbout(
        goal_id,
        str(titles.get(goal_id, "")),
        "\n\n".join(part for part in (_answer(shown, every, goal_id), *(_proposal(one) for one in proposed)) if part),
        tables.ready([_row(one) for one in to_do[:MOST]]) if to_do else None,
        tuple(_plain(one) for one in to_do[:MOST]),
    )


made = snapshot.remembered(_made)


def show(measure_id: str) -> None:
    """The linked items that are to be done, with state and owner; proposals to re-score a risk; the goal it serves.

    Nothing where nothing is linked and the measure serves no goal.
    """
    held = made(measure_id)
    if not held.said and not held.goal_id:
        return
    st.header("What is being done about it")
    if held.said:
        st.markdown(held.said)
    if held.items is not None:
        tables.draw(held.items, "Items of the registers that are linked with the measure")
    if held.goal_id:
        links.to_page("plan", f"Council plan: {held.goal}", goal=held.goal_id)


def _wholes(every: list[Any]) -> list[Any]:
    """Without the parts of items that are linked themselves."""
    keys = {(one.register_id, one.item_id) for one in every}
    return [one for one in every if (one.register_id, one.part_of) not in keys]


def _answer(shown: Snapshot, every: list[Any], goal_id: str) -> str:
    to_do = [one for one in every if one.state not in _OVER]
    over = len(every) - len(to_do)
    if not every:
        return "No item of a register is shown for it." if goal_id else ""
    late = sum(bool(one.is_overdue) for one in to_do)
    said = f"{count(len(to_do), 'linked item')} to be done" if to_do else "No linked item is to be done"
    told = f", {late or 'none'} of them overdue" if to_do else ""
    rest = f"; {over} {'is' if over == 1 else 'are'} closed" if over else ""
    more = f" The first {MOST} are shown." if len(to_do) > MOST else ""
    return f"{said}{told}{rest}.{more} {as_at.of_registers(shown, {one.register_id for one in every})}"


def _proposal(one: Any) -> str:
    named = addresses.item_link(one.register_id, one.item_id, one.title)
    parts = "" if pd.isna(one.residual_likelihood) else f" ({one.residual_likelihood:.0f} × {one.residual_impact:.0f})"
    score = "has no score" if pd.isna(one.residual) else f"is scored {one.residual:.0f}{parts}"
    of_day = "" if pd.isna(one.rescored_on) else f" since {short_day(one.rescored_on)}, after that began"
    ask = "look at the score again" if pd.isna(one.rescored_on) else "see whether the score still holds"
    return (
        f":orange-badge[:material/published_with_changes: Proposal to re-score] The measure is an exception, and the"
        f" risk {named} {score}{of_day}: {ask}."
    )


def _row(one: Any) -> dict[str, str]:
    score = "" if pd.isna(one.residual) else f" scored {one.residual:.0f}"
    return {
        "Item (opens in a new tab)": addresses.item_link(one.register_id, one.item_id, one.title),
        "Register": f"{as_text(one.register)}{score}",
        "State": item_states.state(one.state, has_date=not pd.isna(one.due)),
        "Originally due": _NONE if pd.isna(one.due) else short_day(one.due),
        "Owner": addresses.link(one.owner, addresses.of_owner(one.owner)) if one.owner else _NONE,
    }


def _plain(one: Any) -> dict[str, str]:
    return {
        "Item": one.title,
        "Register": one.register,
        "State": item_states.STATE_WORDS[one.state],
        "Originally due": _NONE if pd.isna(one.due) else short_day(one.due),
        "Owner": one.owner or _NONE,
    }
