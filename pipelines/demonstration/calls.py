"""The contact centre's log: one row a call, one file a year, and a month that nobody logged."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.records import (
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
from pipelines.demonstration.series import Series, month_of, spike, step
from pipelines.demonstration.span import Span, month_label

ABANDONED: Final = Ratio(
    Series("abandoned", 6.1, 0.22, changes=(step("2023-11", -2.0), spike("2026-10", 8.9))), Series("calls", 1_490, 45)
)
WAIT: Final = Series("wait", 3.5, 0.09, changes=(step("2023-11", -0.9),), planted={"2026-10": 3.7})
"""Minutes until an answer, on average."""
LINES: Final = {
    "Switchboard": 0.20,
    "Council tax": 0.26,
    "Housing": 0.22,
    "Waste and streets": 0.17,
    "Benefits": 0.10,
    "Planning": 0.05,
}
RUSH: Final = month_of("2026-10")
RUSH_LINE: Final = "Waste and streets"
RUSH_LINES: Final = {**LINES, RUSH_LINE: 0.42}
"""The month in which letters about garden waste permits went out, and everybody rang."""
RUSH_WEIGHT: Final = 11.0
"""How much likelier a caller on that line is to ring off in that month."""
NEW_TELEPHONES: Final = month_of("2023-11")
FORMER_HEADING_UNTIL: Final = month_of("2022-03")
SPOILT: Final = month_of("2024-06")
SPOILT_ROWS: Final = (
    {"Call reference": "CL202406-900001", "Date": "14/06/2024", "Line": "Housing", "Outcome": "Voicemail"},
    {"Call reference": "CL202406-900002", "Date": "14/06/2024", "Line": "Housing", "Outcome": "Answered"},
    {"Call reference": "", "Date": "17/06/2024", "Line": "Benefits", "Outcome": "Answered"},
)
QUEUE_OF_SPOILT: Final = ("41", "n/a", "63")


def calls(span: Span) -> list[RecordFile]:
    """A file for each financial year; two for 2023/24, on either side of the month that was not logged."""
    return [
        _file(span, months)
        for year in span.financial_years
        for months in _either_side(list(span.months(year)))
        if months
    ]


def _either_side(months: list[int]) -> Sequence[list[int]]:
    if NEW_TELEPHONES not in months:
        return (months,)
    at = months.index(NEW_TELEPHONES)
    return months[:at], months[at + 1 :]


def _file(span: Span, months: list[int]) -> RecordFile:
    queue = "Time in queue" if months[-1] <= FORMER_HEADING_UNTIL else "Queue seconds"
    headings = ("Call reference", "Date", "Line", "Outcome", queue)
    name = f"customer/Calls {month_label(months[0])} to {month_label(months[-1])}.csv"
    return RecordFile(name, headings, in_months(months, lambda month: _month(span, month, queue)))


def _month(span: Span, month: int, queue: str) -> Columns:
    random = drawn(span.seed, "calls/log", month)
    abandoned, offered = ABANDONED.at(month, span.seed)
    how_many = (offered or 0) * span.scale
    line = one_of(RUSH_LINES if month == RUSH else LINES, how_many, random)
    given_up = _given_up(abandoned * span.scale, line, month, random)
    columns: Columns = {
        "Call reference": numbered("CL", month, how_many),
        "Date": days_of(month, how_many, random),
        "Line": line,
        "Outcome": np.where(given_up, "Abandoned", "Answered"),
        queue: _seconds(WAIT.at(month, span.seed) * 60, given_up, line, random),
    }
    spoilt = [{**row, queue: cell} for row, cell in zip(SPOILT_ROWS, QUEUE_OF_SPOILT, strict=True)]
    return with_rows(columns, spoilt) if month == SPOILT else columns


def _given_up(how_many: int, line: Texts, month: int, random: np.random.Generator) -> NDArray[np.bool_]:
    """Just so many calls, drawn so that the line of the rush loses more of them."""
    weight = np.where((line == RUSH_LINE) & (month == RUSH), RUSH_WEIGHT, 1.0)
    turn = random.exponential(size=len(line)) / weight
    marks = np.zeros(len(line), dtype=np.bool_)
    marks[np.argsort(turn, kind="stable")[:how_many]] = True
    return marks


def _seconds(
    average: float, given_up: NDArray[np.bool_], line: Texts, random: np.random.Generator
) -> NDArray[np.int64]:
    """Time in the queue: many short waits and a few long ones, the answered ones with this average."""
    slower = np.where(line == "Benefits", 1.25, np.where(line == "Planning", 0.8, 1.0))
    lengths = np.minimum(random.gamma(1.3, size=len(line)), 6.0) * slower
    factor = average / float(lengths[~given_up].mean())
    return np.asarray(np.rint(lengths * factor), dtype=np.int64)
