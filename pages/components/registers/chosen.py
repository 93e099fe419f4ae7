"""Which register is shown, what it is called, and how it stands in one sentence."""

from typing import Any, Final

import streamlit as st

from pages.components import filters, snapshot
from pages.components.board import failure_indicators as indicators
from pages.components.dates import day
from pages.components.registers import flow_words, risk_words
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.registers import declared, flow
from scorecard.snapshot.store import Snapshot
from scorecard.wording import joined

_SHOWN: Final = "register shown"
_OF_ONE: Final = ("item", "state", "service", "owner", "priority", "search", "page", "by", "years")
"""What an address says of one register."""
_NO_FILE: Final = (
    "No file has come for it yet, so there is nothing to count. Its source is {source}, sent by {publisher}: what is"
    " expected, and when, is on the Data quality page."
)


def _titles(shown: Snapshot) -> dict[str, str]:
    return filters.titles(declared.registers(shown), "register_id", "title")


def _found(shown: Snapshot, register_id: str) -> dict[str, Any]:
    return declared.register(shown, register_id)


titles = snapshot.remembered(_titles)
"""Options for `filters.choose`: every register the audience may see."""
found = snapshot.remembered(_found)
"""A row of `declared.registers` as plain values."""
shape = snapshot.remembered(declared.shape)
"""Which columns its items have, as `declared.shape`."""


def _latest(shown: Snapshot, register_id: str) -> dict[str, Any]:
    frame = flow.latest(shown)
    return {one.stock: one for one in rows_of(frame[frame["register_id"] == register_id])}


latest = snapshot.remembered(_latest)
"""Stock (open, overdue) → its latest row of `flow.latest`."""


def _answer(shown: Snapshot, register_id: str) -> str:
    one = declared.register(shown, register_id)
    if not one["total"]:
        return as_text(_NO_FILE.format(source=one["source"], publisher=one["publisher"]))
    counted = _latest(shown, register_id)
    shape = declared.shape(shown, register_id)
    if shape["residual"]:
        return risk_words.answer(shown, register_id)
    dated = shape["due"]
    leading: Any = counted.get("overdue") if dated else counted.get("open")
    same_day = leading is not None and leading.counted_on == one["judged_on"]
    if same_day and leading.stock == "open" and not dated:
        return _emphasised(leading)
    said = f"{_emphasised(leading)} " if leading is not None else ""
    when = "In all, " if same_day else f"As at {day(one['judged_on'])}, "
    return f"{said}{as_text(f'{when}{_now(one, dated=dated)}')}"


def _emphasised(one: Any) -> str:
    reason = flow_words.why(one)
    return f"**{as_text(flow_words.standing(one))}**{f': {as_text(reason)}.' if reason else ' (the first count).'}"


def _now(one: dict[str, Any], *, dated: bool) -> str:
    """How the items stand on the day to which the files reach."""
    many = flow_words.many(one["open"], one["item"], one["items"])
    said = f"{many[:1].lower()}{many[1:]} open"
    parts = [
        f"{one[name]:,} {words}" if one[name] else f"none {words}"
        for name, words in (
            ("overdue", "overdue"),
            ("predicted_late", "predicted to be late"),
            ("due_soon", f"due within {one['due_soon_days']} days"),
        )
        if one[name] or (name == "overdue" and dated)
    ]
    waits, wrong = one["awaiting"], one["contradicted"]
    told = f" {waits:,} {'is' if waits == 1 else 'are'} reported done and not signed off." if waits else ""
    told += f" Of {wrong:,} the dates contradict what is reported." if wrong else ""
    return f"{said}{f': {joined(parts)}' if parts else ''}.{told}"


_answered = snapshot.remembered(_answer)


def has_items(register_id: str) -> bool:
    """Whether a file with items has come."""
    return bool(found(register_id)["total"])


def choose() -> str:
    """The register that the address asks for, with the filter to change it.

    Another one has other items, services and posts: what was chosen of the one before is dropped with it.
    """
    was_here = "filter_register" in st.session_state
    register_id = filters.choose("Register", "register", titles())
    if was_here and st.session_state.get(_SHOWN) != register_id:
        for name in _OF_ONE:
            st.query_params.pop(name, None)
    st.session_state[_SHOWN] = register_id
    return register_id


def heading(register_id: str, *, with_answer: bool) -> None:
    """The title of a register; with its question, and the answer in a sentence."""
    one = found(register_id)
    st.title(as_text(one["title"]))
    if with_answer:
        st.markdown(f"{as_text(one['question'])}\n\n{_answered(register_id)}")


def failure_indicators(register_id: str) -> None:
    """The indicators of potential failure, on the page of a self-assessment; nothing on any other."""
    if found(register_id)["agenda"] == "assessment":
        st.header("Indicators of potential failure")
        indicators.show()


def source(register_id: str) -> None:
    """Who sends the register, up to which day it is counted, and what it is judged as at."""
    one = found(register_id)
    judged = (
        f" Everything here is as at {day(one['judged_on'])}, to which its files reach: what became late or was done"
        " after that is not known. Lateness counts from the original date, whatever was agreed later."
        if one["judged_on"] is not None
        else ""
    )
    st.caption(
        f"Source: {as_text(one['source'] or 'not recorded')}, {as_text(one['publisher'] or 'not recorded')}. Kept by"
        f" {as_text(one['service'] or 'not recorded')}.{judged}"
    )
