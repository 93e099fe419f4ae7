"""What a file on trial is held against: the places there are, and the files accepted before."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.areas import AreaIndex, Place, index_areas
from pipelines.check.past import Past
from pipelines.earlier import read_earlier
from pipelines.read.files import read_for
from pipelines.read.opening import OpenFile
from pipelines.read.table import Table
from pipelines.trial.by_contract import file_on_trial
from scorecard.catalogue import Catalogue
from scorecard.errors import CouncilError
from scorecard.settings import Settings
from scorecard.snapshot.folder import current
from scorecard.snapshot.store import READ_ONLY
from scorecard.wildcard import matches_any


@dataclass(frozen=True)
class Known:
    """What is known without a run."""

    areas: AreaIndex | None
    """From the catalogue, its registers in the inbox, or the snapshot being served; None when none can be had."""
    past: Past


def what_is_known(catalogue: Catalogue, settings: Settings) -> Known:
    """As much of what a run would know as can be read without one."""
    try:
        past = read_earlier(settings.data).past
    except (CouncilError, OSError):
        past = Past()
    return Known(_places(catalogue, settings), past)


def _places(catalogue: Catalogue, settings: Settings) -> AreaIndex | None:
    frames = _registers(catalogue, settings.inbox)
    if all(len(frame) for frame in frames.values()):
        try:
            return index_areas(catalogue, frames, settings.council)
        except CouncilError:
            pass
    return _served(settings.data)


def _registers(catalogue: Catalogue, inbox: Path) -> Mapping[str, pd.DataFrame]:
    """The rows of the sources that list areas, from the files in the inbox, unchecked."""
    wanted = [register.source for register in catalogue.areas.registers]
    wanted += [names.source for names in catalogue.areas.names]
    files = sorted(path for path in inbox.rglob("*") if path.is_file()) if wanted else []
    frames = {}
    for source_id in dict.fromkeys(wanted):
        source = catalogue.sources[source_id]
        tables: list[pd.DataFrame] = []
        for location in files:
            path = location.relative_to(inbox).as_posix()
            if matches_any(source.files, path):
                found = read_for(file_on_trial(location, path), OpenFile(location), source_id, source, None)
                tables += [table.frame for table in found if isinstance(table, Table)]
        frames[source_id] = pd.concat(tables) if tables else pd.DataFrame(columns=list(source.columns))
    return frames


def _served(data: Path) -> AreaIndex | None:
    """The areas of the snapshot being served, by their present codes and names."""
    try:
        with duckdb.connect(str(current(data)), read_only=True, config=dict(READ_ONLY)) as connection:
            rows = connection.execute(
                "select area_code, name, level, within, ended_on, replaced_by, is_home from area order by area_code"
            ).fetchall()
    except (CouncilError, duckdb.Error, OSError):
        return None
    index = AreaIndex()
    for code, name, level, within, ended_on, replaced_by, is_home in rows:
        successors = tuple(part for part in (replaced_by or "").split(",") if part)
        index.add(Place(code, name, level, within, ended_on, successors))
        index.home = code if is_home else index.home
    return index if index.home else None
