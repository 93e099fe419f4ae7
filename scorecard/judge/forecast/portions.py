"""What each period brings to the outturn of its financial year, and the outturn itself."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from scorecard.catalogue.records import Count, Flow, Sum
from scorecard.judge.panel import Figures, Panel, Whole
from scorecard.periods import FINANCIAL_YEAR_STARTS

Kind = Literal["total", "average", "end"]
"""total: the periods' figures added up. average: their mean, by denominators where there are any. end: the figure at
the end of the year, or of the period that ends with it."""

AMOUNTS: Final = frozenset({"£", "tonnes", "kg", "litres", "kWh", "MWh", "miles"})
"""Units that add up though they are no whole numbers."""
NEVER_ADDED: Final = frozenset(
    {"%", "per", "out", "days", "day", "hours", "minutes", "weeks", "months", "years", "FTE"}
)
"""Words of units that say a rate, a length of time or a stock: a year's is not the months' added up."""
_CUMULATES: Final = 1.5


@dataclass(frozen=True)
class Portions:
    """A panel taken apart into what each period brings; all arrays are areas x periods, NaN where missing."""

    kind: Kind
    figures: Figures
    """What is foreseen, in the measure's unit."""
    weights: Figures
    """How much each figure counts for in its year: a denominator, or 1."""
    so_far: Figures
    """Figures x weights from the beginning of the financial year to the end of the period; of an end: the figure."""
    weight_so_far: Figures

    def outturns(self, column: int) -> Figures:
        """For each area the year's outturn, when `column` is the year's last period; NaN where it is not known."""
        if self.kind == "average":
            return np.divide(self.so_far[:, column], self.weight_so_far[:, column])
        return self.so_far[:, column]


def places(panel: Panel) -> Whole:
    """For each period its place in its financial year: 0 is April, or April to June."""
    since_april: Whole = (panel.months - (FINANCIAL_YEAR_STARTS - 1)) % 12
    return since_april // panel.measure.frequency.months


def years(panel: Panel) -> Whole:
    """For each period the calendar year in which its financial year began."""
    begun: Whole = (panel.months - (FINANCIAL_YEAR_STARTS - 1)) // 12
    return begun


def adds_up(panel: Panel) -> bool:
    """Whether a year's outturn is its periods' figures added up.

    So it is for records counted or summed and not divided by anything, and for returns without a denominator whose
    unit is pounds or another amount, or whose unit says no rate, length of time or stock and whose figures are all
    whole. Different people or things counted (`distinct`) do not add up: one who comes in two months is one.
    """
    measure = panel.measure
    if not np.isnan(panel.denominators).all():
        return False
    if measure.records:
        calculate = measure.records.calculate
        flow = isinstance(calculate, Flow) and calculate.count != "clearance"
        return measure.records.out_of is None and (flow or isinstance(calculate, Count | Sum))
    words = measure.unit.replace("£", "£ ").split()
    if NEVER_ADDED & set(words):
        return False
    whole = bool((panel.values[panel.held] % 1 == 0).all())
    return words[0] in AMOUNTS if len(words) == 1 and words[0] in AMOUNTS else whole and "£" not in words


def take_apart(panel: Panel) -> Portions | None:
    """The portions of a regular monthly or quarterly panel; None where its figures cannot be taken apart.

    Running figures (`year_to_date`) are taken apart by subtracting those of the period before in the same year; those
    with denominators that grow in the year by their numerators and denominators, and not without. A percentage of a
    whole that stays the same over the year (council tax collected of the year's debit) grows by points.
    """
    values, ones = panel.values, np.where(panel.held, 1.0, np.nan)
    if panel.measure.basis in ("snapshot", "rolling"):
        return Portions("end", values, ones, values, ones)
    if panel.measure.basis == "period":
        if adds_up(panel):
            return Portions("total", values, ones, _run(panel, values), _run(panel, ones))
        weights = np.where(panel.denominators > 0, panel.denominators, np.nan)
        if np.isnan(weights[panel.held]).any():
            weights = ones
        weights = np.where(panel.held, weights, np.nan)
        return Portions("average", values, weights, _run(panel, values * weights), _run(panel, weights))
    if _growing(panel):
        weights = _unrun(panel, panel.denominators)
        grown = _unrun(panel, values * panel.denominators)
        usable = weights > 0
        figures = np.divide(grown, weights, out=np.full(values.shape, np.nan), where=usable)
        so_far = values * panel.denominators
        return Portions("average", figures, np.where(usable, weights, np.nan), so_far, panel.denominators)
    if panel.measure.unit == "%" and np.isnan(panel.denominators[panel.held]).any():
        return None
    return Portions("total", _unrun(panel, values), ones, values, ones)


def whole_counts(panel: Panel) -> bool:
    """Whether the figures are counts, so that a year's total is a whole number."""
    whole = bool((panel.values[panel.held] % 1 == 0).all())
    return whole and panel.measure.decimals == 0 and "£" not in panel.measure.unit and panel.measure.unit != "%"


def _growing(panel: Panel) -> bool:
    """Whether denominators run on within a year, as numerators of running figures do."""
    late = places(panel) == 12 // panel.measure.frequency.months - 1
    first = np.full(panel.values.shape[1], -1)
    first[late] = np.flatnonzero(late) - 12 // panel.measure.frequency.months + 1
    pairs = np.flatnonzero(late & (first >= 0))
    begun = np.where(panel.denominators > 0, panel.denominators, np.nan)[:, first[pairs]]
    growth = panel.denominators[:, pairs] / begun
    return bool(np.isfinite(growth).any()) and float(np.nanmedian(growth)) > _CUMULATES


def _run(panel: Panel, figures: Figures) -> Figures:
    """Add up within each financial year; NaN from the first missing figure to the end of the year."""
    run, place = figures.copy(), places(panel)
    if run.shape[1] and place[0]:
        run[:, 0] = np.nan  # the year began before the figures do
    for column in range(1, run.shape[1]):
        if place[column]:
            run[:, column] += run[:, column - 1]
    return run


def _unrun(panel: Panel, figures: Figures) -> Figures:
    """What each period added to a running figure; NaN where the period before has none."""
    apart = figures.copy()
    later = places(panel)[1:] > 0
    apart[:, 1:] -= np.where(later, figures[:, :-1], 0.0)
    if apart.shape[1] and places(panel)[0]:
        apart[:, 0] = np.nan
    return apart
