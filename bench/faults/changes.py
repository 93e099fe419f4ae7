"""A run that can be disturbed before each change it makes to the disk: the changes that Python makes, in order."""

import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench.faults.council import Council, Silent, run_once
from bench.faults.forked import Forked

CHANGES: Final = {
    "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.utime", "os.truncate",
}  # fmt: skip
Disturb = Callable[[int], None]
"""Is told the number of each change, from 1, before it is made."""


class Steps(Silent):
    """Notes the step of the run."""

    def __init__(self) -> None:
        super().__init__()
        self.name = "start"

    def step(self, name: str | None) -> None:
        """A new step."""
        super().step(name)
        self.name = name or "end"


class ChangingRun:
    """One run in a process of its own, disturbed or not; `changes` are those it came to, each with its step."""

    def __init__(self, council: Council, disturb: Disturb | None = None, wait: float = 0) -> None:
        self._note = tempfile.TemporaryFile("w+b", buffering=0)  # noqa: SIM115 - shared with the process
        self.process = Forked(lambda: _run(council, self._note.fileno(), disturb, wait))

    def changes(self) -> list[str]:
        """What it has changed, or was about to when it ended."""
        self._note.seek(0)
        return self._note.read().decode().splitlines()


def stoppable_run(council: Council) -> dict[str, Any]:
    """One run that ends when it is asked to, as the command does."""
    from pipelines.stopping import Stopped, stops_when_asked

    try:
        return run_once(council, within=stops_when_asked())
    except Stopped as stop:
        return {"ended": "stopped", "said": str(stop)}


def _run(council: Council, note: int, disturb: Disturb | None, wait: float) -> dict[str, Any]:
    steps, made, busy = Steps(), 0, False

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal made, busy
        if busy or not (event in CHANGES or (event == "open" and _writes(arguments))):
            return
        busy = True  # what the disturbance changes is not the run's
        places = [os.fsdecode(place) for place in arguments[:2] if isinstance(place, str | bytes | Path)]
        places = places[:1] if event == "open" else places  # its second is how it is opened
        if any(place.startswith(str(council.folder)) for place in places):
            made += 1
            os.write(note, f"{steps.name}: {event.removeprefix('os.')} {_kind(places[-1])}\n".encode())
            if disturb:
                disturb(made)
        busy = False

    sys.addaudithook(heard)
    return run_once(council, steps, wait)


def _writes(arguments: tuple[Any, ...]) -> bool:
    return isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))


def _kind(place: str) -> str:
    """The name of the file without what differs from run to run."""
    name = re.sub(r"[0-9a-f]{64}", "SHA256", Path(place).name)
    return re.sub(r"\d{4}-\d\d-\d\dT\d+Z(-[a-z]+)?|\d{8}T\d+|\d{3,}", "N", name)[:60]
