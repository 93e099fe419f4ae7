"""Finding measures among all of them, by words and by what they are."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from pages.components import filters, measure_table, snapshot, states
from pages.components.measure_table import Listed
from scorecard.judge.status import STATUS_WORDS
from scorecard.measure_words import STAGE_WORDS
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

A_PAGE: Final = 25
"""Measures of one page."""
KIND_WORDS: Final[Mapping[str, str]] = {
    "operational": "Operational",
    "contextual": "Contextual",
    "outcome": "Outcome",
    "volumetric": "Volume of work",
    "project": "Project",
}
FREQUENCY_WORDS: Final[Mapping[str, str]] = {"month": "Each month", "quarter": "Each quarter", "year": "Each year"}


def found() -> list[Listed]:
    """Ask for words and filters; the measures that fit them, in the order of the list."""
    kept: list[Listed] = list(measure_table.listed())
    options = _options()
    with st.container(horizontal=True):
        words = filters.search("Search titles, definitions, services and owners", "search")
        for name in ("theme", "service", "status"):
            kept = _kept(kept, name, options[name])
    with st.expander("More filters"), st.container(horizontal=True, vertical_alignment="bottom"):
        for name in ("kind", "frequency"):
            kept = _kept(kept, name, options[name])
        stage = filters.choose("Stage", "stage", {"": "Live and proposed", **STAGE_WORDS, "any": "Any stage"})
        if filters.yes("The critical few only", "critical"):
            kept = [one for one in kept if one.critical_few]
    kept = [one for one in kept if measure_table.at_stage(one, stage)]
    return measure_table.gravest_first(measure_table.matching(kept, words))


def show(measures: Sequence[Listed]) -> None:
    """How many were found, and one page of them as a table."""
    st.markdown(f"**{count(len(measures), 'measure')}** of {len(measure_table.listed())}. {measure_table.KEY}")
    if not measures:
        states.nothing("No measure fits. Try fewer words, or take a filter away.")
        return
    every = pd.DataFrame({"place": range(len(measures))})
    table = st.container()
    places = filters.page_of(every, A_PAGE)["place"]
    with table:
        measure_table.draw([measures[place] for place in places], "Measures found")


_IS: Final[Mapping[str, Callable[[Listed], str]]] = {
    "theme": lambda one: one.theme_id,
    "service": lambda one: one.service_id,
    "status": lambda one: one.status if one.stage == "live" else "",
    "kind": lambda one: one.kind,
    "frequency": lambda one: one.frequency,
}


def _kept(measures: list[Listed], name: str, options: Mapping[str, str]) -> list[Listed]:
    wanted = filters.choose(name.capitalize(), name, options)
    return [one for one in measures if _IS[name](one) == wanted] if wanted else measures


def _options_of(shown: Snapshot) -> Mapping[str, Mapping[str, str]]:
    """Each filter with its options: what no measure is, is not offered."""
    latest = snapshot.latest()
    held = {name: {_IS[name](one) for one in measure_table.listed()} for name in _IS}
    statuses = {status.value: said for status, said in STATUS_WORDS.items()}
    words: Mapping[str, Mapping[str, str]] = {"status": statuses, "kind": KIND_WORDS, "frequency": FREQUENCY_WORDS}
    return {
        "theme": filters.all_of("All themes", latest, "theme_id", "theme"),
        "service": filters.all_of("All services", latest, "service_id", "service"),
        **{
            name: {"": f"Any {name}"} | {key: said for key, said in its_words.items() if key in held[name]}
            for name, its_words in words.items()
        },
    }


_options = snapshot.remembered(_options_of)
