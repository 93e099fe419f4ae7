"""Does the council's own figure hide a part of it? Each ward, or each category of a breakdown, against the rest.

Chances come first, measure by measure (`chances_of`); what is called out is decided over all of a run
(`multiplicity.across`); the findings (`part_findings.find_parts`) say it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from scorecard.catalogue import Measure
from scorecard.judge.panel import Figures, Flags, Panel
from scorecard.judge.parts.chance import (
    FEWEST_ALIKE,
    FEWEST_HISTORY,
    Kind,
    against_others,
    against_rest,
    against_usual,
    medians,
    widened,
)
from scorecard.judge.small_counts import counted_as
from scorecard.periods import Period

WINDOWS: Final = (1, 3, 6, 12)
"""Months put together for a test: a part that is a little bad for long has too few cases in any one month."""
HISTORY: Final = 36
"""Months before the longest window that say how a part usually stands to the rest."""
FEWEST_CASES: Final = 10
FEWEST_EVENTS: Final = 5
"""Expected at the rate of the rest."""


@dataclass(frozen=True)
class Parts:
    """The parts of the council on one measure, beside the whole: arrays of parts x periods, NaN where missing."""

    measure: Measure
    keys: tuple[str, ...]
    names: tuple[str, ...]
    periods: tuple[Period, ...]
    kind: Kind
    alike: bool
    """Whether the parts should stand alike (wards), or differ by nature (trades) and are held to their usual place."""
    values: Figures
    counts: Figures
    totals: Figures
    whole_values: Figures
    """Of the council, one for each period."""
    whole_counts: Figures
    whole_totals: Figures
    together: Flags
    """For each period whether windows and history may use it: judged then, and counted as in the latest."""
    regular: bool

    @cached_property
    def column(self) -> int:
        """The period judged: the latest with a figure of the council; -1 without any."""
        held = np.flatnonzero(~np.isnan(self.whole_values))
        return int(held[-1]) if len(held) else -1

    @cached_property
    def rest(self) -> Figures:
        """The figure of the council without the part; without counts, the middle one of the other parts."""
        if self.kind == "value":
            others = np.full(self.values.shape, np.nan)
            for part in range(len(self.keys)):
                others[part] = medians(np.delete(self.values, part, axis=0))
            return others
        return self.scale * _ratio(self.whole_counts - self.counts, self.whole_totals - self.totals)

    @cached_property
    def scale(self) -> float:
        """What numerator / denominator is multiplied by, e.g. 100 for per cent."""
        with np.errstate(divide="ignore", invalid="ignore"):
            scales = self.values * self.totals / self.counts
        held = scales[np.isfinite(scales)]
        return float(np.median(held)) if len(held) else 1.0


@dataclass(frozen=True)
class PartTests:
    """The chances of each part: arrays of parts x windows, NaN where there were too few cases or no figure."""

    parts: Parts
    windows: tuple[int, ...]
    """Periods put together, the latest among them."""
    chances: Figures
    """One-sided, and raised for there being several windows."""
    values: Figures
    rest: Figures
    counts: Figures
    totals: Figures

    @cached_property
    def chance(self) -> Figures:
        """The smallest chance of each part; NaN where nothing could be tested."""
        tested = ~np.isnan(self.chances)
        return np.where(tested.any(axis=1), np.min(np.where(tested, self.chances, 1.0), axis=1, initial=1.0), np.nan)


def parts_of(panel: Panel, names: Mapping[str, str], alike: bool = True) -> Parts:
    """The parts in a panel whose first row is the council and whose further rows are parts of it.

    `names` are by area code. Categories of a breakdown make such a panel with their names in place of area codes.
    """
    keys = panel.areas[1:]
    return Parts(
        panel.measure, keys, tuple(names.get(key, key) for key in keys), panel.periods,
        kind_of(panel.measure, panel.numerators, panel.denominators), alike,
        panel.values[1:], panel.numerators[1:], panel.denominators[1:],
        panel.values[0], panel.numerators[0], panel.denominators[0],
        panel.live & (panel.steps == panel.steps[panel.last[0]] if len(panel.periods) else True),
        panel.regular,
    )  # fmt: skip


def kind_of(measure: Measure, counts: Figures, totals: Figures) -> Kind:
    """Whether numerators count cases of all cases, count events, or are amounts that say nothing of chance."""
    held = ~np.isnan(counts) & ~np.isnan(totals) & (totals > 0)
    n, d = counts[held], totals[held]
    counting = counted_as(measure)
    if counting is None or not len(n) or np.any((n < 0) | (n != np.round(n))):
        return "value"
    return "value" if counting == "proportion" and np.any((n > d) | (d != np.round(d))) else counting


def chances_of(parts: Parts) -> PartTests:
    """The chance that each part stands as it does in the latest period if nothing sets it apart for the worse.

    Over the last month, three months and twelve months, as far as the frequency has them. Nothing is tested on a
    measure without a better and a worse end, where parts only add up to the council, or before it is live.
    """
    column, step = parts.column, parts.measure.frequency.months
    spans = WINDOWS if parts.measure.basis == "period" and parts.regular else ()
    windows = tuple(sorted({1, *(months // step for months in spans if months >= step)}))
    empty = np.full((len(parts.keys), len(windows)), np.nan)
    bad = {"lower": 1, "higher": -1}.get(parts.measure.polarity, 0)
    if not bad or column < 0 or not parts.together[column] or not len(parts.keys):
        return PartTests(parts, windows, empty, empty, empty, empty, empty)
    now = [_summed(parts, column, window) for window in windows]
    counts, totals, others, exposure = (np.column_stack(each) for each in zip(*now, strict=True))
    if parts.kind == "value":
        values = np.column_stack([_averaged(parts.values, column, window, parts) for window in windows])
        rest = np.column_stack([_averaged(parts.rest, column, window, parts) for window in windows])
        chances = empty if _adds_up(parts) else _movement_chances(parts, bad, windows)
    else:
        values, rest = parts.scale * _ratio(counts, totals), parts.scale * _ratio(others, exposure)
        expected = totals * _ratio(others, exposure)
        few = np.minimum(totals, exposure) < FEWEST_CASES if parts.kind == "proportion" else expected < FEWEST_EVENTS
        chances = np.where(few | np.isnan(values), np.nan, _count_chances(parts, bad, windows, now))
    tried = np.sum(~np.isnan(chances), axis=1, keepdims=True)
    return PartTests(parts, windows, np.minimum(1.0, chances * tried), values, rest, counts, totals)


def _count_chances(parts: Parts, bad: int, windows: tuple[int, ...], now: Sequence[tuple[Figures, ...]]) -> Figures:
    stacked = tuple(np.column_stack(each) for each in zip(*now, strict=True))
    counts, totals, others, exposure = stacked
    if parts.alike and np.sum(~np.isnan(parts.values[:, parts.column])) >= FEWEST_ALIKE:
        return widened(against_rest(parts.kind, bad, counts, totals, others, exposure))
    span, earlier = _reach(parts, windows)
    used = np.where(parts.together[span], 1.0, np.nan)
    n, d = parts.counts[:, span] * used, parts.totals[:, span] * used
    others, exposure = parts.whole_counts[span] - n, parts.whole_totals[span] - d
    return against_usual(parts.kind, bad, n, d, others, exposure, windows, earlier)


def _movement_chances(parts: Parts, bad: int, windows: tuple[int, ...]) -> Figures:
    span, earlier = _reach(parts, windows)
    values = np.where(parts.together[span], parts.values[:, span], np.nan)
    return against_others(bad, values, windows, earlier)


def _reach(parts: Parts, windows: tuple[int, ...]) -> tuple[slice, int]:
    """The columns of history and longest window, and how many of them are history."""
    until = max(0, parts.column + 1 - max(windows))
    start = max(0, until - _history(parts))
    return slice(start, parts.column + 1), until - start


def _history(parts: Parts) -> int:
    return max(FEWEST_HISTORY, HISTORY // parts.measure.frequency.months) if parts.regular else 0


def _summed(parts: Parts, column: int, window: int) -> tuple[Figures, Figures, Figures, Figures]:
    """Counts and totals of each part and of the rest over a window; NaN unless every period of it is there."""
    span = slice(max(0, column + 1 - window), column + 1)
    n, d = parts.counts[:, span], parts.totals[:, span]
    others, exposure = parts.whole_counts[span] - n, parts.whole_totals[span] - d
    whole = column + 1 >= window and bool(parts.together[span].all())
    # A part that is not a part (its denominator is the whole's own) leaves no rest to be set against.
    there = whole & np.all((others >= 0) & (exposure > 0) & (d > 0), axis=1)
    n, d, others, exposure = (np.where(there, each.sum(axis=1), np.nan) for each in (n, d, others, exposure))
    return n, d, others, exposure


def _averaged(values: Figures, column: int, window: int, parts: Parts) -> Figures:
    span = slice(max(0, column + 1 - window), column + 1)
    if column + 1 < window or not parts.together[span].all():
        return np.full(len(values), np.nan)
    average: Figures = values[:, span].mean(axis=1)
    return average


def _adds_up(parts: Parts) -> bool:
    """Whether the parts' figures sum to the council's, so that each is a share of it and no level of its own."""
    whole, summed = parts.whole_values[parts.column], np.nansum(parts.values[:, parts.column])
    return bool(abs(summed - whole) <= 0.1 * abs(whole))


def _ratio(counts: Figures, totals: Figures) -> Figures:
    ratio: Figures = np.where(totals > 0, counts / np.where(totals > 0, totals, 1.0), np.nan)
    return ratio
