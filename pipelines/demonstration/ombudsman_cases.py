"""The Ombudsman's cases about the council, one by one: their yearly sums are those of the letters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final, Literal

import numpy as np

from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.ombudsman import letter, letter_years
from pipelines.demonstration.ombudsman_words import LEARNING, NOT_INVESTIGATED, REMEDIES, SUBJECTS, Subject
from pipelines.demonstration.posts import service_and_owner
from pipelines.demonstration.records import BANK_HOLIDAYS
from pipelines.demonstration.span import KNOWN_TO, LAST_FINANCIAL_YEAR, LAST_MONTH, Span, month_label

HEADINGS: Final = (
    "Case", "Complaint", "Subject", "What went wrong", "Service", "Owner", "Received", "Decided", "Decision",
    "Put right before", "Remedy", "Remedy due", "Complied on", "Closed", "Status", "Learning",
)  # fmt: skip
_STARTS: Final = 2012
_PENDING: Final = 9
"""Cases that had come before the first year and were not decided."""
_OWED: Final = 3
"""Remedies of the year before whose day came in the first year."""
QUICK_DAYS: Final = 15
LONG_DAYS: Final = 110
"""Days that a first look and a detailed investigation take at least."""
TOO_LONG_DAYS: Final = 300
"""After so many days a first look is all that a case gets."""
GIVEN_UP_DAYS: Final = 190
"""A remedy that was not carried out: days from its date until the Ombudsman closes the case."""


@dataclass(eq=False)
class Case:
    """One case. Days after KNOWN_TO are still to come."""

    received: date
    decided: date | None = None
    decision: str = ""
    is_remedied: bool = False
    due: date | None = None
    complied: date | None = None
    closed: date | None = None


@dataclass
class _Decision:
    day: date
    decision: str
    is_remedied: bool = False
    due: date | None = None
    is_kept: bool = True
    """Whether the remedy was carried out."""


def ombudsman_cases(span: Span) -> dict[str, bytes]:
    """One workbook with every case that was open at some time since the first of the letters."""
    first = date(letter_years(span)[0], 4, 1)
    numbered = enumerate(cases(span.seed), start=1)
    rows = [_row(number, case, span.seed) for number, case in numbered if case.closed is None or case.closed >= first]
    titles = ("Local Government and Social Care Ombudsman", "Cases about the council")
    notes = ("Notes", "A case is closed when it is decided, or when its remedy has been carried out.")
    name = f"legal/Ombudsman cases {month_label(first.year * 12 + 3)} to {month_label(LAST_MONTH)}.xlsx"
    return {name: as_workbook({"Cases": Table(HEADINGS, [*rows, _MESS], titles, notes)})}


_MESS: Final[Row] = [
    "26 900 001", "Penalty charge appeal not considered", "Highways and transport", "Decision not explained",
    "Highways", "Head of Highways", date(2026, 5, 11), "letter awaited", None, None, None, None, None, None,
    "With the Ombudsman", None,
]  # fmt: skip
"""Words for the day of the decision: set aside, and in no letter."""


def cases(seed: int) -> list[Case]:
    """Every case since 2012 in the order of receipt."""
    random = Random(f"{seed}/ombudsman_cases")
    everything = [Case(date(_STARTS, 1, 10) + timedelta(days=9 * number)) for number in range(_PENDING)]
    waiting = list(everything)
    for year in range(_STARTS, LAST_FINANCIAL_YEAR + 1):
        came = [Case(day) for day in _spread(year, letter(year).received, random)]
        everything += came
        waiting += came
        for decision in sorted(_decisions(year, random), key=lambda each: each.day):
            _decide(waiting, decision, random)
    return everything


def _decisions(year: int, random: Random) -> Iterator[_Decision]:
    """A year's decisions; the remedies asked for are due in the year whose letter counts them."""
    told = letter(year)
    ways, weights = list(NOT_INVESTIGATED), list(NOT_INVESTIGATED.values())
    for day in _spread(year, told.decided - told.investigated, random):
        yield _Decision(day, random.choices(ways, weights)[0])
    for day in _spread(year, told.investigated - told.upheld, random):
        yield _Decision(day, "Not upheld")
    for day in _spread(year, told.remedied, random):
        yield _Decision(day, "Upheld", is_remedied=True)
    with_remedy, next_year = told.upheld - told.remedied, _due_next_year(year)
    is_one_broken = told.complied < told.due and year < LAST_FINANCIAL_YEAR
    for number in range(with_remedy - next_year):
        day = _working(date(year, 4, 15) + timedelta(days=240 * (number + 1) // (with_remedy - next_year + 1)))
        due = _working(day + timedelta(days=random.randint(60, 90)))
        yield _Decision(day, "Upheld", due=due, is_kept=number > 0 or not is_one_broken)
    for _ in range(next_year):
        day = _working(date(year + 1, 1, 12) + timedelta(days=random.randint(0, 70)))
        due = _working(date(year + 1, 4, 8) + timedelta(days=random.randint(0, 60)))
        yield _Decision(day, "Upheld", due=due)


def _due_next_year(year: int) -> int:
    """How many of the remedies of a year have their day in the next."""
    told = [letter(each) for each in range(_STARTS, year + 1)]
    return _OWED + sum(each.upheld - each.remedied - each.due for each in told)


def _decide(waiting: list[Case], made: _Decision, random: Random) -> None:
    """Give a decision to a case that has waited for it: an investigation to the oldest, a first look to the newest."""
    is_long = made.decision in ("Upheld", "Not upheld")
    latest = made.day - timedelta(days=LONG_DAYS if is_long else QUICK_DAYS)
    ready = [case for case in waiting if case.received <= latest] or waiting[:1]
    is_old = (made.day - ready[0].received).days > TOO_LONG_DAYS
    case = ready[0] if is_long or is_old else ready[-1]
    if is_old and not is_long:
        made.decision = "Closed after initial enquiries"
    waiting.remove(case)
    case.decided, case.decision, case.is_remedied, case.due = made.day, made.decision, made.is_remedied, made.due
    case.closed = made.day
    if made.due and made.is_kept:
        case.complied = case.closed = _working(made.due - timedelta(days=random.choice((-9, 0, 2, 5, 9, 14, 20))))
    elif made.due:
        case.closed = made.due + timedelta(days=GIVEN_UP_DAYS)


def _spread(year: int, how_many: int, random: Random) -> list[date]:
    """So many working days spread over a financial year, as far as it is known; rising."""
    first, last = date(year, 4, 1), min(date(year + 1, 3, 31), KNOWN_TO)
    days = [first + (last - first) * ((place + random.random()) / how_many) for place in range(how_many)]
    return [_working(day) for day in days]


ROLLS: Final[tuple[Literal["backward"], Literal["forward"]]] = ("backward", "forward")


def _working(day: date) -> date:
    """The day itself or the working day before it; the one after, where the one before is in another month."""
    before, after = (
        date.fromisoformat(str(np.busday_offset(np.datetime64(day, "D"), 0, roll=roll, holidays=BANK_HOLIDAYS)))
        for roll in ROLLS
    )
    return before if before.month == day.month else after


def _row(number: int, case: Case, seed: int) -> Row:
    random = Random(f"{seed}/ombudsman_cases/{number}")
    subject: Subject = random.choices(SUBJECTS, [each.weight for each in SUBJECTS])[0]
    title, wrong = random.choice(subject.complaints)
    service, owner = service_and_owner(subject.service)
    decided, complied, closed = (_known(day) for day in (case.decided, case.complied, case.closed))
    is_upheld = decided is not None and case.decision == "Upheld"
    remedy = random.choice(REMEDIES) if is_upheld and case.due else None
    learned = LEARNING[wrong] if is_upheld and (complied or case.is_remedied) else None
    return [
        f"{case.received:%y} {number // 1000:03d} {number % 1000:03d}",
        title,
        subject.title,
        wrong,
        service,
        owner,
        case.received,
        decided,
        case.decision if decided else None,
        ("Yes" if case.is_remedied else "No") if is_upheld else None,
        remedy,
        case.due if is_upheld else None,
        complied,
        closed,
        "Closed" if closed else "Remedy to be carried out" if decided else "With the Ombudsman",
        learned,
    ]


def _known(day: date | None) -> date | None:
    return day if day is not None and day <= KNOWN_TO else None
