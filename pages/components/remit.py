"""A committee's remit on one page: how many measures get better or worse, which to ask about, and all the others."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from pages.components import links, status, trend_words
from pages.components.figures import target
from pages.components.palette import Palette
from pages.components.rows import of as rows_of
from pages.components.snapshot import remembered
from pages.components.sparklines import picture
from pages.components.states import as_text, guarded
from pages.components.trend_words import TRENDS
from scorecard.judge.status import STATUS_WORDS, Status
from scorecard.snapshot.remit_trends import remit_runs, remit_trends
from scorecard.snapshot.store import Snapshot
from scorecard.wording import bare, count, figure, joined

NARROWEST: Final = 340
"""Pixels a card needs before two stand side by side."""
MOST_ASKED: Final = 10
"""Cards of what to ask about before the others are folded away."""
MEANT: Final = "Better and worse are said only where the figures show more than chance gives."
_OPEN: Final = "better"
"""The group of measures that is not folded."""


@dataclass(frozen=True)
class Card:
    """A measure that a committee may ask about: the words of its card."""

    measure_id: str
    markdown: str


@dataclass(frozen=True)
class Remit:
    """What is shown of a remit: its answer, the cards of what to ask about, and a list for each trend."""

    answer: str
    cards: tuple[Card, ...]
    groups: tuple[tuple[str, int, str], ...]
    """Each trend that the other measures have, how many they are, and their list."""


def _remit(shown: Snapshot, remit_id: str, colours: Palette) -> Remit:
    runs = remit_runs(shown, remit_id)
    every = [(one, trend_words.trend(one)) for one in rows_of(remit_trends(shown, remit_id))]
    asked = sorted(
        ((rank, one, going) for one, going in every if (rank := _rank(one, going)) is not None),
        key=lambda each: each[0],
    )
    named = {one.measure_id for _, one, _ in asked}
    others = [(one, going) for one, going in every if one.measure_id not in named]
    groups = [
        (key, len(its), "\n".join(_line(one, key, runs, colours) for one in its))
        for key in TRENDS
        if (its := [one for one, going in others if going == key])
    ]
    return Remit(
        _answer(every),
        tuple(Card(one.measure_id, _card(one, going, runs, colours)) for _, one, going in asked),
        tuple(groups),
    )


def _rank(one: Any, going: str) -> int | None:
    """0 for what is worse and off target, then off target, worse, worse than most, an exception; None for others."""
    off, worse = one.status == "off_target", going == "worse"
    ranks = (off and worse, off, worse, trend_words.is_behind(one), bool(one.question))
    return next((rank for rank, met in enumerate(ranks) if met), None)


def _answer(every: list[tuple[Any, str]]) -> str:
    held = Counter(going for _, going in every)
    off = sum(one.status == "off_target" for one, _ in every)
    told = [
        f"**{held['worse']}** {_verb(held['worse'])} getting worse",
        f"**{held['better']}** {_verb(held['better'])} getting better",
        f"**{held['steady']}** {'shows' if held['steady'] == 1 else 'show'} no real change",
    ]
    more = [
        words.format(n=held[key], verb=_verb(held[key]), has="has" if held[key] == 1 else "have")
        for key, words in (
            ("moving", "{n} {verb} rising or falling, which is neither good nor bad"),
            ("early", "of {n} it is too early to say"),
            ("untold", "of {n} it cannot be said from the figures"),
            ("none", "{n} {has} no figure for this council"),
        )
        if held[key]
    ]
    further = f" Of the others, {joined(more)}." if more else ""
    return (
        f"Of {count(len(every), 'measure')} within this remit, {joined(told)}."
        f" **{off or 'None'}** {'is' if off < 2 else 'are'} off target.{_beside(every)}{further}"
    )


def _beside(every: list[tuple[Any, str]]) -> str:
    """How many of the measures that can be compared are worse than in most councils like ours."""
    compared = sum(trend_words.is_compared(one) for one, _ in every)
    behind = sum(trend_words.is_behind(one) for one, _ in every)
    if not compared:
        return ""
    are = _verb(max(behind, 1))
    return f" **{behind or 'None'}** of the {compared} that can be compared {are} worse than most councils like ours."


def _verb(many: int) -> str:
    return "is" if many == 1 else "are"


def _card(one: Any, going: str, runs: Mapping[str, list[float | None]], colours: Palette) -> str:
    goal = target(one.target_low, one.target_high, one.unit, one.decimals)
    aimed = f", against a target of {goal}" if goal else ""
    stands = f" {status.status(one.status)}" if one.status in ("off_target", "close", "on_target", "overdue") else ""
    like = trend_words.like_ours(one)
    parts = (
        f"{trend_words.trend_badge(going)}{stands} **{as_text(one.title)}**",
        f"{_drawn(one, going, runs, colours)} **{as_text(_latest(one))}** in {as_text(one.period)}{as_text(aimed)}.",
        as_text(trend_words.why(one)),
        as_text(_exception(one)),
        f"**Councils like ours:** {as_text(like)}." if like else "",
        f"**Ask:** {as_text(trend_words.question(one, going))}",
    )
    return "\n\n".join(part for part in parts if part)


def _exception(one: Any) -> str:
    """What is the matter where the trend does not say it: in a ward or part, or with the data."""
    said = str(one.exception or "")
    if one.place:
        said = said.removeprefix(f"{one.title}, {one.place}: ")
        return f"{one.place}: {said}"
    return str(one.status_sentence) if one.status == "overdue" else ""


def _line(one: Any, going: str, runs: Mapping[str, list[float | None]], colours: Palette) -> str:
    if going == "none":
        return f"- {_link(one)}"
    like = trend_words.like_ours(one)
    parts = (
        f"{as_text(_latest(one))} in {as_text(one.period)}, {_against(one)}.",
        as_text(trend_words.why(one)),
        f"Councils like ours: {as_text(like[:1].lower() + like[1:])}." if like else "",
    )
    drawn = _drawn(one, going, runs, colours)
    return f"- **{_link(one)}** {drawn} {' '.join(part for part in parts if part)}"


def _link(one: Any) -> str:
    return f"[{as_text(one.title)}](measure?measure={one.measure_id})"


def _latest(one: Any) -> str:
    return figure(one.value, one.unit, one.decimals, one.marker)


def _against(one: Any) -> str:
    goal = target(one.target_low, one.target_high, one.unit, one.decimals)
    words = STATUS_WORDS[Status(one.status)].lower()
    return as_text(f"{words} of {goal}" if goal and "target" in words else words)


def _drawn(one: Any, going: str, runs: Mapping[str, list[float | None]], colours: Palette) -> str:
    run = runs.get(one.measure_id, [])
    known = [each for each in run if each is not None]
    if len(known) < 2:
        return ""
    first, last = (bare(each, one.unit, one.decimals) for each in (known[0], known[-1]))
    said = f"{one.title}, the last {count(len(known), 'figure')}: from {first} to {last}. {TRENDS[going]}"
    goal = one.target_low if one.target_low == one.target_high else None
    return picture(run, said, colours, goal)


remit = remembered(_remit)


def ask_about(found: Remit) -> None:
    """Cards of what is getting worse, off target or worse than most, each with a question; the most pressing first."""
    st.header("What to ask about")
    if not found.cards:
        st.markdown("Nothing here is getting worse, off target or worse than in most councils like ours.")
        return
    _cards(found.cards[:MOST_ASKED])
    more = found.cards[MOST_ASKED:]
    if more:
        with st.expander(f"{count(len(more), 'more', 'more')}"):
            _cards(more)


def _cards(cards: tuple[Card, ...]) -> None:
    with st.grid(2, min_column_width=NARROWEST):
        for one in cards:
            with guarded("This measure"), st.container(border=True, gap="xxsmall", height="stretch"):
                st.markdown(one.markdown)
                links.to_measure(one.measure_id, "See the figures")


def all_others(found: Remit) -> None:
    """A list for each trend, of the measures that are not among the cards; its links open a new tab."""
    st.header("The other measures")
    for key, many, lines in found.groups:
        with st.expander(f"{TRENDS[key]}: {count(many, 'measure')}", expanded=key == _OPEN):
            st.markdown(lines)
