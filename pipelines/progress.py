"""How far a run has come: a bar on a terminal, plain lines everywhere else, and each step in the event log."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

from tqdm import tqdm

from pipelines.logs import EventLog
from pipelines.stopping import go_on
from scorecard.wording import count

T = TypeVar("T")


class Progress:
    """Tells a person what the run is doing, and the event log when each step was done."""

    def __init__(self, stream: TextIO | None = None, events: EventLog | None = None, *, talks: bool = True) -> None:
        self.stream = stream or sys.stderr
        self.talks = talks
        self.on_terminal = talks and self.stream.isatty()
        self.events = events
        self._step: str | None = None
        self._since = 0.0

    def say(self, line: str) -> None:
        """One line of news."""
        if self.talks:
            tqdm.write(line, file=self.stream)

    def started(self, run_id: str) -> None:
        """The run has the lock and its id, by which its events can be found."""
        if self.events:
            self.events.run_id = run_id
            self.events.write("run_started")

    def step(self, name: str | None) -> None:
        """The step before is done, and another begins, or none. Raises Stopped when the run was asked to stop."""
        if name:
            go_on()
        now = time.monotonic()
        if self.events and self._step:
            self.events.write("step_done", step=self._step, seconds=round(now - self._since, 3))
        self._step, self._since = name, now

    def over(self, what: str, items: Sequence[T], noun: str) -> Iterator[T]:
        """The items one by one, showing how many are done; nothing is said of none."""
        if not items:
            return
        if self.on_terminal:
            bar: Iterable[T] = tqdm(items, desc=what, file=self.stream, leave=False, unit=f" {noun}s")
            yield from bar
        else:
            yield from items
        self.say(f"{what}: {count(len(items), noun)}")
