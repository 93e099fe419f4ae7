"""A file tried by the contract of a source, on the way that a run takes, with nothing kept."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pipelines.areas import AreaIndex
from pipelines.check.past import Past
from pipelines.check.tables import check_tables
from pipelines.inbox import InboxFile, sha256_of
from pipelines.load import Load, ReturnLoad
from pipelines.problems import Code, Problem
from pipelines.read.files import placed, read_for
from pipelines.read.opening import OpenFile
from pipelines.read.table import Table
from pipelines.trial.tried import Tried, tried
from pipelines.whole_files import check_returns
from scorecard.catalogue import Severity, Source


def file_on_trial(location: Path, path: str, sources: tuple[str, ...] = ()) -> InboxFile:
    """The file as the inbox would have it under this name. Raises OSError."""
    facts = location.stat()
    changed = datetime.fromtimestamp(facts.st_mtime, UTC)
    return InboxFile(path, location, sha256_of(location), facts.st_size, changed, sources, in_inbox=False)


def try_by(
    source_id: str, source: Source, location: Path, path: str, areas: AreaIndex | None, past: Past | None = None
) -> list[Tried]:
    """One Tried for each sheet that the source reads. Without `areas` places are not looked up.

    `past` are the files accepted before, which some checks hold a new one against. Raises RunFailed when a check
    itself cannot be run.
    """
    past = past or Past()
    source = source if areas is not None or source.area is None else source.model_copy(update={"area": None})
    try:
        file = file_on_trial(location, path, (source_id,))
    except OSError as fault:
        problem = Problem(Code.unreadable_file, Severity.refuse, f"It cannot be read: {fault.strerror or fault}.")
        return [Tried(path, "refuse", source_id, source.format, problems=[placed(problem, path, source_id, None)])]
    if source.holds == "records":
        loads = _records(source_id, source, file, areas or AreaIndex(), past)
    else:
        loads = _returns(source_id, source, file, areas, past)
    return [tried(load, source) for load in loads]


def _returns(source_id: str, source: Source, file: InboxFile, areas: AreaIndex | None, past: Past) -> list[Load]:
    read = read_for(file, OpenFile(file.location), source_id, source, areas)
    tables = [each for each in read if isinstance(each, Table)]
    checked = iter(check_tables(source, tables) if tables else [])
    loads: list[ReturnLoad] = []
    for each in read:
        if isinstance(each, Table):
            one = next(checked)
            loads.append(ReturnLoad(file, source_id, one, one.refused))
        else:
            loads.append(ReturnLoad(file, source_id, None, each))
    return list(check_returns({source_id: source}, loads, past))


def _records(source_id: str, source: Source, file: InboxFile, areas: AreaIndex, past: Past) -> list[Load]:
    from pipelines.records.reading import take_in_records  # loads DuckDB
    from pipelines.records.staging import Staging

    with tempfile.TemporaryDirectory(prefix="trial-") as folder, Staging(Path(folder)) as staging:
        loads = take_in_records(source_id, source, [file], areas, staging, past=past)
    return list(loads)
