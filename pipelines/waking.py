"""Sleeping until something happens: a signal, a change of a file, or the end of the time."""

import select
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
CHANGES: Final = ("created", "modified", "moved", "deleted", "closed")


class Sleeper:
    """Sleeps in the main thread. A signal's handler may wake it: nothing is locked here, only a byte is sent."""

    def __init__(self) -> None:
        self.stopped = False
        self._hears, self._tells = socket.socketpair()
        self._hears.setblocking(False)
        self._tells.setblocking(False)

    def sleep(self, seconds: float) -> bool:
        """Sleep for so long at most; whether something was heard, all of which is then forgotten."""
        heard = bool(select.select([self._hears], [], [], seconds)[0])
        with suppress(BlockingIOError):
            while heard and self._hears.recv(4096):
                pass
        return heard

    def wake(self) -> None:
        """End the sleep, or the next one; from any thread."""
        with suppress(OSError):  # a full pipe wakes it as well
            self._tells.send(b"!")

    @contextmanager
    def told_to_stop(self) -> Iterator[None]:
        """Within it, SIGTERM and Ctrl-C set `stopped` and wake."""
        before = {number: signal.signal(number, self._stop) for number in SIGNALS}
        told = signal.set_wakeup_fd(self._tells.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(told)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopped = True

    @contextmanager
    def woken_by_changes(self, folders: Sequence[tuple[Path, bool]], say: Callable[[str], None]) -> Iterator[None]:
        """Within it, changes of files in the folders wake (each with whether its subfolders count).

        Only where the system tells of them: it does not for network folders, and not when its table of folders is full.
        """
        observer = Observer()
        observer.daemon = True
        try:
            for folder, whole in folders:
                observer.schedule(_Listener(self.wake), str(folder), recursive=whole)
            observer.start()
        except OSError as fault:
            say(f"The system does not tell of changes ({fault.strerror or fault}): looking at intervals only.")
        try:
            yield
        finally:
            if observer.is_alive():
                observer.stop()
                observer.join(2)


class _Listener(FileSystemEventHandler):
    def __init__(self, wake: Callable[[], None]) -> None:
        self.wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Reading is no change: a run's own reading must not wake the watch."""
        if event.event_type in CHANGES:
            self.wake()
