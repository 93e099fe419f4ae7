"""The items of a register that are asked for, as a table of a page at a time."""

from dataclasses import replace
from functools import partial
from typing import Any, Final, cast

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import exports, filters, snapshot, tables
from pages.components.dates import short_day
from pages.components.registers import addresses, chosen, item_states
from pages.components.registers.stretches import WHY, kept
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.exports.register_items import items_export
from scorecard.snapshot.registers import items
from scorecard.snapshot.registers.items import Asked, Wanted
from scorecard.snapshot.store import Snapshot

ON_A_PAGE: Final = 25
"""Items of one page of the table."""
NOTHING: Final = "–"
_WANTED: Final[dict[Wanted, str]] = {
    "open": "All open",
    "overdue": "Overdue",
    "due_soon": "Due soon",
    "predicted_late": "Predicted late",
    "awaiting_sign_off": "Awaiting sign-off",
    "closed": "Closed in the last year",
    "contradicted": "Contradicted by the dates",
    "every": "Every one",
}
_ALL: Final = {"service": "All services", "owner": "All owners", "priority": "All priorities"}


def _options(shown: Snapshot, register_id: str, kind: str) -> dict[str, str]:
    held = items.choices(shown, register_id)
    return filters.all_of(_ALL[kind], held[held["kind"] == kind], "value", "words")


_choices = snapshot.remembered(_options)


def ask(register_id: str) -> Asked:
    """Which items are asked for, from the address, with the filters to change it."""
    with st.container(horizontal=True):
        state = cast("Wanted", filters.choose("State", "state", _states(register_id)))
        service = filters.choose_if_several("Service", "service", _choices(register_id, "service"))
        owner = filters.choose_if_several("Owner", "owner", _choices(register_id, "owner"))
        priority = filters.choose_if_several("Priority", "priority", _choices(register_id, "priority"))
        words = filters.search("Search", "search")
    return Asked(state, service, owner, priority, words)


def _of_register(shown: Snapshot, register_id: str) -> dict[str, str]:
    """Options for the filter of states: those that a register can have at all."""
    one, shape = chosen.found(register_id), chosen.shape(register_id)
    dated = {"overdue", "due_soon", "predicted_late"}
    return {
        wanted: words
        for wanted, words in _WANTED.items()
        if (wanted not in dated or shape["due"]) and (wanted != "awaiting_sign_off" or one["needs_sign_off"])
    }


_states = snapshot.remembered(_of_register)


def show(register_id: str, asked: Asked) -> None:
    """How many are asked for, and a page of them, the most pressing first; downloads of all that are asked for."""
    about = chosen.found(register_id)
    many = _how_many(register_id, asked)
    if not many:
        nothing(_none(about, asked))
        return
    page = filters.page_of(pd.DataFrame(index=range(many)), ON_A_PAGE)
    first = int(page.index[0])
    said = f"**{many:,} {as_text(about['item'] if many == 1 else about['items'])}**"
    place = f", {first + 1:,} to {first + len(page):,} on this page" if many > len(page) else ""
    st.markdown(f"{said}{place}{_order(register_id)}. A title opens its page in a new tab.")
    tables.draw(_rows(register_id, asked, first), f"{about['title']}: {_WANTED[asked.state].lower()}")
    exports.buttons(partial(items_export, snapshot.opened(), register_id, asked), register_id)


def _order(register_id: str) -> str:
    shape = chosen.shape(register_id)
    late = ["the longest overdue first"] if shape["due"] else []
    then = ["the highest scores"] if shape["residual"] else ["those due next"] if shape["due"] else []
    return f"; {', then '.join([*late, *then])}" if late or then else ""


def _none(about: dict[str, Any], asked: Asked) -> str:
    if not about["total"]:
        return f"There are no {as_text(about['items'])} yet."
    if asked == replace(Asked(), state=asked.state):
        return f"No {as_text(about['item'])} here: {_WANTED[asked.state].lower()}."
    return f"No {as_text(about['item'])} has all that is asked for. Choose fewer filters."


_how_many = snapshot.remembered(items.how_many)


def _page(shown: Snapshot, register_id: str, asked: Asked, first: int) -> pa.Table:
    frame = items.items(shown, register_id, asked, first, ON_A_PAGE)
    shape = chosen.shape(register_id)
    return tables.ready([_row(register_id, one, shape, asked) for one in rows_of(frame)])


_rows = snapshot.remembered(_page)


def _row(register_id: str, one: Any, shape: dict[str, bool], asked: Asked) -> dict[str, str]:
    why = one.contradicted if asked.state == "contradicted" else one.sentence
    cells = {
        "Item (opens in a new tab)": (True, addresses.item_cell(register_id, one.item_id, one.title)),
        "Owner": (shape["owner"], as_text(one.owner or NOTHING)),
        "Priority": (shape["priority"], as_text(one.priority or NOTHING)),
        "Rating": (shape["rating"], item_states.rating(one.rating)),
        "Score": (shape["residual"], NOTHING if pd.isna(one.residual) else f"{one.residual:.0f}"),
        "Original due": (shape["due"], _day(one.due)),
        "Current due": (shape["current_due"], _day(one.current_due) if one.times_redated else "the same"),
        "Days late": (shape["due"], f"{one.days_late:,}" if one.days_late else NOTHING),
        "State": (True, item_states.state(one.state, has_date=shape["due"])),
        WHY: (True, as_text(kept(why))),
    }
    return {heading: cell for heading, (is_there, cell) in cells.items() if is_there}


def _day(value: Any) -> str:
    return NOTHING if pd.isna(value) else short_day(value)
