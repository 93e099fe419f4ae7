"""The standing agenda of a performance board: its items in order, each made ready once a snapshot and directorate."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from pages.components import filters, states
from pages.components.board import (
    actions,
    audit,
    benchmarking,
    complaints,
    effectiveness,
    measures,
    part,
    policies,
    risks,
)
from pages.components.board.part import Part
from pages.components.palette import Palette, palette
from pages.components.snapshot import council, remembered
from scorecard.snapshot.registers import board
from scorecard.snapshot.store import Snapshot

ITEMS: Final[Mapping[str, str]] = {
    "actions": "Actions of the plan",
    "measures": "Measures",
    "audit": "Audit recommendations",
    "benchmarking": "Benchmarking",
    "policies": "Policies and strategies",
    "complaints": "Complaints and the Ombudsman",
    "risks": "Risks and projects",
    "effectiveness": "Does the framework work?",
}
"""Each item in the order in which it is taken, with its heading."""
PRESSING: Final = ("actions", "audit", "measures", "risks", "complaints", "policies", "benchmarking")
"""The order in which items are named where the board must decide."""
MOST_DECIDED: Final = 4
"""Sentences of the answer."""


def _offered(shown: Snapshot) -> dict[str, str]:
    return filters.all_of("All directorates", board.directorates(shown), "service_id", "title")


offered = remembered(_offered)


def choose() -> str:
    """The directorate that the address asks for; "" for all."""
    return filters.choose_if_several("Directorate", "directorate", offered())


def made(item: str, service_id: str, colours: Palette) -> Part:
    """One item of the agenda, ready to be drawn."""
    if item == "measures":
        return measures.made(service_id, colours)
    every = {
        "actions": actions.made, "audit": audit.made, "benchmarking": benchmarking.made, "policies": policies.made,
        "complaints": complaints.made, "risks": risks.made, "effectiveness": effectiveness.made,
    }  # fmt: skip
    return every[item](service_id)


def _answer(shown: Snapshot, service_id: str, colours: Palette) -> str:
    """What the board must decide, as a list; that there is nothing, where there is nothing."""
    decide = [made(item, service_id, colours).decide for item in PRESSING]
    held = [each for each in decide if each][:MOST_DECIDED]
    if not held:
        return "**Nothing waits for a decision** by what the registers and the measures show."
    lines = [f"{number}. {each}" for number, each in enumerate(held, start=1)]
    return "\n".join([f"In {council()['as_at']:%B %Y} the board is asked to:", "", *lines])


answer = remembered(_answer)


def contents() -> str:
    """Markdown with a link to each item further down."""
    return " · ".join(f"[{number}. {title}](#{item})" for number, (item, title) in enumerate(ITEMS.items(), start=1))


def show(service_id: str) -> None:
    """Every item under its heading, in the order of the agenda."""
    colours = palette()
    for number, (item, title) in enumerate(ITEMS.items(), start=1):
        st.header(f"{number}. {title}", anchor=item)
        with states.guarded(f"The item {title}"):
            part.draw(made(item, service_id, colours))
