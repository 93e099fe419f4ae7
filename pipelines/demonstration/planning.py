"""Planning applications decided: one workbook a financial year, guidance on one sheet and decisions on the next."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.quota import by_quota
from pipelines.demonstration.records import (
    BANK_HOLIDAYS,
    BLANK,
    Dates,
    Texts,
    days_of,
    drawn,
    exactly,
    numbered,
    one_of,
)
from pipelines.demonstration.series import Series, month_of
from pipelines.demonstration.span import Span, covered
from pipelines.demonstration.wards import WARDS

HEADINGS: Final = (
    "Reference",
    "Category",
    "Ward",
    "Valid from",
    "Statutory date",
    "Extension agreed to",
    "Decided",
    "Decision",
    "Decided by",
    "Appeal",
)
GUIDANCE: Final = Table(("Guidance",), [["One row a decision. Do not rename the columns. Leave out withdrawn ones."]])


@dataclass(frozen=True)
class Kind:
    """Applications that are counted together: how many a quarter are decided, in time, and what they are."""

    name: str
    decided: Ratio
    categories: dict[str, float]
    statutory: int
    quick: float
    """Days that the usual decision comes before the statutory date."""
    extended: float
    """The share of those in time that needed an agreed extension."""
    refused: float
    committee: float


MAJORS: Final = Ratio(
    Series("majors", 91, 3, planted={"2026-09": 70}), Series("majors_decided", 12, 2, planted={"2026-09": 10})
)
NON_MAJORS: Final = Ratio(Series("non_majors", 90.5, 0.9), Series("non_majors_decided", 238, 14))
OTHERS: Final = Ratio(Series("other_decisions", 93, 1), Series("others_decided", 140, 9))
KINDS: Final = (
    Kind("majors", MAJORS, {"Major": 1.0}, 91, 10, 0.55, 0.12, 0.6),
    Kind(
        "non_majors", NON_MAJORS, {"Householder": 0.66, "Minor": 0.22, "Change of use": 0.12}, 56, 12, 0.18, 0.14, 0.06
    ),
    Kind(
        "others",
        OTHERS,
        {"Works to trees": 0.5, "Lawful development certificate": 0.38, "Listed building": 0.12},
        56,
        14,
        0.08,
        0.09,
        0.01,
    ),
)
REVERSED_IN: Final = 5
"""June: in the quarter that it ends one major decision a year is reversed at appeal."""
LAST_APPEAL: Final = month_of("2026-03")
"""Appeals against later decisions have no outcome yet."""
MESS: Final = {
    month_of("2023-05"): {"Decided": "12/05/2022"},
    month_of("2024-10"): {"Decided": "tbc"},
    month_of("2025-02"): {"Category": "Hsehold"},
}
"""Month and what is wrong with one more householder application at its end."""


def planning(span: Span) -> dict[str, bytes]:
    """A workbook for each financial year, its decisions in order of the day."""
    return {
        f"planning/Applications decided {covered(year)}.xlsx": as_workbook(
            {"Guidance": GUIDANCE, "Decisions": _sheet(span, year)}
        )
        for year in span.financial_years
    }


def _sheet(span: Span, year: int) -> Table:
    rows = [row for month in span.months(year) for row in _month(month, span.seed)]
    return Table(HEADINGS, rows, (f"Development management: decisions {covered(year)}",), ("Source: planning system.",))


def _month(month: int, seed: int) -> list[Row]:
    rows = [row for kind in KINDS for row in _decisions(kind, month, seed)]
    rows.sort(key=lambda row: str(row[5]))
    numbers = numbered("PA", month, len(rows))
    return [*([str(number), *row] for number, row in zip(numbers, rows, strict=True)), *_mess(month)]


def _mess(month: int) -> list[Row]:
    if month not in MESS:
        return []
    label, day = f"{month // 12}{month % 12 + 1:02d}", f"{month % 12 + 1:02d}/{month // 12}"
    usual = dict.fromkeys(HEADINGS, "") | {"Reference": f"PA{label}-900001", "Category": "Householder", "Ward": "Abbey"}
    dates = {"Valid from": f"02/{day}", "Statutory date": f"27/{day}", "Decided": f"26/{day}", "Decision": "Granted"}
    return [list((usual | dates | MESS[month]).values())]


def _decisions(kind: Kind, month: int, seed: int) -> list[Row]:
    """A third of the quarter's decisions; the quarter, not the month, has so many in time."""
    ends = month + 2 - month % 3
    in_time, whole = kind.decided.at(ends, seed)
    marks = exactly(in_time, whole or 0, drawn(seed, f"planning/{kind.name}", ends))[month % 3 :: 3]
    random = drawn(seed, f"planning/{kind.name}", month)
    decided = random.permutation(days_of(month, len(marks), random))
    valid, statutory, agreed = _dates(kind, decided, marks, random)
    category = random.permutation(by_quota(kind.categories, len(marks), random))
    refused = random.random(len(marks)) < kind.refused
    appeal = _appeals(refused, month, random)
    if kind.name == "majors":
        appeal[appeal == "Allowed"] = "Dismissed"
        if month % 12 == REVERSED_IN and len(marks):
            refused[0], appeal[0] = True, "Allowed"
    decision = np.where(refused, "Refused", "Granted")
    level = np.where(random.random(len(marks)) < kind.committee, "Committee", "Officers")
    wards = random.permutation(by_quota(WARDS, len(marks), random))
    columns = (category, wards, valid, statutory, agreed, decided, decision, level, appeal)
    return [list(row) for row in zip(*(column.astype(object) for column in columns), strict=True)]


def _dates(
    kind: Kind, decided: Dates, in_time: NDArray[np.bool_], random: np.random.Generator
) -> tuple[Dates, Dates, Dates]:
    """When each became valid, its statutory date, and the date agreed with the applicant if there is one."""
    whole = len(decided)
    extended = in_time & (random.random(whole) < kind.extended)
    usual = np.maximum(kind.statutory - random.exponential(kind.quick, whole), kind.statutory / 2)
    longer = kind.statutory + 5 + random.exponential(kind.statutory / 2, whole)
    taken = np.where(in_time & ~extended, usual, longer).astype("timedelta64[D]")
    valid: Dates = np.busday_offset(decided - taken, 0, roll="forward", holidays=BANK_HOLIDAYS).astype("datetime64[D]")
    agreed = np.where(extended, decided + random.integers(0, 12, whole).astype("timedelta64[D]"), BLANK)
    return valid, valid + np.timedelta64(kind.statutory, "D"), agreed


def _appeals(refused: NDArray[np.bool_], month: int, random: np.random.Generator) -> Texts:
    outcome = one_of({"Dismissed": 0.7, "Allowed": 0.3}, len(refused), random)
    appealed = refused & (random.random(len(refused)) < 0.25) & (month <= LAST_APPEAL)
    return np.where(appealed, outcome, "").astype("U9")
