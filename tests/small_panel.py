"""Panels made by hand, and how one area of them stands, period by period."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from scorecard.catalogue import Measure, Tolerance
from scorecard.judge.panel import Panel, grid
from scorecard.judge.standing import Standing, stand
from scorecard.judge.standing_words import movement_sentence, status_sentence
from scorecard.judge.status import DIRECTIONS, STATUSES, Direction, Status
from scorecard.judge.target import TargetLine
from scorecard.periods import Period, between

TEN_PER_CENT = Tolerance(per_cent=10)
APRIL_2025 = 2025 * 12 + 3


def measure(**changes: Any) -> Measure:
    """A monthly measure, lower is better, target 60."""
    entry = {
        "title": "Missed collections", "definition": "Bins missed.", "theme": "t", "service": "s",
        "unit": "per 100,000",
        "decimals": 0, "polarity": "lower", "frequency": "month", "figures": {"source": "f", "value": "v"},
        "targets": [{"kind": "fixed", "value": 60, "reason": "Plan"}],
    }  # fmt: skip
    return Measure.model_validate({**entry, **changes})


def month(index: int) -> Period:
    """Month 0 is April 2025."""
    return between(APRIL_2025 + index, APRIL_2025 + index)


class Point(NamedTuple):
    """One row of a series."""

    period: Period
    value: float | None
    marker: str | None = None
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None


def panel(of: Measure, series: Mapping[str, Iterable[Point]]) -> Panel:
    """The panel of these series, by area."""
    rows = {area: {point.period: point for point in points} for area, points in series.items()}
    periods, regular = grid([period for points in rows.values() for period in points], of.frequency.months)
    cells = [[points.get(period) for period in periods] for points in rows.values()]

    def spread(name: str) -> Any:
        found = [[getattr(point, name, None) for point in row] for row in cells]
        return np.array(found, dtype=np.float64).reshape(len(cells), len(periods))

    markers = np.array([[point.marker if point else None for point in row] for row in cells], dtype=object)
    exists = np.array([[point is not None for point in row] for row in cells], dtype=np.bool_)
    shape = len(cells), len(periods)
    return Panel(
        "m", of, tuple(rows), periods, spread("value"), spread("numerator"), spread("denominator"), spread("lower"),
        spread("upper"), markers.reshape(shape), exists.reshape(shape), regular,
    )  # fmt: skip


def counts(pairs: Sequence[tuple[float, float] | None], per: float = 100, first: int = 0) -> list[Point]:
    """Months of numerator and denominator; None is a marked cell."""
    return [
        Point(month(first + at), None, "x")
        if pair is None
        else Point(month(first + at), round(pair[0] / pair[1] * per, 9), numerator=pair[0], denominator=pair[1])
        for at, pair in enumerate(pairs)
    ]


class Told(NamedTuple):
    """One period of one area as it was judged."""

    period: Period
    value: float | None
    line: TargetLine | None
    status: Status
    status_sentence: str
    since: Any
    running: int
    last_period: Direction
    last_year: Direction
    direction_sentence: str


def told(made: Panel, standing: Standing, area: str = "A") -> list[Told]:
    """Every row of one area, oldest first."""
    row = made.row(area)
    return [_told(made, standing, row, int(column)) for column in np.flatnonzero(made.exists[row])]


def _told(made: Panel, standing: Standing, row: int, column: int) -> Told:
    line = standing.lines.at(row, column)
    return Told(
        made.periods[column], float(made.values[row, column]) if made.held[row, column] else None,
        None if np.isnan(line.low) else line, STATUSES[standing.status[row, column]],
        status_sentence(made, standing, row, column), made.periods[standing.since[row, column]].start,
        int(standing.running[row, column]), DIRECTIONS[standing.last_period[row, column]],
        DIRECTIONS[standing.last_year[row, column]], movement_sentence(made, standing, row, column),
    )  # fmt: skip


def judge(
    of: Measure, tolerance: Tolerance, points: Iterable[Point], peers: Mapping[Period, Sequence[float]] | None = None
) -> list[Told]:
    """One series judged."""
    made = panel(of, {"A": points})
    return told(made, stand(made, tolerance, peers or {}))


def judged(values: Sequence[float | None], of: Measure | None = None, **more: Any) -> list[Told]:
    """A series judged from April 2025 on; None is a marked cell."""
    points = [Point(month(at), value, "x" if value is None else None) for at, value in enumerate(values)]
    return judge(of or measure(), TEN_PER_CENT, points, more.get("peers"))
