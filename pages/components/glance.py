"""The council at a glance: how many measures stand how, theme by theme, and how that has changed in a month."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from pages.components import links, rows, snapshot, status
from scorecard.snapshot import attention
from scorecard.snapshot.standing import standing
from scorecard.snapshot.store import Snapshot
from scorecard.wording import MINUS, count, joined

TOLD: Final[Mapping[str, tuple[str, str, str]]] = {
    "on_target": ("green", "check_circle", "on target"),
    "close": ("orange", "change_history", "close"),
    "off_target": ("red", "dangerous", "off target"),
    "too_few": ("orange", "grain", "too few to call"),
    "no_target": ("gray", "remove", "no target"),
    "no_figure": ("violet", "event_busy", "no figure"),
}
"""Each of `standing.STANDINGS`: its colour, its symbol, and the words that follow a number."""


@dataclass(frozen=True)
class Theme:
    """One theme as it is shown: its title, and how many of its measures stand how."""

    theme_id: str
    title: str
    words: str


def _answer(shown: Snapshot) -> str:
    """The whole council in a few sentences."""
    stood = standing(shown)
    if stood.empty:
        return "There are no measures yet."
    now = stood.groupby("standing")["measures"].sum()
    parts = [f"**{now[each]}** {words}" for each, words in (("close", "close"), ("off_target", "off"))]
    listed = attention.exceptions(shown)
    high, new = int((listed["severity"] == "high").sum()), int((listed["state"] == "new").sum())
    needs = count(len(listed), "exception needs", "exceptions need") if len(listed) else "No exception needs"
    more = f", {high} of high concern and {new} new" if len(listed) else ""
    to, before = stood["month_end"].iloc[0], stood["before_end"].iloc[0]
    moved = f" (in brackets: since {before:%B})" if (stood["measures"] != stood["before"]).any() else ""
    return (
        f"**{needs} attention**{more}. By the latest figures to {to:%B %Y} **{now['on_target']}** of "
        f"{count(int(now.sum()), 'measure')} are on target, {joined(parts)}{moved}."
    )


def _themes(shown: Snapshot) -> tuple[Theme, ...]:
    return tuple(_theme(list(rows.of(held))) for _, held in standing(shown).groupby("theme_id", sort=False))


def _theme(held: list[Any]) -> Theme:
    parts = []
    for one in held:
        colour, symbol, words = TOLD[one.standing]
        if one.measures or one.before:
            parts.append(status.badge(colour, symbol, f"{one.measures} {words}{_moved(one)}"))
    return Theme(held[0].theme_id, held[0].theme, " ".join(parts))


def _moved(one: Any) -> str:
    by = one.measures - one.before
    return f" ({'+' if by > 0 else MINUS}{abs(by)})" if by else ""


answer = snapshot.remembered(_answer)
_all_themes = snapshot.remembered(_themes)


def themes() -> None:
    """Each theme beside the others, with a link to its measures."""
    shown = _all_themes()
    for column, theme in zip(st.columns(max(len(shown), 1)), shown, strict=False):
        with column, st.container(gap=None):
            links.to_page("theme", theme.title, theme=theme.theme_id)
            st.markdown(theme.words)
