"""The one snapshot of a rerun, and every question about it remembered until another is published."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeVar

import streamlit as st

from scorecard.settings import read_settings
from scorecard.snapshot import (
    attention,
    breakdowns,
    calendar,
    changes,
    held_rows,
    judgements,
    measures,
    peers,
    printable,
    quality,
    series,
)
from scorecard.snapshot import receipt as receipts
from scorecard.snapshot.store import Snapshot, open_current

P = ParamSpec("P")
T = TypeVar("T")

_of_this_rerun: ContextVar[Snapshot] = ContextVar("snapshot of this rerun")
REMEMBERED: Final = 400
"""Answers kept for each question: a few kilobytes each."""


def take() -> Snapshot:
    """Open the snapshot that this rerun will show from top to bottom. Called once, by the shell.

    Raises NoSnapshot or SnapshotUnreadable.
    """
    snapshot = open_current(read_settings().data)
    _of_this_rerun.set(snapshot)
    return snapshot


def opened() -> Snapshot:
    """The snapshot of this rerun, for what is made only when somebody asks for it."""
    return _of_this_rerun.get()


def _remembered(question: Callable[Concatenate[Snapshot, P], T]) -> Callable[P, T]:
    """The question put to this rerun's snapshot; its answer is the caller's own copy."""
    answer = st.cache_data(
        show_spinner=False,
        max_entries=REMEMBERED,
        hash_funcs={Snapshot: lambda snapshot: str(snapshot.path)},
    )(question)

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        return answer(_of_this_rerun.get(), *args, **kwargs)

    return ask


council = _remembered(measures.council)
themes = _remembered(measures.themes)
latest = _remembered(measures.latest)
definition = _remembered(measures.definition)
exceptions = _remembered(attention.exceptions)
improvements = _remembered(attention.improvements)
settled = _remembered(attention.settled)
evidence = _remembered(attention.evidence)
by_chance = _remembered(attention.by_chance)
findings = _remembered(judgements.findings)
areas = _remembered(series.areas)
figures = _remembered(series.series)
comparison = _remembered(peers.comparison)
receipt = _remembered(receipts.receipt)
counted_files = _remembered(receipts.counted_files)
decisions = _remembered(changes.decisions)
targets = _remembered(changes.targets)
printable_definitions = _remembered(printable.definitions)
dimensions = _remembered(breakdowns.dimensions)
breakdown = _remembered(breakdowns.breakdown)
runs = _remembered(quality.runs)
files = _remembered(quality.files)
problems = _remembered(quality.problems)
checks = _remembered(quality.checks)
rows_set_aside = _remembered(quality.rows_set_aside)
file_checks = _remembered(quality.file_checks)
files_with_held_rows = _remembered(held_rows.files_with_held_rows)
outstanding = _remembered(calendar.outstanding)
submissions = _remembered(calendar.calendar)
restated = _remembered(quality.restated)
