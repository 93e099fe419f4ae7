"""A measure's figures side by side: what every judgement of it is made from.

Judgements work on arrays of areas x periods, so that thousands of series cost little more than one; only the
sentences, of which each series needs a few, are made one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorecard.catalogue import Measure, Stage, stage_on
from scorecard.periods import Period, between, month_index

Figures = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]

POLARITY_SIGN: Final = {"higher": 1, "lower": -1, "band": 0, "neutral": 0}


@dataclass(frozen=True)
class Panel:
    """One measure: a row per area, a column per period, oldest first; NaN is missing, never nought.

    Where the series is regular the periods follow each other without a gap, missing ones among them. Where it is
    not (periods of several lengths, or overlapping ones) they are those that there are figures for.
    """

    measure_id: str
    measure: Measure
    areas: tuple[str, ...]
    periods: tuple[Period, ...]
    values: Figures
    """Areas x periods, in the measure's unit."""
    numerators: Figures
    denominators: Figures
    lower: Figures
    """Published confidence limits."""
    upper: Figures
    markers: NDArray[np.object_]
    """Areas x periods: the standard shorthand beside a figure or in its place, or None."""
    exists: Flags
    """Areas x periods: whether there is a row for it, a figure or a marker."""
    regular: bool
    """Whether every period has the length of the measure's frequency."""

    @property
    def sign(self) -> int:
        """1 where higher is better, -1 where lower is, 0 where neither."""
        return POLARITY_SIGN[self.measure.polarity]

    @cached_property
    def held(self) -> Flags:
        """Areas x periods: whether there is a figure."""
        found: Flags = ~np.isnan(self.values)
        return found

    @cached_property
    def last(self) -> Whole:
        """For each area the column of its latest figure; -1 without any."""
        columns = self.values.shape[1]
        if not columns:
            return np.full(len(self.areas), -1)
        from_end = np.argmax(self.held[:, ::-1], axis=1)
        return np.where(self.held.any(axis=1), columns - 1 - from_end, -1)

    @cached_property
    def months(self) -> Whole:
        """For each period the index of its last month (`periods.month_index`)."""
        return np.array([month_index(period.end) for period in self.periods], dtype=np.int64)

    @cached_property
    def starts(self) -> Whole:
        """For each period the index of its first month."""
        return np.array([month_index(period.start) for period in self.periods], dtype=np.int64)

    def before(self, months: int) -> Whole:
        """For each period the column of the one that lies so many months before it; -1 without one.

        Nor is there one where an amendment between the two broke comparability.
        """
        spans = list(zip(self.starts.tolist(), self.months.tolist(), strict=True))
        whole = (_is_whole(period) for period in self.periods)
        columns = {span: column for column, (span, is_whole) in enumerate(zip(spans, whole, strict=True)) if is_whole}
        found = np.array([columns.get((first - months, last - months), -1) for first, last in spans], dtype=np.int64)
        breaks = [each.on for each in self.measure.breaks]
        counted = np.array([sum(day <= period.start for day in breaks) for period in self.periods], dtype=np.int64)
        return np.where((found >= 0) & (counted == counted[found]), found, -1)

    @cached_property
    def steps(self) -> Whole:
        """For each period the number of the step of the series it belongs to.

        A new step begins with each rebase and with each amendment that broke comparability; nothing is worked out
        across two steps.
        """
        days = sorted({rebase.on for rebase in self.measure.rebases} | {each.on for each in self.measure.breaks})
        return np.array([sum(day <= period.start for day in days) for period in self.periods], dtype=np.int64)

    @cached_property
    def live(self) -> Flags:
        """For each period whether the measure was live at its start."""
        stages = [stage_on(self.measure.lifecycle, period.start) is Stage.live for period in self.periods]
        return np.array(stages, dtype=np.bool_)

    def row(self, area: str) -> int:
        """The row of an area. Raises ValueError when it has none."""
        return self.areas.index(area)

    def until(self, column: int) -> "Panel":
        """The panel as it was when the period of `column` was the latest."""
        stop = column + 1
        arrays = {
            name: getattr(self, name)[:, :stop]
            for name in ("values", "numerators", "denominators", "lower", "upper", "markers", "exists")
        }
        return Panel(self.measure_id, self.measure, self.areas, self.periods[:stop], regular=self.regular, **arrays)


def _is_whole(period: Period) -> bool:
    """Whether it begins on the first day of a month and ends on the last of one."""
    return period.start.day == 1 and (period.end + timedelta(days=1)).day == 1


def grid(periods: Sequence[Period], months: int) -> tuple[tuple[Period, ...], bool]:
    """The columns of a panel for periods that figures are held for, and whether they are regular.

    Regular periods all last `months` and lie whole steps apart; those missing between the first and the last are
    added. Otherwise the periods are given back in order.
    """
    held = sorted(set(periods))
    ends = [month_index(period.end) for period in held]
    regular = all(period.months == months for period in held) and all((end - ends[0]) % months == 0 for end in ends)
    if not regular or not held:
        return tuple(held), regular
    return tuple(between(end - months + 1, end) for end in range(ends[0], ends[-1] + 1, months)), True
