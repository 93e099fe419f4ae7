"""Packed files (.zip, .gz) taken apart into the files they hold, within bounds."""

import gzip
import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final, cast

from pipelines.problems import Code, Problem, Refused
from pipelines.read.kinds import GZIP, ZIP, refuse_unless
from scorecard.catalogue import Severity

MOST_UNPACKED: Final = 1_500_000_000
"""Bytes that all members of a pack may have together."""
MOST_MEMBERS: Final = 1_000
_UNPACKED: Final = (".zip", ".gz")
_NOT_UNPACKED: Final = (".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst")
_NO_FILES: Final = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What programs put into packs of their own accord."""
_CHUNK: Final = 1 << 20


def is_pack(path: str) -> bool:
    """Whether a file's name says that other files are packed in it."""
    return PurePosixPath(path).suffix.lower() in _UNPACKED + _NOT_UNPACKED


def unpack(location: Path, path: str, into: Path) -> list[tuple[str, Path]]:
    """The files packed in the one at `location`, in their order: a name that begins with `path`, and where each is now.

    "returns.zip" gives ("returns.zip/oct.csv", into/"0001.csv") and so on; "oct.csv.gz" the one "oct.csv.gz/oct.csv".
    They keep the pack's time of change. Raises OSError, or Refused (pack_refused, format_mismatch, empty_file), and
    leaves nothing in `into` then.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in _NOT_UNPACKED:
        raise _refused(f"It is packed as {suffix}, a format of packing that is not opened; .zip and .gz are.")
    refuse_unless(location, (ZIP,) if suffix == ".zip" else (GZIP,), f"a packed {suffix} file", suffix)
    into.mkdir(parents=True, exist_ok=True)
    changed = location.stat().st_mtime_ns
    found: list[tuple[str, Path]] = []
    unpacking = _from_zip if suffix == ".zip" else _from_gzip
    try:
        with _faults_told():
            room = MOST_UNPACKED
            for name, stream in unpacking(location, path):
                place = into / f"{len(found) + 1:04d}{_suffix(name)}"
                found.append((f"{path}/{name}", place))
                room -= _copy(stream, place, room)
                os.utime(place, ns=(changed, changed))
        if not found:
            raise _refused("There is no file in the pack.")
    except BaseException:
        for _, place in found:
            place.unlink(missing_ok=True)
        raise
    return found


def _from_gzip(location: Path, path: str) -> Iterator[tuple[str, IO[bytes]]]:
    name = PurePosixPath(path).stem
    if is_pack(name):
        raise _refused(f"Inside it is '{name}', a pack in a pack.")
    with gzip.open(location) as stream:
        yield name, cast(IO[bytes], stream)


def _from_zip(location: Path, path: str) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(location) as archive:
        members = [item for item in archive.infolist() if not item.is_dir() and not _is_no_file(item.filename)]
        _refuse_what_it_claims(members)
        for item in members:
            with archive.open(item) as stream:
                yield item.filename, stream


def _is_no_file(name: str) -> bool:
    return any(part in _NO_FILES for part in PurePosixPath(name).parts)


def _refuse_what_it_claims(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise _refused(f"There are {len(members):,} files in the pack; the limit is {MOST_MEMBERS:,}.")
    size = sum(item.file_size for item in members)
    if size > MOST_UNPACKED:
        raise _too_large(f"It says that it unpacks to {size:,} bytes")
    (name, times), *_ = Counter(item.filename.casefold() for item in members).most_common(1) or [("", 1)]
    if times > 1:
        raise _refused(f"{times} files in the pack are named {name[:120]!r}.")
    faults: tuple[tuple[Callable[[zipfile.ZipInfo], bool], str], ...] = (
        (lambda item: bool(item.flag_bits & 0x41), "is locked with a password"),
        (lambda item: is_pack(item.filename), "is itself packed; a pack in a pack is not opened"),
        (lambda item: stat.S_ISLNK(item.external_attr >> 16), "is a link to a file elsewhere and no file"),
        (lambda item: not _is_plain(item.filename), "has a name that leads out of the pack or cannot be shown"),
    )
    for item in members:
        for is_so, what in faults:
            if is_so(item):
                raise _refused(f"{item.filename[:120]!r} in the pack {what}.")


def _is_plain(name: str) -> bool:
    parts = name.split("/")
    return name.isprintable() and "\\" not in name and ":" not in parts[0] and not {"", ".", ".."} & set(parts)


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= 9 else ""


def _copy(stream: IO[bytes], place: Path, room: int) -> int:
    """Bytes copied. A pack may lie about its size, so they are counted as they come."""
    copied = 0
    with place.open("wb") as out:
        while chunk := stream.read(_CHUNK):
            copied += len(chunk)
            if copied > room:
                raise _too_large("It unpacks to more bytes than may be")
            out.write(chunk)
    return copied


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, ValueError) as fault:
        raise _refused("The pack is damaged or was not sent whole: it cannot be unpacked to its end.") from fault
    except (NotImplementedError, RuntimeError) as fault:
        raise _refused("It is packed in a way that cannot be undone here, or with a password.") from fault


def _too_large(said: str) -> Refused:
    return _refused(f"{said}; the limit is {MOST_UNPACKED:,}.")


def _refused(sentence: str) -> Refused:
    return Refused(Problem(Code.pack_refused, Severity.refuse, sentence))
