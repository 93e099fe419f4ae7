"""Rows set aside: where they are, and the downloads in which their submitters mend them."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.components import downloads, snapshot
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.set_aside import download_name
from scorecard.snapshot.held_rows import held_rows
from scorecard.wording import count

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def advice(rows: int, files: int) -> None:
    """How many rows wait, and how they are best put right."""
    st.markdown(
        f"**{count(rows, 'row')} in {count(files, 'file')} {'is' if rows == 1 else 'are'} set aside.** Correct them "
        "where they are kept, export again and send the whole file under the same name: it takes the place of this "
        "one. Where that cannot be done, mend the cells in the download of the same kind as the file and put it beside "
        "the file, under the name it has."
    )


def downloads_of(files: pd.DataFrame) -> None:
    """Rows of `held_rows.files_with_held_rows`, each with its downloads."""
    for one in rows_of(files):
        _file(one)


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
