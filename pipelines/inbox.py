"""What lies in the inbox, and which source each file belongs to. The inbox is only ever read."""

import hashlib
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

from pipelines.problems import Code, Problem
from pipelines.read.packs import is_pack
from scorecard.catalogue import Catalogue, Severity
from scorecard.errors import SettingError
from scorecard.set_aside import originals_of
from scorecard.wildcard import matches_any

UNFINISHED: Final = (".part", ".partial", ".crdownload", ".download", ".tmp")
"""Endings of what a browser or a copying program has not finished; it renames the file when it has."""
_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class InboxFile:
    """One version of a file: its name below the inbox, where its bytes are, and the sources that read it."""

    path: str
    location: Path
    sha256: str
    size: int
    modified_at: datetime
    sources: tuple[str, ...]
    in_inbox: bool = True
    is_overtaken: bool = False
    """A later version is in use too, and only the periods that it does not have are taken from this one."""


@dataclass(frozen=True)
class Lying:
    """A file as it was found in the inbox at one look."""

    path: str
    """Its name below the inbox, such as can be printed."""
    location: Path
    size: int
    modified_ns: int
    touched_ns: int
    """When anything about it was last changed, its name too."""
    inode: int

    @property
    def modified_at(self) -> datetime:
        """When its bytes were last changed, in UTC."""
        return datetime.fromtimestamp(self.modified_ns / 1e9, UTC)

    def is_same_as(self, other: "Lying") -> bool:
        """Whether nothing was written between two looks."""
        return (self.size, self.modified_ns, self.inode) == (other.size, other.modified_ns, other.inode)


def lying_in(inbox: Path) -> tuple[list[Lying], list[Problem]]:
    """Every file below the inbox, in order of name, and a refusal for each folder that cannot be looked into.

    Left out are hidden files, links, and what is not finished by its name. Raises SettingError without an inbox.
    """
    if not inbox.is_dir():
        raise SettingError(
            f"There is no inbox folder {inbox}.",
            fix="Name the folder with --inbox or SCORECARD_INBOX, or run: python -m pipelines demo",
        )
    found: list[Lying] = []
    closed: list[OSError] = []
    for folder, below, names in os.walk(inbox, onerror=closed.append):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            lying = None if _is_passed_over(name) else look_at(Path(folder, name), inbox)
            found += [lying] if lying else []
    problems = [_closed(inbox, fault) for fault in closed]
    return sorted(found, key=lambda each: PurePosixPath(each.path).parts), problems


def look_at(location: Path, inbox: Path) -> Lying | None:
    """The file as it is now; None when it has gone or is no file (a link, a device)."""
    try:
        facts = location.lstat()
    except OSError:
        return None
    if not os.path.isfile(location) or location.is_symlink():
        return None
    path = printable(location.relative_to(inbox).as_posix())
    touched = max(facts.st_mtime_ns, facts.st_ctime_ns)
    return Lying(path, location, facts.st_size, facts.st_mtime_ns, touched, facts.st_ino)


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower().endswith(UNFINISHED)


def _closed(inbox: Path, fault: OSError) -> Problem:
    """Raises SettingError when it is the inbox itself."""
    folder = Path(fault.filename)
    if folder == inbox:
        raise SettingError(
            f"The inbox {inbox} cannot be looked into: {fault.strerror}.",
            fix="Let the account which runs the load read it, or name another with --inbox or SCORECARD_INBOX.",
        ) from fault
    path = printable(folder.relative_to(inbox).as_posix())
    sentence = f"{path}: the folder cannot be looked into: {fault.strerror}."
    return Problem(Code.unreadable_file, Severity.refuse, sentence, path=path)


def printable(name: str) -> str:
    """The name with what cannot be printed or stored written out, as \\x0a or \\xff: one line, valid text."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    if text.isprintable():
        return text
    return "".join(_escaped(each) if _is_unprintable(each) else each for each in text)


def _is_unprintable(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in _BIDI


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def sources_of(path: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The sources whose file names `path` fits; of a member of a pack, its own name may fit as well."""
    names = _names_of(path)
    return tuple(
        source_id
        for source_id, source in catalogue.sources.items()
        if path == query_path(source_id) or any(matches_any(source.files, name) for name in names)
    )


def _names_of(path: str) -> list[str]:
    """waste/x.zip/deep/oct.csv may be expected as that, as waste/oct.csv or as oct.csv."""
    parts = PurePosixPath(path).parts
    for at, part in enumerate(parts[:-1]):
        if is_pack(part):
            return [path, PurePosixPath(*parts[:at], parts[-1]).as_posix(), parts[-1]]
    return [*originals_of(path), path]


def query_path(source_id: str) -> str:
    """Under which name the answer of a query is kept."""
    return f"query/{source_id}.parquet"


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
