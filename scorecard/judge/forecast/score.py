"""The kept score of forecasts: what was said, what came of it, and how two simple guesses would have done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from scorecard.judge.forecast.portions import take_apart, years
from scorecard.judge.forecast.year_end import METHOD, Forecasts
from scorecard.judge.panel import Figures, Panel, Whole

Key = tuple[str, str, date, int]
FEWEST_SCORED: Final = 20
"""Outturns without which a share of them says little."""


@dataclass(frozen=True)
class Made:
    """One forecast that was made, a row of the snapshot's table `forecast`; figures in the measure's unit."""

    measure_id: str
    area_code: str
    made_from: date
    """The last day of the latest period it was made from."""
    year: int
    """The calendar year in which the financial year began."""
    method: str
    point: float
    low: float
    high: float
    naive: float | None
    """What the year would come to if the rest of it were like the latest period."""
    seasonal_naive: float | None
    """Likewise, like the same periods a year before."""
    back_cast: bool
    """Made afterwards, from the figures as they are known now, as if at the time."""
    outturn: float | None = None
    """Once it is known."""

    @property
    def key(self) -> Key:
        """What no two forecasts that are kept have in common."""
        return self.measure_id, self.area_code, self.made_from, self.year

    @property
    def error(self) -> float | None:
        """How far the outturn lay from the forecast, in the measure's unit; None until it is known."""
        return None if self.outturn is None else abs(self.outturn - self.point)

    @property
    def covered(self) -> bool | None:
        """Whether the outturn lay within the interval, a billionth of the figures forgiven."""
        if self.outturn is None:
            return None
        hair = 1e-9 * max(1.0, abs(self.outturn))
        return self.low - hair <= self.outturn <= self.high + hair


@dataclass(frozen=True)
class Score:
    """How forecasts did whose outturn is known."""

    scored: int
    coverage: float | None
    """The share of outturns within their interval; None without any. It should be about `year_end.INTERVAL`."""
    against_naive: float | None
    """Mean absolute error beside that of a year whose rest is like its latest period; below 1 is better."""
    against_seasonal_naive: float | None
    """Beside that of a year whose rest is like the year before's."""


def rows(forecasts: Forecasts, back_cast: bool = False) -> list[Made]:
    """The forecasts of a panel as rows to keep; none for areas without one."""
    panel, made = forecasts.panel, []
    for area in np.flatnonzero(forecasts.silent == ""):
        last = panel.periods[int(forecasts.made_from[area])].end
        point, low, high = (float(each[area]) for each in (forecasts.point, forecasts.low, forecasts.high))
        simple = (_none(forecasts.naive[area]), _none(forecasts.seasonal_naive[area]))
        key = (panel.measure_id, panel.areas[area], last, int(forecasts.year[area]))
        made.append(Made(*key, METHOD, point, low, high, *simple, back_cast))
    return made


def merge(earlier: Iterable[Made], new: Iterable[Made]) -> list[Made]:
    """The rows to keep, by key in order: what was said first stands, but a forecast replaces a back-cast.

    Rows are kept for ever, also of measures and areas that are no more.
    """
    kept: dict[Key, Made] = {}
    for row in (*earlier, *new):
        if row.key not in kept or (kept[row.key].back_cast and not row.back_cast):
            kept[row.key] = row
    return [kept[key] for key in sorted(kept)]


def outturns(panel: Panel) -> dict[tuple[str, int], float]:
    """The outturn of each area and financial year (by the calendar year it began in) that is over and known."""
    portions = take_apart(panel) if panel.regular and panel.measure.frequency != "year" else None
    if portions is None:
        return {}
    found = {}
    for column in np.flatnonzero((panel.months + 1 - 3) % 12 == 0):
        for area, value in zip(panel.areas, portions.outturns(int(column)), strict=True):
            if not np.isnan(value):
                found[area, int(years(panel)[column])] = float(value)
    return found


def with_outturns(made: Iterable[Made], known: Mapping[tuple[str, str, int], float]) -> list[Made]:
    """The rows with the outturn of each (measure, area, year) that is known now; revised where it was revised."""
    return [replace(row, outturn=known.get((row.measure_id, row.area_code, row.year), row.outturn)) for row in made]


def score(made: Iterable[Made]) -> Score:
    """How the rows did whose outturn is known.

    Errors of different measures are put on one footing by dividing them by the measure's mean error of the three
    ways (Hyndman and Koehler 2006, International Journal of Forecasting 22:679, on scaled errors). Only rows that
    both the forecast and the simple guess have count in a comparison.
    """
    known = [row for row in made if row.outturn is not None]
    if not known:
        return Score(0, None, None, None)
    errors = np.array([[_error(row, guess) for guess in (row.point, row.naive, row.seasonal_naive)] for row in known])
    measures = np.unique([row.measure_id for row in known], return_inverse=True)[1]
    scaled = errors / _scale(errors, measures)[:, None]
    coverage = float(np.mean([row.covered is True for row in known]))
    return Score(len(known), coverage, _ratio(scaled, 1), _ratio(scaled, 2))


def _error(row: Made, guess: float | None) -> float:
    return np.nan if guess is None or row.outturn is None else abs(row.outturn - guess)


def _scale(errors: Figures, measures: Whole) -> Figures:
    mean = np.array([np.nanmean(errors[measures == each]) for each in range(int(measures.max()) + 1)])
    scale: Figures = np.where(mean > 0, mean, 1.0)[measures]
    return scale


def _ratio(errors: Figures, simple: int) -> float | None:
    both = errors[~np.isnan(errors[:, simple])]
    theirs = float(both[:, simple].sum())
    return float(both[:, 0].sum()) / theirs if theirs > 0 else None


def _none(figure: float) -> float | None:
    return None if np.isnan(figure) else float(figure)
