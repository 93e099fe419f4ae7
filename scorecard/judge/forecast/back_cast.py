"""Forecasts as they would have been made in earlier years, so that there is a score from the first run."""

from typing import Final

import numpy as np

from scorecard.judge.forecast.score import Made, outturns, rows
from scorecard.judge.forecast.year_end import forecast_year
from scorecard.judge.panel import Panel

YEARS: Final = 3


def back_cast(panel: Panel, years: int = YEARS) -> list[Made]:
    """Forecasts of the last `years` years from the figures up to the same month or quarter of each.

    They are made from the figures as they are known now: a figure that was revised later makes them look a little
    better than they would have been. Years that are not over are left out, and so are those within which the measure
    was rebased or changed after the forecast, as no forecast can foresee it.
    """
    if not panel.regular or panel.measure.frequency == "year":
        return []
    step, newest = panel.measure.frequency.months, len(panel.periods) - 1
    known, made = outturns(panel), []
    for back in range(1, years + 1):
        column = newest - back * 12 // step
        if column < 0:
            break
        for row in rows(forecast_year(panel.until(column)), back_cast=True):
            outturn = known.get((row.area_code, row.year))
            ended = np.flatnonzero(panel.months == (row.year + 1) * 12 + 2)
            same = len(ended) and panel.steps[int(ended[0])] == panel.steps[column]
            if outturn is not None and same:
                made.append(row)
    return made
