"""The target of a whole financial year, from the targets of its periods."""

from dataclasses import dataclass

import numpy as np

from scorecard.catalogue import LastYearTarget, LimitTarget, Tolerance
from scorecard.judge.forecast.portions import take_apart, years
from scorecard.judge.forecast.year_end import Forecasts
from scorecard.judge.panel import Figures
from scorecard.judge.target import ends_of, target_for
from scorecard.periods import Frequency, Period, between


@dataclass(frozen=True)
class YearTargets:
    """The year's target for each area, in the measure's unit; NaN without one."""

    low: Figures
    high: Figures
    """Equal to `low` unless it is a band."""
    tolerance: Figures


def year_targets(forecasts: Forecasts, tolerance: Tolerance) -> YearTargets:
    """What each area's outturn is held against.

    A target is for each period, so that a total's is the targets of the year's periods added up, and an average's
    their mean by the same weights as the outturn's. Running figures and those of the end of the year are held against
    the last period's. A target that is last year's figure means last year's outturn. There is none for a year whose
    periods are not all covered, for targets set by peers, who have not reported yet, nor for a total under a limit:
    months within their limit do not make up for one that passed it.
    """
    panel, areas = forecasts.panel, len(forecasts.panel.areas)
    low, high, width = (np.full(areas, np.nan) for _ in range(3))
    running = panel.measure.basis == "year_to_date"
    for year in np.unique(forecasts.year[forecasts.made_from >= 0]):
        rows = (forecasts.year == year) & (forecasts.made_from >= 0)
        periods = year_periods(int(year), panel.measure.frequency)
        targets = [target_for(panel.measure.targets, period) for period in periods]
        if isinstance(targets[-1], LastYearTarget):
            ends = np.tile(last_outturns(forecasts, int(year)) * (1 + targets[-1].change_per_cent / 100), (2, 1))
            times = 1
        else:
            both = zip(targets, periods, strict=True)
            each = np.array([ends_of(target, panel.measure, period) for target, period in both]).T
            times = len(periods) if forecasts.kind == "total" and not running else 1
            if forecasts.kind == "end" or running:
                ends = np.repeat(each[:, -1:], areas, axis=1)
            elif forecasts.kind == "total":
                limited = any(isinstance(target, LimitTarget) for target in targets)
                ends = np.repeat(np.where(limited, np.nan, each.sum(axis=1))[:, None], areas, axis=1)
            else:
                shares = forecasts.year_weights / forecasts.year_weights.sum(axis=1, keepdims=True)
                ends = each @ shares.T
        low[rows], high[rows] = ends[0, rows], ends[1, rows]
        widths = [max(tolerance.width(a), tolerance.width(b)) for a, b in ends.T]
        points = times if tolerance.points is not None else 1
        width[rows] = 0.0 if isinstance(targets[-1], LimitTarget) else points * np.array(widths)[rows]
    return YearTargets(low, high, np.where(np.isnan(low), np.nan, width))


def year_periods(year: int, frequency: Frequency) -> list[Period]:
    """The months or quarters of the financial year that begins in April of `year`."""
    first = year * 12 + 3
    return [between(start, start + frequency.months - 1) for start in range(first, first + 12, frequency.months)]


def last_outturns(forecasts: Forecasts, year: int) -> Figures:
    """Each area's outturn of the year before `year`; NaN where it is not known or not comparable."""
    panel, portions = forecasts.panel, take_apart(forecasts.panel)
    column = int(np.flatnonzero(years(panel) == year)[0]) - 1
    broken = any(each.on > panel.periods[column].start for each in panel.measure.breaks) if column >= 0 else True
    if portions is None or column < 0 or broken:
        return np.full(len(panel.areas), np.nan)
    return portions.outturns(column)
