"""Repairs to council homes: a log of jobs completed, one CSV a financial year, and three months sent again."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.housing import REPAIRS, REVISED
from pipelines.demonstration.records import (
    Columns,
    RecordFile,
    Texts,
    days_of,
    drawn,
    exactly,
    in_months,
    numbered,
    one_of,
    with_rows,
    working_days_after,
)
from pipelines.demonstration.series import Series, month_of
from pipelines.demonstration.span import Span, covered, month_label
from pipelines.demonstration.wards import WARDS

HEADINGS: Final = ("Job number", "Ward", "Priority", "Trade", "Date reported", "Date completed")
TRADES: Final = {
    "Plumbing and heating": 0.34,
    "Joinery": 0.2,
    "Electrical": 0.14,
    "Roofing and gutters": 0.11,
    "Plastering and decoration": 0.08,
    "Damp and mould": 0.06,
    "Other": 0.07,
}
EMERGENCY_TRADES: Final = {"Plumbing and heating": 0.55, "Electrical": 0.25, "Joinery": 0.2}
SLOW_TRADE: Final = "Roofing and gutters"
"""Lateness above the usual is put down to it, so that a breakdown by trade shows where the fall comes from."""
USUALLY_LATE: Final = 0.06
EMERGENCIES: Final = Ratio(Series("emergencies", 99.6, 0.12), Series("emergencies_done", 152, 9))
TARGET_DAYS: Final = 20
COMMUNAL: Final = 0.015
"""The share of jobs in shared parts of estates, logged without a ward."""
MESS: Final = {
    month_of("2025-07"): {"Ward": "Marsh Street"},
    month_of("2023-06"): {"Date completed": "31/06/2023"},
    month_of("2022-11"): {"Priority": "P5"},
}
"""Month and what is wrong with one more job at its end."""


def repairs(span: Span) -> list[RecordFile]:
    """A file for each financial year; that of 2024/25 holds three months that the contractor dated too kindly,
    and a second file holds them as the audit found them."""
    files = [
        RecordFile(
            f"housing/Repairs completed {covered(year)}.csv",
            HEADINGS,
            in_months(span.months(year), lambda month: _month(span, month, audited=False)),
        )
        for year in span.financial_years
    ]
    if REVISED[0] in span.all_months():
        name = f"housing/Repairs completed {month_label(REVISED[0])} to {month_label(REVISED[-1])} resend.csv"
        files.append(RecordFile(name, HEADINGS, in_months(REVISED, lambda month: _month(span, month, audited=True))))
    return files


def _month(span: Span, month: int, *, audited: bool) -> Columns:
    kindly = month in REVISED and not audited
    parts = [_routine(span, month, kindly=kindly), _emergencies(span, month)]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in HEADINGS[1:]}
    order = np.argsort(columns["Date completed"], kind="stable")
    jobs = {name: cells[order] for name, cells in columns.items()}
    jobs["Job number"] = numbered("R", month, len(order))
    return with_rows(jobs, _mess(month))


def _mess(month: int) -> list[dict[str, str]]:
    if month not in MESS:
        return []
    day = f"{month % 12 + 1:02d}/{month // 12}"
    usual = {"Ward": "Abbey", "Priority": "Routine", "Trade": "Joinery"}
    dates = {"Date reported": f"05/{day}", "Date completed": f"16/{day}"}
    return [{"Job number": f"R{month // 12}{month % 12 + 1:02d}-X00001", **usual, **dates, **MESS[month]}]


def _routine(span: Span, month: int, *, kindly: bool) -> dict[str, NDArray[np.generic]]:
    done, whole = (each * span.scale for each in _both(REPAIRS, month, span.seed))
    random = drawn(span.seed, "repairs/routine", month)
    wards, trades = one_of(WARDS, whole, random), one_of(TRADES, whole, random)
    late = _late(wards, trades, whole - done, random)
    prompt = random.triangular(0, 7, TARGET_DAYS + 1, whole).astype(np.int64)
    slow = random.integers(TARGET_DAYS + 1, TARGET_DAYS + 26, whole)
    restarted = random.random(whole) < 0.5
    waited = np.where(late & ~(restarted & kindly), slow, np.minimum(prompt, TARGET_DAYS))
    completed = days_of(month, whole, random)
    return {
        "Ward": _without_some(wards, random),
        "Priority": np.full(whole, "Routine"),
        "Trade": trades,
        "Date reported": working_days_after(completed, -waited),
        "Date completed": completed,
    }


def _emergencies(span: Span, month: int) -> dict[str, NDArray[np.generic]]:
    done, whole = (each * span.scale for each in _both(EMERGENCIES, month, span.seed))
    random = drawn(span.seed, "repairs/emergency", month)
    in_time = exactly(done, whole, random)
    waited = np.where(in_time, random.integers(0, 2, whole), random.integers(2, 5, whole))
    completed = days_of(month, whole, random, working=False)
    return {
        "Ward": _without_some(one_of(WARDS, whole, random), random),
        "Priority": np.full(whole, "Emergency"),
        "Trade": one_of(EMERGENCY_TRADES, whole, random),
        "Date reported": completed - waited.astype("timedelta64[D]"),
        "Date completed": completed,
    }


def _both(ratio: Ratio, month: int, seed: int) -> tuple[int, int]:
    done, whole = ratio.at(month, seed)
    return done, whole or 0


def _late(wards: Texts, trades: Texts, how_many: int, random: np.random.Generator) -> NDArray[np.bool_]:
    """Marks of the late jobs: the usual share evenly across wards, whatever is more in the slow trade."""
    whole = len(wards)
    usual = min(how_many, round(whole * USUALLY_LATE))
    by_ward = np.lexsort((random.random(whole), wards))
    late = np.zeros(whole, dtype=np.bool_)
    late[by_ward[((np.arange(usual) + random.random()) * whole / max(usual, 1)).astype(np.int64)]] = True
    for among in (trades == SLOW_TRADE, np.ones(whole, dtype=np.bool_)):
        left = np.flatnonzero(among & ~late)
        late[random.choice(left, min(len(left), how_many - int(late.sum())), replace=False)] = True
    return late


def _without_some(wards: Texts, random: np.random.Generator) -> Texts:
    return np.where(random.random(len(wards)) < COMMUNAL, "", wards)
