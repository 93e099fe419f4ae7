"""Panels of figures, one a measure, out of the observations."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.catalogue import Measure
from scorecard.judge.panel import Figures, Panel, Whole, grid
from scorecard.periods import Period


def panel_of(measure_id: str, measure: Measure, frame: pd.DataFrame, areas: Sequence[str]) -> Panel:
    """The panel of one measure for these areas, in their order; an area without rows has a row of missing figures.

    `frame` has the measure's rows with the columns of the observation table (period_start and period_end are dates;
    numerator and denominator may be decimals), at most one an area and period; rows of other areas are left out.
    """
    row = pd.Index(areas).get_indexer(pd.Index(frame["area_code"]))
    wanted = row >= 0
    frame, row = frame[wanted], row[wanted]
    periods, column = _periods(frame)
    columns, regular = grid(periods, measure.frequency.months)
    places = {period: at for at, period in enumerate(columns)}
    column = np.array([places[period] for period in periods], dtype=np.int64)[column]
    shape = len(areas), len(columns)

    def spread(name: str) -> Figures:
        whole = np.full(shape, np.nan)
        whole[row, column] = _numbers(frame[name])
        return whole

    markers, exists = np.full(shape, None, dtype=object), np.zeros(shape, dtype=np.bool_)
    markers[row, column], exists[row, column] = _words(frame["marker"]), True
    return Panel(
        measure_id, measure, tuple(areas), columns, spread("value"), spread("numerator"), spread("denominator"),
        spread("lower"), spread("upper"), markers, exists, regular,
    )  # fmt: skip


def by_period(panel: Panel) -> Mapping[Period, Figures]:
    """The figures of each period, missing ones left out: what peers' targets are made from."""
    return {period: panel.values[panel.held[:, at], at] for at, period in enumerate(panel.periods)}


def _periods(frame: pd.DataFrame) -> tuple[list[Period], Whole]:
    """The different periods of the rows, and for each row the place of its own among them."""
    starts, first_days = pd.factorize(frame["period_start"])
    ends, last_days = pd.factorize(frame["period_end"])
    pairs, column = np.unique(starts * max(len(last_days), 1) + ends, return_inverse=True)
    begun, ended = np.divmod(pairs, max(len(last_days), 1))
    first, last = [_day(each) for each in first_days.tolist()], [_day(each) for each in last_days.tolist()]
    return [Period(first[start], last[end]) for start, end in zip(begun.tolist(), ended.tolist(), strict=True)], column


def _day(given: Any) -> date:
    day: date = given.date() if isinstance(given, datetime) else given
    return day


def _numbers(column: "pd.Series[Any]") -> Figures:
    """Floats out of floats, decimals, or a mixture with missing ones."""
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _words(column: "pd.Series[Any]") -> NDArray[np.object_]:
    words = column.to_numpy(dtype=object, copy=True)
    words[column.isna().to_numpy()] = None
    return words
