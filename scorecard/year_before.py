"""A figure beside that of the same period a year before."""

from typing import Any, Final

import pandas as pd

from scorecard.wording import difference

_MONTHS: Final = 12


def with_year_before(series: pd.DataFrame) -> pd.DataFrame:
    """The series with `before` and `before_marker`: the figure of the same period a year before, counted alike.

    `series` has period_start, period_end, value, marker and segment (one more after each break in comparability).
    Missing where there is no such period, or a break lies in between.
    """
    names = ["start", "end", "segment"]
    asked = pd.DataFrame(
        {
            "start": _months(series["period_start"]) - _MONTHS,
            "end": _months(series["period_end"]) - _MONTHS,
            "segment": series["segment"],
        }
    )
    held = asked.assign(
        start=asked["start"] + _MONTHS,
        end=asked["end"] + _MONTHS,
        before=series["value"].to_numpy(),
        before_marker=series["marker"].to_numpy(),
    ).drop_duplicates(names)
    found = asked.merge(held, on=names, how="left")
    markers = [None if pd.isna(marker) else marker for marker in found["before_marker"]]
    return series.assign(
        before=found["before"].to_numpy(), before_marker=pd.Series(markers, index=series.index, dtype=object)
    )


def moved(value: float, before: float, unit: str, decimals: int) -> str:
    """The difference in words, of the figures as they are written: "2.1 percentage points higher", "the same"."""
    apart = round(value, decimals) - round(before, decimals)
    if round(apart, decimals) == 0:
        return "the same"
    return f"{difference(apart, unit, decimals)} {'higher' if apart > 0 else 'lower'}"


def _months(days: "pd.Series[Any]") -> "pd.Series[Any]":
    months: pd.Series[Any] = days.dt.year * 12 + days.dt.month - 1
    return months
