"""The file behind a measure's latest figure, found again in the archive or the inbox, and the places it may name."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd

from pipelines.archive import Archive
from pipelines.areas import AreaIndex, Place
from pipelines.inbox import InboxFile, sha256_of, sources_of
from scorecard.catalogue import Catalogue
from scorecard.settings import Settings
from scorecard.snapshot.history import areas_of
from scorecard.snapshot.store import Snapshot


def file_of(receipt: dict[str, Any], catalogue: Catalogue, settings: Settings) -> InboxFile | None:
    """The very version of the file that a receipt names, read-only; None when it is in neither place any more."""
    path, sha256 = str(receipt["path"]), str(receipt["sha256"])
    archived, sent = Archive(settings.data).place(sha256, path), settings.inbox / path
    if archived.is_file():
        location = archived
    elif sent.is_file() and sha256_of(sent) == sha256:
        location = sent
    else:
        return None
    facts = location.stat()
    changed = datetime.fromtimestamp(facts.st_mtime, UTC)
    return InboxFile(path, location, sha256, facts.st_size, changed, sources_of(path, catalogue), location == sent)


def known_areas(catalogue: Catalogue, snapshot: Snapshot | None, council: str | None) -> AreaIndex:
    """The places listed in the catalogue and those of the snapshot, if there is one; home is the snapshot's.

    Without a snapshot, home is the council that is set; by its own text where only a register would know its code.
    """
    index = AreaIndex()
    for code, area in catalogue.areas.listed.items():
        index.add(Place(code, area.name, area.level, area.within), codes=area.codes, names=area.also)
    wanted = council or catalogue.council.home
    index.home = index.known(wanted) or wanted
    if snapshot is not None:
        for row in areas_of(snapshot).to_dict("records"):
            within = None if pd.isna(row["within"]) else str(row["within"])
            index.add(Place(str(row["area_code"]), str(row["name"]), str(row["level"]), within))
            if row["is_home"]:
                index.home = str(row["area_code"])
    return index
