"""What each source should have sent: which periods, when they were due and when they came."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import duckdb
import pandas as pd

from pipelines.load import Load, ReturnLoad
from scorecard.catalogue import Catalogue, Expected
from scorecard.judge.due import Arrival, submissions
from scorecard.periods import Period, latest_complete

HERE: Final = frozenset({Arrival.in_time, Arrival.came_late, Arrival.came})
COLUMNS: Final = ("source_id", "period_start", "period_end", "period", "due_on", "came_on", "state")


@dataclass(frozen=True)
class Calendar:
    """Which submissions had come when the snapshot before was made; empty before the first."""

    known: dict[tuple[str, date], tuple[Arrival, date | None]] = field(default_factory=dict)
    """(source, last day of the period) → how it stood, and the day it came."""
    told_on: date | None = None
    """The day that snapshot was made: what was missing then cannot have come before it."""

    def newest(self, source_id: str) -> date | None:
        """The last day of the latest period that was listed for a source."""
        return max((end for source, end in self.known if source == source_id), default=None)


def read_calendar(connection: duckdb.DuckDBPyConnection) -> Calendar:
    """What an earlier snapshot knew; nothing, where it was made before there was such a table."""
    try:
        rows = connection.execute("select source_id, period_end, state, came_on from submission").fetchall()
        told = connection.execute("select max(finished_at)::date from run where outcome = 'published'").fetchone()
    except duckdb.CatalogException:
        return Calendar()
    known = {(source_id, end): (Arrival(state), came_on) for source_id, end, state, came_on in rows}
    return Calendar(known, told[0] if told else None)


def submission_table(
    catalogue: Catalogue, loads: Iterable[Load], earlier: Calendar, as_at: date, now: datetime
) -> pd.DataFrame:
    """The `submission` table: of each source with an expected date, its periods, the latest first."""
    touched: dict[str, dict[date, date]] = {}
    for load in loads:
        expected = catalogue.sources[load.source_id].expected
        if expected and not load.refused:
            mine, day = touched.setdefault(load.source_id, {}), min(load.file.modified_at, now).date()
            for end in _ends(load, expected, as_at):
                mine[end] = min(mine.get(end, day), day)
    rows = [
        (source_id, each.period.start, each.period.end, each.period.label, each.due_on, each.came_on, each.state.value)
        for source_id, source in catalogue.sources.items()
        if source.expected
        for each in submissions(
            source.expected, _came(source_id, source.expected, touched.get(source_id, {}), earlier), as_at
        )
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _ends(load: Load, expected: Expected, as_at: date) -> Iterator[date]:
    """The last days of the periods that a load has figures for."""
    if isinstance(load, ReturnLoad):
        if load.checked and "period_end" in load.checked.accepted:
            yield from {_day(end) for end in load.checked.accepted["period_end"].dropna().unique()}
    elif load.period:
        period: Period = latest_complete(as_at, expected.every)
        while period.end >= load.period.start:
            if load.period.start <= period.start and period.end <= load.period.end:
                yield period.end
            period = period.shifted(-expected.every.months)


def _came(source_id: str, expected: Expected, touched: dict[date, date], earlier: Calendar) -> dict[date, date | None]:
    """The day on which each period came, as far as it is known.

    A file says when it was last changed, and corrections change it. So a day is only believed for a period that was
    missing in the snapshot before, or where even the last change was in time.
    """
    newest = earlier.newest(source_id)
    came: dict[date, date | None] = {}
    for end, day in touched.items():
        before, came_before = earlier.known.get((source_id, end), (None, None))
        if before in HERE:
            came[end] = came_before
        elif before or (newest and end > newest):
            came[end] = max(day, earlier.told_on or day)
        else:
            came[end] = day if day <= expected.due_on(end) else None
    return came


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
