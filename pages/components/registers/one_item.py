"""One item of a register: every field, every date, what was reported, what it is linked with, where it comes from."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import links, snapshot
from pages.components.dates import day, moment, short_day
from pages.components.registers import addresses, item_links, item_states
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.audiences import are_officers
from scorecard.snapshot.registers import declared, item
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

_A_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
MOST_REPORTS: Final = 40
"""Reports of one item on its page."""


@dataclass(frozen=True)
class Shown:
    """An item ready to be drawn: safe markdown, empty where there is nothing."""

    title: str
    head: str
    fields: str
    dates: str
    linked: str
    parts: str
    clocks: str
    reports: str
    receipt: str


def show(register_id: str, item_id: str) -> None:
    """The item under its own heading, with the way back; that it is not there, where it is not."""
    links.to_page("register", "Back to the whole register", register=register_id)
    held = _ready(register_id, item_id)
    if held is None:
        nothing("This address asks for an item that is not in this register. It may have been left out since.")
        return
    st.header(held.title)
    st.markdown(held.head)
    st.markdown(held.fields)
    st.subheader("Dates")
    st.markdown(held.dates)
    for heading, words in (
        ("Time limits", held.clocks),
        ("Its parts (links open in a new tab)", held.parts),
        ("Linked with (links open in a new tab)", held.linked),
        ("As it was reported", held.reports),
    ):
        if words:
            st.subheader(heading)
            st.markdown(words)
    st.subheader("Where it comes from")
    st.markdown(held.receipt)


def _made(shown: Snapshot, register_id: str, item_id: str) -> Shown | None:
    held = item.item(shown, register_id, item_id)
    if not held:
        return None
    about = declared.register(shown, register_id)
    reports = item.reports(shown, register_id, item_id)
    return Shown(
        title=as_text(held["title"]),
        head=_head(held),
        fields=_list(_fields(held, about)),
        dates=_list(_dates(shown, held)),
        linked=item_links.of(shown, register_id, item_id),
        parts="\n".join(f"- {_part(register_id, one)}" for one in rows_of(item.parts(shown, register_id, item_id))),
        clocks="\n".join(_clock(one) for one in rows_of(item.clocks(shown, register_id, item_id))),
        reports="\n".join(_report(one, about) for one in list(rows_of(reports))[:MOST_REPORTS]),
        receipt=_list(_receipt(shown, held)),
    )


_ready = snapshot.remembered(_made)


def _head(held: dict[str, Any]) -> str:
    state = item_states.state(held["state"], has_date=held["due"] is not None)
    wrong = held["contradicted"]
    against = f"\n\n:material/report: **What was reported disagrees:** {as_text(wrong)}" if wrong else ""
    return f"{state} {as_text(held['sentence'])}{against}"


def _list(fields: Iterator[tuple[str, str]]) -> str:
    return "\n".join(f"- **{heading}:** {words}" for heading, words in fields)


def _fields(held: dict[str, Any], about: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "Reference", as_text(held["item_id"])
    if held["owner"]:
        yield "Owner", addresses.link(held["owner"], addresses.of_owner(held["owner"]))
    named = {
        "service": "Service", "priority": "Priority", "reported": "Status as reported", "stage": "Stage reached",
        "reason": "Reason", "way_forward": "Agreed way forward", "evidence": "Evidence",
    }  # fmt: skip
    yield from ((heading, as_text(str(held[name]))) for name, heading in named.items() if held[name])
    if held["part_of"]:
        whole = held["whole"] or held["part_of"]
        yield "Part of", addresses.link(whole, addresses.of_item(held["register_id"], held["part_of"]))
    if held["done"] is not None:
        yield "Done", f"{held['done']:.0f}%"
    if held["rating"]:
        yield "Rating", _rating(held)
    yield from _scores(held, about)
    for heading, cell in json.loads(held["details"]).items():
        if cell not in (None, ""):
            yield as_text(str(heading)), as_text(_readable(str(cell)))


def _readable(cell: str) -> str:
    """A day as people write it; anything else as it is."""
    try:
        return day(date.fromisoformat(cell)) if _A_DAY.fullmatch(cell) else cell
    except ValueError:
        return cell


def _rating(held: dict[str, Any]) -> str:
    since = f" since {day(held['rating_since'])}" if held["rating_since"] is not None else ""
    before = held["rating_before"]
    was = f"; {item_states.RATING_WORDS[before].lower()} in the report before" if before else ""
    return f"{item_states.rating(held['rating'])}{since}{was}"


def _scores(held: dict[str, Any], about: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, heading in (("inherent", "Inherent score"), ("residual", "Residual score"), ("target_score", "Target")):
        if held[name] is not None:
            how = f" (likelihood {held['residual_likelihood']:.0f}, impact {held['residual_impact']:.0f})"
            where = item_states.score(held[name], about["amber_from"], about["red_from"])
            yield heading, f"{where}{how if name == 'residual' and held['residual_likelihood'] else ''}"
    if held["appetite"] is not None:
        above = held["residual"] is not None and held["residual"] > held["appetite"]
        yield "Risk appetite", f"{held['appetite']:.0f}{': the residual score is above it' if above else ''}"
    if held["red_since"] is not None:
        yield "Red since", f"{day(held['red_since'])}{', which makes it a stuck risk' if held['is_stuck'] else ''}"


def _dates(shown: Snapshot, held: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if held["opened"] is not None:
        yield "Opened", day(held["opened"])
    dues = [one.due_on for one in rows_of(item.dues(shown, held["register_id"], held["item_id"]))]
    if dues:
        yield "Original due date", day(dues[0])
    if len(dues) > 1:
        moved = {2: "once", 3: "twice"}.get(len(dues), f"{len(dues) - 1} times")
        yield f"Re-dated {moved}, to", ", then ".join(day(each) for each in dues[1:])
    for name, heading in (("closed", "Done, as its owner says"), ("signed_off", "Signed off")):
        if held[name] is not None:
            yield heading, day(held[name])
    if dues:
        yield "Lateness", f"{count(held['days_late'], 'day')} past the original date" if held["days_late"] else "none"
    for one in rows_of(item.stages(shown, held["register_id"], held["item_id"])):
        yield as_text(one.title), day(one.reached_on)


def _part(register_id: str, one: Any) -> str:
    due = f", due {short_day(one.due)}" if not pd.isna(one.due) else ""
    rated = f" {item_states.rating(one.rating)}" if one.rating else ""
    named = addresses.item_link(register_id, one.item_id, one.title)
    post = f" ({as_text(one.owner)})" if one.owner else ""
    return f"{item_states.state(one.state, has_date=bool(due))}{rated} {named}{post}{due}"


def _clock(one: Any) -> str:
    later = f", extended to {day(one.extended_to)}" if not pd.isna(one.extended_to) else ""
    met = f"; met on {day(one.met_on)}" if not pd.isna(one.met_on) else ""
    return f"- {item_states.clock(one.state)} **{as_text(one.title)}:** by {day(one.due_on)}{later}{met}"


def _report(one: Any, about: dict[str, Any]) -> str:
    """What one report said of it, in a line."""
    said = [as_text(one.status)] if one.status else []
    said += [item_states.rating(one.rating)] if one.rating else []
    said += [f"{one.done:.0f}% done"] if not pd.isna(one.done) else []
    if not pd.isna(one.residual):
        said.append(f"residual score {item_states.score(one.residual, about['amber_from'], about['red_from'])}")
    said += [as_text(one.reason)] if one.reason else []
    forward = f". **Agreed way forward:** {as_text(one.way_forward)}" if one.way_forward else ""
    return f"- **{day(one.reported_on)}:** {', '.join(said) or 'nothing more'}{forward}"


def _receipt(shown: Snapshot, held: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "Source", f"{as_text(held['source'] or 'not recorded')}, {as_text(held['publisher'] or 'not recorded')}"
    if held["reported_on"] is not None:
        yield "Reported as at", day(held["reported_on"])
    yield "Row", f"{held['source_row']:,}"
    if are_officers(shown.audience) and held["path"]:
        sheet = f", sheet {as_text(held['sheet'])}" if held["sheet"] else ""
        yield "File", f"{as_text(held['path'])}{sheet}"
        yield "SHA-256 of the file", f"`{held['sha256']}`"
        yield "Original kept as", f"`{held['original']}`"
    yield "File first seen", moment(held["first_seen_at"])
