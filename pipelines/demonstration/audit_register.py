"""The register of audit recommendations: when each was due at first, how often put off, and when it was done."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Final

from pipelines.demonstration.files import Row, Table, as_workbook
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import LAST_MONTH, Span, month_label
from scorecard.periods import between

HEADINGS: Final = (
    "Reference",
    "Audit",
    "Directorate",
    "Priority",
    "Agreed",
    "Original due date",
    "Times re-dated",
    "Re-dated a second time on",
    "Current due date",
    "Implemented",
)
AUDITS: Final = {
    "Creditors": "Resources", "Payroll": "Resources", "Council tax": "Resources", "Cyber security": "Resources",
    "Procurement cards": "Resources", "Housing repairs": "Place", "Highways contract": "Place", "Licensing": "Place",
    "Building control": "Place", "Care home payments": "Adults", "Direct payments": "Adults",
    "Transport to school": "Children", "Foster payments": "Children", "Schools' accounts": "Children",
    "Elections": "Chief Executive's Office", "Data protection": "Chief Executive's Office",
}  # fmt: skip
OVERDUE: Final = Series(
    "audit", 24, 0.6, changes=(drift("2021-04", -0.29, "2025-10"),), planted={"2026-10": 9, "2025-10": 9}
)
LATE: Final = Series("audit_late", 0.25, changes=(drift("2021-04", -0.0028, "2025-03"),))
"""The share of what falls due in a month that is not done by then."""
TWICE: Final = Series("audit_twice", 7, 0.3, changes=(drift("2021-04", -0.1, "2025-04"),))
DUE: Final = Series("audit_due", 9, 1.2)
HIGH_LATE_UNTIL: Final = month_of("2022-09")
HIGH_CLEARED_FROM: Final = month_of("2023-01")
_STARTS: Final = month_of("2014-04")
_HELD: Final = between(LAST_MONTH, LAST_MONTH).end


@dataclass(eq=False)
class Recommendation:
    """One recommendation."""

    number: int
    audit: str
    priority: str
    agreed: date
    due: date
    implemented: date | None = None
    times_redated: int = 0
    redated_twice: date | None = None


def audit_register(span: Span) -> dict[str, bytes]:
    """One workbook with every recommendation that was open at some time of the span, or fell due in it."""
    first = between(span.all_months()[0], span.all_months()[0]).start
    kept = [
        each
        for each in _recommendations(span.seed)
        if each.agreed <= _HELD and (each.implemented is None or max(each.implemented, each.due) >= first)
    ]
    rows = [_row(each) for each in sorted(kept, key=lambda each: each.number)]
    covered = f"{month_label(span.all_months()[0])} to {month_label(LAST_MONTH)}"
    titles = ("Internal Audit and Risk", "Register of agreed recommendations")
    notes = ("Notes", "A recommendation stays late from its original due date, whatever date was agreed since.")
    table = Table(HEADINGS, [*rows, *_MESS], titles, notes)
    return {f"audit/Audit recommendations {covered}.xlsx": as_workbook({"Register": table})}


_MESS: Final[tuple[Row, ...]] = (
    ["IA-90001", "Payroll", "Resources", "Medium", date(2025, 1, 13), "end of Q3", 0, None, date(2025, 12, 31), None],
    ["IA-90002", "Licensing", "Place", "Hihg", date(2025, 3, 3), date(2025, 9, 30), 0, None, date(2025, 9, 30), None],
    [None, "Elections", "Chief Executive's Office", "Low", date(2025, 6, 2), date(2025, 11, 28), 0, None,
     date(2025, 11, 28), date(2025, 11, 21)],
)  # fmt: skip
"""Words for a date, a misspelt priority, no reference: each is set aside."""


def _row(each: Recommendation) -> Row:
    current = each.due + timedelta(days=90 * each.times_redated)
    return [
        f"IA-{each.number:05d}",
        each.audit,
        AUDITS[each.audit],
        each.priority,
        each.agreed,
        each.due,
        each.times_redated,
        each.redated_twice,
        current,
        each.implemented,
    ]


@lru_cache(maxsize=4)
def _recommendations(seed: int) -> tuple[Recommendation, ...]:
    """Every recommendation that fell due since 2014, or will within a year; the overdue follow their path exactly."""
    random = Random(f"{seed}/audit_register")
    everything: list[Recommendation] = []
    overdue: list[Recommendation] = []
    owed = 0.0
    for month in range(_STARTS, LAST_MONTH + 1):
        due = _falling_due(month, len(everything), random, seed)
        everything += due
        owed += len(due) * LATE.at(month, seed)
        late = due[: int(owed)]
        owed -= len(late)
        closing = min(len(overdue), max(0, len(overdue) + len(late) - round(OVERDUE.at(month, seed))))
        for each in due[len(late) :]:
            each.implemented = _day_between(
                max(each.agreed + timedelta(days=14), each.due - timedelta(60)), each.due, random
            )
        for number, each in enumerate(late):
            each.priority = _priority_of_late(month, number, random)
            each.times_redated = 1
        for each in _first_to_close(overdue, closing, month):
            first, last = between(month, month).start, between(month, month).end
            each.implemented = _day_between(max(first, (each.redated_twice or first) + timedelta(1)), last, random)
            overdue.remove(each)
        _put_off_again(overdue, month, round(TWICE.at(month, seed)), random)
        overdue += late
    coming: list[Recommendation] = []
    for month in range(LAST_MONTH + 1, LAST_MONTH + 13):
        coming += _falling_due(month, len(everything) + len(coming), random, seed)
    for each in coming:
        done = _day_between(max(each.agreed + timedelta(days=14), each.due - timedelta(60)), each.due, random)
        each.implemented = done if done <= _HELD else None
    return (*everything, *coming)


def _falling_due(month: int, so_far: int, random: Random, seed: int) -> list[Recommendation]:
    found = []
    for number in range(round(DUE.at(month, seed))):
        due = between(month, month).start + timedelta(days=random.randint(9, 26))
        agreed = due - timedelta(days=random.randint(90, 330))
        priority = random.choices(("High", "Medium", "Low"), (15, 55, 30))[0]
        audit = random.choice(list(AUDITS))
        found.append(Recommendation(so_far + number + 1, audit, priority, agreed, due))
    return found


def _priority_of_late(month: int, number: int, random: Random) -> str:
    if number == 0 and month <= HIGH_LATE_UNTIL and month % 4 == 0:
        return "High"
    return random.choice(("Medium", "Medium", "Low"))


def _first_to_close(overdue: list[Recommendation], how_many: int, month: int) -> list[Recommendation]:
    """The oldest, and from 2023 those of high priority before all others."""
    high_first = month >= HIGH_CLEARED_FROM
    return sorted(overdue, key=lambda each: (high_first and each.priority != "High", each.due))[:how_many]


def _put_off_again(overdue: list[Recommendation], month: int, wanted: int, random: Random) -> None:
    """Move the dates of the oldest a second time, until as many as wanted have been moved twice."""
    first = between(month, month).start
    once = [each for each in sorted(overdue, key=lambda each: each.due) if each.redated_twice is None]
    for each in once[: max(0, wanted - (len(overdue) - len(once)))]:
        each.times_redated = 2 + (random.random() < 0.2)
        each.redated_twice = first + timedelta(days=random.randint(0, 20))


def _day_between(first: date, last: date, random: Random) -> date:
    return first + timedelta(days=random.randint(0, max(0, (last - first).days)))
