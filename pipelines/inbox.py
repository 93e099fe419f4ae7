"""What lies in the inbox, and which source each file belongs to. The inbox is only ever read."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pipelines.problems import Code, Problem
from scorecard.catalogue import Catalogue, Severity
from scorecard.errors import SettingError
from scorecard.wildcard import matches_any


@dataclass(frozen=True)
class InboxFile:
    """One file: its name below the inbox, where its bytes are, and the sources that read it."""

    path: str
    location: Path
    sha256: str
    size: int
    modified_at: datetime
    sources: tuple[str, ...]
    in_inbox: bool = True


def survey(inbox: Path, catalogue: Catalogue) -> list[InboxFile]:
    """Every file below the inbox, in order of name, hidden files left out. Raises SettingError without an inbox."""
    if not inbox.is_dir():
        raise SettingError(
            f"There is no inbox folder {inbox}.",
            fix="Name the folder with --inbox or SCORECARD_INBOX, or run: python -m pipelines demo",
        )
    found = []
    for location in sorted(inbox.rglob("*")):
        relative = location.relative_to(inbox)
        if location.is_file() and not location.is_symlink() and not any(p.startswith(".") for p in relative.parts):
            found.append(_look_at(location, relative.as_posix(), catalogue))
    return found


def _look_at(location: Path, path: str, catalogue: Catalogue) -> InboxFile:
    facts = location.stat()
    try:
        sha256 = sha256_of(location)
    except OSError:
        sha256 = ""  # refused with its reason when it is read
    return InboxFile(
        path=path,
        location=location,
        sha256=sha256,
        size=facts.st_size,
        modified_at=datetime.fromtimestamp(facts.st_mtime, UTC),
        sources=sources_of(path, catalogue),
    )


def sources_of(path: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The sources whose file names `path` fits."""
    return tuple(name for name, source in catalogue.sources.items() if matches_any(source.files, path))


def sha256_of(location: Path) -> str:
    """The file's content hash: the name of its version everywhere."""
    with location.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def strays(files: Sequence[InboxFile]) -> list[Problem]:
    """A note for each folder that holds files which no source expects."""
    folders: dict[str, list[str]] = {}
    for file in files:
        if not file.sources:
            folders.setdefault(str(PurePosixPath(file.path).parent), []).append(file.path)
    return [_stray(folder, paths) for folder, paths in folders.items()]


def _stray(folder: str, paths: list[str]) -> Problem:
    if len(paths) == 1:
        return Problem(Code.no_contract, Severity.note, f"{paths[0]}: no source expects this file.", path=paths[0])
    names = ", ".join(PurePosixPath(path).name for path in paths[:3]) + (" and more" if len(paths) > 3 else "")
    where = "the inbox itself" if folder == "." else folder
    sentence = f"{where}: no source expects {len(paths)} files there ({names})."
    return Problem(Code.no_contract, Severity.note, sentence, path=folder)


class Archive:
    """Accepted files by content hash, so that every figure's file can be shown and a bad resend cannot hurt."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "archive"

    def place(self, sha256: str, path: str) -> Path:
        """Where the bytes of a version lie."""
        return self.folder / f"{sha256}{Path(path).suffix.lower()}"

    def keep(self, file: InboxFile) -> None:
        """Copy the file in, once; a copy cut short is never taken for a whole one."""
        place = self.place(file.sha256, file.path)
        if place.exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = place.with_suffix(".partial")
        shutil.copyfile(file.location, partial)
        # The age of a file decides which of two figures stands, so the copy keeps it.
        os.utime(partial, (file.modified_at.timestamp(), file.modified_at.timestamp()))
        partial.replace(place)
