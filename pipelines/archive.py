"""The archive: the original of every file that a source expects, by the hash of its bytes, before it is read."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from scorecard.snapshot.originals import FOLDER, original_name

_CHUNK: Final = 1 << 20


class Changing(Exception):
    """A file was written to while it was copied."""


class Unreadable(Exception):
    """A file cannot be read; `fault` says why. A fault in writing the copy is an OSError and stops the run."""

    def __init__(self, fault: OSError) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True)
class Kept:
    """One version of a file in the archive."""

    sha256: str
    place: Path
    size: int
    modified_at: datetime
    """When the file was last changed, in UTC; the copy has the same date."""


class Archive:
    """Versions of files by content hash below a data folder. Nothing is ever written over."""

    def __init__(self, data: Path) -> None:
        self.folder = data / FOLDER

    def place(self, sha256: str, path: str) -> Path:
        """Where the bytes of a version lie: its hash, with the ending of the file's name."""
        return self.folder / original_name(sha256, path)

    def holds(self, sha256: str, path: str, size: int) -> bool:
        """Whether the whole of a version is there."""
        place = self.place(sha256, path)
        return place.is_file() and place.stat().st_size == size

    def sweep(self) -> None:
        """Make the folder if need be, and clear away what a killed run left half done."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in [*self.folder.glob("*.partial"), *self.folder.glob(".unpacked-*")]:
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    def keep(self, location: Path, path: str, expected: str | None = None) -> Kept:
        """Copy a file in unless its bytes are there already, as they are likely to be when `expected` names them.

        Raises Changing when it was written to meanwhile, Unreadable when it cannot be read, OSError when the copy
        cannot be written.
        """
        with _opened(location) as source:
            before = os.fstat(source.fileno())
            is_there = expected is not None and self.holds(expected, path, before.st_size)
            sha256 = _hash(source) if is_there else ""
            is_new = sha256 != expected or not sha256
            if is_new:
                source.seek(0)
                sha256 = self._copy(source)
        _refuse_change(location, before)
        place = self.place(sha256, path)
        if is_new:
            self._settle(place, before)
        return Kept(sha256, place, before.st_size, datetime.fromtimestamp(before.st_mtime_ns / 1e9, UTC))

    def sync(self) -> None:
        """Make sure that the names of new copies survive a power cut."""
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    @property
    def _partial(self) -> Path:
        return self.folder / f"{os.getpid()}.partial"

    def _copy(self, source: BinaryIO) -> str:
        digest = hashlib.sha256()
        with self._partial.open("wb") as copy:
            for chunk in _chunks(source):
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        return digest.hexdigest()

    def _settle(self, place: Path, original: os.stat_result) -> None:
        """Give the copy its name, or drop it when its bytes are there already."""
        partial = self._partial
        if partial.stat().st_size != original.st_size:
            raise Changing(str(place))
        if place.is_file() and place.stat().st_size == original.st_size:
            partial.unlink()
            return
        # The age of a file decides which of two figures stands, so the copy keeps it.
        os.utime(partial, ns=(original.st_mtime_ns, original.st_mtime_ns))
        partial.chmod(0o444)
        partial.replace(place)


def _opened(location: Path) -> BinaryIO:
    try:
        return location.open("rb")
    except OSError as fault:
        raise Unreadable(fault) from fault


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while True:
        try:
            chunk = source.read(_CHUNK)
        except OSError as fault:
            raise Unreadable(fault) from fault
        if not chunk:
            return
        yield chunk


def _hash(source: BinaryIO) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(source):
        digest.update(chunk)
    return digest.hexdigest()


def _refuse_change(location: Path, before: os.stat_result) -> None:
    try:
        after = location.stat()
    except OSError as fault:
        raise Changing(str(location)) from fault
    facts = [(each.st_size, each.st_mtime_ns, each.st_ino) for each in (before, after)]
    if facts[0] != facts[1]:
        raise Changing(str(location))
