"""How far a run has come: a bar on a terminal, plain lines everywhere else."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

from tqdm import tqdm

from scorecard.wording import count

T = TypeVar("T")


class Progress:
    """Tells a person, or a log, what the run is doing."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.on_terminal = self.stream.isatty()

    def say(self, line: str) -> None:
        """One line of news."""
        tqdm.write(line, file=self.stream)

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
