"""The last run in words, and each problem with what, where, why and what to do."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import held_rows, lists, status
from pages.components.dates import moment
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.wording import count

MOST_OPEN: Final = 3
"""Sources with rows set aside that are shown unfolded: a page of forty cards hides what is below it."""
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
    if frame.empty:
        nothing("No run is recorded in this snapshot.")
        return
    with st.expander(f"{count(len(frame), 'run')}, the latest first"):
        for one in rows_of(frame):
            words = _RUN_WORDS.get(one.outcome, one.outcome)
            st.markdown(f"**{moment(one.finished_at)}: {as_text(words)}.** {as_text(one.summary)}")
            st.caption(f"Run {as_text(one.run_id)}")


def show(problems: pd.DataFrame, files: pd.DataFrame) -> None:
    """Every row of `quality.problems`: refused files as cards, rows set aside by source with their downloads, notes.

    `files` are those of `held_rows.files_with_held_rows`.
    """
    refused, aside = (problems[problems["severity"] == severity] for severity in ("refuse", "quarantine"))
    if refused.empty and aside.empty and files.empty:
        nothing("There is nothing to put right: every file that was recognised was loaded whole.")
    for one in rows_of(refused):
        _card(one)
    if not files.empty:
        held_rows.advice(int(files["rows"].sum()), len(files))
    sources = dict.fromkeys([*aside["source"].fillna("No source"), *files["source"]])
    for source in sources:
        mine = files[files["source"] == source]
        with st.expander(as_text(_title(source, int(mine["rows"].sum()))), expanded=len(sources) <= MOST_OPEN):
            for one in rows_of(aside[aside["source"].fillna("No source") == source]):
                _card(one)
            held_rows.downloads_of(mine)
    lists.notes(problems[problems["severity"] == "note"])


def _title(source: str, rows: int) -> str:
    return f"{source}: {count(rows, 'row')} set aside" if rows else source


def _card(one: Any) -> None:
    with st.container(border=True, gap="xxsmall"):
        concerns = f" {count(one.rows, 'row')}" if one.rows else ""
        st.markdown(f"{status.gravity(one.severity)}{concerns}")
        st.markdown(as_text(one.sentence))
        st.markdown(f"**What to do:** {as_text(one.fix)}")
        st.caption(" · ".join(as_text(part) for part in (one.source, f"code {one.code}") if part))
