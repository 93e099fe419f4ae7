"""The stretch of figures that a change is looked for in: those of the current step, without the missing ones."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorecard.judge.panel import Figures, Flags, Whole

MOST: Final = 60
"""Five years of months: what was usual before says little about what is usual now."""


@dataclass(frozen=True)
class Stretch:
    """Series x figures, moved to the right so that the last column is the latest figure; NaN fills the left."""

    values: Figures
    columns: Whole
    """Series x figures: the column of the panel each figure came from; -1 where there is none."""
    phases: Whole
    """Series x figures: the month or quarter of the year, from 0."""

    @cached_property
    def held(self) -> Flags:
        """Series x figures: whether there is one."""
        found: Flags = ~np.isnan(self.values)
        return found

    @cached_property
    def count(self) -> Whole:
        """How many figures each series has."""
        found: Whole = self.held.sum(axis=1)
        return found

    @cached_property
    def adjoining(self) -> Flags:
        """Series x figures: whether the figure follows right upon the one to its left, with no period missing."""
        found = np.zeros(self.values.shape, dtype=np.bool_)
        found[:, 1:] = self.held[:, 1:] & self.held[:, :-1] & (np.diff(self.columns, axis=1) == 1)
        return found

    def having(self, values: Figures) -> "Stretch":
        """The same stretch with other figures in its places."""
        return Stretch(values, self.columns, self.phases)

    def of(self, rows: NDArray[np.intp] | Flags) -> "Stretch":
        """The stretch of some of the series."""
        return Stretch(self.values[rows], self.columns[rows], self.phases[rows])


def stretch_of(values: Figures, steps: Whole, phases: Whole, most: int = MOST) -> Stretch:
    """The last `most` figures of each series within the step that its latest figure belongs to.

    `values`: series x periods, NaN missing. `steps`, `phases`: for each period its step of the series and its place
    in the year. No figure is made up for a missing period: the figures on both sides of it move together, and
    `adjoining` remembers that they do not adjoin.
    """
    periods = values.shape[1]
    held = ~np.isnan(values)
    if not periods:
        none = (len(values), 1)
        return Stretch(np.full(none, np.nan), np.full(none, -1), np.zeros(none, dtype=np.int64))
    last = periods - 1 - np.argmax(held[:, ::-1], axis=1)
    current = held & (steps[None, :] == steps[last][:, None])
    width = min(most, int(current.sum(axis=1).max(initial=1)))
    # A stable sort puts the columns that are not wanted first and keeps the others in their order.
    order = np.argsort(current, axis=1, kind="stable")[:, periods - width :]
    wanted = np.take_along_axis(current, order, axis=1)
    found = np.where(wanted, np.take_along_axis(values, order, axis=1), np.nan)
    return Stretch(found, np.where(wanted, order, -1), np.where(wanted, phases[order], 0))
