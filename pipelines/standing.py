"""Which version of each file counts: the one in the inbox, or an earlier one from the archive, each only once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from pipelines.archive import Archive
from pipelines.check.past import Past
from pipelines.inbox import InboxFile, sources_of
from pipelines.ledger import Event
from pipelines.problems import Code, Problem
from pipelines.receiving import Arrivals
from scorecard.catalogue import Catalogue, Severity

Aside = Literal["refused", "withdrawn", "identical"]


@dataclass(frozen=True)
class Standing:
    """The versions whose figures were published last, and how to read them again."""

    catalogue: Catalogue
    archive: Archive
    in_use: Mapping[tuple[str, str], str]
    """(path, source) → sha256."""
    changed: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    """(path, sha256) → when a version was last changed, in UTC, as far as it is known."""
    accepted: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    """(path, source) → sha256 of every version that was ever accepted and is not withdrawn."""
    past: Past = field(default_factory=Past)
    """The files accepted before, which new ones are held against."""

    def version(self, path: str, sha256: str) -> InboxFile | None:
        """A version out of the archive, for every source that expects it; None when there is no source or no copy."""
        place, sources = self.archive.place(sha256, path), sources_of(path, self.catalogue)
        if not place.exists() or not sources:
            return None
        facts = place.stat()
        changed = self.changed.get((path, sha256)) or datetime.fromtimestamp(facts.st_mtime, UTC)
        return InboxFile(path, place, sha256, facts.st_size, changed, sources, in_inbox=False)

    def instead_of(self, file: InboxFile, source_id: str) -> InboxFile | None:
        """The last good version of a file that one source refuses, where there is another."""
        sha256 = self.in_use.get((file.path, source_id))
        found = self.version(file.path, sha256) if sha256 and sha256 != file.sha256 else None
        return replace(found, sources=(source_id,)) if found and source_id in found.sources else None

    def overtaken_by(self, file: InboxFile) -> list[InboxFile]:
        """The versions before of a file whose sources have only periods resent, each for those sources."""
        found = []
        for source_id in file.sources:
            if self.catalogue.sources[source_id].resent == "periods":
                for sha256 in self.accepted.get((file.path, source_id), ()):
                    earlier = self.version(file.path, sha256) if sha256 != file.sha256 else None
                    if earlier and source_id in earlier.sources and earlier.modified_at <= file.modified_at:
                        found.append(replace(earlier, sources=(source_id,), is_overtaken=True))
        return found

    def later(self, file: InboxFile) -> InboxFile | None:
        """The version in use that was changed after this one, if there is one."""
        for source_id in file.sources:
            found = self.instead_of(file, source_id)
            if found and found.modified_at > file.modified_at:
                return found
        return None


@dataclass
class Selection:
    """The versions to be read, and those in the inbox that are not."""

    files: list[InboxFile] = field(default_factory=list)
    """To be read, and those that no source expects."""
    aside: list[tuple[InboxFile, Aside]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def select(
    arrived: Arrivals, standing: Standing, withdrawn: Mapping[tuple[str, str], Event], published: Sequence[str]
) -> Selection:
    """Choose among what has arrived and what is in use; `published` are the paths that the last snapshot knew."""
    chosen = Selection(problems=list(arrived.problems), aside=[(file, "refused") for file in arrived.refused])
    for file in arrived.files:
        _place(file, chosen, standing, withdrawn)
    present = {file.path for file in chosen.files}
    missing = {
        (path, sha256): standing.version(path, sha256)
        for (path, _), sha256 in standing.in_use.items()
        if path not in present
    }
    chosen.files += [replace(file, sources=_sources_of_version(file, standing)) for file in missing.values() if file]
    chosen.files += [earlier for file in list(chosen.files) for earlier in standing.overtaken_by(file)]
    _read_once(chosen, standing.catalogue)
    for (path, _), version in missing.items():
        _tell(path, version, chosen, standing, arrived, path in published)
    return chosen


def _place(file: InboxFile, chosen: Selection, standing: Standing, withdrawn: Mapping[tuple[str, str], Event]) -> None:
    gone = withdrawn.get((file.path, file.sha256))
    later = standing.later(file)
    if gone:
        said = f"{file.path}: this version was withdrawn on {gone.at:%-d %B %Y}: {gone.reason}"
        chosen.problems.append(Problem(Code.withdrawn, Severity.note, said, path=file.path))
        chosen.aside.append((file, "withdrawn"))
    elif later:
        said = (
            f"{file.path}: the version in the inbox was last changed on {_moment(file.modified_at)}, before the one in "
            f"use ({_moment(later.modified_at)}), so it was not used. To go back to it, withdraw the later one."
        )
        chosen.problems.append(Problem(Code.figures_disagree, Severity.refuse, said, path=file.path))
        chosen.aside.append((file, "refused"))
    else:
        chosen.files.append(file)


def _tell(
    path: str, file: InboxFile | None, chosen: Selection, standing: Standing, arrived: Arrivals, was_published: bool
) -> None:
    """Say what becomes of a version in use of which the inbox has no other to read; nothing of a file renamed."""
    told: Problem | None = None
    refused = [each.path for each, how in chosen.aside if how == "refused"]
    was_refused = any(path == each or path.startswith(f"{each}/") for each in refused)
    is_gone = not arrived.is_held_back(path) and path not in {each.path for each, _ in chosen.aside}
    if file and was_refused:
        said = f"{path}: what was sent now cannot be used, so the figures of the version before it stay."
        told = Problem(Code.earlier_version_kept, Severity.note, said, path=path)
    elif file and is_gone and path in {each.path for each in chosen.files}:
        said = f"{path} is no longer in the inbox; its figures stay."
        told = Problem(Code.file_gone, Severity.note, said, path=path)
    elif not file and not sources_of(path, standing.catalogue):
        said = f"{path} is no longer in the inbox; no source expects it any more, so its figures are left out."
        told = Problem(Code.no_contract, Severity.note, said, path=path) if was_published else None
    elif not file:
        said = f"{path} is no longer in the inbox; its archived copy cannot be found."
        told = Problem(Code.file_lost, Severity.refuse, said, path=path)
    if told:
        chosen.problems.append(told)


def _sources_of_version(file: InboxFile, standing: Standing) -> tuple[str, ...]:
    """The sources that use just this version; those to which the path is new read it too."""
    return tuple(each for each in file.sources if standing.in_use.get((file.path, each), file.sha256) == file.sha256)


def _read_once(chosen: Selection, catalogue: Catalogue) -> None:
    """Of files with the same bytes for the same sources, only the one that was changed last is read."""
    kept: dict[tuple[str, tuple[str, ...]], InboxFile] = {}
    for file in sorted(chosen.files, key=lambda each: (each.in_inbox, each.modified_at, each.path)):
        if file.sources and not any(_is_told_by_name(catalogue, each) for each in file.sources):
            kept[file.sha256, file.sources] = file
    for file in list(chosen.files):
        other = kept.get((file.sha256, file.sources), file)
        if other is not file:
            chosen.files.remove(file)
            if file.in_inbox:
                said = f"{file.path}: it is byte for byte the same as {other.path}, so it was counted once."
                chosen.problems.append(Problem(Code.identical_rows, Severity.note, said, path=file.path))
                chosen.aside.append((file, "identical"))


def _is_told_by_name(catalogue: Catalogue, source_id: str) -> bool:
    """Whether the same bytes under another name are about another period."""
    period = catalogue.sources[source_id].period
    return period is not None and period.within == "file_name"


def _moment(moment: datetime) -> str:
    return f"{moment:%-d %B %Y %H:%M} UTC"
