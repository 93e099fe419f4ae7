"""Downloads of what a page shows: made when somebody asks for them, from the snapshot that the page shows."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from scorecard.exports.csv_file import csv_bytes, zip_bytes
from scorecard.exports.export import Export
from scorecard.exports.workbook import MEDIA_TYPE, workbook_bytes

_FORMS: Final[tuple[tuple[str, str, str, Callable[[Export], bytes]], ...]] = (
    ("Download CSV", ".csv", "text/csv", csv_bytes),
    ("Download Excel", ".xlsx", MEDIA_TYPE, workbook_bytes),
    ("Download CSV with metadata", ".zip", "application/zip", zip_bytes),
)


def buttons(make: Callable[[], Export], name: str, key: str = "") -> None:
    """Three small downloads side by side: CSV, a workbook, and CSV with its CSVW metadata.

    `make` gives the export, and is asked only when somebody presses a button: hand it the snapshot of the rerun, as in
    `partial(series_export, snapshot.opened(), measure_id, area_code)`. `name` is the files' name without its ending;
    `key` tells apart buttons of the same name on one page.
    """
    with st.container(horizontal=True, gap="small"):
        for words, ending, media_type, written in _FORMS:
            st.download_button(
                words,
                lambda written=written: written(make()),  # type: ignore[misc]
                f"{name}{ending}",
                media_type,
                key=f"download {key or name}{ending}",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                help=None,
            )
