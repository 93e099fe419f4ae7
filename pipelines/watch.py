"""Keeping watch: a run whenever something in the inbox or the catalogue has changed, and at least once a day.

Each run is a process of its own, so that whatever becomes of one, the watch goes on.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Final

from pipelines.commands.outcomes import DONE, SOME_REFUSED
from pipelines.logs import EventLog
from pipelines.settling import Settling, look_around
from pipelines.waking import Sleeper
from scorecard.settings import ROOT, Settings

PATIENCE: Final = 8.0
"""Seconds that a run at work has to end when the watch is stopped; then it is killed, which is safe."""
SHORTEST: Final = 1.0
"""Seconds between two looks at the inbox while something in it is changing."""


class Watch:
    """The watch on one inbox. `command` is the command line of a run; `say` tells people, `events` machines."""

    def __init__(
        self, settings: Settings, every: float, command: Sequence[str], say: Callable[[str], None], events: EventLog
    ) -> None:
        self.settings = settings
        self.every = every
        self.command = command
        self.say = say
        self.events = events
        self._sleeper = Sleeper()
        self._settling = Settling(settings.settle_seconds)
        self._ran_on: date | None = None
        self._again_at = 0.0
        self._inbox_missing = False

    def keep(self) -> None:
        """Watch until SIGTERM or Ctrl-C; to be called in the main thread."""
        self._tell("watch_started", f"Watching {self.settings.inbox}, at least every {self.every:g} seconds.")
        folders = [(self.settings.inbox, True), (self.settings.catalogue.parent, False)]
        with self._sleeper.told_to_stop(), self._sleeper.woken_by_changes(folders, self.say):
            while not self._sleeper.stopped:
                self._look()
                if self._is_due():
                    self._run()
                else:
                    self._wait()
        self._tell("watch_stopped", "The watch has stopped.")

    def _look(self) -> None:
        seen = look_around(self.settings.inbox, self.settings.catalogue)
        if seen is not None:
            self._settling.note(seen, time.monotonic())
        if (seen is None) != self._inbox_missing:
            self._inbox_missing = seen is None
            event, words = ("inbox_missing", "is not there") if seen is None else ("inbox_back", "is there again")
            self._tell(event, f"The inbox {self.settings.inbox} {words}.")

    def _is_due(self) -> bool:
        if self._inbox_missing or self._sleeper.stopped:
            return False
        now = time.monotonic()
        return self._settling.ready(now) or (self._ran_on != _today() and now >= self._again_at)

    def _wait(self) -> None:
        """Until the time is over, a file has changed, or a signal has come."""
        changing = bool(self._settling.changed())
        if self._sleeper.sleep(SHORTEST if changing else self.every) and not self._sleeper.stopped:
            time.sleep(SHORTEST / 2)  # changes come in swarms: one look for all of them

    def _run(self) -> None:
        day = _today()
        self._settling.taken(time.monotonic())
        with subprocess.Popen(self.command, cwd=ROOT, stdin=subprocess.DEVNULL) as child:
            while child.poll() is None and not self._sleeper.stopped:
                self._sleeper.sleep(0.2)
            if self._sleeper.stopped:
                _end(child)
                return
        if child.returncode in (DONE, SOME_REFUSED):
            self._ran_on = day
            return
        self._ran_on, self._again_at = None, time.monotonic() + self.every
        self.events.write("run_failed", code=child.returncode)
        self.say(f"{_ending(child.returncode)} It is tried again in {self.every:g} seconds, or when something changes.")

    def _tell(self, event: str, sentence: str) -> None:
        self.events.write(event)
        self.say(sentence)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ask a run to stop and, when it does not in time, kill it."""
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()


def _ending(code: int) -> str:
    if code < 0:
        return f"The run was killed ({signal.Signals(-code).name}); the last good snapshot is served."
    return f"The run failed (exit code {code}); the last good snapshot is served."


def _today() -> date:
    return datetime.now(UTC).date()


def run_command(settings: Settings, wait: float, log: str) -> list[str]:
    """The command line of one run with these settings."""
    given = [f"--catalogue={settings.catalogue}", f"--inbox={settings.inbox}", f"--data={settings.data}"]
    given += [f"--council={settings.council}"] if settings.council else []
    return [sys.executable, "-m", "pipelines", "run", *given, f"--wait={wait:g}", f"--log={log}"]
