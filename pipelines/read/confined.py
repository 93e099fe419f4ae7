"""The process that parses workbooks and Parquet: python -m pipelines.read.confined

It imports nothing that it does not need, may use little memory, write no file, and ends with the run that started it.
Requests and answers are frames on its standard input and output. A request {id, file, kind, done, what: "sheets"} is
answered {sheets: [[name, visible], ...]}; {..., what: "rows", sheet, start} is answered {rows, last}: some rows from
the row at position `start` (from 0) on, and whether they are the last. `done` names files that are needed no more.
Every request may be answered {fault: [code, sentence]}.
"""

import contextlib
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, Protocol

from pipelines.problem_codes import Code
from pipelines.read.wire import LENGTH, Unusable, frame, unframe

MOST_MEMORY: Final = 1_500_000_000
"""Bytes of address space."""
MOST_CPU_SECONDS: Final = 40
"""For one file."""
MOST_OPEN: Final = 4
CELLS_SENT: Final = 20_000
LONGEST_CELL: Final = 1_000_000
MOST_COLUMNS: Final = 2_000


class OpenedFile(Protocol):
    """A file of some format, as the loop below needs it."""

    def sheets(self) -> list[tuple[str, bool]]:
        """Name of each sheet, and whether people can see it."""

    def rows(self, sheet: str | None) -> Iterator[list[Any]]:
        """The rows from the first on."""

    def close(self) -> None:
        """Let go of the file."""


@dataclass
class _Serving:
    """The files that are open, and how far each of their sheets has been read."""

    opened: dict[int, OpenedFile] = field(default_factory=dict)
    reading: dict[tuple[int, str | None], tuple[int, Iterator[list[Any]]]] = field(default_factory=dict)
    spent: dict[int, float] = field(default_factory=dict)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        number = request["id"]
        for done in request["done"]:
            self._close(done)
            self.spent.pop(done, None)
        _limit_time(MOST_CPU_SECONDS - self.spent.get(number, 0.0))
        began = time.process_time()
        try:
            if request["what"] == "sheets":
                return {"sheets": self._open(request).sheets()}
            return self._rows(request)
        finally:
            self.spent[number] = self.spent.get(number, 0.0) + time.process_time() - began

    def _open(self, request: dict[str, Any]) -> OpenedFile:
        number = request["id"]
        if number not in self.opened:
            while len(self.opened) >= MOST_OPEN:
                self._close(next(iter(self.opened)))
            self.opened[number] = _open_as(request["kind"], request["file"])
        return self.opened[number]

    def _close(self, number: int) -> None:
        for key in [key for key in self.reading if key[0] == number]:
            del self.reading[key]
        if number in self.opened:
            self.opened.pop(number).close()

    def _rows(self, request: dict[str, Any]) -> dict[str, Any]:
        key, start = (request["id"], request["sheet"]), request["start"]
        at, rows = self.reading.pop(key, (-1, iter(())))
        if at != start:
            rows = self._open(request).rows(request["sheet"])
            next(islice(rows, start, start), None)
        portion: list[list[Any]] = []
        cells = 0
        for row in rows:
            portion.append(row)
            cells += len(row) + 1
            if cells >= CELLS_SENT:
                self.reading[key] = (start + len(portion), rows)
                break
        _refuse_long_cells(portion, start)
        return {"rows": portion, "last": key not in self.reading}


def _open_as(kind: str, file: str) -> OpenedFile:
    if kind == "workbook":
        from pipelines.read.sheets import SheetFile

        return SheetFile(file)
    from pipelines.read.parquet import ParquetFile

    return ParquetFile(file)


def _refuse_long_cells(rows: list[list[Any]], start: int) -> None:
    for number, row in enumerate(rows, start=start + 1):
        for cell in row:
            if cell.__class__ is str and len(cell) > LONGEST_CELL:
                sentence = f"A cell of row {number} has more than {LONGEST_CELL:,} characters."
                raise Unusable(Code.file_too_large, sentence)


def _limit_time(left: float) -> None:
    """The kernel ends this process when it has computed for so many seconds more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + max(left, 0.0)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _read_exactly(length: int) -> bytes:
    got = b""
    while len(got) < length and (more := os.read(0, length - len(got))):
        got += more
    return got


def serve() -> None:
    """Answer requests until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serving = _Serving()
    while len(head := _read_exactly(LENGTH.size)) == LENGTH.size:
        request = unframe(_read_exactly(LENGTH.unpack(head)[0]))
        try:
            answer = serving.answer(request)
        except Unusable as fault:
            answer = {"fault": [fault.code.value, str(fault)]}
        except MemoryError:
            raise
        except OSError as fault:
            answer = {"unreadable": [fault.errno, fault.strerror or str(fault)]}
        except BaseException as fault:  # a panic of native code comes as one that is no Exception
            if isinstance(fault, KeyboardInterrupt | SystemExit) or "pointer is null" in str(fault):
                raise  # the latter is how native code says that there is no memory left
            answer = {"broken": f"{type(fault).__name__}: {fault}"[:200]}
        reply = memoryview(frame(answer))
        while reply:
            reply = reply[os.write(1, reply) :]


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        serve()
    sys.exit(0)
