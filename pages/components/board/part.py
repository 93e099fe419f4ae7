"""One item of the agenda, made ready: what is said of it, its tables, and the pages with the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import streamlit as st

from pages.components import links, tables
from pages.components.snapshot import opened, remembered
from pages.components.states import as_text, nothing
from scorecard.audiences import are_officers
from scorecard.snapshot.registers import board

MOST_SHOWN: Final = 6
"""Rows of one table: an item of the agenda fits on a screen, and the register has the others."""
NO_FILE: Final = "No file for {register} has come yet, so there is nothing to count."


@dataclass(frozen=True)
class Sheet:
    """A table under a line of safe markdown; `alt` is plain text."""

    heading: str
    table: pa.Table
    alt: str


@dataclass(frozen=True)
class Way:
    """A link to a page with what is chosen there."""

    page: str
    words: str
    chosen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Part:
    """What stands under one heading. `said` is safe markdown; `decide` is what the board must decide, "" for nothing.

    `missing` says what to declare where the catalogue has no register for this item.
    """

    said: str
    decide: str = ""
    sheets: tuple[Sheet, ...] = ()
    ways: tuple[Way, ...] = ()
    missing: str = ""


standing = remembered(board.standing)
"""How every register stands, for a directorate or all ("")."""


def not_declared(agenda: str, called: str) -> Part:
    """An item of the agenda that no register is taken under, as far as its readers may know."""
    if not are_officers(opened().audience):
        return Part("", missing="No register that is open to all readers of these pages is taken here.")
    return Part(
        "", missing=f"No register is taken here. To have {called}, declare a register in the catalogue with "
        f"agenda: {agenda}; its page, its counts and this item follow from that."
    )  # fmt: skip


def sheet(
    heading: str, rows: Iterable[dict[str, str]], alt: str, more: str = "", most: int = MOST_SHOWN
) -> tuple[Sheet, ...]:
    """One table of the first rows, or none without a row; `more` says where the others are."""
    held = list(rows)
    if not held:
        return ()
    shown = held[:most]
    left = f" The first {len(shown)} of {len(held)}{more}." if len(shown) < len(held) else ""
    return (Sheet(f"{heading}{left}", tables.ready(shown), alt),)


def to_register(register_id: str, title: str) -> Way:
    """The page of a register."""
    return Way("register", title, (("register", register_id),))


def draw(part: Part) -> None:
    """What is said, each table under its line, and the links."""
    if part.missing:
        nothing(part.missing)
    if part.said:
        st.markdown(part.said)
    for one in part.sheets:
        st.markdown(one.heading)
        tables.draw(one.table, one.alt)
    if part.ways:
        with st.container(horizontal=True, gap="small"):
            for way in part.ways:
                links.to_page(way.page, way.words, **dict(way.chosen))


def registers_of(agenda: str, service_id: str) -> list[Any]:
    """The rows of `board.standing` of the registers under an item of the agenda."""
    frame = standing(service_id)
    return list(frame[frame["agenda"] == agenda].itertuples(index=False))


def nothing_counted(title: str) -> str:
    """That no file of a register has come."""
    return NO_FILE.format(register=f"“{as_text(title)}”")
