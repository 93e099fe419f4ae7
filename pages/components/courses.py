"""How the measures behind the exceptions have gone, each as a small picture with its words."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pages.components import figures, rows, sparklines
from pages.components.palette import Palette
from pages.components.states import as_text
from scorecard import markers
from scorecard.snapshot.store import Snapshot
from scorecard.snapshot.trends import trends
from scorecard.wording import bare, figure

MOST_PERIODS: Final = 24
Place = tuple[str, str, str]
"""Measure, area and part of a breakdown."""


@dataclass(frozen=True)
class Course:
    """The picture of one series as markdown, from when to when it goes, and the target that is dashed in it."""

    picture: str
    span: str
    target: str

    @property
    def words(self) -> str:
        """The picture with what it shows beside it; "" without one."""
        aimed = f", target {as_text(self.target)} dashed" if self.target else ""
        return f"{self.picture} {as_text(self.span)}{aimed}" if self.picture else ""


NONE: Final = Course("", "", "")
"""Of a series with fewer than two figures."""


def of_exceptions(shown: Snapshot, units: dict[str, tuple[str, int]], colours: Palette) -> dict[Place, Course]:
    """The course of each place with exceptions; `units` has the unit and the decimals of each measure."""
    frame = trends(shown, MOST_PERIODS)
    by_place: dict[Place, list[Any]] = defaultdict(list)
    for each in rows.of(frame):
        by_place[(each.measure_id, each.area_code, each.part)].append(each)
    return {place: _course(held, *units[place[0]], colours) for place, held in by_place.items()}


def _course(periods: list[Any], unit: str, decimals: int, colours: Palette) -> Course:
    known = [each for each in periods if not pd.isna(each.value)]
    if len(known) < 2:
        return NONE
    first, last = known[0], known[-1]
    low, high = (chosen(each.value for each in known) for chosen in (min, max))
    goal = figures.target(last.target_low, last.target_high, unit, decimals)
    span = f"{first.period} to {last.period}"
    marked = markers.in_words(last.marker)
    latest = figure(last.value, unit, decimals, last.marker)
    words = (
        f"From {figure(first.value, unit, decimals)} in {first.period} to {latest} in {last.period}, "
        f"between {bare(low, unit, decimals)} and {bare(high, unit, decimals)}"
        f"{f'; target {goal}' if goal else ''}."
    )
    spaced = list(_with_gaps(periods))
    lines = [_values(spaced, "target_low")]
    if any(each and each.target_low != each.target_high for each in spaced):
        lines.append(_values(spaced, "target_high"))
    picture = sparklines.picture(_values(spaced, "value"), words, colours, through=lines)
    return Course(picture, f"{span}, the latest {marked}" if marked else span, goal)


def _with_gaps(periods: list[Any]) -> Iterator[Any]:
    """The periods with None for each that is missing, and at a break, so that no line is drawn across it."""
    for place, each in enumerate(periods):
        if place:
            yield from [None] * max(int(each.missing), int(each.is_break))
        yield each


def _values(periods: list[Any], name: str) -> list[float | None]:
    found = (None if each is None else getattr(each, name) for each in periods)
    return [None if value is None or pd.isna(value) else float(value) for value in found]
