"""What has got better, and which exceptions are settled: short lists below those that need attention."""

import pandas as pd
import streamlit as st

from pages.components import cards, rows, states
from scorecard.wording import count

MOST_SHOWN = 3
"""Cards of one list before the others are folded away."""


def show(heading: str, frame: pd.DataFrame, otherwise: str) -> None:
    """Rows of `attention.improvements` or `attention.settled` under a heading; `otherwise` where there are none."""
    st.header(heading)
    if frame.empty:
        st.markdown(otherwise)
    _draw(frame.head(MOST_SHOWN))
    more = frame.iloc[MOST_SHOWN:]
    if len(more):
        with st.expander(f"{count(len(more), 'more', 'more')}"):
            _draw(more)


def _draw(frame: pd.DataFrame) -> None:
    for one in rows.of(frame):
        with states.guarded("This entry"):
            cards.outcome(one)
