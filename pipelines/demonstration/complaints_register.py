"""The register of complaints and compliments: one file of the whole span, with what is still open at its end."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from pipelines.demonstration.complaints import compliments, stage_one, stage_two
from pipelines.demonstration.records import BLANK, Columns, Dates, RecordFile, Texts, with_rows, working_days_after
from pipelines.demonstration.series import month_of
from pipelines.demonstration.span import LAST_MONTH, Span, month_label
from scorecard.periods import between

LAST_DAY: Final = np.datetime64(between(LAST_MONTH, LAST_MONTH).end, "D")
ASKED_FOR_TIME: Final = 9
"""Working days after the acknowledgement, when more time is asked for."""
CARRIED: Final = 2
"""Months over which a complaint may be open: stage 2 from before the span, stage 1 beyond its end."""
HEADINGS: Final = (
    "Reference",
    "Stage",
    "About",
    "Complaint",
    "What went wrong",
    "Ward",
    "Owner",
    "Received",
    "Acknowledged",
    "Extension agreed to",
    "Answered",
    "Outcome",
    "Learning",
)
SPOILT: Final = month_of("2025-02")
SPOILT_ROWS: Final = (
    {"Reference": "CP202502-900001", "Stage": "Stage 1", "About": "Planning", "Ward": "Old Town",
     "Received": "10/02/2025", "Acknowledged": "11/02/2025", "Answered": "18/02/2025", "Outcome": "Not upheld"},
    {"Reference": "CP202502-900002", "Stage": "Stage 1", "About": "Highways", "Ward": "Abbey",
     "Received": "10/02/2025", "Acknowledged": "11/02/2025", "Answered": "tbc"},
    {"Reference": "CP202502-900003", "Stage": "Stage 3", "About": "Highways", "Ward": "Foundry",
     "Received": "12/02/2025", "Acknowledged": "13/02/2025"},
)  # fmt: skip


def complaints_register(span: Span) -> list[RecordFile]:
    """One register, whose name says the months it covers."""
    months = span.all_months()
    name = f"customer/Complaints register {month_label(months[0])} to {month_label(months[-1])}.csv"
    return [RecordFile(name, HEADINGS, lambda: _months(span.seed, months))]


def _months(seed: int, months: range) -> Iterator[Columns]:
    first_day = np.datetime64(between(months[0], months[0]).start, "D")
    for month in range(months[0] - CARRIED, months[-1] + CARRIED + 1):
        parts = [stage_two(seed, month)]
        if month >= months[0]:
            parts.append(stage_one(seed, month))
        if month in months:
            parts.append(compliments(seed, month))
        rows = _as_known(_together(parts, month), first_day)
        yield with_rows(rows, SPOILT_ROWS if month == SPOILT else ())


def _together(parts: list[Columns], month: int) -> dict[str, np.ndarray]:
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return {"Reference": _references(joined["Received"], month), **joined}


def _references(received: Dates, month: int) -> Texts:
    """The month of receipt and a number; its first figure is how many months later the row is made, so that the
    months that write into the same one do not meet."""
    label = np.char.replace(np.datetime_as_string(received, unit="M"), "-", "")
    began = received.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    number = np.char.zfill(((month - began) * 100_000 + np.arange(1, len(received) + 1)).astype(str), 6)
    return np.char.add(np.char.add("CP", label), np.char.add("-", number))


def _as_known(columns: dict[str, np.ndarray], first_day: np.datetime64) -> Columns:
    """What the register holds on its last day: nothing that came later, no answer that is still to come."""
    received, answered = columns["Received"], columns["Answered"]
    kept = (received <= LAST_DAY) & (np.isnat(answered) | (answered >= first_day))
    order = np.argsort(received[kept], kind="stable")
    known = {name: cells[kept][order] for name, cells in columns.items()}
    is_open = known["Answered"] > LAST_DAY
    soon_due = working_days_after(known["Acknowledged"], np.full(len(is_open), ASKED_FOR_TIME)) <= LAST_DAY
    known["Extension agreed to"] = np.where(is_open & ~soon_due, BLANK, known["Extension agreed to"])
    known["Acknowledged"] = np.where(known["Acknowledged"] > LAST_DAY, BLANK, known["Acknowledged"])
    known["Answered"] = np.where(is_open, BLANK, known["Answered"])
    for heading in ("Outcome", "Learning"):
        known[heading] = np.where(is_open, "", known[heading])
    return known
