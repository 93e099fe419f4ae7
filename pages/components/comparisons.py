"""The home council among its peers: a sentence, a strip and the figures behind them."""

import streamlit as st

from pages.components import links, peer_cards, peer_words, snapshot, strips, tables
from pages.components.dates import day
from pages.components.states import as_text, nothing
from scorecard.snapshot.peer_ranges import peer_ranges
from scorecard.snapshot.peers import Comparison
from scorecard.snapshot.store import Snapshot
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
    said = _drawn(compared, name, unit, decimals)
    with st.expander(as_text(f"The figures of each council ({compared.group})")):
        tables.peers(compared.figures, unit, decimals, said)


def _earlier(shown: Snapshot, measure_id: str) -> str:
    """The period since which a movement is told, or nothing."""
    frame = peer_ranges(shown)
    periods = frame.loc[frame["measure_id"] == measure_id, "earlier_period"]
    return str(periods.iloc[0]) if len(periods) and periods.iloc[0] else ""


earlier = snapshot.remembered(_earlier)


def whole(measure_id: str, card: peer_cards.Card | None, name: str) -> None:
    """One measure among its peers: sentence, strip, movement, age, and each council's figure and change."""
    compared = snapshot.comparison(measure_id)
    measure = snapshot.definition(measure_id)
    st.header(as_text(measure["title"]))
    if compared is None or card is None:
        nothing("This measure is not compared with other councils: see below why.")
        return
    st.markdown(f"{peer_words.place_badge(card.place)} {as_text(card.good)}")
    _drawn(compared, name, measure["unit"], measure["decimals"])
    st.markdown(as_text(f"{card.movement} {card.age or peer_cards.EQUALLY_NEW}"))
    tables.draw(
        peer_cards.councils(measure_id, measure["unit"], measure["decimals"], earlier(measure_id)),
        f"{measure['title']} in {compared.period}: each council, ours first, then by name",
    )
    links.to_measure(measure_id, "All about this measure")


def _drawn(compared: Comparison, name: str, unit: str, decimals: int) -> str:
    said = sentence(compared, name, unit, decimals)
    st.markdown(as_text(said))
    strips.strip(compared.figures, compared.median, unit, decimals, said)
    if compared.counted_from:
        st.caption(
            f"Figures from before {day(compared.counted_from)} are not compared: they were counted differently here."
        )
    return said
