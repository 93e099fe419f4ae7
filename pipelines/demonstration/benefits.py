"""Housing benefit decisions: one CSV a financial year with a row a claim or change decided in it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.parts import parted
from pipelines.demonstration.records import (
    Columns,
    RecordFile,
    days_of,
    drawn,
    numbered,
    one_a_year,
    one_of,
    with_rows,
)
from pipelines.demonstration.series import Series, month_of
from pipelines.demonstration.span import Span

HEADINGS: Final = ("Case", "Kind", "Received", "Decided", "Channel", "Outcome")
NEW: Final = "New claim"
CHANGE: Final = "Change of circumstances"
SPRING: Final = (-0.6, -2.6, -3.4, -1.2, 0.2, 0.4, 0.3, 0.5, 0.4, 0.2, 0.1, 0.3)
"""Rents and pensions change in spring: thousands of changes that the computer decides in a day or two."""
DAYS: Final = {NEW: Series("benefit_new", 16.2, 0.4), CHANGE: Series("benefit_changes", 6.8, 0.25, SPRING)}
DECIDED: Final = {
    NEW: Series("benefit_claims", 62, 4),
    CHANGE: Series("benefit_reports", 288, 9, (20.0, 60.0, 90.0, 30.0, *(0.0,) * 8)),
}
CHANNELS: Final = {"Online": 0.71, "Post": 0.18, "In person": 0.11}
OUTCOMES: Final = {
    NEW: {"Awarded": 0.74, "Refused": 0.19, "Withdrawn": 0.07},
    CHANGE: {"Changed": 0.83, "No change": 0.14, "Withdrawn": 0.03},
}
TYPED: Final = {
    month_of("2022-06"): (
        {"Case": "H202206-900001", "Kind": "Appeal", "Received": "01/06/2022", "Decided": "20/06/2022",
         "Channel": "Post", "Outcome": "Changed"},
    ),
    month_of("2025-05"): (
        {"Case": "H202505-900001", "Kind": NEW, "Received": "not known", "Decided": "19/05/2025",
         "Channel": "Post", "Outcome": "Awarded"},
    ),
}  # fmt: skip


def benefits(span: Span) -> list[RecordFile]:
    """A file for each financial year."""

    def make(month: int) -> Columns:
        return with_rows(_month(month, span), TYPED.get(month, ()))

    return one_a_year(span, "benefits/Benefit decisions", HEADINGS, make)


def _month(month: int, span: Span) -> Columns:
    random = drawn(span.seed, "benefits/decided", month)
    counts = {kind: max(1, round(series.at(month, span.seed))) for kind, series in DECIDED.items()}
    kinds = np.repeat(list(counts), [count * span.scale for count in counts.values()])
    taken = np.concatenate([_days(kind, count, month, span, random) for kind, count in counts.items()])
    outcomes = np.concatenate([one_of(OUTCOMES[kind], count * span.scale, random) for kind, count in counts.items()])
    decided = days_of(month, len(kinds), random)
    random.shuffle(decided)
    return {
        "Case": numbered("H", month, len(kinds)),
        "Kind": kinds,
        "Received": decided - taken.astype("timedelta64[D]"),
        "Decided": decided,
        "Channel": one_of(CHANNELS, len(kinds), random),
        "Outcome": outcomes,
    }


def _days(kind: str, count: int, month: int, span: Span, random: np.random.Generator) -> NDArray[np.int64]:
    """Days that each took, whose mean is the month's figure at every scale."""
    total = round(count * DAYS[kind].at(month, span.seed)) * span.scale
    return parted(total, random.gamma(2.6, 1.0, count * span.scale))
