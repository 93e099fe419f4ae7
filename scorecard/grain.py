"""Figures of months and quarters put together into quarters and financial years, and when that cannot be done.

How, is settled by what the figures are, as where records are counted (pipelines/records/rollup.py, denominators.py)
and the forecast where it makes an outturn (scorecard/judge/forecast/portions.py); a ratio is never averaged:

- a stock, a year so far or a rolling stretch is already told as at the end of its period: the last one stands;
- a share or a mean is worked out anew from the numerators and denominators of its periods, all of them;
- a count or an amount is added up;
- anything else (a median, a percentile, a rate of people or homes for a time) is not put together at all.

A stretch of which one period is missing is missing. Nothing is put together across a break in comparability.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from scorecard.periods import FINANCIAL_YEAR_STARTS, Frequency, between

How = Literal["last", "ratio", "sum", "not"]

AMOUNTS: Final = frozenset({"tonnes", "kg", "litres", "kWh", "MWh", "miles"})
"""Units that add up though they are no whole numbers. Not "£": an average price is in pounds, too."""
NEVER_ADDED: Final = frozenset(
    {"%", "per", "out", "days", "day", "hours", "minutes", "weeks", "months", "years", "FTE"}
)
"""Words of units that say a rate, a length of time or a stock."""
STANDING: Final = frozenset(
    {"people", "person", "residents", "resident", "population", "adults", "children", "pupils", "employees", "employee",
     "staff", "FTE", "households", "household", "homes", "home", "dwellings", "dwelling", "properties", "property"}
)  # fmt: skip
"""What is there all the time: a rate of it for a year is not that of its months put together."""
STEADY: Final = 0.05
"""Denominators that stay within this share of their mean are taken to be of something that is there all the time."""
CLOSE: Final = 1e-6
"""Figures are kept to nine decimal places; a numerator over its denominator gives them back so exactly."""
MARKERS: Final = ("p", "e", "i", "f", "r", "u", "b")
"""Of several markers beside figures put together, the first of these stands; another one otherwise."""


@dataclass(frozen=True)
class Way:
    """How one measure's figures are put together, and that in words, or why they are not."""

    how: How
    words: str
    per: float = 1.0
    """Numerator / denominator x per is the figure."""


def way_of(basis: str, unit: str, kind: str, figures: pd.DataFrame) -> Way:
    """How to put a measure's figures together. `figures` are one row per period of all its areas concerned: value,
    numerator, denominator, records (how many were counted; missing for returns).
    """
    if basis != "period":
        return Way("last", _LAST[basis])
    held = figures[figures["value"].notna()]
    if held["denominator"].notna().any():
        return _ratio(unit, held)
    words = set(unit.replace("£", "£ ").split())
    if NEVER_ADDED & words:
        return _refused("its figures are rates or lengths of time, without the numerators and denominators")
    if held["records"].notna().any() and not np.allclose(held["value"], held["records"]):
        return _refused("its figures may be middle values or different people, which do not add up")
    if "£" in words and kind != "volumetric":
        return _refused("its figures may be prices or averages, which do not add up")
    if words & AMOUNTS or "£" in words or bool((held["value"] % 1 == 0).all()):
        return Way("sum", "added up")
    return _refused("its figures are no whole counts and come without numerators and denominators")


def rolled_up(series: pd.DataFrame, way: Way, every: Frequency, into: Frequency) -> pd.DataFrame:
    """One row per whole quarter or financial year that the series reaches, oldest first.

    `series` has a row for each period between its first and its last: period_start, period_end, value, numerator,
    denominator, marker, segment (one more after each break). The same columns and `period` come back; value is
    missing where a period of the stretch is, or where it was counted differently in the middle of it. A stretch that
    the series has not wholly reached is left out. Raises ValueError for a way that is "not" or a finer grain.
    """
    if way.how == "not" or into.months < every.months:
        raise ValueError(f"cannot be put together into {into.value}s: {way.words}")
    months = _month_index(series["period_end"])
    since_april = months - (FINANCIAL_YEAR_STARTS - 1)
    size = into.months // every.months
    rows = []
    for stretch, part in series.groupby(since_april // into.months, sort=True):
        first = int(stretch) * into.months + FINANCIAL_YEAR_STARTS - 1
        period = between(first, first + into.months - 1)
        ends = _month_index(part["period_end"])
        begun = len(part) == size or way.how == "last"
        if not begun or int(ends.max()) != first + into.months - 1:
            continue
        rows.append(
            {
                "period_start": pd.Timestamp(period.start),
                "period_end": pd.Timestamp(period.end),
                "period": period.label,
                **_together(part, way),
                "segment": int(part["segment"].iloc[-1]),
            }
        )
    made = pd.DataFrame(rows, columns=[*COLUMNS])
    # None for no marker: pandas would put NaN, which counts as true.
    return made.assign(marker=pd.Series([row["marker"] for row in rows], index=made.index, dtype=object))


COLUMNS: Final = ("period_start", "period_end", "period", "value", "numerator", "denominator", "marker", "segment")
_LAST: Final = {
    "snapshot": "as it stood at the end",
    "year_to_date": "the year so far at the end",
    "rolling": "the rolling figure at the end",
}


def _refused(why: str) -> Way:
    return Way("not", why)


def _ratio(unit: str, held: pd.DataFrame) -> Way:
    whole = held[held["numerator"].notna() & (held["denominator"] > 0) & (held["numerator"] != 0)]
    if whole.empty:
        return _refused("its numerators and denominators are not known")
    per = whole["value"] * whole["denominator"] / whole["numerator"]
    middle = float(per.median())
    if not np.allclose(whole["numerator"] / whole["denominator"] * middle, whole["value"], rtol=CLOSE, atol=1e-6):
        return _refused("its figures are not simply a numerator over a denominator")
    words = unit.split()
    divided_by = set(words[words.index("per") + 1 :]) if "per" in words else set()
    if divided_by & STANDING or (unit != "%" and not divided_by and _is_steady(whole["denominator"])):
        return _refused(
            "it is divided by what is there all the time, such as people, staff or homes, so that a longer stretch "
            "would need their mean"
        )
    return Way("ratio", "worked out anew from all its numerators and denominators", middle)


def _is_steady(denominators: "pd.Series[float]") -> bool:
    mean = denominators.mean()
    return bool(((denominators - mean).abs() <= STEADY * mean).all())


def _together(part: pd.DataFrame, way: Way) -> dict[str, object]:
    nothing: dict[str, object] = {"value": np.nan, "numerator": np.nan, "denominator": np.nan, "marker": None}
    if way.how == "last":
        return {name: part[name].iloc[-1] for name in nothing}
    if part["value"].isna().any():
        # A suppressed or missing month makes the whole unknown: what is known of it would give the month away.
        held = part.loc[part["value"].isna(), "marker"].dropna()
        return nothing | {"marker": str(held.iloc[0]) if len(held) else None}
    if part["segment"].nunique() > 1:
        return nothing
    marker = _marker(part["marker"])
    if way.how == "sum":
        return nothing | {"value": float(part["value"].sum()), "marker": marker}
    over, under = part["numerator"].sum(skipna=False), part["denominator"].sum(skipna=False)
    value = over / under * way.per if pd.notna(over) and pd.notna(under) and under > 0 else np.nan
    return {"value": value, "numerator": over, "denominator": under, "marker": marker}


def _marker(markers: "pd.Series[str]") -> str | None:
    held = list(dict.fromkeys(markers.dropna()))
    return next((each for each in MARKERS if each in held), held[0] if held else None)


def _month_index(days: "pd.Series[pd.Timestamp]") -> "pd.Series[int]":
    return days.dt.year * 12 + days.dt.month - 1
