"""Recording a run: a line in the run log, and a row in the snapshot it made."""

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from pipelines.intake import Intake
from scorecard.snapshot.log import latest_runs, place
from scorecard.wording import count


@dataclass(frozen=True)
class RunRecord:
    """One run, in the columns of the `run` table; moments are UTC."""

    run_id: str
    started_at: str
    finished_at: str
    outcome: str
    summary: str
    catalogue_sha256: str | None = None
    inputs_sha256: str | None = None
    council: str | None = None
    files_read: int = 0
    files_refused: int = 0
    rows_set_aside: int = 0
    measures: int = 0
    exceptions: int = 0


def stamp(moment: datetime) -> str:
    """A moment as the log writes it, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def append(data: Path, record: RunRecord) -> None:
    """Add a run to the log."""
    with place(data).open("a", encoding="utf-8") as log:
        log.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")


def record_of(
    intake: Intake, observations: pd.DataFrame, exceptions: int, inputs: str, catalogue_sha256: str,
    started: datetime, finished: datetime,
) -> RunRecord:  # fmt: skip
    """What a run that publishes says of itself."""
    ours = [load for load in intake.loads if load.file.in_inbox]
    not_read = {path for (_, path), how in intake.aside.items() if how == "refused"}
    record = RunRecord(
        run_id_of(started), stamp(started), stamp(finished), "published", "", catalogue_sha256, inputs,
        intake.areas.home, len({load.file.path for load in ours} | not_read),
        len({load.file.path for load in ours if load.refused} | not_read),
        sum(len(load.held) for load in intake.loads if not load.refused),
        int(observations["measure_id"].nunique()), exceptions,
    )  # fmt: skip
    strays = sum(1 for file in intake.files if not file.sources and (file.sha256, file.path) not in intake.aside)
    return replace(record, summary=_summary(record, strays, finished))


def _summary(record: RunRecord, strays: int, finished: datetime) -> str:
    """ "14 files read, 1 refused, 212 rows set aside, 61 measures, 9 exceptions; published 2026-11-21T09:30Z." """
    said = (
        f"{count(record.files_read, 'file')} read, {record.files_refused:,} refused, "
        f"{count(record.rows_set_aside, 'row')} set aside, {count(record.measures, 'measure')}, "
        f"{count(record.exceptions, 'exception')}; published {finished:%Y-%m-%dT%H:%MZ}."
    )
    return f"{said} {count(strays, 'other file')} in the inbox matched no source." if strays else said


def run_id_of(started: datetime) -> str:
    """Names a run by the moment it began."""
    return started.strftime("%Y-%m-%dT%H%M%S.%fZ")


def run_table(data: Path, newest: RunRecord) -> pd.DataFrame:
    """The last runs of the log and the one now ending; one row a run, newest first."""
    columns = [column.name for column in fields(RunRecord)]
    earlier = [run for run in latest_runs(data) if set(run) == set(columns)]
    frame = pd.DataFrame([asdict(newest), *earlier], columns=columns).drop_duplicates("run_id")
    return frame.assign(
        started_at=pd.to_datetime(frame["started_at"]), finished_at=pd.to_datetime(frame["finished_at"])
    )
