"""Rows set aside: where they are, and the downloads in which their submitters mend them."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.components import downloads, snapshot, tables
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.set_aside import download_name
from scorecard.snapshot.held_rows import held_rows
from scorecard.wording import count

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(files: pd.DataFrame, rows: pd.DataFrame) -> None:
    """From `held_rows.files_with_held_rows` and `quality.rows_set_aside`: each file with its downloads."""
    if files.empty:
        nothing("No row is set aside: every row that was read is used.")
        return
    total = int(files["rows"].sum())
    st.markdown(
        f"**{count(total, 'row')} in {count(len(files), 'file')}** "
        f"{'waits' if total == 1 else 'wait'} to be put right. Correct them where they are kept, export again and send "
        "the whole file under the same name: it takes the place of this one. Where that cannot be done, mend the cells "
        "in the download and put it beside the file, under the name it has."
    )
    for source, its_files in files.groupby("source", sort=False):
        with st.expander(as_text(f"{source}: {count(int(its_files['rows'].sum()), 'row')} set aside")):
            for one in rows_of(its_files):
                _file(one)
    tables.rows_set_aside(rows)


def _file(one: Any) -> None:
    st.markdown(f"{as_text(one.path)}: {count(int(one.rows), 'row')}")
    with st.container(horizontal=True):
        for kind, ending, mime, made in (
            ("CSV", ".csv", "text/csv", downloads.held_csv),
            ("workbook", ".xlsx", WORKBOOK, downloads.held_workbook),
        ):
            st.download_button(
                f"Download as {kind}",
                partial(_made, made, snapshot.opened(), one.path),
                download_name(one.path, ending),
                mime,
                key=f"{one.path} {kind}",
                icon=":material/download:",
                on_click="ignore",
            )


def _made(made: Any, opened: Any, path: str) -> bytes:
    """The bytes of a download, made when somebody asks for it."""
    content: bytes = made(held_rows(opened, path))
    return content
