"""Intake: every file of the inbox read and checked, with the last good version standing in where a new one fails."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import pandas as pd

from pipelines.areas import AreaIndex, Peers, index_areas, peers_of
from pipelines.boundaries import boundaries_of
from pipelines.check.past import Past
from pipelines.check.tables import check_tables
from pipelines.inbox import InboxFile, strays
from pipelines.load import Load, ReturnLoad
from pipelines.problems import Code, Problem
from pipelines.progress import Progress
from pipelines.put_right import settle
from pipelines.read.files import OpenFile, read_for
from pipelines.read.table import Table
from pipelines.records.loads import RecordLoad
from pipelines.records.reading import take_in_records
from pipelines.records.staging import Staging
from pipelines.registers.reused_keys import state_reused_keys, telling_columns
from pipelines.standing import Selection, Standing
from pipelines.whole_files import check_returns
from scorecard.catalogue import Catalogue, Severity


@dataclass
class Intake:
    """Everything read in a run."""

    files: list[InboxFile]
    """Every version in use, and what lies in the inbox unused."""
    areas: AreaIndex
    peers: Peers
    loads: list[Load] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    boundaries: pd.DataFrame = field(default_factory=pd.DataFrame)
    """The outlines of areas, as `boundaries_of` gives them."""
    aside: dict[tuple[str, str], str] = field(default_factory=dict)
    """(sha256, path) → why a version was not read: refused, withdrawn, identical."""


def take_in(
    catalogue: Catalogue,
    chosen: Selection,
    standing: Standing,
    council: str | None,
    staging: Staging,
    progress: Progress,
) -> Intake:
    """Read and check the files chosen: first those that say which places there are, then returns, then records.

    The accepted rows of records are in `staging` afterwards, those of everything else in the loads.
    """
    everything, problems = chosen.files, list(chosen.problems)
    reference = _reference_sources(catalogue)
    known = _load(catalogue, everything, reference, None, standing, progress)
    frames = {name: _accepted(known, name, catalogue) for name in reference}
    areas = index_areas(catalogue, frames, council)
    peers = peers_of(catalogue, areas, frames)
    returns = [name for name, one in catalogue.sources.items() if name not in reference and one.holds == "returns"]
    loads: list[Load] = [*known, *_load(catalogue, everything, returns, areas, standing, progress)]
    loads += _load_records(catalogue, everything, areas, standing, staging, progress)
    settle(loads)
    problems += strays(everything)
    for load in loads:
        problems += load.problems
    boundaries, undrawn = boundaries_of(catalogue, loads, areas)
    problems = [*_repeats_by_source(problems), *_kept(loads), *undrawn]
    listed = {(file.sha256, file.path): file for file in (*everything, *(file for file, _ in chosen.aside))}
    listed |= {(load.file.sha256, load.file.path): load.file for load in loads} | listed
    aside = {(file.sha256, file.path): str(how) for file, how in chosen.aside}
    return Intake(list(listed.values()), areas, peers, loads, problems, boundaries, aside)


def _repeats_by_source(problems: Sequence[Problem]) -> list[Problem]:
    """One note a source for rows that repeat others, instead of one for every file and sheet."""
    repeats: dict[str | None, list[Problem]] = {}
    for problem in problems:
        if problem.code is Code.identical_rows and problem.rows:
            repeats.setdefault(problem.source_id, []).append(problem)
    kept = [problem for problem in problems if problem.code is not Code.identical_rows or not problem.rows]
    for many in repeats.values():
        rows = sum(problem.rows for problem in many)
        also = (
            f" So it is in {len(many)} files or sheets of this source, {rows:,} rows in all." if len(many) > 1 else ""
        )
        kept.append(replace(many[0], sentence=f"{many[0].sentence}{also}", rows=rows))
    return kept


def _reference_sources(catalogue: Catalogue) -> list[str]:
    named = [register.source for register in catalogue.areas.registers]
    named += [names.source for names in catalogue.areas.names]
    named += [group.source for group in catalogue.peer_groups.values() if group.source]
    named += [outlines.source for outlines in catalogue.areas.boundaries]
    return list(dict.fromkeys(named))


def _load(
    catalogue: Catalogue, files: Sequence[InboxFile], source_ids: Iterable[str], areas: AreaIndex | None,
    standing: Standing, progress: Progress,
) -> list[ReturnLoad]:  # fmt: skip
    wanted = set(source_ids)
    mine = [file for file in files if wanted.intersection(file.sources)]
    loads = _check(catalogue, _read(catalogue, mine, wanted, areas, progress), standing.past, progress)
    again = []
    for load in loads:
        file = standing.instead_of(load.file, load.source_id) if load.refused else None
        again += [file] if file and file not in again else []
    if again:
        loads += _check(catalogue, _read(catalogue, again, wanted, areas, progress), standing.past, progress)
    return loads


def _load_records(
    catalogue: Catalogue, files: Sequence[InboxFile], areas: AreaIndex, standing: Standing, staging: Staging,
    progress: Progress,
) -> list[RecordLoad]:  # fmt: skip
    mine = {
        source_id: sorted((file for file in files if source_id in file.sources), key=_age)
        for source_id, source in catalogue.sources.items()
        if source.holds == "records"
    }
    loads: list[RecordLoad] = []
    for source_id, its_files in progress.over("records", [pair for pair in mine.items() if pair[1]], "source"):
        taken = take_in_records(
            source_id, catalogue.sources[source_id], its_files, areas, staging,
            stand_in=partial(standing.instead_of, source_id=source_id), past=standing.past,
            telling=telling_columns(catalogue, source_id),
        )  # fmt: skip
        state_reused_keys(catalogue, source_id, taken)
        loads += taken
    return loads


def _age(file: InboxFile) -> tuple[datetime, str]:
    return file.modified_at, file.path


def _read(
    catalogue: Catalogue, files: Sequence[InboxFile], wanted: set[str], areas: AreaIndex | None, progress: Progress
) -> list[tuple[InboxFile, str, Table | Problem]]:
    read: list[tuple[InboxFile, str, Table | Problem]] = []
    for file in progress.over("read", files, "file"):
        opened = OpenFile(file.location)
        for source_id in file.sources:
            if source_id in wanted:
                found = read_for(file, opened, source_id, catalogue.sources[source_id], areas)
                read += [(file, source_id, table) for table in found]
    return read


def _check(
    catalogue: Catalogue, read: list[tuple[InboxFile, str, Table | Problem]], past: Past, progress: Progress
) -> list[ReturnLoad]:
    """Check all tables of a source in one batch: a suite costs as much for one file as for many."""
    loads = [ReturnLoad(file, source, None, found) for file, source, found in read if isinstance(found, Problem)]
    by_source: dict[str, list[tuple[InboxFile, Table]]] = {}
    for file, source_id, found in read:
        if isinstance(found, Table):
            by_source.setdefault(source_id, []).append((file, found))
    for source_id, pairs in progress.over("check", list(by_source.items()), "source"):
        checked = check_tables(catalogue.sources[source_id], [table for _, table in pairs])
        loads += [ReturnLoad(file, source_id, one, one.refused) for (file, _), one in zip(pairs, checked, strict=True)]
    return check_returns(catalogue.sources, loads, past)


def _accepted(loads: Iterable[ReturnLoad], source_id: str, catalogue: Catalogue) -> pd.DataFrame:
    frames = [
        load.checked.accepted for load in loads if load.checked and not load.refused and load.source_id == source_id
    ]
    return pd.concat(frames) if frames else pd.DataFrame(columns=list(catalogue.sources[source_id].columns))


def _kept(loads: Sequence[Load]) -> list[Problem]:
    standing = {(load.file.path, load.source_id) for load in loads if not load.refused and not load.file.in_inbox}
    refused = [load for load in loads if load.refused and (load.file.path, load.source_id) in standing]
    return [
        Problem(
            Code.earlier_version_kept, Severity.note,
            f"{load.file.path}: the version sent now was refused, so the figures of the one before it stay.",
            load.source_id, load.file.path,
        )
        for load in refused
    ]  # fmt: skip
