"""Recording a run: a line in the run log, and a row in the snapshot it made."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

import pandas as pd

from scorecard.snapshot.log import latest_runs, place


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


def last_published_inputs(data: Path) -> str | None:
    """The inputs of the last run that published, even if an older snapshot has been rolled back to since."""
    return next((run.get("inputs_sha256") for run in latest_runs(data) if run["outcome"] == "published"), None)


def run_table(data: Path, newest: RunRecord) -> pd.DataFrame:
    """The last runs of the log and the one now ending; one row a run, newest first."""
    columns = [column.name for column in fields(RunRecord)]
    earlier = [run for run in latest_runs(data) if set(run) == set(columns)]
    frame = pd.DataFrame([asdict(newest), *earlier], columns=columns).drop_duplicates("run_id")
    return frame.assign(
        started_at=pd.to_datetime(frame["started_at"]), finished_at=pd.to_datetime(frame["finished_at"])
    )
