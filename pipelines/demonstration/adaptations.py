"""Disabled facilities grants: one register of the whole span, with every case that was open in it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.figures import Count
from pipelines.demonstration.records import (
    BLANK,
    Columns,
    RecordFile,
    Texts,
    days_of,
    drawn,
    in_months,
    numbered,
    one_of,
    with_rows,
)
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import LAST_MONTH, Span, month_label
from pipelines.demonstration.wards import WARDS
from scorecard.periods import between

HEADINGS: Final = (
    "Grant reference",
    "Ward",
    "Work",
    "Enquiry",
    "Approved",
    "Closed",
    "Outcome",
    "Grant (£)",
)
ENQUIRIES: Final = Count(Series("grants", 12, 0.9))
DAYS: Final = Series("grant_days", 262, 3, changes=(drift("2021-04", -0.3, "2024-12"),))
SPREAD: Final = 170
"""Days between the quickest and the slowest grant of a month's enquiries."""
WORKS: Final = {"Level-access shower": 0.58, "Stairlift": 0.24, "Ramp or door": 0.18}
LONGEST_WORK: Final = "Extension"
WITHDRAWN: Final = 0.06
MONTHS_BEFORE: Final = 13
"""The oldest case that can still be open when the span begins came this many months before."""
TO_BE_CONFIRMED: Final = month_of("2025-11")


def adaptations(span: Span) -> list[RecordFile]:
    """One register; cases that were closed before its first month are not in it."""
    months = span.all_months()
    name = f"housing/Disabled facilities grants {month_label(months[0])} to {month_label(months[-1])}.csv"
    enquiries = range(months[0] - MONTHS_BEFORE, months[-1] + 1)
    return [RecordFile(name, HEADINGS, in_months(enquiries, lambda month: _month(span, month)))]


def _month(span: Span, month: int) -> Columns:
    whole, _ = ENQUIRIES.at(month, span.seed)
    random = drawn(span.seed, "adaptations/cases", month)
    enquired = days_of(month, whole, random)
    slowness = random.permutation((np.arange(whole) + 0.5) / whole)
    took = np.round(DAYS.at(month, span.seed) + SPREAD * (slowness - 0.5) + random.normal(0, 6, whole))
    withdrawn = random.random(whole) < WITHDRAWN
    took = np.where(withdrawn, random.integers(20, 110, whole), took)
    grant = np.round(np.where(slowness > 0.92, 24_000, 6_800) * random.normal(1, 0.1, whole), -1)
    columns = {
        "Grant reference": numbered("DFG", month, whole),
        "Ward": one_of(WARDS, whole, random),
        "Work": _works(slowness, random),
        "Enquiry": enquired,
        "Approved": _known(enquired + _days(took * 0.55), ~withdrawn),
        "Closed": _known(enquired + _days(took)),
        "Outcome": np.where(withdrawn, "Withdrawn", "Completed"),
        "Grant (£)": np.char.mod("%d", grant),
    }
    columns["Outcome"] = np.where(np.isnat(columns["Closed"]), "", columns["Outcome"])
    opens = np.datetime64(between(span.all_months()[0], LAST_MONTH).start, "D")
    held = np.isnat(columns["Closed"]) | (columns["Closed"] >= opens)
    return with_rows({name: cells[held] for name, cells in columns.items()}, _mess(month))


def _days(number: NDArray[np.float64]) -> NDArray[np.timedelta64]:
    return np.round(number).astype("timedelta64[D]")


def _works(slowness: NDArray[np.float64], random: np.random.Generator) -> Texts:
    return np.where(slowness > 0.92, LONGEST_WORK, one_of(WORKS, len(slowness), random))


def _known(days: NDArray[np.datetime64], which: NDArray[np.bool_] | bool = True) -> NDArray[np.datetime64]:
    """Days up to the end of what is held; a later one has not come and is blank."""
    last = np.datetime64(between(LAST_MONTH, LAST_MONTH).end, "D")
    return np.where((days <= last) & which, days, BLANK)


def _mess(month: int) -> list[dict[str, str]]:
    """An enquiry whose grant is a text and not a number."""
    if month != TO_BE_CONFIRMED:
        return []
    case = {"Grant reference": "DFG202511-X00001", "Ward": "Weirside", "Work": "Stairlift"}
    return [{**case, "Enquiry": "12/11/2025", "Grant (£)": "to be confirmed"}]
