"""What a measure is, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import lives, rows, snapshot, tables
from pages.components.dates import day
from pages.components.filters import kept
from pages.components.states import as_text
from scorecard.measure_words import AUDIENCE_WORDS, POLARITY_WORDS, basis_in_words, other_names
from scorecard.snapshot.store import Snapshot


@dataclass(frozen=True)
class About:
    """A measure in words ready to be drawn; `facts` are the same unmarked, by heading."""

    title: str
    in_short: str
    stage: str
    """The notice of a measure that is not live; empty for a live one."""
    definition: str
    caveat: str
    judged: str
    decisions: str
    targets: pa.Table | None
    tolerance: str
    facts: tuple[tuple[str, str], ...]


def unit_and_period(measure: Mapping[str, Any]) -> str:
    """What the figures of a chart are: "Unit: %. Each quarter by itself."."""
    return f"Unit: {as_text(measure['unit'])}. {basis_in_words(measure['basis'], measure['frequency'])}."


def _made(shown: Snapshot, measure_id: str) -> About:
    measure = snapshot.definition(measure_id)
    decided = kept(snapshot.decisions(), measure_id=measure_id)
    targets = kept(snapshot.targets(), measure_id=measure_id)
    parts = (measure["theme"], measure["service"], measure["owner"], POLARITY_WORDS[measure["polarity"]])
    facts = _facts(measure)
    return About(
        title=as_text(measure["title"]),
        in_short=" · ".join(as_text(part) for part in parts),
        stage=_stage(measure, decided),
        definition=as_text(measure["definition"]),
        caveat=as_text(measure["caveat"] or ""),
        judged="\n\n".join(f"**{as_text(heading)}:** {as_text(said)}" for heading, said in facts),
        decisions="\n".join(f"- {as_text(said)}" for said in lives.in_words(decided)),
        targets=tables.ready([_target(one) for one in rows.of(targets)]) if len(targets) else None,
        tolerance=as_text(_tolerance(measure, targets)),
        facts=facts,
    )


made = snapshot.remembered(_made)


def heading(measure_id: str) -> None:
    """Title; theme, service, owner and which way is good on one line; a notice where the measure is not live."""
    held = made(measure_id)
    st.title(held.title)
    st.caption(held.in_short)
    if held.stage:
        (st.info if snapshot.definition(measure_id)["stage"] == "proposed" else st.warning)(held.stage)


def definition(measure_id: str) -> None:
    """What it means, what is counted, how it is judged, what it serves, what was decided about it."""
    held = made(measure_id)
    st.header("What it means")
    st.markdown(held.definition)
    if held.caveat:
        st.warning(held.caveat, icon=":material/warning:")
    st.markdown(held.judged)
    if held.decisions:
        st.header("What was decided about it")
        st.markdown(held.decisions)


def targets(measure_id: str) -> None:
    """Every target with its reason, the newest first, and how near is near enough, under their heading."""
    held = made(measure_id)
    st.header("What good looks like")
    if held.targets is not None:
        tables.draw(held.targets, "Targets, the newest first")
    st.markdown(held.tolerance)


def _facts(measure: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    small, audience = measure["small_numbers"], measure["audience"]
    every = {
        "What is counted": measure["counted"],
        "How it is judged": measure["judged_how"],
        "Small numbers": small is not None and f"counts below {small}, other than none, are withheld.",
        f"{measure['plan']}: {measure['goal']}": measure["goal"] and measure["promise"],
        "Elsewhere": other_names(measure["lg_inform"], measure["local_outcomes_framework"], measure["former"]),
        "Meant for": audience != "public" and AUDIENCE_WORDS[audience],
    }
    return tuple((heading, str(said)) for heading, said in every.items() if said)


def _tolerance(measure: Mapping[str, Any], targets: pd.DataFrame) -> str:
    if targets.empty:
        return "No target is set."
    said = []
    if (targets["kind"] != "limit").any():
        said.append(f"Close to target: within {measure['tolerance']}.")
    if (targets["kind"] == "limit").any():
        said.append("A limit has no tolerance: beyond it a figure is off target.")
    return " ".join(said)


def _target(one: Any) -> dict[str, str]:
    stands = " (in force)" if one.is_in_force else " (to come)" if one.is_to_come else ""
    since = "From the start" if pd.isna(one.since) else day(one.since)
    words = f"{one.in_words[:1].upper()}{one.in_words[1:]}"
    return {"From": f"{since}{stands}", "Target": as_text(words), "Reason": as_text(one.reason)}


def _stage(measure: Mapping[str, Any], decided: pd.DataFrame) -> str:
    if measure["stage"] == "live":
        return ""
    held = decided[(decided["decision"] == measure["stage"]) & ~decided["is_to_come"]]
    said = as_text(" ".join(lives.in_words(held.head(1))))
    if measure["stage"] == "proposed":
        return f":material/lightbulb: **Proposed: not judged yet.** {said}"
    return f":material/archive: {said} It is not judged any more."
