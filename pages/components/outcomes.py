"""What has got better, and which exceptions are settled: short lists below those that need attention."""

from collections.abc import Sequence

import streamlit as st

from pages.components import exception_cards, states
from scorecard.wording import count

MOST_SHOWN = 3
"""Cards of one list before the others are folded away."""


def show(heading: str, shown: Sequence[exception_cards.Card], otherwise: str) -> None:
    """Cards under a heading; `otherwise` where there are none."""
    st.header(heading)
    if not shown:
        st.markdown(otherwise)
    _draw(shown[:MOST_SHOWN])
    more = shown[MOST_SHOWN:]
    if more:
        with st.expander(f"{count(len(more), 'more', 'more')}"):
            _draw(more)


def _draw(shown: Sequence[exception_cards.Card]) -> None:
    for card in shown:
        with states.guarded("This entry"):
            exception_cards.draw_short(card)
