"""Figures made from the files chosen: read, checked, built and judged, and the tables that hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.before import Before
from pipelines.build.observations import AcceptedLoad, build_observations, put_together
from pipelines.earlier import Earlier
from pipelines.history import Change, follow, versions_of
from pipelines.intake import Intake, take_in
from pipelines.judged_inputs import areas_of, loads_told
from pipelines.judging import Figures, Judgements, judge_all
from pipelines.load import Load, ReturnLoad
from pipelines.problems import Problem
from pipelines.progress import Progress
from pipelines.records.counting import Cover, Staged, count_records
from pipelines.records.engine import DuckDB
from pipelines.records.loads import RecordLoad
from pipelines.records.staging import Staging
from pipelines.registers.rows import RegisterRows, read_registers
from pipelines.registers.tables import register_tables
from pipelines.standing import Selection, Standing
from pipelines.submissions import submission_table
from pipelines.tables import area_table, catalogue_tables, council_table, file_table, load_tables, problem_table
from pipelines.target_problems import target_problems
from pipelines.whole_files import accepted_batches
from scorecard.catalogue import Catalogue, Severity
from scorecard.wording import count


@dataclass(frozen=True)
class Built:
    """What a run makes of its files, before it is judged."""

    catalogue: Catalogue
    intake: Intake
    observations: pd.DataFrame
    breakdown: pd.DataFrame
    problems: Sequence[Problem]
    """Of the files, and of what was made of them."""
    registers: Mapping[str, RegisterRows]
    """Register → its rows, of those whose source has files."""

    @property
    def in_use(self) -> list[tuple[str, str, str]]:
        """(path, source, sha256) of each version whose rows are used, as the loads stand."""
        return [
            (load.file.path, load.source_id, load.file.sha256)
            for load in self.intake.loads
            if not load.refused and not load.file.is_overtaken
        ]

    @property
    def refusals(self) -> list[tuple[str, str | None, str, str]]:
        """(path, source, sha256, code of the problem) of each version that is not used, before reading or after."""
        found: list[tuple[str, str | None, str, str]] = [
            (load.file.path, load.source_id, load.file.sha256, load.refused.code.value)
            for load in self.intake.loads
            if load.refused
        ]
        codes = {each.path: each.code.value for each in self.problems if each.severity is Severity.refuse}
        unread = [(sha, path) for (sha, path), how in self.intake.aside.items() if how == "refused" and sha]
        return found + [(path, None, sha, codes[path]) for sha, path in unread if path in codes]

    @property
    def paths(self) -> Mapping[int, str]:
        """Load → the file it came from."""
        return {number: load.file.path for number, load in enumerate(self.intake.loads)}


def build(chosen: Selection, standing: Standing, council: str | None, folder: Path, progress: Progress) -> Built:
    """Read and check the files chosen and work the measures out; `folder` is where records are staged meanwhile."""
    catalogue = standing.catalogue
    with Staging(folder) as staging:
        progress.step("intake")
        intake = take_in(catalogue, chosen, standing, council, staging, progress)
        progress.step("build")
        returns, found = build_observations(catalogue, _accepted(intake))
        home, parts = intake.areas.home, intake.areas.parts()
        staged = _staged(intake, staging)
        engine = DuckDB(staging.connection)
        counted, breakdown = count_records(catalogue, engine, staged, home, parts, returns)
        registers = read_registers(catalogue, engine, staged)
    observations = put_together(returns, counted)
    progress.say(f"build: {len(observations):,} observations")
    doubts = target_problems(catalogue, observations, home)
    return Built(catalogue, intake, observations, breakdown, [*intake.problems, *found, *doubts], registers)


def judge_built(built: Built, as_at: date, before: Before, progress: Progress) -> Judgements:
    """Judge the figures as at a day."""
    progress.step("judge")
    catalogue, intake = built.catalogue, built.intake
    figures = Figures(built.observations, built.breakdown, *loads_told(catalogue, intake))
    judged = judge_all(catalogue, figures, areas_of(catalogue, intake), as_at, before)
    concerns = len(judged.listed.concerns)
    progress.say(f"judge: {len(judged.tables['finding']):,} findings, {count(concerns, 'exception')}")
    return judged


def arrived_tables(built: Built, earlier: Earlier, as_at: date, now: datetime) -> Mapping[str, pd.DataFrame]:
    """accepted_batch and submission: what later files are held against, and what has come when."""
    loads, past = built.intake.loads, earlier.past.and_now(accepted_batches(built.intake.loads, now))
    calendar = submission_table(built.catalogue, loads, earlier.calendar, as_at, now)
    return {"accepted_batch": past.table(), "submission": calendar}


def followed(
    built: Built, bases: Sequence[Path], now: datetime, withdrawn: Mapping[tuple[str, str], object]
) -> Mapping[str, pd.DataFrame]:
    """observation and restatement: the figures, since when they are known, and what they were before.

    `bases` are the snapshots that were published before, the last one first: one that is damaged is passed over.
    """
    versions = versions_of([(source, path, sha256) for path, source, sha256 in built.in_use])
    change = Change(built.catalogue, versions, frozenset(withdrawn))
    for base in [*bases, None]:
        try:
            observations, restatements = follow(base, built.observations, built.paths, now, change)
        except duckdb.Error:
            if base is None:
                raise
        else:
            break
    return {"observation": observations, "restatement": restatements}


def tables_of(
    built: Built, judged: Judgements, as_at: date, seen: Mapping[tuple[str, str], datetime], now: datetime
) -> dict[str, pd.DataFrame]:
    """The tables of a snapshot, without those that tell of the run and of earlier ones."""
    catalogue, intake = built.catalogue, built.intake
    registers = register_tables(catalogue, built.registers, built.paths, as_at)
    return {
        **catalogue_tables(catalogue, as_at),
        **load_tables(intake),
        "council": council_table(catalogue, intake, as_at),
        "area": area_table(intake, set(built.observations["area_code"])),
        "boundary": intake.boundaries,
        "source_file": file_table(intake, seen, now),
        "problem": problem_table([*built.problems, *registers.problems]),
        "breakdown": built.breakdown,
        **registers.tables,
        **judged.tables,
    }


def _accepted(intake: Intake) -> dict[str, list[AcceptedLoad]]:
    """Accepted rows by source, oldest file first, so that a later file's figure stands."""
    found: dict[str, list[tuple[datetime, AcceptedLoad]]] = {}
    for number, load in enumerate(intake.loads):
        if isinstance(load, ReturnLoad) and load.checked and not load.refused:
            accepted = AcceptedLoad(number, load.file.sha256, load.file.path, _not_overtaken(load, intake.loads))
            found.setdefault(load.source_id, []).append((load.file.modified_at, accepted))
    return {
        source: [load for _, load in sorted(many, key=lambda pair: (pair[0], pair[1].path))]
        for source, many in found.items()
    }


def _not_overtaken(load: ReturnLoad, loads: Sequence[Load]) -> pd.DataFrame:
    """The accepted rows of a load, without the periods that a later version of its file has."""
    rows = load.checked.accepted if load.checked else pd.DataFrame()
    if not load.file.is_overtaken or rows.empty:
        return rows
    later = [
        set(zip(other.checked.accepted["period_start"], other.checked.accepted["period_end"], strict=True))
        for other in loads
        if isinstance(other, ReturnLoad) and other.checked and not other.refused and len(other.checked.accepted)
        and (other.file.path, other.source_id) == (load.file.path, load.source_id)
        and (other.file.modified_at, not other.file.is_overtaken) > (load.file.modified_at, not load.file.is_overtaken)
    ]  # fmt: skip
    resent = set[object]().union(*later)
    return rows[[period not in resent for period in zip(rows["period_start"], rows["period_end"], strict=True)]]


def _staged(intake: Intake, staging: Staging) -> dict[str, Staged]:
    """The records of each source, with what its loaded files cover, the oldest file first."""
    covers: dict[str, list[tuple[datetime, Cover]]] = {}
    first: dict[str, int] = {}
    for number, load in enumerate(intake.loads):
        if isinstance(load, RecordLoad):
            first.setdefault(load.source_id, number)
            if load.period and not load.refused:
                cover = Cover(load.period, number, load.file.sha256)
                covers.setdefault(load.source_id, []).append((load.file.modified_at, cover))
    return {
        source: Staged(
            staging.table(source), [cover for _, cover in sorted(many, key=lambda pair: pair[0])], first[source]
        )
        for source, many in covers.items()
    }
