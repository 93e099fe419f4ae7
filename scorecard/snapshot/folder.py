"""The folder of snapshots: immutable files and a `current` link that names the one being served."""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from scorecard.errors import NoSnapshot, SnapshotUnreadable

LINK: Final = "current"
SUFFIX: Final = ".duckdb"
SEAL: Final = ".sha256"
KEPT: Final = 14
"""Snapshots that stay for rolling back: two weeks of daily loads."""
_MOMENT: Final = "%Y-%m-%dT%H%M%SZ"
_LENGTH: Final = len("2026-11-21T093000Z")


@dataclass(frozen=True)
class SnapshotFile:
    """One published snapshot."""

    path: Path
    is_current: bool

    @property
    def name(self) -> str:
        """File name without its ending, e.g. 2026-11-21T093000Z."""
        return self.path.stem


def folder_of(data: Path) -> Path:
    """Where the snapshots of a data folder lie."""
    return data / "snapshots"


def name_for(moment: datetime, folder: Path) -> str:
    """A name that sorts after every snapshot there is, e.g. 2026-11-21T093000Z, with a letter for others in one second.

    When the clock is behind the newest snapshot, the moment follows that one's: 2027-01-02T093000Z_2026-11-21T093000Z.
    """
    newest = max((path.stem for path in folder.glob(f"2*{SUFFIX}")), default="")
    stem = moment.astimezone(UTC).strftime(_MOMENT)
    if stem < newest[:_LENGTH]:
        stem = f"{newest[:_LENGTH]}_{stem}"
    if stem <= newest:  # in the same second, or the clock has been set back once more
        stem = _one_more(newest)
    return f"{stem}{SUFFIX}"


def _one_more(stem: str) -> str:
    """Z, Z-a, ... Z-z, Z-za and so on."""
    last = stem[-1]
    if last == "Z":
        return f"{stem}-a"
    return f"{stem}a" if last == "z" else f"{stem[:-1]}{chr(ord(last) + 1)}"


def published_at(path: Path) -> datetime:
    """The moment in a snapshot's name. Raises SnapshotUnreadable for any other name."""
    try:
        return datetime.strptime(path.stem.split("_")[-1][:_LENGTH], _MOMENT).replace(tzinfo=UTC)
    except ValueError as fault:
        raise SnapshotUnreadable(f"{path} is not named as a snapshot.") from fault


def seal(file: Path, name: str) -> None:
    """Note the hash of a file's bytes for the name that it will be published under. Raises OSError."""
    place = file.with_name(name).with_suffix(SEAL)
    with place.open("w", encoding="ascii") as handle:
        handle.write(f"{_sha256(file)}\n")
        handle.flush()
        os.fsync(handle.fileno())


def is_intact(path: Path) -> bool:
    """Whether a snapshot has the bytes that it was published with; those without a seal are taken on trust."""
    try:
        sealed = path.with_suffix(SEAL).read_text(encoding="ascii").strip()
        return sealed == _sha256(path)
    except FileNotFoundError:
        return path.exists()
    except (OSError, ValueError):
        return False


def remove(path: Path) -> None:
    """Take a snapshot away, with its seal; whoever has it open keeps reading it."""
    path.unlink(missing_ok=True)
    path.with_suffix(SEAL).unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def current(data: Path) -> Path:
    """The real path of the snapshot being served. Raises NoSnapshot when there is none."""
    folder = folder_of(data)
    try:
        name = os.readlink(folder / LINK)
    except OSError as fault:
        raise NoSnapshot(
            "No figures have been published yet.",
            why=f"There is no snapshot in {folder} (setting SCORECARD_DATA).",
            fix="Run: python -m pipelines run",
        ) from fault
    return folder / name


def listing(data: Path) -> list[SnapshotFile]:
    """Every snapshot of a data folder, newest first."""
    folder = folder_of(data)
    try:
        served = os.readlink(folder / LINK)
    except OSError:
        served = ""
    found = [SnapshotFile(path, path.name == served) for path in folder.glob(f"2*{SUFFIX}")]
    return sorted(found, key=lambda snapshot: snapshot.name, reverse=True)


def switch(folder: Path, name: str) -> None:
    """Make `name` the snapshot being served, in one atomic step that survives a power cut."""
    aside = folder / f".{LINK}.new"  # one name for all: what a killed run left is replaced by the next
    aside.unlink(missing_ok=True)
    os.symlink(name, aside)
    os.replace(aside, folder / LINK)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
