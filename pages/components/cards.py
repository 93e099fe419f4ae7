"""A measure or an exception as a card of stacked lines: as readable on a phone as on a desk."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import dates, judgements, lives, rows, status
from pages.components.figures import target
from pages.components.states import as_text
from scorecard.wording import count, figure

MEASURE_PAGE: Final = "measure.py"
NARROWEST: Final = 340
"""Pixels a card needs before two stand side by side."""


def link_to(measure_id: str, words: str, area: str | None = None) -> None:
    """A link to the page of a measure. Keep the words short: Streamlit cuts a link that is wider than its card."""
    chosen = {"measure": measure_id, **({"area": area} if area else {})}
    st.page_link(MEASURE_PAGE, label=f":primary[**{as_text(words)}**]", query_params=chosen)


def exception(one: Any, grounds: pd.DataFrame) -> None:
    """A row of `attention.exceptions`: how grave, which measure and where, why, what to ask, since when, who answers.

    `grounds` are the rows of `attention.evidence` for its place.
    """
    with st.container(border=True, gap="xxsmall"):
        agreed = f" {status.confirmed()}" if one.confirmed else ""
        _headline(status.severity(one.severity), _named(one), f" {_state(one)}{agreed}")
        st.markdown(as_text(_said(one)))
        if one.question:
            st.markdown(f"**Ask:** {as_text(one.question)}")
        its_own = grounds[grounds["exception_rule"] == one.rule]
        # A lone finding that is the sentence itself would only be said twice.
        if any(not str(each).endswith(_said(one)) for each in its_own["sentence"]):
            with st.expander("Why it is here"):
                judgements.reasons(its_own)
        began = dates.since(one.since, one.frequency)
        _foot(one.measure_id, one.theme, one.service, one.owner, f"since {began}", area=_area(one))


def outcome(one: Any) -> None:
    """A row of `attention.improvements` or `attention.settled`: what has become better, ended or been accepted."""
    with st.container(border=True, gap="xxsmall"):
        _headline(_state(one) if one.adverse else status.better(one.state, _held(one)), _named(one))
        st.markdown(as_text(_said(one)))
        _foot(one.measure_id, one.theme, one.owner, f"since {dates.since(one.since, one.frequency)}", area=_area(one))


def _named(one: Any) -> str:
    return f"{one.title}: {one.place}" if one.place else str(one.title)


def _said(one: Any) -> str:
    """The sentence without the name that stands above it."""
    named = f"{one.title}, {one.place}: " if one.place else f"{one.title}: "
    said = str(one.sentence).removeprefix(named)
    return said[:1].upper() + said[1:]


def _state(one: Any) -> str:
    return status.state(one.state, _held(one), dates.day(one.accepted_until))


def _held(one: Any) -> str:
    return count(int(one.periods), str(one.frequency))


def _area(one: Any) -> str | None:
    """The area whose figures to show, where it is not the council's."""
    return str(one.area_code) if one.place and not one.part else None


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


def _headline(badge: str, title: str, more: str = "") -> None:
    st.markdown(f"{badge} **{as_text(title)}**{more}")


def _foot(measure_id: str, *parts: str | None, area: str | None = None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xxsmall"):
        st.caption(" · ".join(as_text(part) for part in parts if part), width="content")
        link_to(measure_id, "See the figures", area)
