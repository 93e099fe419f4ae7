"""What a measure is, in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.components import lives, tables
from pages.components.cards import link_to
from pages.components.states import as_text
from scorecard.measure_words import AUDIENCE_WORDS, POLARITY_WORDS, basis_in_words, other_names


def in_short(measure: Mapping[str, Any]) -> None:
    """Theme, service, owner and which way is good, on one line that wraps."""
    parts = (measure["theme"], measure["service"], measure["owner"], POLARITY_WORDS[measure["polarity"]])
    st.caption(" · ".join(as_text(part) for part in parts))


def unit_and_period(measure: Mapping[str, Any]) -> str:
    """What the figures of a chart are: "Unit: %. Each quarter by itself."."""
    return f"Unit: {as_text(measure['unit'])}. {basis_in_words(measure['basis'], measure['frequency'])}."


def definition(measure: Mapping[str, Any]) -> None:
    """Plain and exact definition, caveat, how it is judged, what it serves, and the measure to read beside it."""
    st.header("What it means")
    st.markdown(as_text(measure["definition"]))
    if measure["counted"]:
        st.markdown(f"**What is counted:** {as_text(measure['counted'])}")
    if measure["caveat"]:
        st.warning(as_text(measure["caveat"]), icon=":material/warning:")
    st.markdown(f"**How it is judged:** {as_text(measure['judged_how'])}")
    if measure["small_numbers"] is not None:
        st.markdown(f"**Small numbers:** counts below {measure['small_numbers']}, other than none, are withheld.")
    if measure["goal"]:
        st.markdown(f"**{as_text(measure['plan'])}: {as_text(measure['goal'])}.** {as_text(measure['promise'])}")
    names = other_names(measure["lg_inform"], measure["local_outcomes_framework"], measure["former"])
    if names:
        st.markdown(f"**Elsewhere:** {as_text(names)}")
    if measure["audience"] != "public":
        st.markdown(f"**Meant for:** {AUDIENCE_WORDS[measure['audience']]}")
    if measure["counter_measure"]:
        st.markdown(f"**Read it beside:** {as_text(measure['counter_title'])}")
        link_to(measure["counter_measure"], "See its figures")


def what_good_looks_like(measure: Mapping[str, Any], targets: pd.DataFrame) -> None:
    """The measure's own rows of `changes.targets`, and how near is near enough, under their heading."""
    st.header("What good looks like")
    if targets.empty:
        st.markdown("No target is set.")
        return
    tables.targets(targets)
    if (targets["kind"] != "limit").any():
        st.markdown(f"**Close to target:** within {as_text(measure['tolerance'])}.")
    if (targets["kind"] == "limit").any():
        st.markdown("A limit has no tolerance: beyond it a figure is off target.")


def stage(measure: Mapping[str, Any], decided: pd.DataFrame) -> None:
    """A notice for a measure that is only proposed, or was removed; nothing for a live one."""
    if measure["stage"] == "live":
        return
    held = decided[(decided["decision"] == measure["stage"]) & ~decided["is_to_come"]]
    said = as_text(" ".join(lives.in_words(held.head(1))))
    if measure["stage"] == "proposed":
        st.info(f"**Proposed: not judged yet.** {said}", icon=":material/lightbulb:")
    else:
        st.warning(f"{said} It is not judged any more.", icon=":material/archive:")


def decisions(decided: pd.DataFrame) -> None:
    """What was decided about one measure, the latest first, under its heading; nothing without decisions."""
    if decided.empty:
        return
    st.header("What was decided about it")
    st.markdown("\n".join(f"- {as_text(said)}" for said in lives.in_words(decided)))
