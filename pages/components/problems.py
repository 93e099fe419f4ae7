"""What must be put right: refused files, rows set aside by source, and notes, with what, why and what to do.

Words are made once a snapshot: a page only hands them to the reader.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import held_rows, lists, snapshot, status, tables
from pages.components.rows import of as rows_of
from pages.components.states import as_text, nothing
from scorecard.audiences import are_officers
from scorecard.snapshot import quality
from scorecard.snapshot.held_rows import files_with_held_rows
from scorecard.snapshot.quality import Sources
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

MOST_OPEN: Final = 3
"""Sources with rows set aside that are shown whole: a page of forty hides what is below it."""
OFFICERS_ONLY: Final = (
    "What is wrong with files, and the rows set aside from them, is shown to officers only, as rows may hold personal "
    "data."
)


@dataclass(frozen=True)
class Trouble:
    """One source with rows set aside."""

    title: str
    problems: str
    """A list in markdown."""


@dataclass(frozen=True)
class ToPutRight:
    """What some sources, or all, have to put right."""

    refused: tuple[str, ...]
    """A card in markdown each."""
    rows: int
    files: int
    sources: tuple[Trouble, ...]
    table: pa.Table
    """The sources with their counts."""
    notes: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether every file that was recognised was loaded whole."""
        return not self.refused and not self.sources


def are_shown() -> bool:
    """Whether this audience sees problems with files at all."""
    return are_officers(snapshot.opened().audience)


def _found(shown: Snapshot, sources: Sources) -> ToPutRight:
    problems, files = quality.problems(shown, sources), files_with_held_rows(shown, sources)
    refused, aside, notes = (
        list(rows_of(problems[problems["severity"] == severity])) for severity in ("refuse", "quarantine", "note")
    )
    of_each: dict[str, list[Any]] = {str(title): [] for title in files["source"]}
    for one in aside:
        of_each.setdefault(one.source or "No source", []).append(one)
    rows = [_row(title, its, files[files["source"] == title]) for title, its in of_each.items()]
    return ToPutRight(
        refused=tuple(_card(one) for one in refused),
        rows=int(files["rows"].sum()),
        files=int(files["path"].nunique()),
        sources=tuple(Trouble(title, _list(its)) for title, its in of_each.items()),
        table=tables.ready(rows),
        notes=tuple(f"{as_text(one.sentence)} {as_text(one.fix)}" for one in notes),
    )


found = snapshot.remembered(_found)


def show(sources: Sources) -> None:
    """What `sources` have to put right, with downloads; of many the counts, with a link to each."""
    if not are_shown():
        nothing(OFFICERS_ONLY)
        return
    here = found(sources)
    if here.is_nothing:
        nothing("There is nothing to put right: every file that was recognised was loaded whole.")
    for card in here.refused[: lists.MOST_CARDS]:
        with st.container(border=True):
            st.markdown(card)
    more = here.refused[lists.MOST_CARDS :]
    lists.folded(more, f"{count(len(more), 'more file refused', 'more files refused')}")
    if here.files:
        held_rows.advice(here.rows, here.files)
    if len(here.sources) > MOST_OPEN:
        st.markdown("Open a source to see what is wrong in it and to download its rows.")
        tables.draw(here.table, "Sources with rows set aside")
    else:
        for trouble in here.sources:
            st.subheader(as_text(trouble.title))
            st.markdown(trouble.problems)
        if here.files:
            held_rows.downloads_of(sources)
    lists.folded(here.notes, f"{count(len(here.notes), 'note')} to read")


def _row(title: str, problems: Iterable[Any], files: pd.DataFrame) -> dict[str, str]:
    problems = list(problems)
    source_id = str(files["source_id"].iloc[0]) if len(files) else next((one.source_id for one in problems), None)
    named = f"[{as_text(title)}](data_quality?source={source_id})" if source_id else as_text(title)
    return {
        "Source (opens in a new tab)": named,
        "Files": str(len(files)),
        "Rows set aside": f"{int(files['rows'].sum()):,}",
        "What is wrong": as_text(", ".join(dict.fromkeys(_kind(one.code) for one in problems)).capitalize()),
    }


def _kind(code: str) -> str:
    """ "not a date", from the code of a problem."""
    return code.replace("_", " ")


def _list(problems: Iterable[Any]) -> str:
    lines = []
    for one in problems:
        concerns = f"{count(one.rows, 'row')}. " if one.rows else ""
        lines.append(
            f"- {concerns}{as_text(one.sentence)} **What to do:** {as_text(one.fix)} (code {as_text(one.code)})"
        )
    return "\n".join(lines)


def _card(one: Any) -> str:
    named = " · ".join(as_text(part) for part in (one.source, f"code {one.code}") if part)
    return f"{status.gravity(one.severity)} {as_text(one.sentence)}\n\n**What to do:** {as_text(one.fix)}\n\n{named}"
