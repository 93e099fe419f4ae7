"""The event log: one line of JSON an event, for machines. Counts, codes, paths, columns; never what a cell says."""

import json
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final, TextIO

from pipelines.problems import Problem
from scorecard.catalogue import Severity
from scorecard.errors import CatalogueError, CouncilError

FOLDER: Final = "log"
NAME: Final = "events.jsonl"
LARGEST: Final = 5_000_000
"""Bytes after which a new file is begun."""
KEPT: Final = 8
LONGEST: Final = 300
"""Characters of a text in an event; the rest is cut off."""

Fact = str | int | float | None


class EventLog:
    """Writes events to log/events.jsonl below a data folder, and to a stream as well where one is given.

    A log that cannot be written never stops a run.
    """

    def __init__(self, data: Path, stream: TextIO | None = None) -> None:
        self.place = data / FOLDER / NAME
        self.run_id: str | None = None
        file = _QuietFile(self.place, maxBytes=LARGEST, backupCount=KEPT, encoding="ascii", delay=True)
        self._handlers: list[logging.Handler] = [file, *([_Quiet(stream)] if stream else [])]

    def write(self, event: str, **facts: Fact) -> None:
        """One event with what is known of it; facts that are None are left out."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told = {"at": now, "event": event, "run": self.run_id, **facts}
        # ASCII only, so that no character of a file's name can end the line or move a terminal's cursor.
        line = json.dumps({name: _short(fact) for name, fact in told.items() if fact is not None}, ensure_ascii=True)
        record = logging.LogRecord("council-scorecard", logging.INFO, "", 0, line, None, None)
        with suppress(OSError):
            self.place.parent.mkdir(exist_ok=True)  # the folder above it is made by the run that gets the lock
        for handler in self._handlers:
            with suppress(OSError):  # the last bytes may not fit on a full disk
                handler.handle(record)
                handler.close()  # the file is opened for each event, as another process may begin a new one

    def problems(self, problems: Sequence[Problem]) -> None:
        """One event for each file refused, and for each kind of rows set aside of a file."""
        names = {Severity.refuse: "file_refused", Severity.quarantine: "rows_set_aside"}
        for problem in problems:
            if problem.severity in names:
                self.write(
                    names[problem.severity], path=problem.path, source=problem.source_id, code=str(problem.code),
                    column=problem.column, rows=problem.rows or None,
                )  # fmt: skip

    def failed(self, error: BaseException, event: str = "failed") -> None:
        """A failure: its kind, what happened, what the system said; never its `why`, which may say what a cell says."""
        cause = error if isinstance(error, OSError) else error.__cause__
        told: dict[str, Fact] = {"kind": type(error).__name__, "cause": type(cause).__name__ if cause else None}
        if isinstance(error, CouncilError):
            told["what"] = error.what
        if isinstance(error, CatalogueError):
            told["faults"] = len(error.faults)
        if isinstance(cause, OSError):
            told |= {"why": cause.strerror, "path": str(cause.filename) if cause.filename else None}
        self.write(event, **told)


class _Quiet(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: whoever reads the run's own words sees what is wrong with the disk."""


class _QuietFile(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing, as above."""


def _short(fact: Fact) -> Fact:
    if isinstance(fact, str) and len(fact) > LONGEST:
        return f"{fact[:LONGEST]}… ({len(fact):,} characters)"
    return fact
