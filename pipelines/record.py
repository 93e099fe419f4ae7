"""The run log: one line of JSON a run, kept beside the snapshots so that runs which publish nothing are known too."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import pandas as pd

SHOWN: Final = 200
"""Runs that a snapshot carries."""


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
    with (data / "runs.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")


def run_table(data: Path, newest: RunRecord) -> pd.DataFrame:
    """The last runs of the log and the one now ending; one row a run, newest first. A damaged line is passed over."""
    records = [asdict(newest)]
    log = data / "runs.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines()[-SHOWN:] if log.exists() else []
    for line in reversed(lines):
        try:
            records.append(asdict(RunRecord(**json.loads(line))))
        except (ValueError, TypeError):
            continue
    frame = pd.DataFrame(records).drop_duplicates("run_id")
    return frame.assign(
        started_at=pd.to_datetime(frame["started_at"]), finished_at=pd.to_datetime(frame["finished_at"])
    )
