"""The last run in words, and each problem with what, where, why and what to do."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import lists, status
from pages.components.dates import moment
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.wording import count

MOST_CARDS: Final = 40


def last_run(runs: pd.DataFrame) -> None:
    """The latest of `quality.runs`."""
    if runs.empty:
        nothing("No run is recorded in this snapshot.")
        return
    run = next(rows_of(runs))
    st.markdown(as_text(run.summary))
    st.caption(f"Run {as_text(run.run_id)}, finished {moment(run.finished_at)}.")


def show(problems: pd.DataFrame) -> None:
    """Every row of `quality.problems`: what kept figures out as cards, notes folded away."""
    is_note = problems["severity"] == "note"
    grave = problems[~is_note]
    if grave.empty:
        nothing("There is nothing to put right: every file that was recognised was loaded whole.")
    for one in rows_of(grave.head(MOST_CARDS)):
        _card(one)
    if len(grave) > MOST_CARDS:
        st.markdown(f"And {len(grave) - MOST_CARDS} more: put these right first, then run again.")
    lists.notes(problems[is_note])


def _card(one: Any) -> None:
    with st.container(border=True, gap="xxsmall"):
        concerns = f" {count(one.rows, 'row')}" if one.rows else ""
        st.markdown(f"{status.gravity(one.severity)}{concerns}")
        st.markdown(as_text(one.sentence))
        st.markdown(f"**What to do:** {as_text(one.fix)}")
        st.caption(" · ".join(as_text(part) for part in (one.source, f"code {one.code}") if part))
