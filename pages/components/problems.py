"""The last run in words, and each problem with what, where, why and what to do."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import lists, status, tables
from pages.components.dates import moment
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.wording import count

MOST_CARDS: Final = 8
"""More than these are folded by source: a page of forty cards hides what is below it."""
_RUN_WORDS: Final[Mapping[str, str]] = {"published": "published", "unchanged": "found nothing new", "failed": "failed"}


def last_run(runs: pd.DataFrame) -> None:
    """The latest of `quality.runs`."""
    if runs.empty:
        nothing("No run is recorded in this snapshot.")
        return
    run = next(rows_of(runs))
    st.markdown(as_text(run.summary))
    st.caption(f"Run {as_text(run.run_id)}, finished {moment(run.finished_at)}.")


def runs(frame: pd.DataFrame) -> None:
    """Every run that `quality.runs` tells of, the latest first, folded away."""
    rows = [
        {
            "Finished": moment(one.finished_at),
            "It": _RUN_WORDS.get(one.outcome, one.outcome),
            "What it did": as_text(one.summary),
            "Run": as_text(one.run_id),
        }
        for one in rows_of(frame)
    ]
    if not rows:
        nothing("No run is recorded in this snapshot.")
        return
    with st.expander(f"The last {count(len(rows), 'run')}"):
        tables.draw(rows, "Runs, the latest first")


def show(problems: pd.DataFrame) -> None:
    """Every row of `quality.problems`: refused files and rows set aside as cards, many and notes folded."""
    refused, aside = (problems[problems["severity"] == severity] for severity in ("refuse", "quarantine"))
    if refused.empty and aside.empty:
        nothing("There is nothing to put right: every file that was recognised was loaded whole.")
    for one in rows_of(refused):
        _card(one)
    if len(aside) <= MOST_CARDS:
        for one in rows_of(aside):
            _card(one)
    else:
        _by_source(aside)
    lists.notes(problems[problems["severity"] == "note"])


def _by_source(aside: pd.DataFrame) -> None:
    st.markdown(f"**{count(int(aside['rows'].sum()), 'row')} set aside**, by source:")
    for source, its_problems in aside.groupby("source", sort=False):
        with st.expander(as_text(f"{source}: {count(int(its_problems['rows'].sum()), 'row')} set aside")):
            for one in rows_of(its_problems):
                _card(one)


def _card(one: Any) -> None:
    with st.container(border=True, gap="xxsmall"):
        concerns = f" {count(one.rows, 'row')}" if one.rows else ""
        st.markdown(f"{status.gravity(one.severity)}{concerns}")
        st.markdown(as_text(one.sentence))
        st.markdown(f"**What to do:** {as_text(one.fix)}")
        st.caption(" · ".join(as_text(part) for part in (one.source, f"code {one.code}") if part))
