"""What the snapshot before knew: its exceptions, figures, definitions and forecasts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import duckdb

from scorecard.catalogue import Measure
from scorecard.judge.exceptions import Memory, Place, Remembered
from scorecard.judge.forecast import Made
from scorecard.periods import Period

PROVISIONAL: Final = ("p", "e", "i", "f")
"""Marks of figures that were said to change: provisional, estimated, imputed, forecast."""
AreaPeriod = tuple[str, Period]


@dataclass(frozen=True)
class Before:
    """Empty before the first snapshot, and in what a snapshot of an older form lacks."""

    memory: Memory = field(default_factory=Memory)
    """The exceptions of earlier reporting periods."""
    figures: Mapping[str, Mapping[AreaPeriod, float]] = field(default_factory=dict)
    """By measure, the home council's figures."""
    provisional: frozenset[tuple[str, Period]] = frozenset()
    """Measure and period of those of them that were said to change."""
    definitions: Mapping[str, str] = field(default_factory=dict)
    """By measure, the version of its definition."""
    forecasts: tuple[Made, ...] = ()

    def has_other_definition(self, measure_id: str, measure: Measure) -> bool:
        """Whether the measure was defined in another way."""
        return self.definitions.get(measure_id, measure.version) != measure.version

    def changeable(self, measure_id: str, area: str) -> set[AreaPeriod]:
        """Area and period of the measure's figures that were said to change."""
        return {(area, period) for name, period in self.provisional if name == measure_id}


def read_before(connection: duckdb.DuckDBPyConnection) -> Before:
    """What an earlier snapshot knew."""
    figures: dict[str, dict[AreaPeriod, float]] = {}
    provisional = set()
    for measure_id, area, start, end, value, marker in _rows(
        connection,
        "select measure_id, area_code, period_start, period_end, value, marker from observation"
        " where value is not null and area_code in (select area_code from council)",
    ):
        figures.setdefault(measure_id, {})[area, Period(start, end)] = value
        if marker in PROVISIONAL:
            provisional.add((measure_id, Period(start, end)))
    memory = _rows(
        connection,
        "select measure_id, area_code, part, concern, period_end, rule, state, since, first_seen, times, distance"
        " from exception_memory order by measure_id, area_code, part, concern, period_end",
    )
    made = _rows(
        connection,
        "select measure_id, area_code, made_from, year, method, point, low, high, naive, seasonal_naive, back_cast,"
        " outturn from forecast order by all",
    )
    return Before(
        Memory(tuple(Remembered(Place(*row[:3]), *row[3:]) for row in memory)),
        figures,
        frozenset(provisional),
        dict(_rows(connection, "select measure_id, definition_sha256 from measure")),
        tuple(Made(*row) for row in made),
    )


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(query).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        return []
