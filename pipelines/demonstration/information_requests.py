"""Information requests closed and subject access requests completed: logs of a financial year each."""

from functools import partial
from typing import Final

import numpy as np

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.governance import REQUESTS
from pipelines.demonstration.records import (
    BLANK,
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
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import Span, covered

DIRECTORATES: Final = {
    "Chief Executive's Office": 0.14, "Resources": 0.27, "Place": 0.33, "Adults": 0.12, "Children": 0.14,
}  # fmt: skip
RENAMED: Final = 2024
"""The financial year from which the heading is "Closed" and no longer "Date closed"."""
ON_TIME: Final = Series("foi", 86.5, 0.9, changes=(drift("2021-04", 0.25, "2023-05"),))
IN_FULL: Final = Series("foi_in_full", 57, 1.5)
NOT_IN_FULL: Final = {"Granted in part": 0.44, "Refused": 0.2, "Not held": 0.36}
SUBJECT_ACCESS: Final = Ratio(Series("sars_on_time", 95, 3.0), Series("sars", 14, 1.5))
WRONG_YEAR: Final = month_of("2024-11")


def information_requests(span: Span) -> list[RecordFile]:
    """A log for each financial year of the requests closed in it."""
    return [_year_of_requests(span, year) for year in span.financial_years]


def _year_of_requests(span: Span, year: int) -> RecordFile:
    closed = "Closed" if year >= RENAMED else "Date closed"
    headings = ("Reference", "Rules", "Directorate", "Received", closed, "Extended", "Extended until", "Outcome")
    name = f"governance/Information requests closed {covered(year)}.csv"
    return RecordFile(name, headings, in_months(span.months(year), partial(_requests, span, closed)))


def _requests(span: Span, closed_heading: str, month: int) -> Columns:
    random = drawn(span.seed, "information_requests/closed", month)
    asked = REQUESTS.at(month - 1, span.seed)[0]
    on_time = round(asked * ON_TIME.at(month, span.seed) / 100) * span.scale
    in_full = round(asked * IN_FULL.at(month, span.seed) / 100) * span.scale
    withdrawn = round(asked * 0.04) * span.scale
    answered = asked * span.scale
    whole = answered + withdrawn

    prompt = exactly(on_time, answered, random)
    extended = np.zeros(whole, dtype=np.bool_)
    extended[:answered][~prompt] = exactly(round((answered - on_time) * 0.6), answered - on_time, random)
    days = np.where(extended, random.integers(21, 40, whole), random.integers(21, 46, whole))
    days[:answered][prompt] = np.minimum(random.integers(2, 25, on_time), 20)
    days[answered:] = random.integers(1, 15, withdrawn)

    closed = days_of(month, whole, random)
    random.shuffle(closed)
    received = working_days_after(closed, -days)
    outcome = one_of(NOT_IN_FULL, whole, random)
    outcome[:answered][exactly(in_full, answered, random)] = "Granted in full"
    outcome[answered:] = "Withdrawn"
    columns: Columns = {
        "Reference": numbered("IR", month, whole),
        "Rules": one_of({"FOI": 0.86, "EIR": 0.14}, whole, random),
        "Directorate": one_of(DIRECTORATES, whole, random),
        "Received": received,
        closed_heading: closed,
        "Extended": _yes_or_no(extended),
        "Extended until": np.where(extended, working_days_after(received, np.full(whole, 40)), BLANK),
        "Outcome": outcome,
    }
    order = np.argsort(closed, kind="stable")
    return with_rows({name: cells[order] for name, cells in columns.items()}, _BAD_REQUESTS.get(month, ()))


_BAD_REQUESTS: Final = {
    month_of("2025-09"): (
        {"Reference": "IR202509-900001", "Rules": "FOI", "Directorate": "Childrens", "Received": "01/09/2025",
         "Closed": "19/09/2025", "Extended": "No", "Outcome": "Not held"},
    ),
    month_of("2026-02"): (
        {"Reference": "IR202602-900001", "Rules": "EIR", "Directorate": "Place", "Received": "02/02/2026",
         "Closed": "31/02/2026", "Extended": "No", "Outcome": "Granted in full"},
        {"Reference": "IR202602-900002", "Rules": "FOI", "Directorate": "Resources", "Received": "",
         "Closed": "17/02/2026", "Extended": "No", "Outcome": "Refused"},
    ),
}  # fmt: skip


def subject_access(span: Span) -> list[RecordFile]:
    """A log for each financial year, and a second one for 2024/25 that puts two dates right."""
    files = [_year_of_access(span, year, corrected=False) for year in span.financial_years]
    return [*files, *([_year_of_access(span, 2024, corrected=True)] if 2024 in span.financial_years else [])]


def _year_of_access(span: Span, year: int, *, corrected: bool) -> RecordFile:
    name = f"governance/Subject access requests {covered(year)}{' resend' if corrected else ''}.csv"
    headings = ("Reference", "About", "Received", "Extended", "Completed")
    return RecordFile(name, headings, in_months(span.months(year), partial(_access, span, corrected)))


def _access(span: Span, corrected: bool, month: int) -> Columns:
    random = drawn(span.seed, "subject_access/completed", month)
    done, asked = SUBJECT_ACCESS.at(month, span.seed)
    whole = (asked or 0) * span.scale
    prompt = exactly(min(done * span.scale, whole), whole, random)
    completed = days_of(month, whole, random)
    days = np.where(prompt, random.integers(6, 28, whole), random.integers(34, 86, whole))
    columns: Columns = {
        "Reference": numbered("SAR", month, whole),
        "About": one_of({"Social care": 0.52, "Employment": 0.18, "Housing": 0.16, "Other": 0.14}, whole, random),
        "Received": completed - days,
        "Extended": _yes_or_no(~prompt & (random.random(whole) < 0.7)),
        "Completed": completed if corrected or month != WRONG_YEAR else _a_year_late(completed),
    }
    return columns


def _a_year_late(
    days: np.ndarray[tuple[int], np.dtype[np.datetime64]],
) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    """The last two as they were first sent, with the next year typed."""
    return np.concatenate([days[:-2], days[-2:] + 365])


def _yes_or_no(marks: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Texts:
    return np.where(marks, "Yes", "No")
