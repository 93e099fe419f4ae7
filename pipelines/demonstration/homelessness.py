"""Homelessness duties that ended: one CSV a financial year with a row for each duty."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from pipelines.demonstration.housing import HELPED
from pipelines.demonstration.records import (
    Columns,
    RecordFile,
    days_of,
    drawn,
    exactly,
    numbered,
    one_a_year,
    one_of,
    with_rows,
)
from pipelines.demonstration.series import month_of
from pipelines.demonstration.span import Span
from pipelines.demonstration.wards import WARDS

HEADINGS: Final = ("Case reference", "Ward", "Duty", "Main reason", "Date owed", "Date ended", "Outcome")
DUTIES: Final = {"Prevention": 0.54, "Relief": 0.46}
REASONS: Final = {
    "End of a private tenancy": 0.31,
    "Family or friends could no longer help": 0.29,
    "Domestic abuse": 0.16,
    "Relationship ended": 0.08,
    "Left an institution": 0.06,
    "Other": 0.1,
}
SECURED: Final = "Home secured"
OTHERWISE: Final = {"56 days passed": 0.52, "Contact lost": 0.2, "Withdrew": 0.15, "No longer eligible": 0.13}
NO_WARD: Final = 0.06
"""The share of households without a last settled home in the borough."""
MESS: Final[Mapping[int, Mapping[str, str]]] = {
    month_of("2024-09"): {"Outcome": "Housed"},
    month_of("2026-05"): {"Date ended": ""},
}
"""Month and what is wrong with one more row at its end."""


def homelessness(span: Span) -> list[RecordFile]:
    """A file for each financial year; as many homes are secured as the monthly return tells, times the scale."""
    return one_a_year(span, "housing/Homelessness duties ended", HEADINGS, lambda month: _month(span, month))


def _month(span: Span, month: int) -> Columns:
    helped, duties = HELPED.at(month, span.seed)
    whole = (duties or 0) * span.scale
    random = drawn(span.seed, "homelessness/duties", month)
    ended = days_of(month, whole, random)
    secured = exactly(helped * span.scale, whole, random)
    wards = np.where(random.random(whole) < NO_WARD, "", one_of(WARDS, whole, random))
    columns: Columns = {
        "Case reference": numbered("H", month, whole),
        "Ward": wards,
        "Duty": one_of(DUTIES, whole, random),
        "Main reason": one_of(REASONS, whole, random),
        "Date owed": ended - random.integers(9, 100, whole).astype("timedelta64[D]"),
        "Date ended": ended,
        "Outcome": np.where(secured, SECURED, one_of(OTHERWISE, whole, random)),
    }
    return with_rows(columns, _mess(month))


def _mess(month: int) -> list[dict[str, str]]:
    if month not in MESS:
        return []
    label = f"{month // 12}{month % 12 + 1:02d}"
    day = f"{month % 12 + 1:02d}/{month // 12}"
    usual = {"Ward": "Foundry", "Duty": "Relief", "Main reason": "Other", "Outcome": SECURED}
    dates = {"Date owed": f"02/{day}", "Date ended": f"28/{day}"}
    return [{"Case reference": f"H{label}-X00001", **usual, **dates, **MESS[month]}]
