"""What was published before: the last good version of every file, and what the last run was made from."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.before import Before, read_before
from pipelines.check.past import Past, read_past
from pipelines.ledger import Event, Ledger, accepted_anew
from pipelines.submissions import Calendar, read_calendar
from scorecard.errors import NoSnapshot
from scorecard.snapshot.folder import current, is_intact, listing


@dataclass(frozen=True)
class Publication:
    """One snapshot and the run that made it."""

    path: Path
    run_id: str
    at: datetime
    """When it was made, in UTC."""
    inputs_sha256: str | None
    catalogue_sha256: str | None
    files_refused: int
    summary: str
    loads: tuple[tuple[str, str, str], ...]
    """(path, source, sha256) of the versions whose rows are in it."""
    files: tuple[Event, ...] = ()
    """What the ledger should know of the files in it."""


@dataclass(frozen=True)
class Earlier:
    """The snapshot being served; empty before the first."""

    published: Publication | None = None
    damaged: str | None = None
    """The snapshot that should be served and cannot be read, when an older one had to stand in for it."""
    before: Before = field(default_factory=Before)
    """What its judgements knew."""
    past: Past = field(default_factory=Past)
    """The files accepted before, which new ones are held against."""
    calendar: Calendar = field(default_factory=Calendar)
    """Which submissions had come, and when."""

    @property
    def snapshot(self) -> str | None:
        """Its name."""
        return self.published.path.stem if self.published else None


def read_earlier(data: Path) -> Earlier:
    """The snapshot being served; the newest that can be read when that one is damaged or gone."""
    try:
        served = current(data)
    except NoSnapshot:
        served = None
    candidates = [snapshot.path for snapshot in listing(data) if snapshot.path != served]
    for path in [served, *candidates] if served else candidates:
        if not is_intact(path):
            continue
        try:
            with duckdb.connect(str(path), read_only=True) as connection:
                published, before = _publication(path, connection), read_before(connection)
                past, calendar = read_past(connection), read_calendar(connection)
        except duckdb.Error:
            continue
        missing = "the link to the one being served" if served is None else served.stem
        return Earlier(published, None if path == served else missing, before, past, calendar)
    return Earlier()


def last_published(data: Path, ledger: Ledger, earlier: Earlier) -> Publication | None:
    """The snapshot published last that can be read, even if an older one has been rolled back to since.

    One that a killed run had written but not yet switched to was never published.
    """
    published = ledger.published()
    for snapshot in listing(data):
        if earlier.published and snapshot.path == earlier.published.path:
            return earlier.published
        if not is_intact(snapshot.path):
            continue
        try:
            with duckdb.connect(str(snapshot.path), read_only=True) as connection:
                found = _publication(snapshot.path, connection)
        except duckdb.Error:
            continue
        if found.run_id in published:
            return found
    return None


def catch_up(ledger: Ledger, published: Publication | None) -> None:
    """Tell the ledger of a snapshot that it does not know: its run was killed, or made before there was a ledger."""
    if published is None or published.run_id in ledger.published():
        return
    seen = ledger.seen()
    ledger.add(event for event in published.files if (event.path, event.sha256) not in seen)
    accepted = accepted_anew(ledger, published.loads, published.at)
    ledger.add([*accepted, closing(published.run_id, "the catalogue", published.catalogue_sha256 or "", published.at)])


def closing(run_id: str, catalogue: str, catalogue_sha256: str, at: datetime) -> Event:
    """The event that closes those of a run: from then its figures, made by this catalogue, were published."""
    return Event("published", at, catalogue, catalogue_sha256, run_id=run_id)


def before_this(data: Path, last: Publication | None) -> list[Path]:
    """The snapshot published last, then those before it."""
    if last is None:
        return []
    return [last.path, *(each.path for each in listing(data) if each.name < last.path.stem and is_intact(each.path))]


def _publication(path: Path, connection: duckdb.DuckDBPyConnection) -> Publication:
    # The run that made the snapshot stands first; its clock may have been behind those of the others.
    run = connection.execute(
        "select run_id, finished_at, inputs_sha256, catalogue_sha256, files_refused, summary from run"
        " where outcome = 'published' order by rowid limit 1"
    ).fetchone()
    if run is None:
        raise duckdb.CatalogException("no run made this snapshot")
    loads = connection.execute(
        # Where periods are resent several versions are in use; the latest stands for the file.
        "select path, source_id, sha256 from load left join source_file using (path, sha256) "
        "where load.outcome = 'loaded' order by modified_at, load_id"
    ).fetchall()
    files = connection.execute(
        "select first_seen_at, path, sha256, bytes, modified_at from source_file where outcome <> 'unmatched'"
    ).fetchall()
    return Publication(
        path, run[0], run[1].replace(tzinfo=UTC), run[2], run[3], run[4], run[5], tuple(loads),
        tuple(
            Event("seen", seen.replace(tzinfo=UTC), name, sha256, size, changed.replace(tzinfo=UTC))
            for seen, name, sha256, size, changed in files
        ),
    )  # fmt: skip
