"""How fresh the figures are, in a few lines."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.components import dates, links, snapshot
from pages.components.exception_cards import NEXT_LINE
from pages.components.states import as_text
from scorecard.snapshot.freshness import freshness
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count


def _words(shown: Snapshot) -> str:
    """When they were published, the latest period, what is late and what was left out."""
    held = freshness(shown)
    lines = [f"Published {dates.moment(shown.published_at)}.", _latest(held), _late(held), _left_out(held)]
    return NEXT_LINE.join(line for line in lines if line)


def _latest(held: Mapping[str, Any]) -> str:
    if not held["latest"]:
        return "No measure has a figure yet."
    without = held["measures"] - held["with_figures"]
    more = f"; {count(without, 'has', 'have')} no figure at all" if without else ""
    have_it = f"{held['latest_measures']} of {held['measures']} measures"
    return f"Latest period: **{as_text(held['latest'])}** ({have_it}{more})."


def _late(held: Mapping[str, Any]) -> str:
    if not held["expected"]:
        return "No dates are set by which figures are due."
    if not held["late"]:
        return "Nothing is late."
    return f"**{count(held['late'], 'submission is', 'submissions are')} late**: {as_text(held['late_sources'])}."


def _left_out(held: Mapping[str, Any]) -> str:
    refused = f"**{count(held['refused'], 'file')} refused**" if held["refused"] else "No file was refused"
    aside = f", {count(held['rows_set_aside'], 'row')} set aside" if held["rows_set_aside"] else ""
    return f"{refused}{aside}."


words = snapshot.remembered(_words)


def show() -> None:
    """The lines, and the way to the details."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.header("How fresh the figures are")
        links.to_page("data_quality", "Details")
    st.markdown(words())
