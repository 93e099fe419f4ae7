"""The decisions about measures that a reader asked for: told in a sentence, as a table, and to take away."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import downloads, filters, snapshot, states, summary, tables
from scorecard.snapshot import changes
from scorecard.snapshot.store import Snapshot


@dataclass(frozen=True)
class Asked:
    """What was asked for: decisions from a day on, of one kind or any, that have these words."""

    since: date
    decision: str
    words: str


@dataclass(frozen=True)
class Decided:
    """What was found: a sentence on all decisions since the day, and those asked for, or why there are none."""

    sentence: str
    table: pa.Table | None
    nothing: str = ""


def _found(shown: Snapshot, asked: Asked) -> pd.DataFrame:
    in_time = filters.from_day(changes.decisions(shown), "decided_on", asked.since)
    kept = filters.kept(in_time, decision=asked.decision)
    return filters.matching(kept, asked.words, ["title", "reason", "approved_by"])


def _decided(shown: Snapshot, asked: Asked) -> Decided:
    every, found = changes.decisions(shown), _found(shown, asked)
    sentence = summary.of_decisions(filters.from_day(every, "decided_on", asked.since), asked.since)
    if every.empty:
        return Decided(sentence, None, "The catalogue records no decision about any measure.")
    if found.empty:
        return Decided(sentence, None, "No decision fits these filters. Try an earlier date or fewer words.")
    return Decided(sentence, tables.decisions(found))


decided = snapshot.remembered(_decided)


def show(asked: Asked) -> None:
    """The decisions, each with a link to its measure, and a download of them."""
    held = decided(asked)
    if held.table is None:
        states.nothing(held.nothing)
        return
    tables.draw(held.table, "Decisions about measures, the latest first")
    st.download_button(
        "Download these decisions as CSV",
        partial(_written, snapshot.opened(), asked),
        "changes_to_measures.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _written(shown: Snapshot, asked: Asked) -> bytes:
    return downloads.decisions(_found(shown, asked))
