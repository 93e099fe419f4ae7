"""One writer at a time. The lock is the operating system's, so a killed run leaves none behind."""

import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from scorecard.errors import RunInProgress, SettingError

LOOK_AGAIN: Final = 0.2
"""Seconds between two tries for the lock while waiting for it."""


@contextmanager
def only_writer(data: Path, wait: float = 0, say: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the data folder for writing; another run is waited for up to `wait` seconds, and `say` is told of whom.

    Raises RunInProgress, naming the holder, when another run has it still, SettingError when it cannot be written.
    """
    place = data / "run.lock"
    with _lock_file(place) as handle:
        _take(handle, place, wait, say)
        with suppress(OSError):  # on a full disk the lock holds without its holder's name
            os.ftruncate(handle, 0)
            os.pwrite(handle, _myself().encode(), 0)
        yield


@contextmanager
def _lock_file(place: Path) -> Iterator[int]:
    """The open lock file; closing it, as the end of the process does, lets go of the lock."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as fault:
        raise SettingError(
            f"The data folder {place.parent} cannot be written: {fault.strerror or fault}.",
            fix="Name another with --data or SCORECARD_DATA, or correct its permissions or its free space.",
        ) from fault
    try:
        yield handle
    finally:
        os.close(handle)


def _take(handle: int, place: Path, wait: float, say: Callable[[str], None] | None) -> None:
    until, told = time.monotonic() + wait, False
    while not _is_free(handle, place):
        left = until - time.monotonic()
        if left <= 0:
            waited = f" still, {wait:g} seconds later," if wait else ""
            raise RunInProgress(
                "Another run is at work, so this one stopped without changing anything.",
                why=f"The lock {place} is held{waited} by {_holder(handle)}.",
                fix="Wait for it to finish, then run again.",
            )
        if say and not told:
            say(f"Another run is at work: waiting up to {wait:g} seconds for {_holder(handle)}.")
            told = True
        time.sleep(min(LOOK_AGAIN, left))


def _is_free(handle: int, place: Path) -> bool:
    """Take the lock if nobody has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as fault:
        raise SettingError(
            f"The data folder {place.parent} cannot be locked: {fault.strerror or fault}.",
            fix="Keep it on a local disk, as network drives promise no locks: name another with --data.",
        ) from fault
    return True


def _holder(handle: int) -> str:
    name = os.pread(handle, 300, 0).decode(errors="replace").strip()
    return name or "a process that has not said its name"


def _myself() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}, started {datetime.now(UTC):%Y-%m-%d %H:%M:%SZ}"
