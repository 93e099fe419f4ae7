"""What lines beside one another say, in words and in the rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pages.components.figures import headed
from pages.components.rows import of as rows_of
from pages.components.states import as_text
from scorecard.snapshot.compared import Line
from scorecard.wording import bare, figure, joined
from scorecard.year_before import moved

YEAR_BEFORE: Final = "A year before"


@dataclass(frozen=True)
class Named:
    """A line with its place among all that are compared, which gives it its dashes, and the name it goes by."""

    place: int
    name: str
    line: Line
    of: str = ""
    """What is compared, where the name does not say it: the measure of areas."""

    @property
    def held(self) -> pd.DataFrame:
        """Its periods with a figure."""
        return self.line.figures[self.line.figures["value"].notna()]


def latest(one: Named) -> str:
    """ "82.9% in Oct 2026, 1.1 percentage points lower than a year before."."""
    if one.held.empty:
        return "no figure in these years."
    last = next(rows_of(one.held.tail(1)))
    unit, decimals = one.line.unit, one.line.decimals
    said = f"{figure(last.value, unit, decimals, last.marker)} in {last.period}"
    if pd.isna(last.before):
        return f"{said}."
    change = moved(last.value, last.before, unit, decimals)
    return f"{said}, {change} {'as' if change == 'the same' else 'than'} a year before."


def finding(group: Sequence[Named]) -> str:
    """Of one line its latest figure; of several which was highest and which lowest when they last had figures."""
    said = _finding(group)
    return f"{said[:1].upper()}{said[1:]}"


def _finding(group: Sequence[Named]) -> str:
    of = f"{group[0].of}: " if group[0].of else ""
    if len(group) == 1:
        return f"{of}{group[0].name}: {latest(group[0])}"
    common = _common(group)
    if common is None:
        return f"{of}no two have figures for the same period."
    period, held = common
    shown = {one.name: (round(value, one.line.decimals), one) for one, value in held}
    low, high = min(value for value, _ in shown.values()), max(value for value, _ in shown.values())
    if low == high:
        return f"{of}in {period} all were at {_figure(held[0][0], high)}."
    at = {end: [name for name, (value, _) in shown.items() if value == end] for end in (low, high)}
    highest, lowest = (
        f"{joined(at[end])} {'was' if len(at[end]) == 1 else 'were'} {word} ({_figure(shown[at[end][0]][1], end)})"
        for end, word in ((high, "highest"), (low, "lowest"))
    )
    return f"{of}in {period} {highest} and {lowest}."


def _common(group: Sequence[Named]) -> tuple[str, list[tuple[Named, float]]] | None:
    """The latest period in which most of the lines have a figure, and those figures; None where no two have."""
    held: dict[tuple[Any, Any], list[tuple[Named, float]]] = {}
    labels: dict[tuple[Any, Any], str] = {}
    for one in group:
        for row in rows_of(one.held):
            held.setdefault((row.period_end, row.period_start), []).append((one, float(row.value)))
            labels[row.period_end, row.period_start] = row.period
    most = max(map(len, held.values()), default=0)
    if most < 2:
        return None
    key = max(each for each, found in held.items() if len(found) == most)
    return labels[key], held[key]


def _figure(one: Named, value: float) -> str:
    return figure(value, one.line.unit, one.line.decimals)


def rows(one: Named) -> list[dict[str, str]]:
    """Each period of one line with the same a year before, the latest first."""
    unit, decimals = one.line.unit, one.line.decimals
    return [
        {
            "Period": as_text(row.period),
            headed("Figure", unit): as_text(bare(row.value, unit, decimals, row.marker)),
            YEAR_BEFORE: "–" if pd.isna(row.before) else as_text(bare(row.before, unit, decimals, row.before_marker)),
            "Difference": as_text(_difference(row, unit, decimals)),
        }
        for row in rows_of(one.line.figures.iloc[::-1])
    ]


def _difference(row: Any, unit: str, decimals: int) -> str:
    return "–" if pd.isna(row.before) or pd.isna(row.value) else moved(row.value, row.before, unit, decimals)


def rows_of_many(group: Sequence[Named]) -> list[dict[str, str]]:
    """Each period with the figure of each line, the latest first."""
    cells: dict[tuple[Any, Any, str], dict[str, str]] = {}
    for one in group:
        unit, decimals = one.line.unit, one.line.decimals
        for row in rows_of(one.line.figures):
            held = cells.setdefault((row.period_end, row.period_start, row.period), {})
            held[headed(one.name, unit)] = as_text(bare(row.value, unit, decimals, row.marker))
    headings = [headed(one.name, one.line.unit) for one in group]
    return [
        {"Period": as_text(key[2]), **{each: cells[key].get(each, "–") for each in headings}}
        for key in sorted(cells, reverse=True)
    ]
