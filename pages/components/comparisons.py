"""The home council among its peers: a sentence, a strip and the figures behind them."""

import streamlit as st

from pages.components import strips, tables
from pages.components.dates import day
from pages.components.states import as_text
from scorecard.snapshot.peers import Comparison
from scorecard.wording import bare, count, figure


def sentence(compared: Comparison, name: str, unit: str, decimals: int) -> str:
    """The finding, e.g. "In 2024/25 Ashby was at 44.8%, above the middle of 15 similar councils (41.0%); ..."."""
    home, median = round(compared.home, decimals), round(compared.median, decimals)
    stands = "above" if home > median else "below" if home < median else "the same as"
    low, middle, high = (bare(value, unit, decimals) for value in (compared.low, compared.median, compared.high))
    peers = count(len(compared.figures) - 1, "similar council")
    return (
        f"In {compared.period} {name} was at {figure(compared.home, unit, decimals)}, {stands} the middle of"
        f" {peers} ({middle}); they ranged from {low} to {high}."
    )


def show(compared: Comparison, name: str, unit: str, decimals: int) -> None:
    """Sentence and strip, with the figures a click away."""
    said = sentence(compared, name, unit, decimals)
    st.markdown(as_text(said))
    strips.strip(compared.figures, compared.median, unit, decimals, said)
    if compared.counted_from:
        st.caption(
            f"Figures from before {day(compared.counted_from)} are not compared: they were counted differently here."
        )
    with st.expander(as_text(f"The figures of each council ({compared.group})")):
        tables.peers(compared.figures, unit, decimals, said)
