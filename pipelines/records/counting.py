"""Measures over records worked out: observations for the council and its wards, and breakdowns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.build.suppression import withhold
from pipelines.records.answers import Months, SourceAnswer, WindowAnswer, counted_by_month
from pipelines.records.compile import AREA, CALENDAR, dimensions_of
from pipelines.records.denominators import Denominators
from pipelines.records.engine import Engine
from pipelines.records.rollup import NOT_APPLICABLE, NOT_AVAILABLE, Counted, Window, divided, windows_of
from scorecard.catalogue import Catalogue, Measure, Records
from scorecard.catalogue.record_rules import in_order_of_need
from scorecard.periods import Period, between, month_index
from scorecard.working_days import calendar

BREAKDOWN: Final = [
    "measure_id", "area_code", "dimension", "dimension_title", "category", "period_start", "period_end", "period",
    "numerator", "denominator", "value", "marker",
]  # fmt: skip


@dataclass(frozen=True)
class Cover:
    """The months that one loaded file covers."""

    period: Period
    load_id: int
    sha256: str


@dataclass(frozen=True)
class Staged:
    """The records of one source: where they stand, and what the files cover, the oldest file first."""

    table: str
    covers: Sequence[Cover]
    first_load: int = 0
    """The load_id of the load that staging numbers 0: it numbers those of each source by themselves."""

    @property
    def months(self) -> list[int]:
        """Every month that some file covers, as month numbers."""
        spans = (range(month_index(each.period.start), month_index(each.period.end) + 1) for each in self.covers)
        return sorted({month for span in spans for month in span})

    def latest(self, month: int) -> Cover:
        """The newest file that covers a month."""
        return next(
            each
            for each in reversed(self.covers)
            if month_index(each.period.start) <= month <= month_index(each.period.end)
        )


@dataclass
class Figures:
    """The figures made so far: observation frames and breakdown frames, one of each a measure."""

    observations: list[pd.DataFrame] = field(default_factory=list)
    breakdowns: list[pd.DataFrame] = field(default_factory=list)


def count_records(
    catalogue: Catalogue, engine: Engine, staged: Mapping[str, Staged], home: str, parts: Sequence[str],
    returns: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Observations and breakdowns (columns BREAKDOWN) of every measure over records that has files.

    One query a source gives all sums; each measure after the one it is divided by. `returns` are the observations
    made from returns, for measures that are divided by one of them.
    """
    days, working = calendar()
    engine.put(CALENDAR, pa.table({"calendar_day": days, "calendar_working": working}))
    areas = [home, *parts]
    answers = {
        name: SourceAnswer(catalogue, name, one.table, areas, engine) for name, one in staged.items() if one.covers
    }
    made, denominators = Figures(), Denominators(catalogue, returns)
    for measure_id in in_order_of_need(catalogue):
        measure = catalogue.measures[measure_id]
        assert measure.records is not None
        if measure.records.source in answers:
            one = _OneMeasure(catalogue, measure_id, measure, measure.records, staged[measure.records.source], areas)
            one.count(answers[measure.records.source], engine, denominators, made)
    return _together(made.observations), _together(made.breakdowns)


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    kept = [frame for frame in frames if len(frame)]
    return pd.concat(kept, ignore_index=True) if kept else pd.DataFrame()


class _OneMeasure:
    def __init__(
        self, catalogue: Catalogue, measure_id: str, measure: Measure, records: Records, staged: Staged,
        areas: Sequence[str],
    ) -> None:  # fmt: skip
        self.measure_id, self.measure, self.records, self.staged = measure_id, measure, records, staged
        self.source = catalogue.sources[records.source]
        self.areas = areas
        self.windows = windows_of(measure, staged.months)

    def count(self, answer: SourceAnswer, engine: Engine, denominators: Denominators, made: Figures) -> None:
        """Work the measure out for the council, its wards and its breakdowns, and add it to `made`."""
        if not self.windows:
            return
        over = None
        if self.records.window_is_needed:
            over = WindowAnswer(self.source, self.staged.table, self.records, self.areas, self.windows, engine)
        months = Months.around(self.staged.months)

        def counted(split: str | None, groups: Sequence[str]) -> Counted:
            if over:
                return over.counted(split, groups)
            return counted_by_month(answer, self.measure_id, self.records, split, groups, months, self.windows)

        home, dimensions = self.areas[0], dimensions_of(self.records, self.source)
        frames = [self._frame(counted(None, [home]), [home], denominators, [home])]
        if AREA in dimensions and len(self.areas) > 1:
            parts = self.areas[1:]
            frames.append(self._frame(counted(AREA, parts), parts, denominators, parts))
        observations = pd.concat(frames, ignore_index=True).rename(columns={"group": "area_code"})
        made.observations.append(observations)
        denominators.add(observations)
        for dimension in dimensions:
            if dimension != AREA:
                groups = over.categories(dimension) if over else answer.categories(self.measure_id, dimension)
                frame = self._frame(counted(dimension, groups), groups, denominators, [home] * len(groups))
                made.breakdowns.append(self._breakdown(frame, dimension, home))

    def _frame(
        self, counted: Counted, groups: Sequence[str], denominators: Denominators, areas: Sequence[str]
    ) -> pd.DataFrame:
        """One row a window and group: the columns of an observation, with `group` for the area or category."""
        if self.records.out_of:
            below = denominators.of(self.records.out_of, self.measure, self.windows, areas)
            above = counted.value / self.records.per
            counted = Counted(above, below, divided(above, below, self.records.per), counted.records)
        size, shape = len(self.windows) * len(groups), counted.value.shape
        assert shape == (len(self.windows), len(groups))
        repeated = [window for window in self.windows for _ in groups]
        covers = [self.staged.latest(window.last) for window in self.windows]
        frame = pd.DataFrame(
            {
                "measure_id": self.measure_id,
                "group": list(groups) * len(self.windows),
                "period_start": [window.period.start for window in repeated],
                "period_end": [window.period.end for window in repeated],
                "period": [window.period.label for window in repeated],
                "numerator": counted.numerator.ravel(),
                "denominator": counted.denominator.ravel(),
                "value": counted.value.ravel().round(9),
                "lower": np.nan,
                "upper": np.nan,
                "marker": pd.Series(None, index=range(size), dtype=object),
                "load_id": np.repeat([each.load_id for each in covers], len(groups)),
                "source_row": pd.Series(pd.NA, index=range(size), dtype="Int64"),
                "sha256": np.repeat([each.sha256 for each in covers], len(groups)),
                "records": pd.array(counted.records.ravel().round().astype(np.int64), dtype="Int64"),
                "counted_from": [_counted_from(window) for window in repeated],
            }
        )
        unknown = frame["denominator"].isna() & (self.records.out_of is not None)
        frame["marker"] = frame["marker"].mask(frame["value"].isna(), NOT_APPLICABLE).mask(unknown, NOT_AVAILABLE)
        return withhold(frame, self._small(frame), self.measure.small_numbers)

    def _small(self, frame: pd.DataFrame) -> "pd.Series[float]":
        """The count that could give somebody away: those that meet the condition, else all that were counted."""
        if self.records.calculate.kind in {"share", "within"} or self.records.out_of:
            return frame["numerator"]
        return frame["records"].astype("float64")

    def _breakdown(self, frame: pd.DataFrame, dimension: str, home: str) -> pd.DataFrame:
        title = self.source.columns[dimension].header or dimension.replace("_", " ")
        named = frame.rename(columns={"group": "category"})
        return named.assign(area_code=home, dimension=dimension, dimension_title=title)[BREAKDOWN]


def _counted_from(window: Window) -> object:
    start = between(window.first, window.first).start
    return start if start < window.period.start else None
