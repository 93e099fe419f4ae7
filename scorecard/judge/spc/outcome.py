"""What a chart says of a series as a whole: its variation now, and whether it can be relied on to meet its target."""

import numpy as np
from numpy.typing import NDArray

from scorecard.judge.spc.chart import Chart
from scorecard.judge.spc.labels import FAIL, INCONSISTENT, NO_ASSURANCE, PASS, Codes, point_types
from scorecard.judge.spc.limits import Figures, Whole
from scorecard.judge.spc.rules import TIE


def variation(chart: Chart, sign: int | NDArray[np.integer], at: Whole | None = None) -> Codes:
    """For each series the place in `labels.POINT_TYPES` of its last row, whatever came before it.

    `sign` is 1 where higher is better, -1 where lower is, 0 where neither: one for all or one a series. `at` is the
    column to judge each series at, where that is not its last row (the last figure, when the latest is missing).
    A series without rows is common cause. Source: NHS England, 'Making Data Count', the variation icon.
    """
    column = chart.last if at is None else at
    if not chart.values.shape[1]:
        return np.zeros(len(chart.values), dtype=np.int8)
    way = chart.signals.way[np.arange(len(column)), column]
    return point_types(np.where(column < 0, np.int8(0), way), sign)


def assurance(chart: Chart, target: float | Figures, sign: int | NDArray[np.integer], at: Whole | None = None) -> Codes:
    """For each series the place in `labels.ASSURANCES`: its target against the process limits of its last row.

    `target` is in the unit of the values, NaN for none, one for all or one a series; `sign` and `at` are as for
    `variation`. A target on a limit or between the two is inconsistent. So is one without limits under the reference
    rules, as in the reference program; under rules with a fewest number of points nothing is said then.
    Source: NHS England, 'Making Data Count', the assurance icon.
    """
    column = chart.last if at is None else at
    lines = np.broadcast_to(np.asarray(target, dtype=np.float64), column.shape)
    signs = np.broadcast_to(np.asarray(sign), column.shape)
    if not chart.values.shape[1]:
        return np.full(column.shape, NO_ASSURANCE, dtype=np.int8)
    series, tie = np.arange(len(column)), TIE * chart.scale
    upl, lpl = chart.upl[series, column], chart.lpl[series, column]
    over, under = lines > upl + tie, lines < lpl - tie
    found = np.full(column.shape, INCONSISTENT, dtype=np.int8)
    found[np.where(signs > 0, over, under)] = FAIL
    found[np.where(signs > 0, under, over)] = PASS
    unsaid = np.isnan(lines) | (signs == 0) | (column < 0)
    if chart.rules.fewest_points is not None:
        unsaid |= np.isnan(upl)
    found[unsaid] = NO_ASSURANCE
    return found
