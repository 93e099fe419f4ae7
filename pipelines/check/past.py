"""The files that were accepted before, as far as a new one is held against them: how many rows, and how spread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Final

import duckdb
import pandas as pd

from pipelines.check.spread import Spread, read, written

KEPT: Final = 120
"""Files remembered for each source: ten years of a monthly one."""


Identity = tuple[str, str, str | None, str]
"""Source, path, sheet and sha256."""


@dataclass(frozen=True)
class Batch:
    """One version of a file (of a workbook: of one sheet) whose rows were accepted."""

    source_id: str
    path: str
    sheet: str | None
    sha256: str
    accepted_at: datetime
    """When its rows were first accepted, in UTC."""
    period_end: date | None
    """The last day that its figures reach."""
    rows: int
    spreads: dict[str, Spread] = field(default_factory=dict)

    @property
    def order(self) -> tuple[datetime, date, str, str]:
        """Files in the order in which they count as coming one after the other."""
        return self.accepted_at, self.period_end or date.min, self.path, self.sheet or ""

    @property
    def identity(self) -> Identity:
        """What tells versions of files apart."""
        return self.source_id, self.path, self.sheet, self.sha256


@dataclass(frozen=True)
class Past:
    """All that is remembered; empty before the first run."""

    batches: tuple[Batch, ...] = ()

    def of(self, source_id: str) -> list[Batch]:
        """The files of one source, in their order."""
        return sorted((each for each in self.batches if each.source_id == source_id), key=lambda each: each.order)

    def and_now(self, accepted: Iterable[Batch]) -> "Past":
        """With the files accepted in this run; one that was accepted before keeps its place and its moment.

        The others come after all that went before, also where the clock was set back.
        """
        merged = {each.identity: each for each in self.batches}
        latest = max((each.accepted_at for each in self.batches), default=datetime.min.replace(tzinfo=UTC))
        for each in accepted:
            merged.setdefault(each.identity, replace(each, accepted_at=max(each.accepted_at, latest)))
        return Past(tuple(merged.values()))

    def shortened(self) -> "Past":
        """Of each source the last files only."""
        sources = dict.fromkeys(each.source_id for each in self.batches)
        return Past(tuple(each for source_id in sources for each in self.of(source_id)[-KEPT:]))

    def table(self) -> pd.DataFrame:
        """The `accepted_batch` table: one row per version of a file, in the columns of schema.sql."""
        rows = [
            {
                "source_id": each.source_id,
                "path": each.path,
                "sheet": each.sheet,
                "sha256": each.sha256,
                "accepted_at": each.accepted_at.replace(tzinfo=None),
                "period_end": each.period_end,
                "rows": each.rows,
                "spreads": written(each.spreads),
            }
            for each in self.shortened().batches
        ]
        return pd.DataFrame(rows)


def read_past(connection: duckdb.DuckDBPyConnection) -> Past:
    """What an earlier snapshot remembers; nothing, where it was made before there was such a table."""
    try:
        rows: Sequence[tuple[Any, ...]] = connection.execute(
            "select source_id, path, sheet, sha256, accepted_at, period_end, rows, spreads from accepted_batch"
        ).fetchall()
    except duckdb.CatalogException:
        return Past()
    return Past(tuple(_batch(*row) for row in rows))


def _batch(
    source_id: str, path: str, sheet: str | None, sha256: str, accepted_at: datetime, period_end: date | None,
    rows: int, spreads: str,
) -> Batch:  # fmt: skip
    return Batch(source_id, path, sheet, sha256, accepted_at.replace(tzinfo=UTC), period_end, rows, read(spreads))
