"""The points of lines beside one another: what is plotted, and where the name of each line stands."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd

from pages.components import compare_charts
from pages.components.compare_words import YEAR_BEFORE, Named
from pages.components.rows import of as rows_of
from scorecard.periods import FINANCIAL_YEAR_STARTS
from scorecard.wording import bare

FEW: Final = 30
"""Periods of which each is marked with its point; of more, every sixth."""
LONGEST_NAME: Final = 40
"""Letters that fit beside the end of a line."""


def ends_of(told: Sequence[Named]) -> tuple[float, float]:
    """From the beginning of the first financial year to the last figure: the same for all charts."""
    times = [_when(row) for one in told for row in rows_of(one.line.figures.iloc[[0, -1]])]
    return float(math.floor(min(times))), max(times) + 0.02


def points(group: Sequence[Named], ends: tuple[float, float], height: int, *, beside: bool) -> pd.DataFrame:
    """One row per line and period, and one for each end of time: what is plotted and the words beside it."""
    rows = [{"x": end} for end in ends]
    last: list[dict[str, Any]] = []
    for one in group:
        of = [(str(one.place), one.name, "value", "marker")]
        of += [(compare_charts.BEFORE, YEAR_BEFORE, "before", "before_marker")] if beside else []
        for key, name, column, marker in of:
            its_own = list(_of_one(one, key, name, column, marker))
            known = [row for row in its_own if not math.isnan(row["value"])]
            for row in known[-1:]:
                row["dot"] = True
                row["short"] = row["figure"].partition(" (")[0]
                row["name"] = f"{_shortened(name, LONGEST_NAME - len(row['short']))}  {row['short']}"
                last.append(row)
            rows += its_own
    known_values = [row["value"] for row in rows if "value" in row and not math.isnan(row["value"])]
    for row, at in zip(last, _spread([row["value"] for row in last], known_values, height), strict=True):
        row["at"] = at
    columns = ["x", "value", "line", "part", "dot", "hollow", "who", "period", "figure", "at", "name", "short"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(**{name: frame[name].fillna(value=False).astype(bool) for name in ("dot", "hollow")})


def _of_one(one: Named, key: str, name: str, column: str, marker: str) -> Iterable[dict[str, Any]]:
    figures, unit, decimals = one.line.figures, one.line.unit, one.line.decimals
    values = figures[column].astype(float).to_list()
    for at, row in enumerate(rows_of(figures)):
        alone = all(math.isnan(each) for each in (*values[max(at - 1, 0) : at], *values[at + 1 : at + 2]))
        held = getattr(row, marker)
        yield {
            "x": _when(row),
            "value": values[at],
            "line": key,
            "part": f"{key}-{row.segment}",
            "dot": len(values) <= FEW or alone or bool(held) or at % 6 == 0,
            "hollow": key == compare_charts.BEFORE or bool(held),
            "who": name,
            "period": row.period,
            "figure": bare(values[at], unit, decimals, held),
        }


def _when(row: Any) -> float:
    """The middle of a period in financial years: 2024.5 is the end of September 2024."""
    first = row.period_start.year * 12 + row.period_start.month
    last = row.period_end.year * 12 + row.period_end.month
    return float((first + last + 1) / 2 - FINANCIAL_YEAR_STARTS) / 12


def _spread(wanted: Sequence[float], values: Sequence[float], height: int) -> list[float]:
    """Where names stand so that none covers another: as near as can be to where their lines end."""
    if not wanted:
        return []
    low, high = min(values), max(values)
    room = compare_charts.ROOM / height * ((high - low) or abs(high) or 1.0) * 1.1
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed: list[float] = []
    for at in order:
        placed.append(max(wanted[at], placed[-1] + room) if placed else wanted[at])
    down = max(placed[-1] - max(high, low + room * (len(placed) - 1)), 0.0)
    for place in range(len(placed) - 1, -1, -1):
        limit = placed[-1] - down if place == len(placed) - 1 else placed[place + 1] - room
        placed[place] = min(placed[place], limit)
    found = dict(zip(order, placed, strict=True))
    return [found[at] for at in range(len(wanted))]


def _shortened(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
