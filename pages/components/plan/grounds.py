"""The figures behind a statement in plain words: a measure's, a risk's, and lists of what a sentence rests on."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import pandas as pd

from pages.components import peer_words
from pages.components.dates import day
from pages.components.figures import target
from scorecard.wording import bare, count, figure

MOST: Final = 6
"""Things named behind one sentence before the others are only counted."""
FEW: Final = 30
"""Cases below which a share is shown with them."""


def shown(one: Any) -> str:
    """The figure of a row with its period, and the cases behind a share of few: "66.7% in 2025/26 (2 of 3)"."""
    if pd.isna(one.value):
        return "no figure"
    said = f"{figure(one.value, one.unit, one.decimals, one.marker)} in {one.period}"
    few = one.unit == "%" and not pd.isna(one.denominator) and not pd.isna(one.numerator) and one.denominator < FEW
    return f"{said} ({one.numerator:,.0f} of {one.denominator:,.0f})" if few else said


def against(one: Any) -> str:
    """The same with its target."""
    goal = target(one.target_low, one.target_high, one.unit, one.decimals)
    return f"{one.title}: {shown(one)}{f', target {goal}' if goal else ''}"


def peers_of(one: Any) -> str:
    """ "Title: 44.8% here; half of 12 councils lie between 40% and 50%, in 2024/25"."""
    return f"{one.title}: {bare(one.home, one.unit, one.decimals)} here; {range_of(one)}"


def range_of(one: Any) -> str:
    """ "half of 12 councils lie between 40% and 50%, in 2024/25"; "" where it is not compared."""
    if pd.isna(one.peers) or not one.peers:
        return ""
    low, middle, high = (bare(each, one.unit, one.decimals) for each in (one.q1, one.median, one.q3))
    if one.peers < peer_words.FEWEST:
        return f"the middle of {count(int(one.peers), 'council')} is {middle}, in {one.peers_period}"
    return f"half of {int(one.peers)} councils lie between {low} and {high}, in {one.peers_period}"


def risk_in_words(one: Any) -> str:
    """ "The waste contract fails: 16 (4 × 4), red since 31 March 2025, target 8"."""
    if pd.isna(one.residual):
        return f"{one.title}: no score"
    parts = "" if pd.isna(one.residual_likelihood) else f" ({one.residual_likelihood:.0f} × {one.residual_impact:.0f})"
    since = "" if pd.isna(one.red_since) else f" since {day(one.red_since)}"
    goal = "" if pd.isna(one.target_score) else f", target {one.target_score:.0f}"
    return f"{one.title}: {one.residual:.0f}{parts}, {one.band}{since}{goal}"


def latest_before(one: Any) -> str:
    """What a measure without a figure in the year had last."""
    return f"{one.title}: {'never had one' if pd.isna(one.value) else f'latest {shown(one)}'}"


def listed(rows: Sequence[Any], words: Callable[[Any], str]) -> tuple[str, ...]:
    """MOST of the rows in words, and how many more there are."""
    return tuple(words(one) for one in rows[:MOST]) + more(rows)


def more(rows: Sequence[Any]) -> tuple[str, ...]:
    """How many rows there are beyond MOST; nothing where there are none."""
    return (f"and {len(rows) - MOST} more in the table",) if len(rows) > MOST else ()


def titles(rows: Sequence[Any]) -> str:
    """ "A; B; C", and how many more."""
    return "; ".join([str(one.title) for one in rows[:MOST]] + list(more(rows)))


def days(one: Any) -> str:
    """How many days an action is, or was, late."""
    return count(int(one.days_late), "day")


def be(many: int) -> str:
    """The verb for a number of things."""
    return "is" if many <= 1 else "are"


def was(many: int) -> str:
    """The same of the past."""
    return "was" if many <= 1 else "were"
