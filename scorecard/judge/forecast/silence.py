"""When no forecast is made, and why."""

from datetime import date
from typing import Final

import numpy as np

from scorecard.judge.forecast.portions import Portions, places, years
from scorecard.judge.panel import Panel
from scorecard.periods import Frequency, month_index, year_label

FEWEST: Final = {Frequency.month: 12, Frequency.quarter: 8}
FEWEST_OVERLAPPING: Final = {Frequency.month: 24, Frequency.quarter: 12}
"""Figures of overlapping periods say less each."""
FEWEST_FOR_SEASON: Final = {Frequency.month: 24, Frequency.quarter: 8}
"""Two full years."""
LATEST: Final = 6
"""Months from the end of a year for which its last figures may be awaited: then they are not coming."""
MOST_MISSING: Final = 0.25
MOST_EQUAL: Final = 0.5
"""Above this share of equal figures (100% in most months) chance is not the model's, unless they add up."""


def reason(panel: Panel, portions: Portions | None, area: int, as_at: date | None) -> str:
    """Why the year of an area (a row of the panel) is not forecast, for after "Not forecast: "; empty where it is.

    `portions` are the panel's, None where it cannot be taken apart; `as_at` is the day of the judgement.
    """
    measure, last = panel.measure, int(panel.last[area])
    frequency = measure.frequency
    if frequency not in FEWEST:
        return "it is reported once a year."
    if not panel.regular:
        return "its periods are of several lengths or overlap."
    if portions is None:
        return "a running percentage cannot be taken apart without its numerators and denominators."
    if last < 0:
        return "it has no figures."
    if not panel.live[last]:
        return "it is not in use."
    if (panel.months[last] + 1 - 3) % frequency.months:
        return "its quarters are not those of the financial year."
    over = (int(years(panel)[last]) + 1) * 12 + 2
    too_late = as_at is not None and month_index(as_at) > over + LATEST
    if years(panel)[last] < years(panel)[-1] or too_late:
        return f"its figures stop in {panel.periods[last].label}."
    if places(panel)[last] == 12 // frequency.months - 1:
        return f"{year_label(int(years(panel)[last]))} is over."
    fewest = FEWEST_OVERLAPPING if measure.basis == "rolling" else FEWEST
    if measure.basis == "year_to_date":
        fewest = FEWEST_FOR_SEASON
    same = panel.steps == panel.steps[last]
    held = ~np.isnan(portions.figures[area])
    count = int((held & same).sum())
    if count < fewest[frequency]:
        since = " since it was last rebased or changed" if same[: last + 1].sum() < last + 1 else ""
        return f"it has figures for {count} {frequency}s{since}, and a forecast needs {fewest[frequency]}."
    recent = held[max(0, last + 1 - FEWEST[frequency]) : last + 1]
    if (~recent).sum() > MOST_MISSING * len(recent):
        return f"{(~recent).sum()} of its last {len(recent)} {frequency}s have no figure."
    values = portions.figures[area, held & same]
    equal = np.unique(values, return_counts=True)[1].max() / count
    if portions.kind != "total" and MOST_EQUAL < equal < 1:
        return "most of its figures are the same, and no interval can be told from the few that are not."
    if not held[last] or np.isnan(portions.so_far[area, last]):
        return "a figure of this year is missing, so that the year cannot be put together."
    return ""
