"""The figures of the workload: what services returned, and what is counted from their records, by metric and area."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]
Flags = NDArray[np.bool_]

DAYS: Final = {
    "missed_bins": 2, "housing_repairs": 28, "calls": 1, "sickness": 20, "complaints": 15, "invoices": 30,
    "planning": 56, "homelessness": 56, "adult_care": 28, "child_referrals": 45, "road_defects": 5,
    "benefit_claims": 21,
}  # fmt: skip
"""Table of records → days within which a case should be closed. Tables that the input does not have are passed over."""
TIMES: Final = {"count": 1.0, "percent": 100.0, "mean": 1.0, "rate_per_1000": 1000.0}
"""Unit → what the numerator, over the denominator where there is one, is multiplied by."""
CODES: Final = """
    select enum_code(metric_id::metric_name), enum_code(area::area_name), period, numerator, denominator from figures
"""
COUNTED: Final = """
    select unnest(['{table}_volume', '{table}_ontime', '{table}_mean']) as metric_id, area, period,
        unnest([cases, in_time, total]) as numerator, unnest([null, cases, cases]) as denominator
    from (
        select "{area}" as area, date_trunc('month', "{opened}")::date as period, count(*)::double as cases,
            count_if("{closed}" - "{opened}" <= {days})::double as in_time, sum("{number}")::double as total
        from "{table}" group by all
    )
"""


@dataclass(frozen=True)
class Metric:
    """One metric as the input describes it; target and amber are in its unit."""

    metric_id: str
    name: str
    unit: str
    good: str
    """up or down: which way is better."""
    target: float
    amber: float
    """How far beyond the target is near enough."""


@dataclass(frozen=True)
class Observations:
    """Every series: metric after metric, and within each area after area. Arrays are series x months."""

    metrics: tuple[Metric, ...]
    areas: tuple[str, ...]
    months: NDArray[np.datetime64]
    """From the first month that has a figure to the last, none left out."""
    numerators: Figures
    denominators: Figures
    """NaN where there is none."""
    values: Figures
    """In the metric's unit; NaN where there is no figure."""

    def each(self, name: str) -> NDArray[Any]:
        """What a metric's field holds, for each series."""
        return np.repeat(np.array([getattr(metric, name) for metric in self.metrics]), len(self.areas))


def observations(file: Path) -> Observations:
    """Read the returns and count the records: cases, the share closed in time, and the mean of their number."""
    with duckdb.connect(str(file), read_only=True) as connection:
        chosen = "select metric_id, name, unit, good, target, amber from metric order by metric_id"
        metrics = tuple(Metric(*row) for row in connection.execute(chosen).fetchall())
        connection.execute("create temp view figures as " + _figures(connection))
        # Places in a list are cheaper to hand over and to sort by than words.
        connection.execute("create temp type metric_name as enum (select metric_id from metric order by metric_id)")
        connection.execute("create temp type area_name as enum (select distinct area from returns order by area)")
        areas = connection.execute("select unnest(enum_range(null::area_name))").fetchall()
        columns = [np.ma.filled(each, np.nan) for each in connection.execute(CODES).fetchnumpy().values()]
    return _arranged(metrics, tuple(area for (area,) in areas), columns)


def _figures(connection: duckdb.DuckDBPyConnection) -> str:
    """The query for all figures. In a table of records the fourth column is the area and the sixth the number."""
    parts = ["select metric_id, area, period, numerator, denominator from returns"]
    tables = {table for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    for table, days in DAYS.items():
        if table in tables:
            names = [row[0] for row in connection.execute(f'describe "{table}"').fetchall()]
            of = {"opened": names[1], "closed": names[2], "area": names[3], "number": names[5]}
            parts.append(COUNTED.format(table=table, days=days, **of))
    return " union all ".join(parts)


def _arranged(metrics: tuple[Metric, ...], areas: tuple[str, ...], columns: list[NDArray[Any]]) -> Observations:
    metric, area, period, above, below = columns
    month = period.astype("datetime64[M]").astype(np.int64)
    first, count = int(month.min()), int(np.ptp(month)) + 1
    at = (metric.astype(np.int64) * len(areas) + area) * count + (month - first)
    numerators, denominators = (np.full((len(metrics) * len(areas), count), np.nan) for _ in range(2))
    numerators.ravel()[at], denominators.ravel()[at] = above, below
    ratio = np.repeat([each.unit != "count" for each in metrics], len(areas))
    values = np.repeat([TIMES[each.unit] for each in metrics], len(areas))[:, None] * numerators
    with np.errstate(divide="ignore", invalid="ignore"):
        np.divide(values, denominators, out=values, where=ratio[:, None])
    values[np.isinf(values)] = np.nan
    months = np.arange(first, first + count).astype("datetime64[M]")
    return Observations(metrics, areas, months, numerators, denominators, values)
