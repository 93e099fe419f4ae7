"""Missed bins as residents report them: one CSV a financial year, with what the crew found and when it came back."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.bins import BY_WARD
from pipelines.demonstration.quota import by_quota
from pipelines.demonstration.records import (
    BLANK,
    Columns,
    RecordFile,
    days_of,
    drawn,
    in_months,
    in_order,
    one_of,
    with_rows,
    working_days_after,
)
from pipelines.demonstration.series import Series, month_of
from pipelines.demonstration.span import Span, covered
from pipelines.demonstration.wards import WARDS

HEADINGS: Final = ("Reference", "Reported", "Ward", "Container", "What the crew found", "Put right")
OLDER_HEADINGS: Final = ("Reference", "Date reported", *HEADINGS[2:])
RENAMED: Final = 2023
"""From this financial year the date of the report has its present heading."""
PUT_RIGHT: Final = Series("put_right", 97.1, 0.4)
CONTAINERS: Final = {"Refuse": 0.4, "Recycling": 0.34, "Garden": 0.15, "Food": 0.11}
CREW: Final = "Missed by the crew"
NOT_THE_CREW: Final = {"Not put out": 0.55, "Gate locked": 0.2, "Wrong waste in the bin": 0.25}
OTHERS: Final = 0.18
"""Reports that are not the crew's fault, for each that is."""
FORGOTTEN: Final = 0.15
"""The share of the late ones to which nobody came back at all."""
MESS: Final = {
    month_of("2022-05"): {"Put right": "next day"},
    month_of("2023-11"): {"Put right": "14/10/2023"},
    month_of("2024-02"): {"Container": ""},
    month_of("2025-07"): {"Ward": "Marsh Street"},
}
"""Month and what is wrong with one more report at its end."""


def missed_bins(span: Span) -> list[RecordFile]:
    """A file for each financial year; what the crew missed agrees with the return by ward."""
    return [
        RecordFile(
            f"waste/Missed bin reports {covered(year)}.csv",
            _headings(year),
            in_months(span.months(year), lambda month, year=year: _month(span, month, year)),  # type: ignore[misc]
        )
        for year in span.financial_years
    ]


def _headings(year: int) -> tuple[str, ...]:
    return HEADINGS if year >= RENAMED else OLDER_HEADINGS


def _month(span: Span, month: int, year: int) -> Columns:
    parts = [_missed(span, month), _not_missed(span, month)]
    whole = with_rows(in_order(parts, "Reported", "Reference", "MB", month), _mess(month))
    return {heading: whole[name] for heading, name in zip(_headings(year), HEADINGS, strict=True)}


def _mess(month: int) -> list[dict[str, str]]:
    if month not in MESS:
        return []
    label = f"{month // 12}{month % 12 + 1:02d}"
    day = f"{month % 12 + 1:02d}/{month // 12}"
    usual = {"Reference": f"MB{label}-900001", "Ward": "Abbey", "Container": "Refuse", "What the crew found": CREW}
    return [{**usual, "Reported": f"13/{day}", "Put right": f"14/{day}", **MESS[month]}]


def _missed(span: Span, month: int) -> dict[str, NDArray[np.generic]]:
    """The late ones lie evenly over the wards, so that no ward of twenty reports is off by chance alone."""
    random = drawn(span.seed, "missed_bins/crew", month)
    counts = {name: ratio.at(month, span.seed)[0] for name, ratio in BY_WARD.items()}
    wards = np.repeat(np.array(list(counts)), [count * span.scale for count in counts.values()])
    whole = sum(counts.values())
    late = (whole - round(whole * PUT_RIGHT.at(month, span.seed) / 100)) * span.scale
    is_late = np.zeros(len(wards), dtype=np.bool_)
    is_late[((np.arange(late) + random.random()) * len(wards) / max(late, 1)).astype(np.int64)] = True
    reported = random.permutation(days_of(month, len(wards), random))
    waited = np.where(is_late, random.integers(2, 6, len(wards)), random.integers(0, 2, len(wards)))
    put_right = working_days_after(reported, waited)
    put_right[is_late & (random.random(len(wards)) < FORGOTTEN)] = BLANK
    return {
        "Reported": reported,
        "Ward": wards,
        "Container": one_of(CONTAINERS, len(wards), random),
        "What the crew found": np.full(len(wards), CREW),
        "Put right": put_right,
    }


def _not_missed(span: Span, month: int) -> dict[str, NDArray[np.generic]]:
    random = drawn(span.seed, "missed_bins/others", month)
    crew = sum(ratio.at(month, span.seed)[0] for ratio in BY_WARD.values())
    whole = round(crew * OTHERS) * span.scale
    return {
        "Reported": days_of(month, whole, random),
        "Ward": random.permutation(by_quota(WARDS, whole, random)),
        "Container": one_of(CONTAINERS, whole, random),
        "What the crew found": one_of(NOT_THE_CREW, whole, random),
        "Put right": np.full(whole, BLANK),
    }
