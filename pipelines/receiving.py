"""What has arrived: every file of the inbox that a source expects is archived before anything is read of it."""

import shutil
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

from pipelines.archive import Archive, Changing, Kept, Unreadable
from pipelines.inbox import InboxFile, Lying, look_at, lying_in, query_path, sha256_of, sources_of
from pipelines.ledger import Event, Ledger
from pipelines.problems import Code, Problem, Refused
from pipelines.read.packs import is_pack, unpack
from scorecard.catalogue import Catalogue, Severity
from scorecard.settings import Settings

_ZIP: Final = ".zip"


@dataclass
class Arrivals:
    """The files of a run, each of those that a source expects with its location in the archive."""

    files: list[InboxFile] = field(default_factory=list)
    """To be read, and those that no source expects."""
    refused: list[InboxFile] = field(default_factory=list)
    """Could not be archived; without a hash."""
    held_back: set[str] = field(default_factory=set)
    """Paths (of packs and folders: what is below them) about which nothing new is known: they have not gone."""
    problems: list[Problem] = field(default_factory=list)
    seen: list[Event] = field(default_factory=list)
    """What the ledger has to be told."""

    def is_held_back(self, path: str) -> bool:
        """Whether nothing new is known of a file."""
        return any(path == each or path.startswith(f"{each}/") for each in self.held_back)

    def hold_back(self, path: str, problem: Problem) -> None:
        """Leave what is known of a file as it is, for this reason."""
        self.held_back.add(path)
        self.problems.append(problem)


def receive(
    settings: Settings, catalogue: Catalogue, archive: Archive, ledger: Ledger, say: Callable[[str], None]
) -> Arrivals:
    """Look into the inbox, wait for what is being written, archive what a source expects and ask the databases.

    Raises SettingError without an inbox, OSError when the archive cannot be written.
    """
    receiving = _Receiving(catalogue, archive, ledger)
    lying, closed = lying_in(settings.inbox)
    for problem in closed:
        receiving.arrived.hold_back(str(problem.path), problem)
    expected = [each for each in lying if sources_of(each.path, catalogue) or is_pack(each.path)]
    still = _still_arriving(expected, settings, say)
    for each in lying:
        if each.path in still:
            receiving.leave(each.path)
        else:
            receiving.take(each)
    for source_id, source in catalogue.sources.items():
        if source.format == "query":
            receiving.ask(source_id)
    archive.sync()
    return receiving.arrived


def _still_arriving(files: Sequence[Lying], settings: Settings, say: Callable[[str], None]) -> set[str]:
    """Paths of files that are being written: young ones that have changed when they are looked at once more."""
    now = time.time()
    ages = {each: now - each.touched_ns / 1e9 for each in files}
    young = [each for each, age in ages.items() if age < settings.settle_seconds]  # also those from the future
    if not young:
        return set()
    wait = min(max(settings.settle_seconds - ages[each] for each in young), settings.settle_seconds)
    say(f"waiting {wait:.1f} seconds: {len(young)} of the files may still be arriving")
    time.sleep(wait)
    again = {each: look_at(each.location, settings.inbox) for each in young}
    return {each.path for each, later in again.items() if later is None or not later.is_same_as(each)}


class _Receiving:
    """Takes files in, one after another."""

    def __init__(self, catalogue: Catalogue, archive: Archive, ledger: Ledger) -> None:
        self.catalogue, self.archive = catalogue, archive
        self.arrived = Arrivals()
        self.seen = ledger.seen()
        self.likely = {(path, each.bytes, each.modified_at): sha for (path, sha), each in self.seen.items()}
        self.now = datetime.now(UTC)

    def take(self, each: Lying) -> None:
        """Archive a file, or a pack and its members, if a source expects it."""
        if is_pack(each.path):
            if self._may_be_expected(each):
                self._take_apart(each)
                return
        elif sources_of(each.path, self.catalogue):
            kept = self._keep(each.location, each.path)
            if kept:
                self._add(each.path, kept)
            return
        try:
            sha256 = sha256_of(each.location)
        except OSError:
            sha256 = ""
        self.arrived.files.append(InboxFile(each.path, each.location, sha256, each.size, each.modified_at, ()))

    def leave(self, path: str) -> None:
        """A file is still being written."""
        sentence = f"{path}: it is still being written, so it was left for the next run."
        self.arrived.hold_back(path, Problem(Code.still_arriving, Severity.note, sentence, path=path))

    def ask(self, source_id: str) -> None:
        """Ask a database; its answer is a file like any other."""
        from pipelines.read.query import fetch  # its library is slow to import, and few catalogues ask a database

        path, aside = query_path(source_id), self._aside()
        try:
            kept = self._keep(fetch(source_id, self.catalogue.sources[source_id], aside), path)
            if kept:
                # The same answer again is as old as it was when it first came.
                changed = datetime.fromtimestamp(kept.place.stat().st_mtime, UTC)
                self._add(path, Kept(kept.sha256, kept.place, kept.size, changed))
        except Refused as refused:
            self._refuse(path, refused.problem, (source_id,))
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def _may_be_expected(self, pack: Lying) -> bool:
        """Whether a source expects a member; also when the members cannot be told without unpacking."""
        name = PurePosixPath(pack.path)
        if name.suffix.lower() == ".gz":
            members = [name.stem]
        elif name.suffix.lower() == _ZIP:
            try:
                with zipfile.ZipFile(pack.location) as packed:
                    members = packed.namelist()
            except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
                return True
        else:
            return True
        return any(sources_of(f"{pack.path}/{member}", self.catalogue) for member in members)

    def _take_apart(self, pack: Lying) -> None:
        original = self._keep(pack.location, pack.path)
        if original is None:
            return
        self._note_seen(pack.path, original)
        aside = self._aside()
        try:
            for path, location in unpack(original.place, pack.path, aside):
                if sources_of(path, self.catalogue):
                    kept = self._keep(location, path)
                    if kept:
                        self._add(path, kept)
        except Refused as refused:
            self._refuse(pack.path, refused.problem, (), original)
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def _aside(self) -> Path:
        aside = self.archive.folder / ".unpacked-now"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        return aside

    def _keep(self, location: Path, path: str) -> Kept | None:
        facts = location.stat() if location.exists() else None
        changed = datetime.fromtimestamp(facts.st_mtime_ns / 1e9, UTC) if facts else None
        try:
            return self.archive.keep(location, path, self.likely.get((path, facts and facts.st_size, changed)))
        except Changing:
            self.leave(path)
        except Unreadable as unreadable:
            said = unreadable.fault.strerror or str(unreadable.fault)
            problem = Problem(Code.unreadable_file, Severity.refuse, f"It cannot be read: {said}.")
            self._refuse(path, problem, sources_of(path, self.catalogue))
        return None

    def _add(self, path: str, kept: Kept) -> None:
        sources = sources_of(path, self.catalogue)
        self._note_seen(path, kept)
        self.arrived.files.append(InboxFile(path, kept.place, kept.sha256, kept.size, kept.modified_at, sources))

    def _note_seen(self, path: str, kept: Kept) -> None:
        known = self.seen.get((path, kept.sha256))
        if known is None or known.modified_at != kept.modified_at:
            self.arrived.seen.append(Event("seen", self.now, path, kept.sha256, kept.size, kept.modified_at))

    def _refuse(self, path: str, problem: Problem, sources: tuple[str, ...], original: Kept | None = None) -> None:
        source = sources[0] if len(sources) == 1 else None
        told = Problem(
            problem.code, problem.severity, f"{path}: {problem.sentence}", problem.source_id or source, path,
        )  # fmt: skip
        self.arrived.hold_back(path, told)
        sha256, place, size, changed = (
            (original.sha256, original.place, original.size, original.modified_at)
            if original
            else ("", self.archive.folder, 0, self.now)
        )
        self.arrived.refused.append(InboxFile(path, place, sha256, size, changed, sources))
