"""What the snapshot now being served was made from: the last good version of every file."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from scorecard.errors import NoSnapshot
from scorecard.snapshot.folder import current


@dataclass(frozen=True)
class Earlier:
    """Facts of the last published run; empty before the first."""

    snapshot: str | None = None
    inputs_sha256: str | None = None
    summary: str = ""
    loads: dict[tuple[str, str], str] = field(default_factory=dict)
    """(path, source) → sha256 of the version whose rows are in use."""
    seen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """(sha256, path) → when it was first read, in UTC."""


def read_earlier(data: Path) -> Earlier:
    """Facts of the snapshot being served. A damaged one counts as none: the run then builds everything anew."""
    try:
        path = current(data)
        with duckdb.connect(str(path), read_only=True) as connection:
            loads = connection.execute(
                "select path, source_id, sha256 from load where outcome = 'loaded' order by load_id"
            ).fetchall()
            seen = connection.execute("select sha256, path, first_seen_at from source_file").fetchall()
            run = connection.execute(
                "select inputs_sha256, summary from run where outcome = 'published' order by started_at desc limit 1"
            ).fetchone()
    except (NoSnapshot, duckdb.Error):
        return Earlier()
    return Earlier(
        snapshot=path.stem,
        inputs_sha256=run[0] if run else None,
        summary=run[1] if run else "",
        loads={(row[0], row[1]): row[2] for row in loads},
        seen={(row[0], row[1]): row[2].replace(tzinfo=UTC) for row in seen},
    )
