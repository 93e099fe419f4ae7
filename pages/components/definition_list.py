"""The definitions of measures: a list that is searched, and one definition in full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import about, dates, filters, links, lives, measure_table, rows, snapshot, states, status
from pages.components.measure_table import Listed
from pages.components.states import as_text
from scorecard.measure_words import STAGE_WORDS
from scorecard.snapshot import changes, measures, printable
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

A_PAGE: Final = 12
"""Definitions of one page."""


def titles() -> Mapping[str, str]:
    """Every measure with its title, after the choice of all of them; removed ones last and said to be so."""
    return _titles()


def found() -> list[Listed]:
    """Ask for words, theme and stage; the measures that fit them, in the catalogue's order."""
    every, themes = measure_table.listed(), snapshot.themes()
    stages = {"": "Live and proposed", **STAGE_WORDS, "any": "Any stage"}
    with st.container(horizontal=True):
        words = filters.search("Search the definitions", "search")
        theme = filters.choose("Theme", "theme", filters.all_of("All themes", themes, "theme_id", "title"))
        stage = filters.choose("Stage", "stage", stages)
    kept = [one for one in every if measure_table.at_stage(one, stage) and theme in ("", one.theme_id)]
    return measure_table.matching(kept, words)


def show(found: Sequence[Listed]) -> None:
    """How many were found, the download, and one page of them."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"{count(len(found), 'measure')} of {len(measure_table.listed())}.", width="content")
        offer_printable()
    if not found:
        states.nothing("No definition has these words. Try fewer of them.")
        return
    entries, here = _entries(), st.container()
    places = filters.page_of(pd.DataFrame({"place": range(len(found))}), A_PAGE)["place"]
    with here:
        for place in places:
            _draw(found[place].measure_id, entries[found[place].measure_id])


def one(measure_id: str) -> None:
    """One definition in full, with the way to its figures and back to the others."""
    with st.container(horizontal=True):
        links.to_measure(measure_id, "See its figures")
        links.here("All definitions")
    with states.guarded("The definition"):
        about.definition(measure_id)
    with states.guarded("The targets"):
        about.targets(measure_id)


def offer_printable() -> None:
    """A download of every definition as one document, made only when somebody asks for it."""
    shown = snapshot.opened()
    with states.guarded("The printable definitions"):
        st.download_button(
            "Printable definitions (HTML)",
            lambda: printable.definitions(shown),
            "definitions.html",
            "text/html",
            icon=":material/print:",
            on_click="ignore",
        )


@dataclass(frozen=True)
class Entry:
    """One definition in short, as markdown: what stands in its frame, and the line at its foot."""

    words: str
    foot: str


def _titles_of(shown: Snapshot) -> Mapping[str, str]:
    return {"": "All definitions"} | filters.measures(measures.latest(shown))


_titles = snapshot.remembered(_titles_of)


def _entries_of(shown: Snapshot) -> Mapping[str, Entry]:
    """Measure → its definition in short: what it means, what good looks like, its life, and who answers for it."""
    targets, decisions = (dict(list(frame.groupby("measure_id"))) for frame in _lives(shown))
    return {
        one.measure_id: _entry(one, targets.get(one.measure_id), decisions.get(one.measure_id))
        for one in rows.of(measures.latest(shown))
    }


_entries = snapshot.remembered(_entries_of)


def _lives(shown: Snapshot) -> tuple[pd.DataFrame, pd.DataFrame]:
    return changes.targets(shown), changes.decisions(shown)


def _entry(one: Any, targets: pd.DataFrame | None, decisions: pd.DataFrame | None) -> Entry:
    parts = [f"{status.stage(one.stage)} **{as_text(one.title)}**", as_text(one.definition)]
    parts += [f"**What is counted:** {as_text(one.counted)}"] if one.counted else []
    parts += [f":material/warning: {as_text(one.caveat)}"] if one.caveat else []
    if targets is not None:
        parts.append(f"**What good looks like:** {as_text('; '.join(map(_goal, rows.of(targets))))}.")
    if decisions is not None:
        parts.append("\n".join(f"- {as_text(each)}" for each in lives.in_words(decisions)))
    foot = [one.theme, one.service, f"goal: {one.goal}" if one.goal else "", one.owner]
    return Entry("\n\n".join(parts), " · ".join(as_text(part) for part in foot if part))


def _goal(target: Any) -> str:
    """ "85% since 1 April 2026", "before that 80%", "90% from 1 April 2027 (to come)"."""
    if target.is_to_come:
        return f"{target.in_words} from {dates.day(target.since)} (to come)"
    if not target.is_in_force:
        return f"before that {target.in_words}"
    return str(target.in_words) if pd.isna(target.since) else f"{target.in_words} since {dates.day(target.since)}"


def _draw(measure_id: str, entry: Entry) -> None:
    with st.container(border=True, gap="xxsmall"):
        st.markdown(entry.words)
        st.markdown(entry.foot)
        with st.container(horizontal=True):
            links.here("In full", measure=measure_id)
            links.to_measure(measure_id, "See the figures")
