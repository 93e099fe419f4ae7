"""The shape of a series, asked before any rule: what can be inferred from its figures, and what cannot."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from scorecard.judge.change.apart import apart, ratio_apart
from scorecard.judge.change.budget import FEWEST, FULL
from scorecard.judge.change.counts import SMALL, Counts
from scorecard.judge.change.detection import mostly_same
from scorecard.judge.change.step import Step
from scorecard.judge.change.stretch import Stretch, stretch_of
from scorecard.judge.finding import Evidence, Finding
from scorecard.judge.panel import Figures, Flags, Panel
from scorecard.wording import figure

SAYS: Final = {
    "irregular": "Its figures come at uneven intervals or overlap, so they are drawn as they are and no limits apply.",
    "rolling": "Each figure covers months of the one before, so limits and runs would mislead; the figures of the "
    "single periods would be needed.",
    "not_apart": "It builds up over the year and cannot be taken apart into periods, so no limits apply.",
    "too_few": "There are fewer than five figures since its level was last set, too few to infer anything.",
    "same": "More than half of its figures are the same, so there is no usual spread to judge by.",
    "provisional": "There are fewer than thirteen figures since its level was last set: what is said of change is "
    "provisional.",
    "apart": "It builds up over the year and is judged by what each period added.",
    "small_counts": "It rests on small counts, so a change must also be more than such counts do by chance.",
}
"""Each guard and what it means for a reader, the gravest first."""
SILENT: Final = frozenset({"irregular", "rolling", "not_apart", "too_few", "same"})
"""Guards under which nothing is inferred."""
CEILINGS: Final = {"%": 100.0}


@dataclass(frozen=True)
class Shape:
    """A panel's figures as they may be tested, and for each area which guards hold."""

    panel: Panel
    values: Figures
    """Areas x periods: one figure a period, what builds up taken apart; NaN where nothing may be tested."""
    guards: tuple[tuple[str, ...], ...]
    """For each area, in the order of SAYS."""

    @property
    def phases(self) -> int:
        """Periods in a year."""
        return 12 // self.panel.measure.frequency.months

    @cached_property
    def stretch(self) -> Stretch:
        """The figures of the current step."""
        months = self.panel.measure.frequency.months
        phases = (self.panel.months - 3) % 12 // months
        return stretch_of(self.values, self.panel.steps, phases)

    @property
    def tested(self) -> Flags:
        """For each area whether anything is inferred from its figures."""
        return np.array([not SILENT.intersection(each) for each in self.guards], dtype=np.bool_)

    @property
    def ceiling(self) -> float | None:
        """The most a figure can be, where there is such a thing."""
        top = CEILINGS.get(self.panel.measure.unit)
        return None if top is None or bool((self.panel.values > top).any()) else top

    @cached_property
    def counts(self) -> Counts | None:
        """The counts behind the figures, where each figure is made of its own period's."""
        if self.panel.measure.basis != "period" or np.isnan(self.panel.numerators).all():
            return None
        return Counts(self.panel.numerators, self.panel.denominators)

    @cached_property
    def step(self) -> Figures:
        """For each area the smallest difference two figures can have; 0 where that is not known."""
        found = np.zeros(len(self.panel.areas))
        if self.counts is None:
            return found
        whole = self.panel.denominators
        for row in range(len(found)):
            of, value = whole[row][~np.isnan(whole[row])], self.panel.values[row]
            if len(of) and self.ceiling:
                found[row] = self.ceiling / max(float(np.median(of)), 1.0)
            elif not len(of) and not np.isnan(value).all():
                found[row] = 1.0
        return found


def shape_of(panel: Panel) -> Shape:
    """Take apart what builds up over the year, and see which guards hold for each area."""
    basis = panel.measure.basis
    whole: tuple[str, ...] = ()
    values = panel.values
    if not panel.regular:
        values, whole = np.full_like(values, np.nan), ("irregular",)
    elif basis == "rolling":
        values, whole = np.full_like(values, np.nan), ("rolling",)
    elif basis == "year_to_date" and panel.measure.frequency.months < 12:
        values = _apart(panel)
        whole = ("not_apart",) if np.isnan(values).all() else ("apart",)
    bare = Shape(panel, values, ())
    return Shape(panel, values, tuple((*whole, *each) for each in _guards(bare, set(whole))))


def _apart(panel: Panel) -> Figures:
    months = panel.measure.frequency.months
    if not np.isnan(panel.denominators).all():
        return ratio_apart(panel.numerators, panel.denominators, panel.values, panel.months, months)
    if panel.measure.unit == "%" and panel.measure.records is not None:
        return np.full_like(panel.values, np.nan)
    return apart(panel.values, panel.months, months)


def _guards(shape: Shape, whole: set[str]) -> list[tuple[str, ...]]:
    stretch = shape.stretch
    same, counts = mostly_same(stretch), shape.counts
    found = []
    for row, count in enumerate(stretch.count):
        here = []
        if not SILENT & whole:
            here += ["too_few"] if count < FEWEST else []
            here += ["same"] if count >= FEWEST and same[row] else []
            here += ["provisional"] if FEWEST <= count < FULL else []
        if counts is not None and _are_small(counts, row):
            here.append("small_counts")
        found.append(tuple(here))
    return found


def _are_small(counts: Counts, row: int) -> bool:
    many, of = counts.numerators[row], counts.denominators[row]
    held = ~np.isnan(many)
    if not held.any() or (many[held] != np.round(many[held])).any():
        return False
    rest = of - many
    least = min(float(many[held].mean()), float(np.nanmean(rest)) if not np.isnan(rest).all() else np.inf)
    return least < SMALL


def shape_findings(shape: Shape, step: Step) -> list[Finding | None]:
    """For each area the gravest guard that holds, with the others in the evidence; None without figures.

    `step` tells of an old change of level (`change.step`): status stepped, where no guard holds that silences all.
    It is a proposal to rebase, with step_since, step_before and step_after in the evidence (measure's unit).
    """
    found: list[Finding | None] = []
    for row, guards in enumerate(shape.guards):
        if shape.panel.last[row] < 0:
            found.append(None)
            continue
        first = next((name for name in SAYS if name in guards), "regular")
        evidence: dict[str, float | int | str | bool | None] = {
            "guards": ", ".join(guards), "figures": int(shape.stretch.count[row]),
        }  # fmt: skip
        if step.found[row] and first not in SILENT:
            stepped, told = _stepped(shape, row, int(step.length[row]))
            found.append(Finding("shape", "stepped", stepped, evidence={**evidence, **told}))
        else:
            sentence = SAYS.get(first, "Its figures are regular enough to be judged by limits and runs.")
            found.append(Finding("shape", first, sentence, evidence=evidence))
    return found


def _stepped(shape: Shape, row: int, length: int) -> tuple[str, Evidence]:
    panel, columns = shape.panel, shape.stretch.columns[row][shape.stretch.held[row]]
    earlier, since = shape.values[row, columns[:-length]], shape.values[row, columns[-length:]]
    first = panel.periods[columns[-length]]
    unit, decimals = panel.measure.unit, panel.measure.decimals
    before, after = float(earlier.mean()), float(since.mean())
    sentence = (
        f"About {first.label} its level moved from about {figure(before, unit, decimals)} to about "
        f"{figure(after, unit, decimals)}, where it has stayed: it is judged by its figures since. If the service "
        "changed then, a rebase in the catalogue should say so."
    )
    return sentence, {"step_since": first.start.isoformat(), "step_before": before, "step_after": after}
