"""Stopping when asked: SIGTERM and Ctrl-C end a run within seconds, at whatever step it is.

A step may be left in the middle: nothing of it counts before the snapshot is published, which is one atomic step.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from pipelines.commands.outcomes import FAILED

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)
PATIENCE: Final = 7.0
"""Seconds in which a run puts away what it has half done; then the process ends as it stands."""


class Stopped(KeyboardInterrupt):
    """The run was asked to stop. Passes through whatever handles errors."""


_asked: Final[list[str]] = []
"""The signal that was sent."""


def go_on() -> None:
    """Raise Stopped if the run was asked to stop and something took that for a fault of a file."""
    if _asked:
        raise Stopped(_asked[0])


@contextmanager
def stops_when_asked() -> Iterator[None]:
    """Within it, the first SIGTERM or Ctrl-C raises Stopped in the main thread, which is where it must be entered.

    Library code that does not come back in time, such as a long query, is ended with the process.
    """
    done = threading.Event()
    hears, tells = os.pipe()
    os.set_blocking(tells, False)
    before = {number: signal.signal(number, _stop) for number in SIGNALS}
    told_before = signal.set_wakeup_fd(tells)
    watcher = threading.Thread(target=_end_in_time, args=(hears, done), daemon=True)
    watcher.start()
    try:
        yield
    except Exception as fault:
        if _asked:  # DuckDB makes an error of its own of what is raised while it answers
            raise Stopped(_asked[0]) from fault
        raise
    finally:
        done.set()
        _asked.clear()
        signal.set_wakeup_fd(told_before)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(tells)
        watcher.join()
        os.close(hears)


def _stop(number: int, frame: FrameType | None) -> None:
    for each in SIGNALS:  # a second one while putting away changes nothing
        signal.signal(each, signal.SIG_IGN)
    _asked.append(signal.Signals(number).name)
    go_on()


def _end_in_time(hears: int, done: threading.Event) -> None:
    """A thread, because Python tells the main one of a signal only when it is back from library code."""
    if os.read(hears, 1) and not done.wait(PATIENCE):
        os._exit(FAILED)
