"""The XmR part of the workload: every series counted, held against its target, charted, and stored as table kpi."""

from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from bench.workload.observations import Figures, Flags, Observations, observations
from scorecard.judge.spc import Chart, Rules, chart
from scorecard.judge.spc.signals import covered, every

RULES: Final = Rules(third_same_side=False)
"""The workload's rules: two of three say nothing of the third."""
KPI: Final = """
    create table kpi as
    select metric_id, area, period::date as period, numerator, denominator, value, target,
        ['green', 'amber', 'red'][short + 1] as rag, mean, lower, upper, outside, shift, trend, two_of_three,
        ['concern', 'common', 'improvement'][good + 2] as signal
    from points join lines using (series)
"""


def store_charts(source: Path, file: Path) -> None:
    """Read the workload's input and write a DuckDB file with table kpi: one row a series and month."""
    found = observations(source)
    held = ~np.isnan(found.values)
    # The workload sees no gaps: the figures of a series are neighbours, whatever months lie between.
    packed = np.arange(held.shape[1]) < held.sum(axis=1)[:, None]
    values = np.full(held.shape, np.nan)
    values[packed] = found.values[held]
    drawn = chart(values, rules=RULES)
    file.unlink(missing_ok=True)
    with duckdb.connect(str(file)) as connection:
        # Given as arrays: a frame, or Arrow, which asks whether pandas is there, would cost an import of pandas.
        connection.register("points", _points(found, held, packed, drawn))
        connection.register("lines", _lines(found, drawn))
        connection.execute(KPI)


def _points(found: Observations, held: Flags, packed: Flags, drawn: Chart) -> dict[str, NDArray[Any]]:
    """Columns with a row for each figure."""
    series, month = np.nonzero(held)
    signals, sign = drawn.signals, np.where(found.each("good") == "up", 1, -1)[:, None]
    short = (found.each("target")[:, None] - found.values) * sign
    return {
        "series": series,
        "period": found.months.astype("datetime64[us]")[month],
        "numerator": found.numerators[held],
        "denominator": found.denominators[held],
        "value": found.values[held],
        "short": ((short > 0).astype(np.int8) + (short > found.each("amber")[:, None]))[held],
        "outside": signals.outside_limits[packed],
        "shift": signals.shift[packed],
        "trend": signals.trend[packed],
        "two_of_three": signals.two_in_three[packed],
        "good": (_way(drawn) * sign)[packed],
    }


def _lines(found: Observations, drawn: Chart) -> dict[str, NDArray[Any]]:
    """Columns with a row for each series."""
    limits = drawn.segment_limits
    return {
        "series": np.arange(len(found.values)),
        "metric_id": found.each("metric_id").astype(object),
        "area": np.tile(np.array(found.areas, dtype=object), len(found.metrics)),
        "target": found.each("target"),
        "mean": limits.mean[:, 0],
        "lower": limits.lpl[:, 0],
        "upper": limits.upl[:, 0],
    }


def _way(drawn: Chart) -> NDArray[np.int8]:
    """For each point which way it is exceptional, -1 or 1; 0 for common cause.

    The workload puts a trend last, and a point that ends a rise and begins a fall counts as rising.
    """
    signals = drawn.signals
    moves: Figures = np.diff(drawn.values, axis=1)
    rising = covered(every(moves > 0, RULES.trend_points - 1), RULES.trend_points, drawn.values.shape[1])
    trend = np.where(rising, np.int8(1), -signals.trend.view(np.int8))
    sided = signals.outside_limits | signals.shift | signals.two_in_three
    return np.where(sided, signals.relative_to_mean, trend)
