"""A measure or an exception as a card of stacked lines: as readable on a phone as on a desk."""

from typing import Any, Final

import streamlit as st

from pages.components import dates, status
from pages.components.figures import target
from pages.components.states import as_text
from scorecard.wording import figure

MEASURE_PAGE: Final = "measure.py"
NARROWEST: Final = 340
"""Pixels a card needs before two stand side by side."""


def link_to(measure_id: str, words: str) -> None:
    """A link to the page of a measure. Keep the words short: Streamlit cuts a link that is wider than its card."""
    st.page_link(MEASURE_PAGE, label=f":primary[**{as_text(words)}**]", query_params={"measure": measure_id})


def exception(one: Any) -> None:
    """A row of `attention.exceptions`: how grave, which measure, why, since when, who answers."""
    with st.container(border=True, gap="xxsmall"):
        _headline(status.severity(one.severity), one.title)
        st.markdown(as_text(one.sentence.removeprefix(f"{one.title}: ")))
        began = dates.since(one.since, one.frequency)
        _foot(one.measure_id, one.theme, one.service, one.owner, f"since {began}")


def measure(one: Any) -> None:
    """A row of `measures.latest`: how it stands, its latest figure against its target, and where it is going."""
    with st.container(border=True, gap="xxsmall", height="stretch"):
        _headline(status.status(one.status), one.title)
        shown = as_text(figure(one.value, one.unit, one.decimals, one.marker))
        moved = "" if one.last_period == "unknown" else f" {status.direction(one.last_period)}"
        st.markdown(f"**{shown}**{moved}")
        goal = target(one.target_low, one.target_high, one.unit, one.decimals)
        _foot(one.measure_id, one.period, goal and f"target {goal}")


def definition(one: Any) -> None:
    """A row of `measures.latest`: what it means and who answers for it."""
    with st.container(border=True, gap="xxsmall"):
        _headline(f":gray-badge[{as_text(one.service)}]", one.title)
        st.markdown(as_text(one.definition))
        if one.counted:
            st.markdown(f"**What is counted:** {as_text(one.counted)}")
        if one.caveat:
            st.markdown(f":material/warning: {as_text(one.caveat)}")
        _foot(one.measure_id, one.theme, one.owner)


def _headline(badge: str, title: str) -> None:
    st.markdown(f"{badge} **{as_text(title)}**")


def _foot(measure_id: str, *parts: str | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xxsmall"):
        st.caption(" · ".join(as_text(part) for part in parts if part), width="content")
        link_to(measure_id, "See the figures")
