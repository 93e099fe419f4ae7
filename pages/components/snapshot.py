"""The one snapshot of a rerun, and every question about it remembered until another is published."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from pages.components.memory import Memory
from scorecard.settings import read_settings
from scorecard.snapshot import (
    breakdowns,
    changes,
    held_rows,
    judgements,
    measures,
    peers,
    series,
)
from scorecard.snapshot import receipt as receipts
from scorecard.snapshot.store import Snapshot, open_current

P = ParamSpec("P")
T = TypeVar("T")

_of_this_rerun: ContextVar[Snapshot] = ContextVar("snapshot of this rerun")
_memory: Final = Memory()
_served: set[Path] = set()
"""The snapshot that was served last, and none other."""


def take() -> Snapshot:
    """Open the snapshot that this rerun will show from top to bottom. Called once, by the shell.

    Raises NoSnapshot, SnapshotUnreadable or SettingError.
    """
    settings = read_settings()
    snapshot = open_current(settings.data, settings.audience)
    if snapshot.path not in _served:
        _served.clear()
        _served.add(snapshot.path)
        # Reruns that began on the snapshot before may still ask: what they find again is forgotten with the next.
        _memory.forget(lambda key: key[1] != snapshot.path)
    _of_this_rerun.set(snapshot)
    return snapshot


def opened() -> Snapshot:
    """The snapshot of this rerun, for what is made only when somebody asks for it."""
    return _of_this_rerun.get()


def remembered(question: Callable[Concatenate[Snapshot, P], T]) -> Callable[P, T]:
    """The question put to this rerun's snapshot, answered once for each set of arguments until another is published.

    For readers of the snapshot, and as well for whatever is made of them: words, rows ready for a table, the plotted
    columns of a chart. Arguments must be hashable and given by position; a frame is the asker's own copy, and
    anything else must not be changed.
    """

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        snapshot = _of_this_rerun.get()
        key = (question, snapshot.path, snapshot.audience, *args, *sorted(kwargs.items()))
        return _memory.recall(key, lambda: question(snapshot, *args, **kwargs))

    return ask


council = remembered(measures.council)
themes = remembered(measures.themes)
latest = remembered(measures.latest)
definition = remembered(measures.definition)
findings = remembered(judgements.findings)
areas = remembered(series.areas)
figures = remembered(series.series)
comparison = remembered(peers.comparison)
receipt = remembered(receipts.receipt)
counted_files = remembered(receipts.counted_files)
decisions = remembered(changes.decisions)
targets = remembered(changes.targets)
dimensions = remembered(breakdowns.dimensions)
breakdown = remembered(breakdowns.breakdown)
files_with_held_rows = remembered(held_rows.files_with_held_rows)
