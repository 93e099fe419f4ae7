"""The register of complaints and compliments: one file of the whole span, with what is still open at its end."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from pipelines.demonstration.complaints import compliments, stage_one, stage_two
from pipelines.demonstration.records import BLANK, Columns, Dates, RecordFile, Texts, with_rows
from pipelines.demonstration.series import month_of
from pipelines.demonstration.span import LAST_MONTH, Span, month_label
from scorecard.periods import between

LAST_DAY: Final = np.datetime64(between(LAST_MONTH, LAST_MONTH).end, "D")
CARRIED: Final = 2
"""Months over which a complaint may be open: stage 2 from before the span, stage 1 beyond its end."""
HEADINGS: Final = (
    "Reference",
    "Stage",
    "About",
    "Ward",
    "Received",
    "Acknowledged",
    "Extension agreed to",
    "Answered",
    "Outcome",
)
SPOILT: Final = month_of("2025-02")
SPOILT_ROWS: Final = (
    ("CP202502-900001", "Stage 1", "Planning", "Old Town", "10/02/2025", "11/02/2025", "", "18/02/2025", "Not upheld"),
    ("CP202502-900002", "Stage 1", "Highways", "Abbey", "10/02/2025", "11/02/2025", "", "tbc", ""),
    ("CP202502-900003", "Stage 3", "Highways", "Foundry", "12/02/2025", "13/02/2025", "", "", ""),
)


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
        spoilt = [dict(zip(HEADINGS, row, strict=True)) for row in SPOILT_ROWS if month == SPOILT]
        yield with_rows(rows, spoilt)


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
    known["Acknowledged"] = np.where(known["Acknowledged"] > LAST_DAY, BLANK, known["Acknowledged"])
    for heading in ("Extension agreed to", "Answered"):
        known[heading] = np.where(is_open, BLANK, known[heading])
    known["Outcome"] = np.where(is_open, "", known["Outcome"])
    return known
