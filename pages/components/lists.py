"""Files and notes as lists: their long names wrap on a phone, where a table would have to be scrolled."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components.dates import day
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.wording import count

MOST_SHOWN: Final = 200
"""Lines of one list on a page."""
_FOLDED: Final[Mapping[str, str]] = {
    "part_loaded": "loaded in part",
    "loaded": "loaded",
    "unmatched": "not recognised",
    "withdrawn": "withdrawn",
    "identical": "the same as another",
}
"""What became of a file, in words."""


def files(frame: pd.DataFrame) -> None:
    """What became of each file, from `quality.files`: the refused ones first, the others folded away."""
    lines: dict[str, list[str]] = {outcome: [] for outcome in ("refused", *_FOLDED)}
    for one in rows_of(frame):
        used = "" if one.outcome not in ("loaded", "part_loaded") or pd.isna(one.rows_accepted) else _used(one)
        lines.setdefault(one.outcome, []).append(f"{as_text(one.path)}: {used}first seen {day(one.first_seen_at)}")
    st.markdown(f"**{count(len(lines['refused']), 'file')} refused.**" if lines["refused"] else "No file was refused.")
    _draw(lines["refused"])
    for outcome, its_lines in lines.items():
        if outcome != "refused":
            _folded(its_lines, "file", _FOLDED.get(outcome, outcome))


def _used(file: Any) -> str:
    return f"{count(file.rows_accepted, 'row')} used, {count(file.rows_set_aside, 'row')} set aside, "


def counted_files(frame: pd.DataFrame) -> None:
    """The files that a figure was counted from, of `receipt.counted_files`, folded away."""
    lines = []
    for one in rows_of(frame):
        sheet = f", sheet {as_text(one.sheet)}" if one.sheet else ""
        lines.append(f"{as_text(one.path)}{sheet}: {count(one.rows_accepted, 'row')} read, SHA-256 `{one.sha256}`")
    _folded(lines, "file", "it was counted from")


def notes(frame: pd.DataFrame) -> None:
    """Problems that keep nothing out, from `quality.problems`."""
    _folded([f"{as_text(one.sentence)} {as_text(one.fix)}" for one in rows_of(frame)], "note", "to read")


def _folded(lines: list[str], noun: str, words: str) -> None:
    if lines:
        with st.expander(f"{count(len(lines), noun)} {words}"):
            _draw(lines)


def _draw(lines: list[str]) -> None:
    if len(lines) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} of {len(lines):,}.")
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines[:MOST_SHOWN]))
