"""One writer at a time. The lock is the operating system's, so a killed run leaves none behind."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from scorecard.errors import RunInProgress, SettingError


@contextmanager
def only_writer(data: Path) -> Iterator[None]:
    """Hold the data folder for writing. Raises RunInProgress, naming the holder, when another run has it."""
    place = data / "run.lock"
    try:
        data.mkdir(parents=True, exist_ok=True)
        place.touch()
    except OSError as fault:
        raise SettingError(
            f"The data folder {data} cannot be written: {fault.strerror or fault}.",
            fix="Name another with --data or SCORECARD_DATA, or correct its permissions.",
        ) from fault
    with place.open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            handle.seek(0)
            holder = handle.read().strip() or "a process that has not said its name"
            raise RunInProgress(
                "Another run is at work, so this one stopped without changing anything.",
                why=f"The lock {place} is held by {holder}.",
                fix="Wait for it to finish, then run again.",
            ) from fault
        handle.seek(0)
        handle.truncate()
        started = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        handle.write(f"process {os.getpid()} on {socket.gethostname()}, started {started}")
        handle.flush()
        yield
