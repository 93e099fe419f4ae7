"""Everything with a post on it, by date: its items of every register and its measures that need attention."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import filters, snapshot, status, tables
from pages.components.dates import short_day, since
from pages.components.registers import addresses, item_states
from pages.components.registers.stretches import WHY, kept
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import owners
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count, joined

ON_A_PAGE: Final = 25
"""Items of one page of a table."""
CHOOSE: Final = "Choose a post"
_WHEN: Final = {
    "overdue": "Overdue",
    "awaiting": "Said to be done, not signed off",
    "this_month": "Due by the end of the month",
    "later": "Later",
    "undated": "Open without a date",
}
"""Part of the page → its heading, in their order."""


@dataclass(frozen=True)
class Owned:
    """What a post has on it, ready to be drawn: the sentence, parts of items, exceptions."""

    sentence: str
    parts: tuple[tuple[str, pa.Table], ...]
    measures: pa.Table | None


def _options(shown: Snapshot) -> dict[str, str]:
    return {"": CHOOSE} | {one: one for one in owners.owners(shown)["owner"]}


options = snapshot.remembered(_options)
"""Options for `filters.choose`: every post that owns an item or a measure, after none."""


def _list(shown: Snapshot) -> pa.Table:
    frame = owners.owners(shown)
    frame = frame.sort_values(["overdue", "exceptions", "open"], ascending=False, kind="stable")
    return tables.ready(
        [
            {
                "Post (opens in a new tab)": addresses.link(one.owner, addresses.of_owner(one.owner)),
                "Overdue": f"{one.overdue:,}",
                "Open items": f"{one.open:,}",
                "Exceptions": f"{one.exceptions:,}",
            }
            for one in rows_of(frame)
        ]
    )


_every = snapshot.remembered(_list)


def to_choose_from() -> None:
    """Every post with how much it has, those with most overdue first; that there is none, where there is none."""
    table = _every()
    if not table.num_rows:
        st.markdown("No post owns an item or a measure yet.")
        return
    st.markdown(f"Choose one of {count(table.num_rows, 'post')} to see everything with that post on it.")
    tables.draw(table, "Every post that owns an item or a measure, those with most overdue first")


def answer(owner: str) -> str:
    """Counts of everything a post has on it, in a sentence of markdown."""
    return _owned(owner).sentence


def show(owner: str) -> None:
    """Each part under its heading, the overdue first; a part without items is left out."""
    held = _owned(owner)
    for heading, table in held.parts:
        st.header(heading)
        _draw(heading, table)
    if held.measures is not None:
        st.header("Measures that are exceptions")
        tables.draw(held.measures, "The measures of this post that need attention")


def _draw(heading: str, table: pa.Table) -> None:
    name = f"page_{list(_WHEN.values()).index(heading)}"
    page = filters.page_of(pd.DataFrame(index=range(table.num_rows)), ON_A_PAGE, name)
    tables.draw(table.slice(int(page.index[0]), len(page)), f"{heading}: {count(table.num_rows, 'item')}")


def _made(shown: Snapshot, owner: str) -> Owned:
    frame = owners.of(shown, owner)
    held: dict[str, list[Any]] = {name: [] for name in _WHEN}
    for one in rows_of(frame):
        held[_when(one)].append(one)
    exceptions = owners.measures_of(shown, owner)
    parts = tuple((_WHEN[name], tables.ready([_row(one) for one in mine])) for name, mine in held.items() if mine)
    measures = [_measure(one) for one in rows_of(exceptions)]
    return Owned(_sentence(owner, held, frame, exceptions), parts, tables.ready(measures) if measures else None)


_owned = snapshot.remembered(_made)


def _when(one: Any) -> str:
    if one.state == "awaiting_sign_off":
        return "awaiting"
    if one.is_overdue:
        return "overdue"
    if pd.isna(one.due):
        return "undated"
    return "this_month" if one.is_this_month else "later"


def _sentence(owner: str, held: dict[str, list[Any]], frame: pd.DataFrame, exceptions: pd.DataFrame) -> str:
    """ "Head of Finance has 12 open items: 3 overdue, 1 awaiting sign-off, …"."""
    if frame.empty and exceptions.empty:
        return f"**{as_text(owner)} has nothing open, and no measure that is an exception.**"
    words = {
        "overdue": "overdue", "awaiting": "said to be done and not signed off",
        "this_month": "due by the end of the month", "later": "due later", "undated": "without a date",
    }  # fmt: skip
    parts = [f"{len(mine):,} {words[name]}" for name, mine in held.items() if mine]
    across = frame["register"].nunique()
    where = f" in {across} registers" if across > 1 else ""
    items = f"{count(len(frame), 'open item')}{where}{f': {joined(parts)}' if parts else ''}"
    red = int(frame["is_red"].sum())
    risks = f" {count(red, 'risk is', 'risks are')} red." if red else ""
    many = exceptions["measure_id"].nunique()
    pressing = f" {count(many, 'measure is an exception', 'measures are exceptions')}." if many else ""
    return f"**{as_text(owner)} has {items}.**{pressing}{risks}"


def _row(one: Any) -> dict[str, str]:
    moved = f", now {short_day(one.current_due)}" if one.times_redated else ""
    score = f" Residual score {one.residual:.0f}." if not pd.isna(one.residual) else ""
    rated = f" {item_states.rating(one.rating)}" if one.rating else ""
    return {
        "Due": "–" if pd.isna(one.due) else f"{short_day(one.due)}{moved}",
        "Item (opens in a new tab)": addresses.item_cell(one.register_id, one.item_id, one.title),
        "Register": as_text(one.register),
        "State": f"{item_states.state(one.state, has_date=not pd.isna(one.due))}{rated}",
        "Days late": f"{one.days_late:,}" if one.days_late else "–",
        WHY: as_text(kept(f"{one.sentence}{score}")),
    }


def _measure(one: Any) -> dict[str, str]:
    name = f"{one.title}: {one.place}" if one.place else str(one.title)
    held = count(int(one.periods), str(one.frequency))
    return {
        "Measure (opens in a new tab)": f"[{as_text(name)}](measure?measure={one.measure_id})",
        "Concern": status.severity(one.severity),
        "State": status.state(one.state, held, ""),
        "Since": since(one.since, one.frequency),
        WHY: as_text(kept(one.sentence)),
        "Ask": as_text(one.question or "–"),
    }
