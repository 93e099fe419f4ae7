"""Figures already published that are different now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Final

import numpy as np

from scorecard.judge.finding import Finding
from scorecard.judge.panel import Panel
from scorecard.periods import Period
from scorecard.wording import bare, count, joined

PER_CENT: Final = 1.0
"""A figure that moved by less than this, or by less than is shown of it, is not called restated."""
TOLD: Final = 3
"""Restatements told one by one in a sentence."""


@dataclass(frozen=True)
class Restatement:
    """One published figure and what it is now, in the measure's unit."""

    area: str
    period: Period
    earlier: float
    now: float | None
    """None when it was taken back and nothing stands in its place."""
    expected: bool
    """Whether it was marked as one that would change."""


def restated(
    earlier: Mapping[tuple[str, Period], float],
    now: Panel,
    per_cent: float = PER_CENT,
    provisional: Collection[tuple[str, Period]] = (),
) -> tuple[Restatement, ...]:
    """Every figure of the earlier snapshot that moved by more than `per_cent` of itself, the oldest period first.

    `earlier` holds figures by area and period, without the missing ones; `provisional` those of them that were marked
    [p], [e], [i] or [f]. A figure that came since is new and not restated; so is one of a period unknown to `now`
    when its area is not in the panel at all.
    """
    rows = {area: row for row, area in enumerate(now.areas)}
    columns = {period: column for column, period in enumerate(now.periods)}
    shown = 10.0**-now.measure.decimals / 2
    found = []
    for (area, period), value in earlier.items():
        if area not in rows or isnan(value):
            continue
        column = columns.get(period)
        figure = float("nan") if column is None else float(now.values[rows[area], column])
        if isnan(figure) or abs(figure - value) > max(shown, abs(value) * per_cent / 100) * (1 + 1e-9):
            new = None if isnan(figure) else figure
            found.append(Restatement(area, period, value, new, (area, period) in provisional))
    return tuple(sorted(found, key=lambda each: (each.period, each.area)))


def restatement_finding(restatements: Collection[Restatement], now: Panel, definition_changed: bool = False) -> Finding:
    """The restatements of one area as a finding; raises ValueError when there are none.

    Bad news when the one that moved most moved for the worse, unless it was provisional or the definition in the
    catalogue changed, which leaves the old figures behind by design.
    """
    if not restatements:
        raise ValueError("nothing was restated")
    ordered = sorted(restatements, key=lambda each: each.period)
    moved = [each for each in ordered if each.now is not None]
    largest = max(moved, key=lambda each: abs((each.now or 0.0) - each.earlier), default=ordered[0])
    by = None if largest.now is None else largest.now - largest.earlier
    telling = by is not None and now.sign != 0 and not (largest.expected or definition_changed)
    worse = telling and by is not None and np.sign(by) == -now.sign
    told = joined([_told(each, now) for each in ordered[:TOLD]])
    more = f", and {count(len(ordered) - TOLD, 'other')}" if len(ordered) > TOLD else ""
    why = " because its definition was changed in the catalogue" if definition_changed else ""
    if not why and all(each.expected for each in ordered):
        why = ", as provisional figures do"
    figures = count(len(ordered), "figure")
    return Finding(
        "data", "restated",
        f"{figures} already published {'has' if len(ordered) == 1 else 'have'} changed{why}: {told}{more}.",
        True if worse else None, abs(by or 0.0) / max(abs(largest.earlier), 10.0**-now.measure.decimals),
        {
            "figures": len(ordered),
            "period": largest.period.label,
            "earlier": largest.earlier,
            "value": largest.now,
            "since": ordered[0].period.start.isoformat(),
        },
    )  # fmt: skip


def _told(each: Restatement, now: Panel) -> str:
    unit, decimals = now.measure.unit, now.measure.decimals
    was = bare(each.earlier, unit, decimals)
    if each.now is None:
        return f"{each.period.label} was {was} and is missing now"
    return f"{each.period.label} from {was} to {bare(each.now, unit, decimals)}"
