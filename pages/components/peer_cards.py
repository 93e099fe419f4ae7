"""The home council among its peers, measure by measure: cards that are made once a snapshot and drawn often."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import filters, links, peer_words, strips, tables
from pages.components.figures import headed
from pages.components.palette import Palette
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from pages.components.states import as_text, guarded
from scorecard.measure_words import POLARITY_WORDS
from scorecard.snapshot.peer_ranges import peer_figures, peer_ranges
from scorecard.snapshot.store import Snapshot
from scorecard.wording import bare, count, figure, joined

EQUALLY_NEW: Final = "The group's figures are as new as our own."
KEY: Final = (
    "In each picture the diamond is our own figure, the rings are the other councils, the upright line is their middle"
    " and the shaded bar the middle half of them."
)
NARROWEST: Final = 340
"""Pixels a card needs before two stand side by side."""
ON_A_PAGE: Final = 24
"""Cards of one page."""


@dataclass(frozen=True)
class Card:
    """One measure among peers: `place` is a key of peer_words.PLACES, `markdown` the card, `title` plain text."""

    measure_id: str
    title: str
    theme_id: str
    theme: str
    place: str
    good: str
    """Which way is good, in words."""
    markdown: str
    movement: str
    age: str
    """How old the group's figures are; empty where they are as new as our own."""


def _cards(shown: Snapshot, colours: Palette) -> tuple[Card, ...]:
    return tuple(_card(one, colours) for one in rows_of(peer_ranges(shown)))


def _card(one: Any, colours: Palette) -> Card:
    where = peer_words.place(one)
    value = figure(one.home, one.unit, one.decimals, one.marker)
    ranged = peer_words.range_in_words(one)
    said = f"{one.title}: {value}, {peer_words.PLACES[where].lower()}. {ranged}"
    low, high = min(one.low, one.home), max(one.high, one.home)
    ends = (bare(low, one.unit, one.decimals), bare(high, one.unit, one.decimals))
    drawn = strips.picture(list(one.figures), one.home, (one.q1, one.median, one.q3), ends, said, colours)
    movement, age = peer_words.movement_in_words(one), peer_words.age_in_words(one)
    markdown = "\n\n".join(
        (
            f"{peer_words.place_badge(where)} **{as_text(one.title)}**",
            f"**{as_text(value)}** in {as_text(one.period)}. {as_text(ranged)}",
            drawn,
            as_text(f"{movement} {age}".strip()),
        )
    )
    good = POLARITY_WORDS[one.polarity]
    return Card(one.measure_id, one.title, one.theme_id, one.theme, where, good, markdown, movement, age)


def _in_a_table(shown: Snapshot, measures: tuple[str, ...]) -> pa.Table:
    return tables.ready(
        [
            {
                "Measure (opens in a new tab)": f"[{as_text(one.title)}](peers?measure={one.measure_id})",
                "Period": as_text(one.period),
                "Ours": as_text(figure(one.home, one.unit, one.decimals, one.marker)),
                "Middle": as_text(bare(one.median, one.unit, one.decimals)),
                "Range": as_text(
                    f"{bare(one.low, one.unit, one.decimals)} to {bare(one.high, one.unit, one.decimals)}"
                ),
                "Our change": as_text(peer_words.change_in_words(one.moved, one.unit, one.decimals)),
                "Middle change": as_text(peer_words.change_in_words(one.peers_moved, one.unit, one.decimals)),
                "Councils with a figure": f"{one.peers} of {one.of}",
            }
            for one in rows_of(peer_ranges(shown))
            if one.measure_id in measures
        ]
    )


def _councils(shown: Snapshot, measure_id: str, unit: str, decimals: int, since: str) -> pa.Table:
    return tables.ready(
        [
            {
                "Council": as_text(one.name),
                headed("Figure", unit): as_text(bare(one.value, unit, decimals, one.marker)),
            }
            | (
                {f"Change since {since}": as_text(peer_words.change_in_words(one.moved, unit, decimals))}
                if since
                else {}
            )
            for one in rows_of(peer_figures(shown, measure_id))
        ]
    )


cards = remembered(_cards)
in_a_table = remembered(_in_a_table)
councils = remembered(_councils)


def answer(found: Sequence[Card], name: str, peers: int) -> str:
    """ "Of 18 measures that can be compared with 12 councils like Ashby, it is better than most on 4, …"."""
    if not found:
        return f"No measure can be compared with councils like {as_text(name)} yet."
    told = {
        "better": "better than most on",
        "usual": "in the usual range on",
        "worse": "worse than most on",
        "higher": "higher than most on",
        "lower": "lower than most on",
        "few": "beside too few others to say on",
    }
    held = [each.place for each in found]
    parts = [f"{words} **{held.count(key)}**" for key, words in told.items() if key in held]
    others = count(peers, "council like it", "councils like it")
    said = f"{as_text(name)} is {joined(parts)} of the {count(len(found), 'measure')} that can be compared"
    older = sum(bool(each.age) for each in found)
    age = (
        f"On {older} of them the figures are not equally new, and each says how old they are." if older else EQUALLY_NEW
    )
    return f"{said} with {others}. {age}"


def page_of(found: Sequence[Card]) -> list[Card]:
    """Those that stand on the page which the address names."""
    return [found[at] for at in filters.page_of(pd.DataFrame(index=range(len(found))), ON_A_PAGE).index]


def draw(found: Sequence[Card]) -> None:
    """Cards in a grid under their themes, each with a link to the figures of the councils; then all as a table."""
    if found:
        st.markdown(KEY)
    for theme in dict.fromkeys(one.theme for one in found):
        st.header(as_text(theme))
        with st.grid(2, min_column_width=NARROWEST):
            for one in found:
                if one.theme == theme:
                    _draw(one)
    if found:
        with st.expander("The same as a table"):
            tables.draw(in_a_table(tuple(one.measure_id for one in found)), "Each measure among councils like ours")


def _draw(one: Card) -> None:
    with guarded("This comparison"), st.container(border=True, gap="xxsmall", height="stretch"):
        st.markdown(one.markdown)
        links.here("See each council", measure=one.measure_id)
