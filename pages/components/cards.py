"""A measure or an exception as a card of stacked lines: as readable on a phone as on a desk."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import dates, lives, rows, status
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
        _headline(status.status(one.status) if one.stage == "live" else status.stage(one.stage), one.title)
        shown = as_text(figure(one.value, one.unit, one.decimals, one.marker))
        moved = "" if one.last_period == "unknown" else f" {status.direction(one.last_period)}"
        st.markdown(f"**{shown}**{moved}")
        goal = target(one.target_low, one.target_high, one.unit, one.decimals)
        _foot(one.measure_id, one.period, goal and f"target {goal}")


def without_figures(one: Any) -> None:
    """A row of `measures.latest` that no figure came for: what it means, and that it is proposed if it is."""
    with st.container(border=True, gap="xxsmall"):
        proposed = f"{status.stage(one.stage)} " if one.stage == "proposed" else ""
        _headline(f"{proposed}:gray-badge[{as_text(one.service)}]", one.title)
        st.markdown(as_text(one.definition))
        _foot(one.measure_id, one.owner)


def definition(one: Any, targets: pd.DataFrame, decisions: pd.DataFrame) -> None:
    """A row of `measures.latest`: what it means, what good looks like, its life, and who answers for it.

    `targets` and `decisions` are the measure's own rows of `changes.targets` and `changes.decisions`.
    """
    with st.container(border=True, gap="xxsmall"):
        _headline(f"{status.stage(one.stage)} :gray-badge[{as_text(one.service)}]", one.title)
        st.markdown(as_text(one.definition))
        if one.counted:
            st.markdown(f"**What is counted:** {as_text(one.counted)}")
        if one.caveat:
            st.markdown(f":material/warning: {as_text(one.caveat)}")
        if len(targets):
            st.markdown(f"**What good looks like:** {as_text('; '.join(_goal(each) for each in rows.of(targets)))}.")
        if len(decisions):
            st.markdown("\n".join(f"- {as_text(each)}" for each in lives.in_words(decisions)))
        _foot(one.measure_id, one.theme, one.goal and f"goal: {one.goal}", one.owner)


def _goal(target: Any) -> str:
    """ "85% since 1 April 2026", "before that 80%", "90% from 1 April 2027 (to come)"."""
    if target.is_to_come:
        return f"{target.in_words} from {dates.day(target.since)} (to come)"
    if not target.is_in_force:
        return f"before that {target.in_words}"
    return target.in_words if pd.isna(target.since) else f"{target.in_words} since {dates.day(target.since)}"


def _headline(badge: str, title: str) -> None:
    st.markdown(f"{badge} **{as_text(title)}**")


def _foot(measure_id: str, *parts: str | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xxsmall"):
        st.caption(" · ".join(as_text(part) for part in parts if part), width="content")
        link_to(measure_id, "See the figures")
