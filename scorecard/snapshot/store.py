"""The one door to the figures: opens a published snapshot for reading and asks it questions.

DuckDB gives wrong rows, without an error, when threads share a connection; so every question has a cursor of
its own and only plain data leaves this module.
"""

import atexit
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from scorecard.audiences import AUDIENCES
from scorecard.errors import SnapshotError, SnapshotUnreadable
from scorecard.snapshot.audience import connect
from scorecard.snapshot.folder import current, is_intact, listing, published_at

READ_ONLY: Final[Mapping[str, bool | int | str]] = {
    "threads": 1,
    "memory_limit": "512MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "lock_configuration": True,
}
FORM: Final = 4
"""The form of snapshot that is read here: raised with schema.sql when an older reader would misread or fail."""
_FIX: Final = "Run: python -m pipelines run, or serve an earlier one: python -m pipelines rollback"
FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
"""Seconds before a snapshot that would not open is tried again: doubled each time, up to the longest."""


@dataclass(frozen=True)
class Snapshot:
    """One open snapshot. It stays readable for whoever holds it, even when its file has been removed."""

    path: Path
    _connection: duckdb.DuckDBPyConnection
    audience: str = AUDIENCES[-1]
    """Whom it is read for: what is not meant for them is not in its tables."""

    @property
    def name(self) -> str:
        """File name without its ending, e.g. 2026-11-21T093000Z."""
        return self.path.stem

    @property
    def published_at(self) -> datetime:
        """When it was published, in UTC."""
        return published_at(self.path)

    def query(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        """The rows of one question as a frame that belongs to the caller; missing text is None.

        Raises SnapshotUnreadable, with the question, when the file cannot answer it.
        """
        try:
            with closing(self._connection.cursor()) as cursor:
                frame = cursor.execute(sql, list(parameters)).df()
        except duckdb.Error as fault:
            raise _unreadable(self.path, fault, question=" ".join(sql.split())) from fault
        return none_for_missing_text(frame)

    def close(self) -> None:
        """Let go of the file; only for the end of a process, as others may hold this snapshot."""
        self._connection.close()


def open_snapshot(path: Path, audience: str = AUDIENCES[-1]) -> Snapshot:
    """Open one file for reading, by an audience.

    Raises SnapshotUnreadable when it is gone, damaged, no snapshot or of another form.
    """
    published_at(path)
    if not is_intact(path):
        raise SnapshotUnreadable(
            f"The snapshot {path.name} cannot be read.",
            why=f"{path} is gone, or its bytes are not those that were published.",
            fix=_FIX,
        )
    try:
        connection = connect(path, audience, dict(READ_ONLY))
    except duckdb.Error as fault:
        raise _unreadable(path, fault) from fault
    snapshot = Snapshot(path, connection, audience)
    # A truncated file opens without complaint and fails only when it is read.
    snapshot.query("select count(*) from run, council")
    form = _form_of(snapshot)
    if form != FORM:
        connection.close()
        raise _of_another_form(path, form)
    return snapshot


def _form_of(snapshot: Snapshot) -> int:
    """Snapshots made before forms were numbered are of form 1."""
    if snapshot.query("select 1 from duckdb_tables() where table_name = 'form'").empty:
        return 1
    return int(first_row(snapshot.query("select version from form"))["version"])


def _of_another_form(path: Path, form: int) -> SnapshotUnreadable:
    made = "an earlier" if form < FORM else "a later"
    fix = "Run: python -m pipelines run" if form < FORM else "Start that version of the program again, or load anew."
    return SnapshotUnreadable(
        f"The snapshot {path.stem} was made by {made} version of this program.",
        why=f"Its tables are of form {form}; this version reads form {FORM}.",
        fix=fix,
    )


def none_for_missing_text(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame with None for missing text: pandas puts NaN, which counts as true and prints as "nan"."""
    for name in frame.columns[(frame.dtypes == "str") | (frame.dtypes == "object")]:
        frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
    return frame


def first_row(frame: pd.DataFrame) -> dict[str, Any]:
    """The first row as plain values, missing ones as None; empty when there is none."""
    if frame.empty:
        return {}
    return {str(name): None if pd.isna(value) else value for name, value in frame.iloc[0].items()}


def _unreadable(path: Path, fault: duckdb.Error, question: str = "") -> SnapshotUnreadable:
    asked = f" The question was: {question}" if question else ""
    return SnapshotUnreadable(
        f"The snapshot {path.name} cannot be read.",
        why=f"{path}: {str(fault).splitlines()[0]}.{asked}",
        fix=_FIX,
    )


class _Served:
    """The snapshot open for one data folder, replaced as a whole when `current` names another."""

    def __init__(self, data: Path, audience: str) -> None:
        self.data = data
        self.audience = audience
        self.lock = threading.Lock()
        self.open: Snapshot | None = None
        self.refused: Path | None = None
        self.wait = FIRST_WAIT
        self.try_again_at = 0.0

    def snapshot(self) -> Snapshot:
        """The current snapshot, or the last good one while the current one cannot be opened."""
        try:
            wanted = current(self.data).resolve()
        except SnapshotError:
            if self.open:
                return self.open
            raise
        held = self.open
        if held and (held.path == wanted or self._must_wait(wanted)):
            return held
        with self.lock:
            return self._replace(wanted)

    def _must_wait(self, wanted: Path) -> bool:
        return wanted == self.refused and time.monotonic() < self.try_again_at

    def _replace(self, wanted: Path) -> Snapshot:
        if self.open and (self.open.path == wanted or self._must_wait(wanted)):
            return self.open
        try:
            self.open = open_snapshot(wanted, self.audience)
        except SnapshotUnreadable:
            self.wait = min(self.wait * 2, LONGEST_WAIT) if wanted == self.refused else FIRST_WAIT
            self.refused, self.try_again_at = wanted, time.monotonic() + self.wait
            self.open = self.open or self._earlier(wanted)
            if self.open is None:
                raise
        else:
            self.refused = None
        return self.open

    def _earlier(self, wanted: Path) -> Snapshot | None:
        """After a restart nothing is open yet: the newest good snapshot from before the damaged one."""
        for published in listing(self.data):
            if published.name < wanted.stem:
                try:
                    return open_snapshot(published.path.resolve(), self.audience)
                except SnapshotUnreadable:
                    continue
        return None


_served: dict[tuple[Path, str], _Served] = {}
_adding = threading.Lock()


@atexit.register
def close_all() -> None:
    """Let go of every snapshot served; at the end of a process, as DuckDB would fill the log with talk of leaks."""
    while _served:
        _, served = _served.popitem()
        if served.open:
            served.open.close()


def open_current(data: Path, audience: str = AUDIENCES[-1]) -> Snapshot:
    """The snapshot to serve from a data folder to an audience, shared by the process. Cheap enough for every request.

    Raises NoSnapshot when nothing was ever published, SnapshotUnreadable when no snapshot can be read.
    """
    folder = data.resolve()
    with _adding:
        served = _served.setdefault((folder, audience), _Served(folder, audience))
    return served.snapshot()
