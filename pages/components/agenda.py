"""The list of exceptions as leadership goes through it: filtered, grouped, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
import streamlit as st

from pages.components import exception_cards, filters, outcomes, snapshot, states, summary
from pages.components.palette import palette
from pages.components.status import SEVERITY_WORDS, STATE_WORDS
from scorecard.audiences import AUDIENCES
from scorecard.snapshot import attention
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

PAGE_ROWS: Final = 20
GROUPS: Final[Mapping[str, str]] = {
    "": "Ranked",
    "theme": "By theme",
    "directorate": "By directorate",
}
STATES: Final[Mapping[str, str]] = {
    "": "To act on",
    **STATE_WORDS,
    "resolved": "Resolved",
    "accepted": "Accepted for a time",
}

MORE: Final[Mapping[str, tuple[str, str]]] = {
    "service": ("service_id", "Service"),
    "owner": ("owner", "Owner"),
    "severity": ("severity", "Concern"),
    "rule": ("rule", "Rule"),
    "audience": ("audience", "Figures meant for"),
}
"""Filters that are asked for, by their name in the address: the column and the label."""


@dataclass(frozen=True)
class Wanted:
    """What the filters ask for; "" is everything."""

    theme_id: str = ""
    service_id: str = ""
    owner: str = ""
    rule: str = ""
    audience: str = ""
    severity: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """Columns and what they must be."""
        return {name: value for name, value in vars(self).items() if value}

    @property
    def anywhere(self) -> "Wanted":
        """The same for news that no rule and no concern tell apart."""
        return replace(self, rule="", severity="")


def _options(shown: Snapshot) -> dict[str, dict[str, str]]:
    """The choices of each filter: those that some exception has."""
    every = attention.every(shown)
    adverse = every[every["adverse"].astype(bool)]
    rules = {rule: str(rule).replace("_", " ").capitalize() for rule in sorted(adverse["rule"].unique())}
    meant_for = [each for each in AUDIENCES if each in set(every["audience"])]
    return {
        "theme": filters.all_of("All themes", every, "theme_id", "theme"),
        "service": filters.all_of("All services", every.sort_values("service"), "service_id", "service"),
        "owner": filters.all_of("All owners", every.sort_values("owner"), "owner", "owner"),
        "rule": {"": "All rules", **rules},
        "audience": {"": "Any audience", **{each: each.capitalize() for each in meant_for}},
        "severity": {"": "Any concern", **SEVERITY_WORDS},
    }


def _kept(shown: Snapshot, wanted: Wanted, state: str, group: str) -> pd.DataFrame:
    """The exceptions to act on, or those of one state, that are wanted; group after group, as `group` says.

    They are indexed by their place in `attention.every`; column heading has the name of the group, or "".
    """
    every = attention.every(shown)
    to_act_on = ~every["state"].isin(attention.SETTLED)
    held = filters.kept(every[every["adverse"] & (every["state"] == state if state else to_act_on)], **wanted.chosen)
    if not group:
        return held.assign(heading="")
    # Groups in the order of their most pressing exception.
    order = {each: place for place, each in enumerate(dict.fromkeys(held[f"{group}_id"]))}
    held = held.assign(heading=held[group], order=held[f"{group}_id"].map(order))
    return held.sort_values("order", kind="stable")


def _news(shown: Snapshot, wanted: Wanted) -> tuple[list[int], list[int]]:
    """Where the good news and what is settled stand in `attention.every`."""
    held = filters.kept(attention.every(shown), **wanted.anywhere.chosen)
    settled = held["adverse"] & held["state"].isin(attention.SETTLED)
    return list(held.index[~held["adverse"]]), list(held.index[settled])


def _answer(shown: Snapshot) -> str:
    """How many need attention and how grave they are; and how many chance alone would flag."""
    return f"{summary.of_exceptions(attention.exceptions(shown))}\n\n{states.as_text(attention.by_chance(shown))}"


answer = snapshot.remembered(_answer)
options = snapshot.remembered(_options)
kept = snapshot.remembered(_kept)
news = snapshot.remembered(_news)


def choose() -> tuple[Wanted, str, str]:
    """The filters: what is wanted, the state and the grouping. The less used ones are drawn when asked for."""
    offered = options()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        group = filters.choose("Order", "group", GROUPS)
        theme = filters.choose("Theme", "theme", offered["theme"])
        state = filters.choose("State", "state", STATES)
        more = filters.yes("More filters", "more")
    wanted = {"theme_id": theme}
    if more or any(name in st.query_params for name in MORE):
        with st.container(horizontal=True):
            wanted |= {column: filters.choose(label, name, offered[name]) for name, (column, label) in MORE.items()}
    return Wanted(**wanted), state, group


def show(wanted: Wanted, state: str, group: str) -> None:
    """The cards of what is wanted, with a heading where a group begins."""
    listed = kept(wanted, state, group)
    if listed.empty:
        some = wanted.chosen or state
        states.nothing("No exception fits these filters." if some else "No exception rule was met.")
        return
    if wanted.chosen or state:
        st.markdown(f"{count(len(listed), 'exception')} shown.")
    page, cards = filters.page_of(listed, PAGE_ROWS), exception_cards.every(palette())
    before = ""
    for place, heading in zip(page.index, page["heading"], strict=True):
        if heading != before:
            st.header(states.as_text(heading))
        before = heading
        with states.guarded("This exception"):
            exception_cards.draw(cards[place])


def show_news(wanted: Wanted) -> None:
    """What has got better, and what is settled."""
    cards = exception_cards.every(palette())
    better, settled = ([cards[place] for place in places] for places in news(wanted))
    outcomes.show("Getting better", better, "No measure here has lastingly got better, or come back on target.")
    outcomes.show("Settled", settled, "No exception here has just been resolved, or is accepted for a time.")
