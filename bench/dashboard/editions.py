"""Snapshots published one after the other while visitors look on, each with its number in every title it has."""

import re
import shutil
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from scorecard.snapshot.folder import KEPT, current, folder_of, listing, name_for, remove, seal, switch

_NUMBERED: Final = re.compile(rb" edition(\d+)\.")
"""With its full stop: a page's messages have no break between a title and what follows it, which may be a digit."""


@dataclass
class Editions:
    """The editions of one data folder, made of the snapshot that was there first."""

    data: Path
    number: int = 0
    published: dict[int, float] = field(default_factory=dict)
    """Edition → when it was switched to, on the monotonic clock."""

    def publish_next(self) -> None:
        """Copy the snapshot being served, number its titles anew, and switch to it as a run would."""
        folder = folder_of(self.data)
        self.number += 1
        aside = folder / ".edition.duckdb"
        shutil.copyfile(current(self.data), aside)
        with duckdb.connect(str(aside)) as connection:
            for table, column in (("measure", "title"), ("theme", "title"), ("service", "title"), ("council", "name")):
                connection.execute(
                    f"update {table} set {column} = regexp_replace({column}, ' edition[0-9]+[.]', '') || ?",
                    [f" edition{self.number}."],
                )
        name = name_for(datetime.now(UTC), folder)
        seal(aside, name)
        aside.rename(folder / name)
        switch(folder, name)
        self.published[self.number] = time.monotonic()
        for old in listing(self.data)[KEPT:]:
            remove(old.path)


def editions_in(frames: bytes) -> frozenset[int]:
    """The numbers of the editions in what a page was sent."""
    return frozenset(int(number) for number in _NUMBERED.findall(frames))
