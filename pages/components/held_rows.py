"""Rows set aside: how they are put right, the downloads in which their submitters mend them, and why each waits."""

from functools import partial
from typing import Any, Final

import pyarrow as pa
import streamlit as st

from pages.components import downloads, filters, snapshot, tables
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.set_aside import download_name
from scorecard.snapshot import quality
from scorecard.snapshot.held_rows import held_rows
from scorecard.snapshot.quality import Sources
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES_A_PAGE: Final = 6
"""Files with their two downloads that stand on one page."""


def advice(rows: int, files: int) -> None:
    """How many rows wait, and how they are best put right."""
    st.markdown(
        f"**{count(rows, 'row')} in {count(files, 'file')} {'is' if rows == 1 else 'are'} set aside.** Correct them "
        "where they are kept, export again and send the whole file under the same name: it takes the place of this "
        "one. Where that cannot be done, mend the cells in the download of the same kind as the file and put it beside "
        "the file, under the name it has."
    )


def downloads_of(sources: Sources) -> None:
    """The files of some sources, or of all, that have rows set aside, each with its downloads."""
    st.markdown("**Downloads of the rows set aside, by file:**")
    for one in rows_of(filters.page_of(snapshot.files_with_held_rows(sources), FILES_A_PAGE, "files")):
        _file(one)


def _file(one: Any) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{as_text(one.path)}: {count(int(one.rows), 'row')}", width="content")
        for kind, ending, mime, made in (
            ("CSV", ".csv", "text/csv", downloads.held_csv),
            ("workbook", ".xlsx", WORKBOOK, downloads.held_workbook),
        ):
            st.download_button(
                f"Download as {kind}",
                partial(_made, made, snapshot.opened(), one.path),
                download_name(one.path, ending),
                mime,
                key=f"{one.source_id} {one.path} {kind}",
                icon=":material/download:",
                on_click="ignore",
            )


def _made(made: Any, opened: Any, path: str) -> bytes:
    """The bytes of a download, made when somebody asks for it."""
    content: bytes = made(held_rows(opened, path))
    return content


def _reasons(shown: Snapshot, sources: Sources) -> pa.Table:
    frame = quality.rows_set_aside(shown, sources, tables.MOST_SHOWN)
    return tables.ready(
        [
            {
                "File": as_text(f"{one.path}{f', sheet {one.sheet}' if one.sheet else ''}"),
                "Row": str(one.source_row),
                "Why": as_text(f"{one.sentence[:1].upper()}{one.sentence[1:]}"),
            }
            for one in rows_of(frame)
        ]
    )


_reasons_of = snapshot.remembered(_reasons)


def reasons(sources: Sources) -> None:
    """Why each row was left out, folded away; nothing where none was."""
    table = _reasons_of(sources)
    if table.num_rows:
        first = "the first " if table.num_rows == tables.MOST_SHOWN else ""
        with st.expander(f"{first.capitalize()}{count(table.num_rows, 'row')} and why each was set aside"):
            tables.draw(table, "Rows set aside, and why")
