"""What was published before: the last good version of every file, and what the last run was made from."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.before import Before, read_before
from scorecard.errors import NoSnapshot
from scorecard.snapshot.folder import current, listing


@dataclass(frozen=True)
class Earlier:
    """Facts of the snapshot being served; empty before the first."""

    snapshot: str | None = None
    damaged: str | None = None
    """The snapshot that should be served and cannot be read, when an older one had to stand in for it."""
    files_refused: int = 0
    summary: str = ""
    loads: dict[tuple[str, str], str] = field(default_factory=dict)
    """(path, source) → sha256 of the version whose rows are in use."""
    seen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """(sha256, path) → when it was first read, in UTC."""
    before: Before = field(default_factory=Before)
    """What its judgements knew."""


def read_earlier(data: Path) -> Earlier:
    """Facts of the snapshot being served; of the newest that can be read when that one is damaged or gone."""
    try:
        served = current(data)
    except NoSnapshot:
        served = None
    candidates = [snapshot.path for snapshot in listing(data) if snapshot.path != served]
    for path in [served, *candidates] if served else candidates:
        try:
            earlier = _facts(path)
        except duckdb.Error:
            continue
        missing = "the link to the one being served" if served is None else served.stem
        return earlier if path == served else Earlier(**{**earlier.__dict__, "damaged": missing})
    return Earlier()


def _facts(path: Path) -> Earlier:
    with duckdb.connect(str(path), read_only=True) as connection:
        loads = connection.execute(
            "select path, source_id, sha256 from load where outcome = 'loaded' order by load_id"
        ).fetchall()
        seen = connection.execute("select sha256, path, first_seen_at from source_file").fetchall()
        run = connection.execute(
            "select files_refused, summary from run where outcome = 'published' order by started_at desc limit 1"
        ).fetchone()
        before = read_before(connection)
    return Earlier(
        snapshot=path.stem,
        files_refused=run[0] if run else 0,
        summary=run[1] if run else "",
        loads={(row[0], row[1]): row[2] for row in loads},
        seen={(row[0], row[1]): row[2].replace(tzinfo=UTC) for row in seen},
        before=before,
    )
