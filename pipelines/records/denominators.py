"""What counts are divided by: the people of an area, or another measure over the same months."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pipelines.records.rollup import Sums, Window
from scorecard.catalogue import Catalogue, Measure
from scorecard.catalogue.records import OutOf
from scorecard.periods import month_index


class Denominators:
    """Looks up denominators; figures of measures over records are added as they are made."""

    def __init__(self, catalogue: Catalogue, returns: pd.DataFrame) -> None:
        self.catalogue = catalogue
        self.population: Mapping[str, int | None] = {
            code: area.population for code, area in catalogue.areas.listed.items()
        }
        self.values: dict[tuple[str, str], dict[int, float]] = {}
        self.add(returns)

    def add(self, observations: pd.DataFrame) -> None:
        """Make the figures of observations known, by the month in which their period ends."""
        if observations.empty:
            return
        held = observations[observations["value"].notna()]
        columns = (held[name] for name in ("measure_id", "area_code", "period_end", "value"))
        for measure_id, area, end, value in zip(*columns, strict=True):
            self.values.setdefault((measure_id, area), {})[month_index(end)] = float(value)

    def of(self, out_of: OutOf, measure: Measure, windows: Sequence[Window], areas: Sequence[str]) -> Sums:
        """A row for each window and a column for each area; NaN where it is not known for the whole window."""
        if out_of.measure is None:
            people = [self.population.get(area) or np.nan for area in areas]
            return np.tile(np.array(people, dtype=np.float64), (len(windows), 1))
        stock = self.catalogue.measures[out_of.measure].basis == "snapshot"
        step = measure.frequency.months
        rows = [[self._over(out_of.measure, area, window, step, stock) for area in areas] for window in windows]
        return np.array(rows, dtype=np.float64).reshape(len(windows), len(areas))

    def _over(self, measure_id: str, area: str, window: Window, step: int, stock: bool) -> float:
        """The mean of a stock over the window's periods, the sum of anything else."""
        held = self.values.get((measure_id, area), {})
        ends = range(window.first + step - 1, window.last + 1, step)
        found = [held[end] for end in ends if end in held]
        if len(found) < len(ends) or not found:
            return float("nan")
        return sum(found) / len(found) if stock else sum(found)
