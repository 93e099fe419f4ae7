"""The most pressing exceptions and what has improved, two lines each, for the overview."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from pages.components import agenda, exception_cards, links
from pages.components.exception_cards import Card
from pages.components.palette import palette

MOST_SHOWN: Final = 5
MOST_BETTER: Final = 2


def show() -> None:
    """The first exceptions of the list, each with a link to its figures, and the way to all of them."""
    listed = agenda.kept(agenda.Wanted(), "", "").index
    every = exception_cards.every(palette())
    _headed("What needs attention first", "All exceptions")
    _draw([every[place] for place in listed[:MOST_SHOWN]], "No exception rule was met.")


def show_better() -> None:
    """What has lastingly got better, or come back on target."""
    better, _ = agenda.news(agenda.Wanted())
    every = exception_cards.every(palette())
    _headed("What has improved", f"All {len(better)}" if len(better) > MOST_BETTER else "")
    _draw(
        [every[place] for place in better[:MOST_BETTER]],
        "No measure has lastingly got better, or come back on target.",
    )


def _headed(heading: str, more: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.header(heading)
        if more:
            links.to_page("exceptions", more)


def _draw(shown: Sequence[Card], otherwise: str) -> None:
    with st.container(gap="xsmall"):
        if not shown:
            st.markdown(otherwise)
        for card in shown:
            _line(card)


def _line(card: Card) -> None:
    with st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
            st.markdown(card.before, width="content")
            links.to_measure(card.measure_id, card.name, card.area)
            st.markdown(f"{card.state_since} {card.course.picture}", width="content")
        st.markdown(f"{card.short} · {card.owner}")
