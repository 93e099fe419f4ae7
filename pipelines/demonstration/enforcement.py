"""Planning enforcement cases: one register of every case that was open at some time of the span."""

from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.figures import Count
from pipelines.demonstration.quota import by_quota
from pipelines.demonstration.records import (
    BLANK,
    Columns,
    Dates,
    RecordFile,
    days_of,
    drawn,
    in_months,
    numbered,
    one_of,
)
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import LAST_MONTH, Span, month_label
from pipelines.demonstration.wards import WARDS
from scorecard.periods import between

HEADINGS: Final = ("Case", "Opened", "Ward", "Alleged breach", "Closed", "Outcome")
OPENED: Final = Count(Series("enforcement", 25, 1))
MIDDLE: Final = Series("enforcement_days", 112, changes=(drift("2021-04", -0.55),))
"""Days in which half of the cases are closed: fewer every year."""
SIGMA: Final = 0.95
LONGEST: Final = 1_000
BEFORE: Final = 36
"""Months before the span whose cases may still be open in it."""
BREACHES: Final = {
    "Building works": 0.44,
    "Change of use": 0.2,
    "Condition not met": 0.17,
    "Untidy land": 0.11,
    "Advertisement": 0.08,
}
OUTCOMES: Final = {
    "No breach found": 0.42,
    "Put right": 0.23,
    "Application made": 0.18,
    "Not expedient": 0.12,
    "Notice served": 0.05,
}
CLOSED_TOO_EARLY: Final = month_of("2025-03")
"""The month with a case whose closing date is a year too early."""
UNKNOWN_BREACH: Final = month_of("2024-08")
"""The month with a case for which somebody typed a breach of their own."""


def enforcement(span: Span) -> list[RecordFile]:
    """One file, whose name says the whole span; cases closed before it are not in it."""
    held = span.all_months()
    name = f"planning/Enforcement cases {month_label(held[0])} to {month_label(LAST_MONTH)}.csv"
    since = np.datetime64(between(held[0], held[0]).start, "D")
    months = range(held[0] - BEFORE, LAST_MONTH + 1)
    return [RecordFile(name, HEADINGS, in_months(months, lambda month: _month(span, month, since)))]


def _month(span: Span, month: int, since: np.datetime64) -> Columns:
    random = drawn(span.seed, "enforcement", month)
    whole = OPENED.at(month, span.seed)[0]
    opened = days_of(month, whole, random)
    closed = opened + _lasting(whole, MIDDLE.at(month, span.seed), random)
    closed[closed > np.datetime64(between(LAST_MONTH, LAST_MONTH).end, "D")] = BLANK
    breaches, outcomes = one_of(BREACHES, whole, random), one_of(OUTCOMES, whole, random)
    if month == CLOSED_TOO_EARLY:
        closed[0] = opened[0] - np.timedelta64(300, "D")
    if month == UNKNOWN_BREACH:
        breaches = np.append(breaches[:-1], "see file")
    cases = {
        "Case": numbered("PE", month, whole),
        "Opened": opened,
        "Ward": random.permutation(by_quota(WARDS, whole, random)),
        "Alleged breach": breaches,
        "Closed": closed,
        "Outcome": np.where(np.isnat(closed), "", outcomes),
    }
    kept = _open_since(closed, since) | (opened >= since)
    return {name: cells[kept] for name, cells in cases.items()}


def _open_since(closed: Dates, since: np.datetime64) -> NDArray[np.bool_]:
    return np.isnat(closed) | (closed >= since)


def _lasting(whole: int, middle: float, random: np.random.Generator) -> NDArray[np.timedelta64]:
    """How many days each case lasts: spread over the chances by quota, so that the backlog moves smoothly."""
    chances = (np.arange(whole) + random.random()) / whole
    days = [middle * np.exp(SIGMA * NormalDist().inv_cdf(min(max(each, 0.001), 0.999))) for each in chances]
    return random.permutation(np.minimum(np.array(days), LONGEST)).astype("timedelta64[D]")
