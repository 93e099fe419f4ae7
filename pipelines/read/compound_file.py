"""The container of Excel 97-2003 files: one stream of it, by name."""

from collections.abc import Iterator
from struct import error, iter_unpack, unpack_from
from typing import Final

from pipelines.problem_codes import Code
from pipelines.read.wire import Unusable

_LAST_REAL: Final = 0xFFFFFFFA
_ENTRY: Final = 128


def stream_of(file: str, names: tuple[str, ...]) -> bytes:
    """The content of the first stream with one of these names, case forgiven. Raises Unusable if it is broken."""
    with open(file, "rb") as opened:
        content = opened.read()
    if not content.startswith(b"\xd0\xcf\x11\xe0"):
        return content  # the oldest workbooks are the bare stream
    try:
        return _Container(content).stream(names)
    except (IndexError, ValueError, KeyError, error) as fault:
        raise Unusable(Code.damaged_workbook, "The workbook's parts are not where it says they are.") from fault


class _Container:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.sector = 1 << unpack_from("<H", content, 30)[0]
        self.small = 1 << unpack_from("<H", content, 32)[0]
        self.threshold = unpack_from("<I", content, 56)[0]
        self.table = self._table()
        directory = self._chained(unpack_from("<I", content, 48)[0])
        self.entries = [directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]

    def _table(self) -> list[int]:
        numbers = list(unpack_from("<109I", self.content, 76))
        following = unpack_from("<I", self.content, 68)[0]
        seen: set[int] = set()
        while following < _LAST_REAL and following not in seen:
            seen.add(following)
            more = [number for (number,) in iter_unpack("<I", self._sector(following))]
            numbers += more[:-1]
            following = more[-1]
        table: list[int] = []
        for number in numbers:
            if number < _LAST_REAL:
                table += [entry for (entry,) in iter_unpack("<I", self._sector(number))]
        return table

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        found = self.content[start : start + self.sector]
        if not found:
            raise IndexError(number)
        return found.ljust(self.sector, b"\xff")

    def _chain(self, first: int, table: list[int]) -> Iterator[int]:
        seen = 0
        while first < _LAST_REAL:
            yield first
            first, seen = table[first], seen + 1
            if seen > len(table):
                raise ValueError("the chain has a loop")

    def _chained(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first, self.table)))

    def stream(self, names: tuple[str, ...]) -> bytes:
        """Raises KeyError when there is none."""
        for entry in self.entries:
            name = entry[: max(unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
            if entry[66] == 2 and name.casefold() in names:
                first, size = unpack_from("<IQ", entry, 116)
                size &= 0xFFFFFFFF
                return (self._small(first) if size < self.threshold else self._chained(first))[:size]
        raise KeyError(names[0])

    def _small(self, first: int) -> bytes:
        minis = self._chained(unpack_from("<I", self.entries[0], 116)[0])
        table = [entry for (entry,) in iter_unpack("<I", self._chained(unpack_from("<I", self.content, 60)[0]))]
        return b"".join(minis[at * self.small : (at + 1) * self.small] for at in self._chain(first, table))
