"""The run log beside the snapshots: one line of JSON a run, so that runs which publish nothing are known too."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

NAME: Final = "runs.jsonl"
LATEST: Final = 200
"""Runs that are read back."""


def place(data: Path) -> Path:
    """Where a data folder's log lies."""
    return data / NAME


def latest_runs(data: Path) -> list[dict[str, Any]]:
    """The last runs, newest first, in the columns of the `run` table; a damaged line is passed over."""
    log = place(data)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LATEST:] if log.exists() else []
    found = []
    for line in reversed(lines):
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and "run_id" in entry and "outcome" in entry:
            found.append(entry)
    return found


def last_checked(data: Path) -> datetime | None:
    """When a run last found the figures to be up to date, by publishing or by finding nothing new; in UTC."""
    for entry in latest_runs(data):
        if entry["outcome"] in ("published", "unchanged"):
            try:
                return datetime.fromisoformat(str(entry["finished_at"])).replace(tzinfo=UTC)
            except (KeyError, ValueError):
                continue
    return None
