"""The rules that rows and whole files are held against, and which were kept."""

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.components import snapshot, tables
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot import quality
from scorecard.snapshot.quality import Sources
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count


@dataclass(frozen=True)
class Held:
    """Rules or limits as tables: those that were broken, and those that were kept."""

    broken: pa.Table
    kept: pa.Table


def _of_rows(shown: Snapshot, sources: Sources) -> Held:
    frame = quality.checks(shown, sources)
    passed = frame["passed"].astype(bool)
    named = [{"Source": as_text(one.source), "Rule": as_text(_capital(one.rule))} for one in rows_of(frame)]
    counts = [f"{_whole(one.failed)} of {_whole(one.checked)}" for one in rows_of(frame)]
    checked = [_whole(each) for each in frame["checked"]]
    return Held(
        tables.ready(
            [{**row, "Rows that broke it": many} for row, many, ok in zip(named, counts, passed, strict=True) if not ok]
        ),
        tables.ready([{**row, "Rows": many} for row, many, ok in zip(named, checked, passed, strict=True) if ok]),
    )


def _of_files(shown: Snapshot, sources: Sources) -> Held:
    frame = quality.file_checks(shown, sources)
    passed = frame["passed"].astype(bool)
    return Held(_limits(frame[~passed]), _limits(frame[passed]))


def _limits(frame: pd.DataFrame) -> pa.Table:
    return tables.ready(
        [
            {
                "File": as_text(f"{one.path}{f', sheet {one.sheet}' if one.sheet else ''}"),
                "Measured, and the limit": as_text(_capital(one.sentence)),
            }
            for one in rows_of(frame)
        ]
    )


_rows = snapshot.remembered(_of_rows)
_files = snapshot.remembered(_of_files)


def of_rows(sources: Sources) -> None:
    """The rules of each source: those that some rows broke first, the others folded away."""
    held = _rows(sources)
    if held.broken.num_rows > tables.BESIDE_A_CHART:
        _folded(held.broken, "rule", "that some rows broke")
    elif held.broken.num_rows:
        tables.draw(held.broken, "Rules that some rows broke")
    elif held.kept.num_rows:
        st.markdown("Every row that was read passed every check.")
    else:
        st.markdown("No row was held against a rule.")
    _folded(held.kept, "check", "passed")


def of_files(sources: Sources) -> None:
    """The limits of whole files: measured against the limit, those not kept first."""
    held = _files(sources)
    if not held.broken.num_rows and not held.kept.num_rows:
        st.markdown("No contract here sets a limit for files as a whole.")
        return
    if held.broken.num_rows:
        tables.draw(held.broken, "Limits of whole files that were not kept")
    else:
        st.markdown("Every file is within the limits that its contract sets for it as a whole.")
    _folded(held.kept, "limit", "kept")


def _folded(table: pa.Table, noun: str, words: str) -> None:
    if table.num_rows:
        with st.expander(f"{count(table.num_rows, noun)} {words}"):
            tables.draw(table, words)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _whole(number: int | None) -> str:
    return "–" if number is None or pd.isna(number) else f"{number:,}"
