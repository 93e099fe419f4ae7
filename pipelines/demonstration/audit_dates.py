"""When each audit recommendation was agreed, due, put off and signed off; the number overdue follows its path."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Final

from pipelines.demonstration.audit_titles import AREAS
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import KNOWN_TO, LAST_MONTH
from scorecard.periods import between

OVERDUE: Final = Series(
    "audit", 24, 0.6, changes=(drift("2021-04", -0.29, "2025-10"),), planted={"2026-10": 9, "2025-10": 9}
)
LATE: Final = Series("audit_late", 0.25, changes=(drift("2021-04", -0.0028, "2025-03"),))
"""The share of what falls due in a month that is not done by then."""
TWICE: Final = Series("audit_twice", 7, 0.3, changes=(drift("2021-04", -0.1, "2025-04"),))
DUE: Final = Series("audit_due", 9, 1.2)
HIGH_LATE_UNTIL: Final = month_of("2022-09")
HIGH_CLEARED_FROM: Final = month_of("2023-01")
SLIPPING: Final = "Procurement cards"
"""Since November 2024 what is late in this area's directorate is late here, and little else falls due here."""
_SLIPS_FROM: Final = date(2024, 11, 1)
_STARTS: Final = month_of("2014-04")


@dataclass(eq=False)
class Recommendation:
    """One recommendation."""

    number: int
    area: str
    priority: str
    agreed: date
    due: date
    signed_off: date | None = None
    """May lie after what the register knows."""
    times_redated: int = 0
    redated_twice: date | None = None

    @property
    def reference(self) -> str:
        """As the register has it."""
        return f"IA-{self.number:05d}"

    @property
    def dates(self) -> list[date]:
        """Every due date, the original first."""
        return [self.due + timedelta(days=90 * times) for times in range(self.times_redated + 1)]


@lru_cache(maxsize=4)
def recommendations(seed: int) -> tuple[Recommendation, ...]:
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
            each.signed_off = _in_time(each, random)
        for number, each in enumerate(late):
            each.priority = _priority_of_late(month, number, random)
            each.times_redated = 1
        for each in _first_to_close(overdue, closing, month):
            first, last = between(month, month).start, between(month, month).end
            each.signed_off = _day_between(max(first, (each.redated_twice or first) + timedelta(1)), last, random)
            overdue.remove(each)
        _put_off_again(overdue, month, round(TWICE.at(month, seed)), random)
        overdue += late
    coming: list[Recommendation] = []
    for month in range(LAST_MONTH + 1, LAST_MONTH + 13):
        coming += _falling_due(month, len(everything) + len(coming), random, seed)
    for each in coming:
        each.signed_off = _in_time(each, random)
    _slip([*everything, *coming])
    return (*everything, *coming)


def still_overdue(seed: int) -> list[Recommendation]:
    """What is past its original date at the end of the last month and not signed off, longest overdue first."""
    late = (each for each in recommendations(seed) if each.due < KNOWN_TO and each.signed_off is None)
    return sorted(late, key=lambda each: (each.due, each.number))


def overdue(seed: int) -> dict[str, str]:
    """Reference → area of what is overdue at the end of the last month, longest overdue first."""
    return {each.reference: each.area for each in still_overdue(seed)}


def _falling_due(month: int, so_far: int, random: Random, seed: int) -> list[Recommendation]:
    found = []
    for number in range(round(DUE.at(month, seed))):
        due = between(month, month).start + timedelta(days=random.randint(9, 26))
        agreed = due - timedelta(days=random.randint(90, 330))
        priority = random.choices(("High", "Medium", "Low"), (15, 55, 30))[0]
        area = random.choice(list(AREAS))
        found.append(Recommendation(so_far + number + 1, area, priority, agreed, due))
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


def _slip(everything: list[Recommendation]) -> None:
    """Let one service be late again and again: others of its directorate take over what it did in time.

    The directorate of each stays, so that no count changes.
    """
    directorate = AREAS[SLIPPING].directorate
    others = [area for area, each in AREAS.items() if each.directorate == directorate and area != SLIPPING]
    theirs = [each for each in everything if AREAS[each.area].directorate == directorate and each.due >= _SLIPS_FROM]
    coming = [each for each in theirs if each.due > KNOWN_TO and each.signed_off and each.signed_off > KNOWN_TO]
    for each in theirs:
        if each.times_redated:
            each.area = SLIPPING
        elif each.area == SLIPPING and each.due <= KNOWN_TO:
            each.area = others[each.number % len(others)]
    for each in sorted(coming, key=lambda each: each.due)[:2]:
        each.area = SLIPPING


def _in_time(each: Recommendation, random: Random) -> date:
    return _day_between(max(each.agreed + timedelta(days=14), each.due - timedelta(60)), each.due, random)


def _day_between(first: date, last: date, random: Random) -> date:
    return first + timedelta(days=random.randint(0, max(0, (last - first).days)))
