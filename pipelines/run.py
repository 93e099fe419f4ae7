"""One run: read → check → build → judge → publish → record."""

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

import pandas as pd

from pipelines.build.observations import AcceptedLoad, build_observations, put_together
from pipelines.earlier import read_earlier
from pipelines.inbox import Archive, InboxFile, sha256_of, survey
from pipelines.intake import Intake, take_in
from pipelines.judged_inputs import areas_of, loads_told
from pipelines.judging import Figures, judge_all
from pipelines.load import ReturnLoad
from pipelines.lock import only_writer
from pipelines.problems import Problem
from pipelines.progress import Progress
from pipelines.publish import SCHEMA, publish
from pipelines.record import RunRecord, append, last_published_inputs, run_table, stamp
from pipelines.records.counting import Cover, Staged, count_records
from pipelines.records.engine import DuckDB
from pipelines.records.loads import RecordLoad
from pipelines.records.staging import Staging
from pipelines.tables import (
    area_table,
    catalogue_tables,
    council_table,
    file_table,
    load_tables,
    problem_table,
)
from pipelines.target_problems import target_problems
from scorecard.catalogue import Catalogue, Severity, read_catalogue
from scorecard.errors import CouncilError, RunFailed
from scorecard.settings import ROOT, Settings
from scorecard.wording import count

CODE: Final = (ROOT / "scorecard", ROOT / "pipelines")


@dataclass(frozen=True)
class Outcome:
    """How a run ended."""

    published: bool
    refused: int
    summary: str
    problems: tuple[Problem, ...] = ()
    """What somebody must act on: files refused, then rows set aside."""


def run(settings: Settings, progress: Progress, as_at: date | None = None, *, force: bool = False) -> Outcome:
    """Load what is in the inbox and publish a snapshot, unless nothing has changed since the last one.

    `as_at` is the day lateness is judged as at; by default the catalogue's, else today. Raises CouncilError:
    CatalogueError, SettingError, RunInProgress or RunFailed; the last good snapshot is served in every case.
    """
    catalogue = read_catalogue(settings.catalogue)
    with only_writer(settings.data):
        started = datetime.now(UTC)
        try:
            day = as_at or catalogue.council.as_at or started.date()
            return _run(settings, catalogue, progress, day, started, force)
        except CouncilError as error:
            _log_failure(settings, started, error)
            raise
        except OSError as fault:
            failure = RunFailed(
                "The run stopped because a file or folder could not be read or written.",
                why=f"{fault.strerror or fault}: {fault.filename or settings.data}.",
                fix="Check the free space and the permissions, then run again; the last good snapshot is served.",
            )
            _log_failure(settings, started, failure)
            raise failure from fault


def _log_failure(settings: Settings, started: datetime, error: CouncilError) -> None:
    record = RunRecord(_run_id(started), stamp(started), stamp(datetime.now(UTC)), "failed", str(error))
    with contextlib.suppress(OSError):  # on a full disk the message on the screen has to do
        append(settings.data, record)


def _run(
    settings: Settings, catalogue: Catalogue, progress: Progress, as_at: date, started: datetime, force: bool
) -> Outcome:
    files, earlier = survey(settings.inbox, catalogue), read_earlier(settings.data)
    inputs = _inputs_sha256(settings, files, as_at)
    if earlier.damaged:
        progress.say(f"{earlier.damaged} cannot be read: building on {earlier.snapshot}")
    if last_published_inputs(settings.data) == inputs and earlier.snapshot and not earlier.damaged and not force:
        summary = f"Nothing has changed since snapshot {earlier.snapshot}, which stays: {earlier.summary}"
        now = stamp(datetime.now(UTC))
        append(settings.data, RunRecord(_run_id(started), stamp(started), now, "unchanged", summary))
        return Outcome(False, earlier.files_refused, summary)
    archive = Archive(settings.data)
    with Staging(settings.data) as staging:
        intake = take_in(catalogue, files, earlier, archive, settings.council, staging, progress)
        returns, found = build_observations(catalogue, _accepted(intake))
        home, parts = intake.areas.home, intake.areas.parts()
        staged = _staged(intake, staging)
        counted, breakdown = count_records(catalogue, DuckDB(staging.connection), staged, home, parts, returns)
    observations = put_together(returns, counted)
    progress.say(f"build: {len(observations):,} observations")
    if observations.empty and earlier.snapshot and any(file.sources for file in files):
        raise RunFailed(
            "Not one file of the inbox could be used, so nothing was published.",
            why=" ".join(problem.sentence for problem in intake.problems if problem.severity == "refuse")[:500],
            fix=f"Snapshot {earlier.snapshot} stays. Mend the files or the catalogue and run again.",
        )
    figures = Figures(observations, breakdown, *loads_told(catalogue, intake))
    judged = judge_all(catalogue, figures, areas_of(catalogue, intake), as_at, earlier.before)
    concerns = len(judged.listed.concerns)
    progress.say(f"judge: {len(judged.tables['finding']):,} findings, {count(concerns, 'exception')}")
    for file in {load.file for load in intake.loads if not load.refused and load.file.in_inbox}:
        archive.keep(file)
    finished = datetime.now(UTC)
    record = _record(settings, intake, observations, concerns, inputs, started, finished)
    tables = {
        **catalogue_tables(catalogue, as_at),
        **load_tables(intake),
        "council": council_table(catalogue, intake, as_at),
        "area": area_table(intake, set(observations["area_code"])),
        "source_file": file_table(intake, earlier, finished),
        "problem": problem_table([*intake.problems, *found, *target_problems(catalogue, observations, home)]),
        "observation": observations,
        "breakdown": breakdown,
        **judged.tables,
        "run": run_table(settings.data, record),
    }
    name = publish(settings.data, tables)
    append(settings.data, record)
    refused = [problem for problem in intake.problems if problem.severity is Severity.refuse]
    set_aside = [problem for problem in intake.problems if problem.severity is Severity.quarantine]
    return Outcome(True, record.files_refused, f"{record.summary} Snapshot {name}.", (*refused, *set_aside))


def _accepted(intake: Intake) -> dict[str, list[AcceptedLoad]]:
    """Accepted rows by source, oldest file first, so that a later file's figure stands."""
    found: dict[str, list[tuple[datetime, AcceptedLoad]]] = {}
    for number, load in enumerate(intake.loads):
        if isinstance(load, ReturnLoad) and load.checked and not load.refused:
            accepted = AcceptedLoad(number, load.file.sha256, load.file.path, load.checked.accepted)
            found.setdefault(load.source_id, []).append((load.file.modified_at, accepted))
    return {
        source: [load for _, load in sorted(many, key=lambda pair: (pair[0], pair[1].path))]
        for source, many in found.items()
    }


def _staged(intake: Intake, staging: Staging) -> dict[str, Staged]:
    """The records of each source, with what its loaded files cover, the oldest file first."""
    covers: dict[str, list[tuple[datetime, Cover]]] = {}
    for number, load in enumerate(intake.loads):
        if isinstance(load, RecordLoad) and load.period and not load.refused:
            cover = Cover(load.period, number, load.file.sha256)
            covers.setdefault(load.source_id, []).append((load.file.modified_at, cover))
    return {
        source: Staged(staging.table(source), [cover for _, cover in sorted(many, key=lambda pair: pair[0])])
        for source, many in covers.items()
    }


def _record(
    settings: Settings, intake: Intake, observations: pd.DataFrame, exceptions: int, inputs: str, started: datetime,
    finished: datetime,
) -> RunRecord:  # fmt: skip
    read = {load.file.path for load in intake.loads if load.file.in_inbox}
    refused = {load.file.path for load in intake.loads if load.refused and load.file.in_inbox}
    aside = sum(len(load.held) for load in intake.loads if not load.refused)
    measures = int(observations["measure_id"].nunique())
    strays = sum(1 for file in intake.files if not file.sources)
    record = RunRecord(
        _run_id(started), stamp(started), stamp(finished), "published", "", sha256_of(settings.catalogue), inputs,
        intake.areas.home, len(read), len(refused), aside, measures, exceptions,
    )  # fmt: skip
    return replace(record, summary=_summary(record, strays, finished))


def _summary(record: RunRecord, strays: int, finished: datetime) -> str:
    """ "14 files read, 1 refused, 212 rows set aside, 61 measures, 9 exceptions; published 2026-11-21T09:30Z." """
    said = (
        f"{count(record.files_read, 'file')} read, {record.files_refused:,} refused, "
        f"{count(record.rows_set_aside, 'row')} set aside, {count(record.measures, 'measure')}, "
        f"{count(record.exceptions, 'exception')}; published {finished:%Y-%m-%dT%H:%MZ}."
    )
    return f"{said} {count(strays, 'other file')} in the inbox matched no source." if strays else said


def _inputs_sha256(settings: Settings, files: Sequence[InboxFile], as_at: date) -> str:
    """One hash for all that a snapshot is made from: files, catalogue, council, day, and the program itself."""
    digest = hashlib.sha256()
    code = [sha256_of(path) for folder in CODE for path in sorted(folder.rglob("*.py"))]
    parts = [sha256_of(settings.catalogue), settings.council or "", as_at.isoformat(), sha256_of(SCHEMA), *code]
    for part in (*parts, *(f"{file.path}\0{file.sha256}" for file in files)):
        digest.update(f"{part}\n".encode())
    return digest.hexdigest()


def _run_id(started: datetime) -> str:
    return started.strftime("%Y-%m-%dT%H%M%S.%fZ")
