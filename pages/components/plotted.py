"""The plotted columns of a measure through time, and where the words of its chart stand so that nothing covers them."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from pages.components import usual
from pages.components.figures import bare_target
from scorecard.wording import bare

LEVELS: Final = 2
"""Heights above the chart at which the words of a change can stand."""
REVISED: Final = "r"
_NEAR: Final = 0.25
"""Share of the periods that count as near one end of the chart."""
_AWAY: Final = 0.06
"""How far words stand from their line, as a share of the height of the chart."""


def columns(series: pd.DataFrame, unit: str, decimals: int) -> pd.DataFrame:
    """What is plotted of `series.series`, one row per period.

    period, value, lower, upper, low and high (the target), limit_low, limit_high, segment, the columns of
    `usual.columns`; figure and target (words), before (what was published before, in words); hollow (provisional, or
    marked otherwise), ringed (revised); mark (what stands where there is no figure); label (the latest figure); goal
    (the name of the target), with goal_dy (pixels) and goal_align; changed (the words of a change), with changed_level
    and changed_align, and broken (figures are counted differently from here).
    """
    shown, marker, was = series["value"].notna(), series["marker"], series["was"]
    goals = [bare_target(*each, unit, decimals) for each in _pairs(series, "target_low", "target_high")]
    figures = [bare(value, unit, decimals, mark) for value, mark in _pairs(series, "value", "marker")]
    revised = shown & (was.notna() | (marker == REVISED))
    data = pd.DataFrame(
        {
            "period": series["period"],
            "value": series["value"],
            "lower": series["lower"],
            "upper": series["upper"],
            "low": series["target_low"],
            "high": series["target_high"],
            "limit_low": series["limit_low"],
            "limit_high": series["limit_high"],
            "segment": series["segment"],
            **usual.columns(series),
            "figure": figures,
            "target": goals,
            "before": [bare(each, unit, decimals) if pd.notna(each) else "–" for each in was],
            "hollow": shown & marker.notna() & (marker != REVISED),
            "ringed": revised,
            "mark": [f"[{mark}]" if mark and not there else None for mark, there in zip(marker, shown, strict=True)],
        }
    )
    latest = series.index[shown][-1:]
    data["label"] = _only_at(latest, pd.Series([bare(each, unit, decimals) for each in series["value"]], series.index))
    return _with_changes(_with_goal(data, series), series)


def key(series: pd.DataFrame) -> list[str]:
    """Sentences for the key: how provisional and revised figures are marked; nothing where there are none."""
    shown, marker = series["value"].notna(), series["marker"]
    said = []
    if (shown & (marker == "p")).any():
        said.append("Hollow: provisional, so it may still change.")
    if (shown & marker.notna() & ~marker.isin(["p", REVISED])).any():
        said.append("Hollow as well: marked otherwise, as the table says.")
    if (shown & (series["was"].notna() | (marker == REVISED))).any():
        said.append("Ringed: revised since it was first published.")
    if series["year"].any():
        said.append("Each line is one financial year, over which the figure builds up.")
    return said


def _with_goal(data: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """The words of the target, at the end and on the side of its line where there is most room."""
    held = series[series["target_high"].notna()]
    if held.empty:
        return data.assign(goal=None, goal_dy=0, goal_align="left")
    near = max(round(len(held) * _NEAR), 1)
    ends = (("left", held.iloc[:near], held.index[0]), ("right", held.iloc[-near:], held.index[-1]))
    levels = series["target_high"].astype(float)
    room = [
        (_room(part, levels.loc[at] + side * _AWAY * _span(series), series), align, side, at)
        for align, part, at in ends
        for side in (1, -1)
    ]
    _, align, side, at = max(room, key=lambda each: each[0])
    words = _only_at(held.index[held.index == at], "Target " + data["target"])
    return data.assign(goal=words, goal_dy=-10 if side > 0 else 12, goal_align=align)


def _room(part: pd.DataFrame, level: float, series: pd.DataFrame) -> float:
    """How far the nearest line is from a level, as a share of the height of the chart; at most two lines of words."""
    lines = part[["value", "limit_low", "limit_high", "usual", "usual_low", "usual_high", "target_low"]]
    nearest = (lines - level).abs().min().min()
    return 1.0 if pd.isna(nearest) else min(float(nearest) / _span(series), 2 * _AWAY)


def _with_changes(data: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """The words of each change above the chart: on the side of its rule that has room, neighbours at two heights."""
    at = series.index[series["change"].notna()]
    half = series.index[len(series) // 2] if len(series) else 0
    return data.assign(
        changed=_only_at(at, series["change_label"].str.replace(" from ", "\nfrom ")),
        changed_level=pd.Series([place % LEVELS for place in range(len(at))], index=at).reindex(data.index).fillna(0),
        changed_align=["right" if each > half else "left" for each in data.index],
        broken=series["change"] == "break",
    )


def _span(series: pd.DataFrame) -> float:
    """From the lowest to the highest that is drawn, in the measure's unit."""
    drawn = series[["value", "lower", "upper", "target_low", "target_high", "limit_low", "limit_high", "usual_low",
                    "usual_high"]].astype(float)  # fmt: skip
    low, high = drawn.min().min(), drawn.max().max()
    return float(high - low) or 1.0


def _pairs(series: pd.DataFrame, one: str, other: str) -> Iterator[tuple[Any, Any]]:
    return zip(series[one], series[other], strict=True)


def _only_at(index: "pd.Index[int]", words: "pd.Series[str]") -> "pd.Series[Any]":
    return words.where(words.index.isin(index), None).astype(object)
