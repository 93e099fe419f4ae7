"""Figures as they stood at the end of a day, built again from the archive, the ledger and the catalogue of the time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.archive import Archive
from pipelines.before import Before
from pipelines.building import Built, arrived_tables, build, judge_built, tables_of
from pipelines.earlier import Earlier, before_this, last_published, read_earlier
from pipelines.history import recall
from pipelines.ledger import Event, Ledger
from pipelines.lock import only_writer
from pipelines.progress import Progress
from pipelines.publish import publish
from pipelines.receiving import Arrivals
from pipelines.record import append, record_of, run_table
from pipelines.standing import Selection, Standing, select
from pipelines.versions import version_table
from scorecard.catalogue import Catalogue, read_catalogue
from scorecard.errors import CatalogueError, SettingError
from scorecard.settings import Settings
from scorecard.snapshot.restatements import end_of
from scorecard.wording import count


@dataclass(frozen=True)
class Recalled:
    """Where the figures of a day are now."""

    folder: Path
    """A data folder."""
    summary: str
    refused: int


def as_known_on(settings: Settings, day: date, output: Path | None, progress: Progress) -> Recalled:
    """Build a snapshot of the figures as they stood at the end of `day` (UK time) into a data folder of its own.

    `output` is DATA/as-known-on/DAY by default. Nothing of the live data folder is written to. What exceptions were
    remembered then is not known, and the program is today's. Raises SettingError when nothing had been published by
    then or the folder is the live one, else as `run` does.
    """
    ledger, archive = Ledger(settings.data), Archive(settings.data)
    then = ledger.until(end_of(day))
    closed = next((event for event in reversed(then.events) if event.event == "published"), None)
    if closed is None:
        raise SettingError(f"Nothing is known of {day:%-d %B %Y}.", **_first_known(ledger))
    folder = output or settings.data / "as-known-on" / day.isoformat()
    if folder.resolve() == settings.data.resolve():
        raise SettingError(
            f"{folder} is the live data folder.", fix="Name another with --output, or none for one of its own."
        )
    catalogue, told = _catalogue_of(closed, archive, settings)
    standing = _standing(noticed(catalogue, day, told), archive, then)
    with only_writer(folder):
        built = build(_selection(standing), standing, settings.council, folder, progress)
        judged = judge_built(built, catalogue.council.as_at or day, Before(), progress)
        tables = tables_of(
            built, judged, catalogue.council.as_at or day,
            {version: event.at for version, event in then.seen().items()}, closed.at,
        )  # fmt: skip
        figures, differing = _recalled(built, settings, ledger, closed.at)
        record = record_of(
            built.intake, built.observations, len(judged.listed.concerns), "", closed.sha256, datetime.now(UTC),
            datetime.now(UTC),
        )  # fmt: skip
        versions, runs = version_table(then.events), run_table(folder, record)
        progress.step("publish")
        came = arrived_tables(built, Earlier(), catalogue.council.as_at or day, closed.at)
        publish(folder, {**tables, **came, **figures, "file_version": versions, "run": runs})
        append(folder, record)
    said = f"{count(len(built.observations), 'figure')} as known on {day:%-d %B %Y}, in {folder}."
    return Recalled(folder, " ".join(part for part in (said, differing, told) if part), record.files_refused)


def noticed(catalogue: Catalogue, day: date, told: str) -> Catalogue:
    """The catalogue with a notice for the top of every page that says what is shown."""
    own = catalogue.council.notice
    notice = " ".join(part for part in (f"Figures as they were known on {day:%-d %B %Y}.", told, own) if part)
    return catalogue.model_copy(update={"council": catalogue.council.model_copy(update={"notice": notice})})


def _first_known(ledger: Ledger) -> dict[str, str]:
    first = min((event.at for event in ledger.events if event.event == "published"), default=None)
    if first is None:
        return {"why": "No run has published yet.", "fix": "Run: python -m pipelines run"}
    return {"why": f"The first figures were published on {first:%-d %B %Y}.", "fix": "Name that day or a later one."}


def _catalogue_of(closed: Event, archive: Archive, settings: Settings) -> tuple[Catalogue, str]:
    """The catalogue of the time when it can be read, else today's and a sentence that says so."""
    for place in sorted(archive.folder.glob(f"{closed.sha256}*")) if closed.sha256 else []:
        try:
            return read_catalogue(place), ""
        except CatalogueError:
            break
    return read_catalogue(settings.catalogue), "The catalogue of that day cannot be read, so today's is used."


def _standing(catalogue: Catalogue, archive: Archive, then: Ledger) -> Standing:
    changed = {version: event.modified_at for version, event in then.seen().items() if event.modified_at}
    return Standing(catalogue, archive, then.in_use(), changed, then.accepted())


def _selection(standing: Standing) -> Selection:
    """Every version in use then; that it lies in the archive is no news."""
    return select(Arrivals(held_back={path for path, _ in standing.in_use}), standing, {}, ())


def _recalled(built: Built, settings: Settings, ledger: Ledger, at: datetime) -> tuple[dict[str, pd.DataFrame], str]:
    """observation and restatement as at then, and a sentence about figures that come out differently now."""
    last = last_published(settings.data, ledger, read_earlier(settings.data))
    for base in before_this(settings.data, last):
        try:
            observations, restatements, differing = recall(base, built.observations, built.paths, at)
        except duckdb.Error:
            continue
        said = f"{count(differing, 'figure')} published then would not come out the same now." if differing else ""
        return {"observation": observations, "restatement": restatements}, said
    known = built.observations.assign(known_from=at.replace(tzinfo=None))
    return {"observation": known}, "No snapshot tells what was published then."
