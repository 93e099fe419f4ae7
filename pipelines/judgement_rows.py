"""Rows of the judgement table, out of arrays."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.judge.due import Due, absence_sentence
from scorecard.judge.panel import Flags, Panel, Whole
from scorecard.judge.standing import Standing
from scorecard.judge.standing_words import movement_sentence, status_sentence
from scorecard.judge.status import DIRECTIONS, STATUSES, Direction, Status
from scorecard.periods import Period

TOLD_BEFORE: Final = 12
"""So many rows before the latest figure have their sentences; who reads one further back can read the figures."""
_STATUS_NAMES: Final = np.array([each.value for each in STATUSES], dtype=object)
_DIRECTION_NAMES: Final = np.array([each.value for each in DIRECTIONS], dtype=object)


def judgement_rows(panel: Panel, standing: Standing, dues: Mapping[str, Due]) -> pd.DataFrame:
    """One row for each period of each area that has a figure or a marker, and for each figure that is to come.

    `dues` are what is awaited or overdue, by area code. Columns as in schema.sql; figures in the measure's unit.
    """
    area, column = np.nonzero(panel.exists)
    at = area, column
    sentences, movements = _sentences(panel, standing, area, column)
    starts = _objects([period.start for period in panel.periods])
    ends = _objects([period.end for period in panel.periods])
    labels = _objects([period.label for period in panel.periods])
    rows = pd.DataFrame(
        {
            "measure_id": panel.measure_id,
            "area_code": _objects(panel.areas)[area],
            "period_start": starts[column],
            "period_end": ends[column],
            "period": labels[column],
            "value": panel.values[at],
            "target_low": standing.lines.low[at],
            "target_high": standing.lines.high[at],
            "tolerance": standing.lines.tolerance[at],
            "status": _STATUS_NAMES[standing.status[at]],
            "status_sentence": sentences,
            "since": starts[standing.since[at]],
            "last_period": _DIRECTION_NAMES[standing.last_period[at]],
            "last_year": _DIRECTION_NAMES[standing.last_year[at]],
            "direction_sentence": movements,
            "is_latest": _latest(panel, dues)[at],
        }
    )
    absent = [_absence(panel, code, due) for code, due in dues.items()]
    return pd.concat([rows, pd.DataFrame(absent)], ignore_index=True) if absent else rows


def _last_figure(panel: Panel, area: int) -> tuple[Period, float] | None:
    """Period and value of the latest figure of an area (its row); None without any."""
    column = int(panel.last[area])
    return (panel.periods[column], float(panel.values[area, column])) if column >= 0 else None


def _sentences(
    panel: Panel, standing: Standing, area: Whole, column: Whole
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """For each row its status and its movement in a sentence, or None where nobody reads them."""
    said, moved = np.full(len(area), None, dtype=object), np.full(len(area), None, dtype=object)
    for row in np.flatnonzero(_told(panel)[area, column]).tolist():
        cell = int(area[row]), int(column[row])
        said[row] = status_sentence(panel, standing, *cell)
        moved[row] = movement_sentence(panel, standing, *cell)
    return said, moved


def _told(panel: Panel) -> Flags:
    """Areas x periods: the latest figure of each area, the rows before it that are told, and every row after it."""
    order = np.cumsum(panel.exists, axis=1)
    latest = np.max(np.where(panel.held, order, 0), axis=1, initial=0)
    latest = np.where(latest > 0, latest, panel.exists.sum(axis=1))[:, None]
    told: Flags = panel.exists & (order >= latest - TOLD_BEFORE)
    return told


def _latest(panel: Panel, dues: Mapping[str, Due]) -> Flags:
    """Areas x periods: the row that the pages show first; none of an area whose next figure is overdue."""
    columns = np.arange(panel.exists.shape[1])
    last = np.max(np.where(panel.exists, columns, -1), axis=1, initial=-1)
    overdue = [code in dues and dues[code].status is Status.overdue for code in panel.areas]
    found: Flags = (columns == last[:, None]) & ~np.array(overdue, dtype=np.bool_)[:, None]
    return found


def _absence(panel: Panel, code: str, due: Due) -> dict[str, Any]:
    # What is merely awaited does not push the last figure off the page; what is overdue does.
    area = panel.row(code)
    is_latest = due.status is Status.overdue or not panel.exists[area].any()
    return {
        "measure_id": panel.measure_id,
        "area_code": code,
        "period_start": due.period.start,
        "period_end": due.period.end,
        "period": due.period.label,
        "status": due.status.value,
        "status_sentence": absence_sentence(panel.measure, due, _last_figure(panel, area)),
        "since": due.period.start,
        "last_period": Direction.unknown.value,
        "last_year": Direction.unknown.value,
        "direction_sentence": "",
        "is_latest": is_latest,
    }


def _objects(many: Sequence[Any]) -> NDArray[np.object_]:
    """Dates and words as they are: NumPy would make its own of them."""
    held = np.empty(len(many), dtype=object)
    held[:] = many
    return held
