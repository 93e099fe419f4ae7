"""XmR charts of many series over the same periods, each step of a series judged on its own."""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scorecard.judge.spc.limits import Figures, Flags, Limits, Whole, largest
from scorecard.judge.spc.rules import FEWEST_BASELINE, REFERENCE, SHORT_GROUP, Rules
from scorecard.judge.spc.signals import Signals, judge_runs


@dataclass(frozen=True)
class Chart:
    """The charts of some series: a row each, a column per period; figures in the unit of the values, NaN for none."""

    values: Figures
    rules: Rules
    exists: Flags | None
    """Series x periods: whether there is a row at all, be its value missing; None where there is one everywhere."""
    segment_limits: Limits
    """Series x segments."""
    segment_rows: Whole
    """Series x segments: how many rows, those with a missing value among them."""
    segment: Whole
    """For each period the column of its segment in the two above."""
    signals: Signals
    """Series x periods: every flag, and the labels."""
    scale: Figures
    """For each series its largest absolute value, against which differences count as ties."""

    @cached_property
    def mean(self) -> Figures:
        """Series x periods: the mean of the segment, in the unit of the values."""
        return self._spread(self.segment_limits.mean)

    @cached_property
    def amr(self) -> Figures:
        """Series x periods: the average moving range of the segment after screening."""
        return self._spread(self.segment_limits.amr)

    @cached_property
    def lpl(self) -> Figures:
        """Series x periods: the lower process limit."""
        return self._spread(self.segment_limits.lpl)

    @cached_property
    def upl(self) -> Figures:
        """Series x periods: the upper process limit."""
        return self._spread(self.segment_limits.upl)

    @cached_property
    def near_lpl(self) -> Figures:
        """Series x periods: two thirds of the way from the mean to the lower limit."""
        return self._spread(self.segment_limits.near_lpl)

    @cached_property
    def near_upl(self) -> Figures:
        """Series x periods: two thirds of the way from the mean to the upper limit."""
        return self._spread(self.segment_limits.near_upl)

    @cached_property
    def short(self) -> Flags:
        """Series x periods: whether the row's segment has fewer than 13 rows; False where there is no row."""
        found: Flags = (self.segment_rows < SHORT_GROUP)[:, self.segment]
        return found if self.exists is None else found & self.exists

    @cached_property
    def last(self) -> Whole:
        """For each series the column of its last row; -1 without any."""
        columns = self.values.shape[1]
        if self.exists is None or not columns:
            return np.full(len(self.values), columns - 1)
        from_end = np.argmax(self.exists[:, ::-1], axis=1)
        return np.where(self.exists.any(axis=1), columns - 1 - from_end, -1)

    def _spread(self, figures: Figures) -> Figures:
        """A figure per segment as one per period; a read-only view where there is one segment."""
        if figures.shape[1] == 1 and self.exists is None:
            return np.broadcast_to(figures, self.values.shape)
        found: Figures = figures[:, self.segment]
        return found if self.exists is None else np.where(self.exists, found, np.nan)


def chart(
    values: Figures,
    segments: NDArray[np.integer] | None = None,
    *,
    rules: Rules = REFERENCE,
    baseline: int | None = None,
    exists: Flags | None = None,
) -> Chart:
    """The charts of `values`: series x periods in order of time, NaN where there is no figure.

    A single series may be given as one row of values; the chart still has two dimensions. `segments` is a number for
    each period that rises where limits are worked out anew (a rebase); nothing is worked out across two segments.
    `baseline` fixes mean and limits on the first rows of each segment. `exists` tells the periods in which a series
    has no row at all, before it began and after it ended, from those whose figure is missing: only rows count towards
    the baseline and the length of a segment.

    Raises ValueError when shapes do not go together, segments fall, the baseline is under 12 rows, a series has a
    hole in `exists` or a value where it does not exist, or a value is infinite.
    """
    values = np.atleast_2d(np.asarray(values, dtype=np.float64))
    exists = None if exists is None else np.atleast_2d(np.asarray(exists, dtype=np.bool_))
    starts, segment = _steps(segments, values.shape[1])
    if baseline is not None and baseline < FEWEST_BASELINE:
        raise ValueError(f"limits cannot be fixed on {baseline} rows; the fewest is {FEWEST_BASELINE}")
    if exists is not None:
        _check_existence(values, exists)
    scale = largest(values)
    if len(starts) == 1 and exists is None:
        limits, signals = judge_runs(values, rules, scale, baseline)
        rows = np.full((len(values), 1), values.shape[1])
        return Chart(values, rules, exists, _side_by_side([limits]), rows, segment, signals, scale)
    found: list[tuple[Limits, Signals]] = []
    lengths: list[Whole] = []
    for start, stop in zip(starts, [*starts[1:], values.shape[1]], strict=True):
        here = None if exists is None else exists[:, start:stop]
        first = None if here is None or baseline is None else np.argmax(here, axis=1)
        found.append(judge_runs(values[:, start:stop], rules, scale, baseline, first))
        lengths.append(np.full(len(values), stop - start) if here is None else here.sum(axis=1))
    joined = {
        each.name: np.concatenate([getattr(signals, each.name) for _, signals in found], axis=1)
        for each in fields(Signals)
    }
    limits = _side_by_side([limits for limits, _ in found])
    return Chart(values, rules, exists, limits, np.stack(lengths, axis=1), segment, Signals(**joined), scale)


def _steps(segments: NDArray[np.integer] | None, periods: int) -> tuple[list[int], Whole]:
    """The first column of each segment, and for each column which segment it belongs to."""
    if segments is None or not periods:
        return [0], np.zeros(periods, dtype=np.int64)
    segments = np.asarray(segments)
    if segments.shape != (periods,):
        raise ValueError(f"{periods} periods need as many segments, not {segments.shape}")
    rises = np.diff(segments.astype(np.int64))
    if (rises < 0).any():
        raise ValueError("segments must rise with time")
    segment = np.concatenate([[0], np.cumsum(rises > 0)])
    return [0, *(int(each) + 1 for each in np.flatnonzero(rises))], segment


def _check_existence(values: Figures, exists: Flags) -> None:
    if exists.shape != values.shape:
        raise ValueError(f"values are {values.shape}, but existence is told for {exists.shape}")
    if (~np.isnan(values) & ~exists).any():
        raise ValueError("a value stands where its series does not exist")
    begins = (exists[:, 1:] & ~exists[:, :-1]).sum(axis=1) + exists[:, :1].sum(axis=1)
    if (begins > 1).any():
        raise ValueError("a series must exist in one stretch of periods; a missing figure inside it is NaN")


def _side_by_side(limits: list[Limits]) -> Limits:
    return Limits(
        **{each.name: np.stack([getattr(one, each.name) for one in limits], axis=1) for each in fields(Limits)}
    )
