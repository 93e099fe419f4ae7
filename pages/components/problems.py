"""The last run in words, and each problem with what, where, why and what to do."""

import pandas as pd
import streamlit as st

from pages.components import status
from pages.components.dates import moment
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.wording import count


def last_run(runs: pd.DataFrame) -> None:
    """The latest of `quality.runs`."""
    if runs.empty:
        nothing("No run is recorded in this snapshot.")
        return
    run = next(rows_of(runs))
    st.markdown(as_text(run.summary))
    st.caption(f"Run {as_text(run.run_id)}, finished {moment(run.finished_at)}.")


def show(problems: pd.DataFrame) -> None:
    """Every row of `quality.problems` as a card."""
    if problems.empty:
        nothing("There is nothing to put right: every file was loaded whole.")
    for one in rows_of(problems):
        with st.container(border=True, gap="xxsmall"):
            concerns = f" {count(one.rows, 'row')}" if one.rows else ""
            st.markdown(f"{status.gravity(one.severity)}{concerns}")
            st.markdown(as_text(one.sentence))
            st.markdown(f"**What to do:** {as_text(one.fix)}")
            where = [one.source, f"code {one.code}"]
            st.caption(" · ".join(as_text(part) for part in where if part))
