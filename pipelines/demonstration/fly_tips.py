"""Fly-tips: a log of dumped waste, one CSV a financial year, and one month sent again."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.figures import Count
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
from pipelines.demonstration.series import Series, drift, month_of, step
from pipelines.demonstration.span import Span, covered, month_label
from pipelines.demonstration.wards import POPULATION

HEADINGS: Final = ("Reference", "Logged", "Ward", "Land", "Kind of waste", "Cleared", "Enforcement actions")
OLDER_HEADINGS: Final = (*HEADINGS[:5], "Date removed", HEADINGS[6])
RENAMED: Final = 2023
"""From this financial year the day of clearing has its present heading."""
SEASON: Final = (10.0, -6.0, 4.0, 14.0, 9.0, 2.0, -3.0, 1.0, -4.0, -6.0, -9.0, -12.0)
TIPS: Final = Count(Series("fly_tips", 520, 2.5, SEASON, (drift("2021-04", -1.3),)))
SECOND_CREW: Final = "2024-09"
DAYS: Final = Series("clearance", 3.6, 0.08, changes=(step(SECOND_CREW, -1.4),))
ACTIONS: Final = Series("actions", 46, 1.2)
"""For every hundred fly-tips."""
BUSY: Final = {"Foundry": 2.3, "Canalside": 2.0, "Bridge Street": 1.7, "Marsh Lane": 1.4, "Brickfields": 1.3}
BY_WARD: Final = {name: people * BUSY.get(name, 0.85) for name, people in POPULATION.items()}
LAND: Final = {"Highway": 0.52, "Council land": 0.27, "Footpath or alley": 0.21}
PRIVATE: Final = 0.06
WASTE: Final = {
    "Household black bags": 0.31,
    "Other household": 0.34,
    "White goods": 0.09,
    "Construction": 0.12,
    "Green": 0.05,
    "Tyres": 0.03,
    "Other": 0.06,
}
TYPED_LATE: Final = month_of("2025-06")
"""The month whose file says when the crew's sheets were typed in, a week late; the second file says when it cleared."""
MESS: Final = {
    month_of("2022-08"): {"Ward": "Marsh Street"},
    month_of("2023-09"): {"Enforcement actions": "two"},
    month_of("2024-05"): {"Kind of waste": "Fridge"},
    month_of("2025-11"): {"Cleared": "13/10/2025"},
}
"""Month and what is wrong with one more fly-tip at its end."""


def fly_tips(span: Span) -> list[RecordFile]:
    """A file for each financial year, and one month's as it should have been."""
    files = [
        RecordFile(
            f"streets/Fly-tips {covered(year)}.csv",
            _headings(year),
            in_months(span.months(year), lambda month, year=year: _month(span, month, year)),  # type: ignore[misc]
        )
        for year in span.financial_years
    ]
    if TYPED_LATE in span.all_months():
        label = month_label(TYPED_LATE)
        months = in_months([TYPED_LATE], lambda month: _month(span, month, RENAMED, corrected=True))
        files.append(RecordFile(f"streets/Fly-tips {label} to {label} resend.csv", HEADINGS, months))
    return files


def _headings(year: int) -> tuple[str, ...]:
    return HEADINGS if year >= RENAMED else OLDER_HEADINGS


def _month(span: Span, month: int, year: int, *, corrected: bool = False) -> Columns:
    parts = [_ours(span, month, 0 if corrected or month != TYPED_LATE else 5), _private(span, month)]
    whole = with_rows(in_order(parts, "Logged", "Reference", "FT", month), _mess(month))
    return {heading: whole[name] for heading, name in zip(_headings(year), HEADINGS, strict=True)}


def _mess(month: int) -> list[dict[str, str]]:
    if month not in MESS:
        return []
    label = f"{month // 12}{month % 12 + 1:02d}"
    day = f"{month % 12 + 1:02d}/{month // 12}"
    usual = {"Reference": f"FT{label}-900001", "Ward": "Abbey", "Land": "Highway", "Kind of waste": "Tyres"}
    dates = {"Logged": f"13/{day}", "Cleared": f"16/{day}"}
    return [{**usual, **dates, "Enforcement actions": "0", **MESS[month]}]


def _ours(span: Span, month: int, typed_after: int) -> dict[str, NDArray[np.generic]]:
    random = drawn(span.seed, "fly_tips/ours", month)
    count = TIPS.at(month, span.seed)[0]
    whole = count * span.scale
    waited = _adding_up_to(round(count * DAYS.at(month, span.seed)) * span.scale, whole, random)
    actions = _adding_up_to(round(count * ACTIONS.at(month, span.seed) / 100) * span.scale, whole, random)
    logged = days_of(month, whole, random)
    return {
        "Logged": logged,
        "Ward": random.permutation(by_quota(BY_WARD, whole, random)),
        "Land": one_of(LAND, whole, random),
        "Kind of waste": one_of(WASTE, whole, random),
        "Cleared": working_days_after(logged, waited + typed_after),
        "Enforcement actions": actions,
    }


def _private(span: Span, month: int) -> dict[str, NDArray[np.generic]]:
    """The owner must clear it, so the council never notes the day."""
    random = drawn(span.seed, "fly_tips/private", month)
    whole = round(TIPS.at(month, span.seed)[0] * PRIVATE) * span.scale
    return {
        "Logged": days_of(month, whole, random),
        "Ward": random.permutation(by_quota(BY_WARD, whole, random)),
        "Land": np.full(whole, "Private land"),
        "Kind of waste": one_of(WASTE, whole, random),
        "Cleared": np.full(whole, BLANK),
        "Enforcement actions": random.integers(0, 2, whole),
    }


def _adding_up_to(total: int, how_many: int, random: np.random.Generator) -> NDArray[np.int64]:
    """So many counts, most of them near the mean, that add up to `total`."""
    return random.multinomial(total, np.full(how_many, 1 / how_many))
