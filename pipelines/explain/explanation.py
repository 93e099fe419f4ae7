"""The explanation of one measure put together: from its definition down to the rows behind its latest figure."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pipelines.areas import AreaIndex
from pipelines.explain.contract import contract, requirements
from pipelines.explain.definition import answering, judging, life, meaning, working
from pipelines.explain.figures import figures, find_area
from pipelines.explain.judgement import judged_in_short
from pipelines.explain.layout import Section, page
from pipelines.explain.origin import file_of, known_areas
from pipelines.explain.query import query
from pipelines.explain.record_rows import record_rows
from pipelines.explain.return_rows import return_rows
from scorecard.catalogue import Catalogue, Measure
from scorecard.errors import NoSnapshot, SnapshotError
from scorecard.settings import Settings
from scorecard.snapshot.receipt import receipt
from scorecard.snapshot.store import Snapshot, open_current


def explanation(catalogue: Catalogue, measure_id: str, settings: Settings, area: str | None = None) -> str:
    """All there is to know of a measure, as text for a terminal; rows of files are read for it and not kept.

    `area` is the name or code of the area whose figures are told; by default the home council. Raises SettingError
    when the measure has no figures for it. Without a snapshot that can be read, the figures and rows are left out.
    """
    measure = catalogue.measures[measure_id]
    snapshot, missing = _snapshot(settings)
    index = known_areas(catalogue, snapshot, settings.council)
    as_at = catalogue.council.as_at or datetime.now(UTC).date()
    sections = [
        meaning(catalogue, measure),
        working(catalogue, measure),
        judging(catalogue, measure),
        answering(catalogue, measure),
        life(measure, as_at),
    ]
    for name in measure.source_ids:
        sections += [contract(name, catalogue.sources[name]), requirements(catalogue.sources[name])]
    chosen = find_area(snapshot, measure_id, area) if snapshot else None
    sections.append(query(catalogue, measure_id, measure, _areas(index, index.home)))
    if snapshot and chosen:
        sections += [
            figures(snapshot, measure_id, measure, chosen),
            judged_in_short(snapshot, measure_id, chosen),
            _rows(catalogue, measure_id, measure, settings, snapshot, chosen[0], index),
        ]
    else:
        sections.append(missing)
    return page(f"{measure.title} ({measure_id})", sections)


def _snapshot(settings: Settings) -> tuple[Snapshot | None, Section]:
    section = Section("Its latest figures")
    try:
        return open_current(settings.data), section
    except NoSnapshot:
        section.say("Nothing has been loaded yet, so there are no figures and no rows to show.")
        section.say("Load the inbox with: python -m pipelines run")
    except SnapshotError as error:
        section.say(f"They cannot be shown. {error}")
    return None, section


def _areas(index: AreaIndex, code: str) -> Sequence[str]:
    """The areas whose records count: for the council itself, its parts too."""
    return [code, *index.parts()] if code == index.home else [code]


def _rows(
    catalogue: Catalogue, measure_id: str, measure: Measure, settings: Settings, snapshot: Snapshot, area: str,
    index: AreaIndex,
) -> Section:  # fmt: skip
    origin: dict[str, Any] = receipt(snapshot, measure_id, area)
    if not origin:
        return Section("The rows behind it")
    section = Section(f"The rows behind the latest figure, {origin['period']}")
    file = file_of(origin, catalogue, settings)
    sheet = f", sheet '{origin['sheet']}'" if origin["sheet"] else ""
    row = f", row {int(origin['source_row'])}" if origin["source_row"] is not None else ""
    section.say(f"{origin['path']}{sheet}{row} (load {origin['load_id']}, SHA-256 {str(origin['sha256'])[:12]}...)")
    if file is None:
        section.say("That version of the file is neither in the archive nor in the inbox any more.")
    elif origin["records"] is not None:
        record_rows(section, catalogue, measure, file, index, _areas(index, area))
    elif row:
        return_rows(section, catalogue, measure, origin, file)
    section.say("Shown here only; nothing of it is stored.")
    return section
