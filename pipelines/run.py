"""One run: archive → read → check → build → judge → publish → record.

Each step leaves the folder such that a run killed after it is repaired by the next: originals are archived before they
are read, a snapshot is switched to when it is whole, and the ledger and the run log are told of it last.
"""

import contextlib
import errno
import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import duckdb

from pipelines.archive import Archive, Changing, Unreadable
from pipelines.building import Built, arrived_tables, build, followed, judge_built, tables_of
from pipelines.earlier import (
    Earlier,
    Publication,
    before_this,
    catch_up,
    closing,
    last_published,
    read_earlier,
)
from pipelines.inbox import sha256_of
from pipelines.ledger import Ledger, accepted_anew, refused_anew
from pipelines.lock import only_writer
from pipelines.problems import Problem
from pipelines.progress import Progress
from pipelines.publish import SCHEMA, publish
from pipelines.receiving import Arrivals, receive
from pipelines.record import RunRecord, append, record_of, run_id_of, run_table, stamp
from pipelines.standing import Selection, Standing, select
from pipelines.versions import version_table
from scorecard.catalogue import Catalogue, Severity, read_catalogue
from scorecard.errors import CouncilError, RunFailed
from scorecard.settings import ROOT, Settings

CODE: Final = (ROOT / "scorecard", ROOT / "pipelines")
NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Outcome:
    """How a run ended."""

    published: bool
    refused: int
    summary: str
    problems: tuple[Problem, ...] = ()
    """What somebody must act on: files refused, then rows set aside."""


def run(
    settings: Settings, progress: Progress, as_at: date | None = None, *, force: bool = False, wait: float = 0
) -> Outcome:
    """Load what is in the inbox and publish a snapshot, unless nothing has changed since the last one.

    `as_at` is the day lateness is judged as at; by default the catalogue's, else today. Another run is waited for up to
    `wait` seconds. Raises CouncilError: CatalogueError, SettingError, RunInProgress or RunFailed; the last good
    snapshot is served in every case.
    """
    version = _version_of(settings)
    catalogue = read_catalogue(settings.catalogue)
    with only_writer(settings.data, wait, progress.say):
        started = datetime.now(UTC)
        progress.started(run_id_of(started))
        try:
            day = as_at or catalogue.council.as_at or started.date()
            return _Run(settings, catalogue, version, progress, day, started).once(force)
        except (CouncilError, OSError, duckdb.Error, MemoryError, UnicodeError) as fault:
            failure = fault if isinstance(fault, CouncilError) else failure_of(fault, settings)
            _log_failure(settings, started, failure)
            if failure is fault:
                raise
            raise failure from fault


def failure_of(fault: BaseException, settings: Settings) -> RunFailed:
    """A fault of the machine in words."""
    what = "The run stopped because a file or folder could not be read or written."
    why = f"{str(fault).splitlines()[0][:300] if str(fault) else type(fault).__name__}."
    fix = "Check the free space and the permissions, then run again; the last good snapshot is served."
    if isinstance(fault, OSError):
        why = f"{fault.strerror or fault}: {fault.filename or settings.data}."
        if fault.errno in NO_ROOM:
            fix = f"Free some space on the disk of {settings.data}, then run again; the last good snapshot is served."
    elif isinstance(fault, MemoryError | duckdb.OutOfMemoryException):
        what, fix = (
            "The run stopped because memory ran out.",
            "Give it more memory, or send the largest files in parts.",
        )
    return RunFailed(what, why=why, fix=fix)


def _version_of(settings: Settings) -> str:
    try:
        return sha256_of(settings.catalogue)
    except OSError:
        return ""  # reading it says why


def _log_failure(settings: Settings, started: datetime, error: CouncilError) -> None:
    record = RunRecord(run_id_of(started), stamp(started), stamp(datetime.now(UTC)), "failed", str(error))
    with contextlib.suppress(OSError):  # on a full disk the message on the screen has to do
        append(settings.data, record)


class _Run:
    """One run, while it holds the lock."""

    def __init__(
        self, settings: Settings, catalogue: Catalogue, version: str, progress: Progress, as_at: date, started: datetime
    ) -> None:
        self.settings, self.catalogue, self.version = settings, catalogue, version
        self.progress, self.as_at, self.started = progress, as_at, started
        self.archive, self.ledger = Archive(settings.data), Ledger(settings.data)

    def once(self, force: bool) -> Outcome:
        """Do all of it, or find that there is nothing to do."""
        earlier, last, arrived, chosen, standing = self._survey()
        inputs = self._inputs_sha256(chosen, arrived)
        if last and last.inputs_sha256 == inputs and earlier.published and not earlier.damaged and not force:
            return self._unchanged(earlier.published)
        built = build(chosen, standing, self.settings.council, self.settings.data, self.progress)
        self._refuse_nothing(built, chosen, earlier)
        judged = judge_built(built, self.as_at, earlier.before, self.progress)
        now = datetime.now(UTC).replace(microsecond=0)
        concerns = len(judged.listed.concerns)
        record = record_of(built.intake, built.observations, concerns, inputs, self.version, self.started, now)
        events = [
            *accepted_anew(self.ledger, built.in_use, now),
            *refused_anew(self.ledger, built.refusals, now),
            closing(record.run_id, self.settings.catalogue.name, self.version, now),
        ]
        seen = {version: event.at for version, event in self.ledger.seen().items()}
        self.progress.step("publish")
        name = publish(
            self.settings.data,
            {
                **tables_of(built, judged, self.as_at, seen, now),
                **followed(built, before_this(self.settings.data, last), now, self.ledger.withdrawn()),
                "file_version": version_table([*self.ledger.events, *events]),
                **arrived_tables(built, earlier, self.as_at, now),
                "run": run_table(self.settings.data, record),
            },
        )
        self.progress.step("record")
        self.ledger.add(events)
        append(self.settings.data, record)
        return _outcome(built, record, name)

    def _survey(self) -> tuple[Earlier, Publication | None, Arrivals, Selection, Standing]:
        """What was published last, what has arrived since, and which versions count."""
        self.progress.step("survey")
        settings, archive, ledger = self.settings, self.archive, self.ledger
        archive.sweep()
        ledger.repair()
        earlier = read_earlier(settings.data)
        if earlier.damaged:
            self.progress.say(f"{earlier.damaged} cannot be read: building on {earlier.snapshot}")
        last = last_published(settings.data, ledger, earlier)
        catch_up(ledger, last)
        self.progress.step("archive")
        self._keep_catalogue()
        arrived = receive(settings, self.catalogue, archive, ledger, self.progress.say)
        ledger.add(arrived.seen)
        withdrawn, seen = ledger.withdrawn(), ledger.seen()
        served = earlier.published.loads if earlier.published else ()
        in_use = ledger.in_use() | {(path, source): sha for path, source, sha in served if (path, sha) not in withdrawn}
        changed = {version: event.modified_at for version, event in seen.items() if event.modified_at}
        standing = Standing(self.catalogue, archive, in_use, changed, ledger.accepted(), earlier.past)
        return earlier, last, arrived, select(arrived, standing, withdrawn, [path for path, _, _ in served]), standing

    def _keep_catalogue(self) -> None:
        """Archive the catalogue; should it have been changed since it was read, what is archived is read again."""
        place = self.settings.catalogue
        try:
            kept = self.archive.keep(place, place.name, self.version)
        except (Changing, Unreadable) as fault:
            raise RunFailed(f"The catalogue {place} is being changed.", fix="Run again when it is whole.") from fault
        if kept.sha256 != self.version:
            self.catalogue, self.version = read_catalogue(kept.place), kept.sha256

    def _unchanged(self, served: Publication) -> Outcome:
        self.progress.step("record")
        summary = f"Nothing has changed since snapshot {served.path.stem}, which stays: {served.summary}"
        now = stamp(datetime.now(UTC))
        append(self.settings.data, RunRecord(run_id_of(self.started), stamp(self.started), now, "unchanged", summary))
        return Outcome(False, served.files_refused, summary)

    def _refuse_nothing(self, built: Built, chosen: Selection, earlier: Earlier) -> None:
        """Raise RunFailed when there were files, there were figures, and now there would be none."""
        if built.observations.empty and earlier.snapshot and any(file.sources for file in chosen.files):
            problems = built.intake.problems
            raise RunFailed(
                "Not one file of the inbox could be used, so nothing was published.",
                why=" ".join(problem.sentence for problem in problems if problem.severity == "refuse")[:500],
                fix=f"Snapshot {earlier.snapshot} stays. Mend the files or the catalogue and run again.",
            )

    def _inputs_sha256(self, chosen: Selection, arrived: Arrivals) -> str:
        """One hash for all that a snapshot is made from: files, catalogue, council, day, and the program itself."""
        digest = hashlib.sha256()
        code = [sha256_of(path) for folder in CODE for path in sorted(folder.rglob("*.py"))]
        parts = [self.version, self.settings.council or "", self.as_at.isoformat(), sha256_of(SCHEMA), *code]
        # In the order of their age, as that decides which of two figures stands.
        for file in sorted(chosen.files, key=lambda each: (each.modified_at, each.path)):
            is_there = file.in_inbox or arrived.is_held_back(file.path)
            parts.append(f"{file.path}\0{file.sha256}\0{'there' if is_there else 'gone'}")
        parts += sorted(f"{file.path}\0{file.sha256}\0{how}" for file, how in chosen.aside)
        for part in parts:
            digest.update(f"{part}\n".encode())
        return digest.hexdigest()


def _outcome(built: Built, record: RunRecord, name: str) -> Outcome:
    problems = built.intake.problems
    refused = [problem for problem in problems if problem.severity is Severity.refuse]
    set_aside = [problem for problem in problems if problem.severity is Severity.quarantine]
    return Outcome(True, record.files_refused, f"{record.summary} Snapshot {name}.", (*refused, *set_aside))
