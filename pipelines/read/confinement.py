"""The reading process as a run sees it: started when first needed, and again after it has died."""

import atexit
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import count as counting
from pathlib import Path
from typing import Any, Final

from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Cell
from pipelines.read.wire import LENGTH, LONGEST_FRAME, frame, unframe
from scorecard.catalogue import Severity

MOST_SECONDS: Final = 120.0
"""How long one file may be waited for in all, on a busy machine. Where it is read it may compute for 40 seconds."""
SOON: Final = 5.0
"""Seconds; a process that dies later than that after being asked has died over what it was asked."""
_PROJECT: Final = Path(__file__).resolve().parents[2]
_KEPT: Final = ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "LD_LIBRARY_PATH")
"""What the reading process gets of the environment, which holds the addresses of databases."""


class _Died(Exception):
    """The reading process has ended, or had to be ended."""


class _Child:
    """One reading process and its pipes."""

    def __init__(self) -> None:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        # pyarrow would set aside more address space than the process may have.
        environment |= {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.read.confined"], cwd=_PROJECT, env=environment, bufsize=0,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.owner = os.getpid()
        self.files: set[int] = set()

    @property
    def is_alive(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def ask(self, request: dict[str, Any], until: float) -> dict[str, Any]:
        """Raises _Died when no answer comes by then."""
        self.files.add(request["id"])
        try:
            assert self.process.stdin is not None
            self.process.stdin.write(frame(request))
            length = LENGTH.unpack(self._read(LENGTH.size, until))[0]
            if length > LONGEST_FRAME:
                raise _Died
            answer = unframe(self._read(length, until))
        except (OSError, ValueError) as fault:
            raise _Died from fault
        if not isinstance(answer, dict):
            raise _Died
        return answer

    def _read(self, length: int, until: float) -> bytes:
        assert self.process.stdout is not None
        pipe, got = self.process.stdout.fileno(), bytearray()
        poll = select.poll()
        poll.register(pipe, select.POLLIN | select.POLLHUP)
        while len(got) < length:
            left = until - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise _Died
            more = os.read(pipe, min(length - len(got), 1 << 20))
            if not more:
                raise _Died
            got += more
        return bytes(got)

    def end(self) -> None:
        """Kill the process, if it is ours, and close its pipes."""
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


class Confinement:
    """Hands requests to the reading process, one at a time."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._child: _Child | None = None
        self._done: list[int] = []

    def ask(self, request: dict[str, Any], until: float) -> dict[str, Any]:
        """The answer to a request. Raises Refused when there is none by then."""
        with self._lock:
            done, self._done = self._done, []
            request = request | {"done": done}
            was_used, began = self._child is not None and bool(self._child.files), time.monotonic()
            try:
                return self._started().ask(request, until)
            except _Died:
                self.end()
                if not was_used or time.monotonic() - began > SOON:
                    raise _gave_up() from None
            # Earlier files may have left it short of memory, or somebody ended it: once, this one gets a new process.
            try:
                return self._started().ask(request, until)
            except _Died:
                self.end()
                raise _gave_up() from None

    def forget(self, number: int) -> None:
        """Let the reading process close a file when it is next asked: this may be called in the midst of asking."""
        self._done.append(number)

    def end(self) -> None:
        """End the reading process, if it runs; the next request starts another."""
        with self._lock:
            if self._child is not None:
                self._child.end()
                self._child = None

    def _started(self) -> _Child:
        if self._child is not None and not self._child.is_alive:
            self.end()
        if self._child is None:
            self._child = _Child()
        return self._child


READER: Final = Confinement()
atexit.register(READER.end)
_numbers = counting(1)


class ConfinedFile:
    """A file that the reading process reads for us. One that it gave up is not tried again."""

    def __init__(self, location: Path, kind: str) -> None:
        self._request: dict[str, Any] = {"id": next(_numbers), "file": str(location.absolute()), "kind": kind}
        self._seconds = MOST_SECONDS
        self._given_up: Refused | None = None

    def sheets(self) -> list[tuple[str, bool]]:
        """Name of each sheet, and whether people can see it. Raises Refused or OSError."""
        return [(str(name), bool(visible)) for name, visible in self._ask(what="sheets")["sheets"]]

    def rows(self, sheet: str | None = None) -> Iterator[tuple[int, list[Cell]]]:
        """Row numbers and cells, asked for in portions. Raises Refused or OSError, also half-way."""
        start, last = 0, False
        while not last:
            answer = self._ask(what="rows", sheet=sheet, start=start)
            yield from enumerate(answer["rows"], start=start + 1)
            start, last = start + len(answer["rows"]), answer["last"]

    def close(self) -> None:
        """Let go of the file."""
        READER.forget(self._request["id"])

    def _ask(self, **more: Any) -> dict[str, Any]:
        if self._given_up:
            raise Refused(self._given_up.problem)
        began = time.monotonic()
        try:
            answer = READER.ask(self._request | more, began + self._seconds)
        except Refused as refused:
            self._given_up = refused
            raise
        finally:
            self._seconds -= time.monotonic() - began
        if "fault" in answer:
            code, sentence = answer["fault"]
            raise Refused(Problem(Code(code), Severity.refuse, str(sentence)))
        if "unreadable" in answer:
            raise OSError(*answer["unreadable"])
        if "broken" in answer:
            sentence = f"Its content cannot be read as what its name says; the reader stopped ({answer['broken']})."
            code = Code.damaged_parquet if self._request["kind"] == "parquet" else Code.damaged_workbook
            raise Refused(Problem(code, Severity.refuse, sentence))
        return answer


def _gave_up() -> Refused:
    sentence = (
        "Reading it took more time or memory than one file may take, so it was given up. It may claim far more "
        "rows or columns than it seems to have, or be damaged."
    )
    return Refused(Problem(Code.reader_gave_up, Severity.refuse, sentence))
