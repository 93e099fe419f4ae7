"""The register of policies: a row a review due, with the day it was dealt with. The backlog shrinks by one a month."""

from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

import numpy as np

from pipelines.demonstration.files import Cell, Row, Table, as_csv
from pipelines.demonstration.records import BANK_HOLIDAYS
from pipelines.demonstration.series import Series, month_of
from pipelines.demonstration.span import LAST_MONTH, Span, month_label
from scorecard.periods import between

HEADINGS: Final = (
    "Document",
    "Title",
    "Kind",
    "Directorate",
    "Review cycle (months)",
    "Review due",
    "Reviewed or withdrawn on",
    "Outcome",
)
SUBJECTS: Final = {
    "Chief Executive's Office": (
        "Records", "Whistleblowing", "Social media", "Data protection", "Gifts and hospitality", "Surveillance",
        "Complaints", "Petitions", "Consultation", "Equality",
    ),
    "Resources": (
        "Lone working", "Anti-fraud", "Driving at work", "Procurement", "Information security", "Debt recovery",
        "Leave", "Flexible working", "Recruitment", "Redundancy", "Expenses", "Business continuity",
    ),
    "Place": (
        "Lettings", "Tree care", "Winter roads", "Parking permits", "Street trading", "Allotments", "Cemeteries",
        "Enforcement", "Food safety", "Contaminated land", "Air quality", "Empty homes", "Tenancies", "Fire safety",
        "Damp and mould", "Asbestos", "Energy", "Emergency planning",
    ),
    "Adults": ("Charging for care", "Direct payments", "Carers", "Safeguarding of adults", "Volunteering"),
    "Children": ("Fostering", "Home to school transport", "School admissions", "Leaving care", "Child protection"),
}  # fmt: skip
TOPICS: Final = tuple((subject, directorate) for directorate, subjects in SUBJECTS.items() for subject in subjects)
KINDS: Final = ("Policy", "Procedure", "Guidance")
DOCUMENTS: Final = len(TOPICS) * len(KINDS)
CYCLES: Final = (24, 24, 30, 36, 36)
BACKLOG: Final = 58
BACKLOG_MONTH: Final = month_of("2023-06")
_STARTS: Final = month_of("2012-04")
_BEFORE: Final = Series("policies", BACKLOG, 0.5, planted={"2023-06": BACKLOG})


@dataclass(eq=False)
class Review:
    """One review of one document: when it is due and when it was dealt with, as days since 1970."""

    document: int
    cycle: int
    due: int
    done: int | None = None
    withdrawn: bool = False


def policy_register(span: Span) -> dict[str, bytes]:
    """One CSV with every review that was open at some time of the span, or is still to come."""
    first = _day(span.all_months()[0], 1)
    kept = [review for review in _reviews(span.seed) if review.done is None or review.done >= first]
    rows = [_row(review) for review in sorted(kept, key=lambda each: (each.document, each.due))]
    covered = f"{month_label(span.all_months()[0])} to {month_label(LAST_MONTH)}"
    titles = ("Alderbrook Council: register of policies, procedures and guidance",)
    return {
        f"policy/Policy register {covered}.csv": as_csv(Table(HEADINGS, [*rows, *_MESS], titles), encoding="cp1252")
    }


def backlog_dealt_with(month: int, seed: int) -> int:
    """How many reviews that were overdue at the end of June 2023 were dealt with by the end of a month."""
    then, now = _day(BACKLOG_MONTH + 1, 1), _day(month + 1, 1)
    overdue = (each for each in _reviews(seed) if each.due < then - 1 and (each.done is None or each.done >= then))
    return sum(review.done is not None and review.done < now for review in overdue)


_MESS: Final[tuple[Row, ...]] = (
    ["P0901", "Pool cars policy", "Policy", "Resources", 24, "when resourced", None, None],
    ["P0902", "Uniforms policy", "Policy", "Facilities", 36, "31/03/2025", "12/03/2025", "Reviewed"],
    ["P0903", "", "Procedure", "Place", 36, "30/09/2025", "02/09/2025", "Reviewed"],
)
"""No date, no such directorate, no title: each is set aside, and none would have been overdue."""


def _row(review: Review) -> Row:
    subject, directorate = TOPICS[review.document % len(TOPICS)]
    kind = KINDS[review.document // len(TOPICS) % len(KINDS)]
    outcome: Cell = None if review.done is None else "Withdrawn" if review.withdrawn else "Reviewed"
    return [
        f"P{review.document + 1:04d}",
        f"{subject} {kind.lower()}",
        kind,
        directorate,
        review.cycle,
        _written(review.due),
        None if review.done is None else _written(review.done),
        outcome,
    ]


def _day(month: int, day: int) -> int:
    return int(np.datetime64(f"{month // 12:04d}-{month % 12 + 1:02d}-{day:02d}", "D").astype(int))


def _written(day: int) -> str:
    return f"{np.datetime64(day, 'D').item():%d/%m/%Y}"


def _working(day: int) -> int:
    """The day itself or the working day before it."""
    moved = np.busday_offset(np.datetime64(day, "D"), 0, roll="backward", holidays=BANK_HOLIDAYS)
    return int(moved.astype("datetime64[D]").astype(int))


@lru_cache(maxsize=4)
def _reviews(seed: int) -> tuple[Review, ...]:
    """Every review since 2012, the ones to come among them; the number overdue follows its path to the document."""
    random = Random(f"{seed}/policy_register")
    overdue = [_first(number, random, _STARTS - random.randint(1, 14)) for number in range(BACKLOG)]
    planned = [_first(number, random, _STARTS + random.randrange(33)) for number in range(BACKLOG, DOCUMENTS)]
    random.shuffle(overdue)
    finished: list[Review] = []
    backlog = 0
    for month in range(_STARTS, LAST_MONTH + 1):
        falling_due = [review for review in planned if review.due < _day(month + 1, 1)]
        wanted = 1 + (random.random() < 0.7) + (random.random() < 0.3)
        late = random.sample(falling_due, min(wanted, len(falling_due)))
        closing = max(0, len(overdue) + len(late) - _path(month, seed))
        if month > BACKLOG_MONTH:
            share = min(closing, round(1.2 * (month - BACKLOG_MONTH)) + 1 - backlog)
            old = [review for review in overdue if review.due < _day(BACKLOG_MONTH + 1, 1)]
            new = [review for review in [*overdue, *late] if review not in old]
            chosen = [*old[:share], *new[: closing - share]]
            backlog += share
        else:
            chosen = overdue[:closing]
        on_time = [review for review in falling_due if review not in late]
        for review in [*on_time, *chosen]:
            review.done = _dealt_with(review, month, review in chosen, random)
            review.withdrawn = random.random() < 0.06
            finished.append(review)
            # What is withdrawn makes room for a document of its own number.
            number = review.document + DOCUMENTS if review.withdrawn else review.document
            planned.append(_first(number, random, month + review.cycle))
        planned = [review for review in planned if review not in falling_due]
        overdue = [review for review in [*overdue, *late] if review not in chosen]
    return (*finished, *overdue, *planned)


def _first(document: int, random: Random, month: int) -> Review:
    return Review(document, random.choice(CYCLES), _working(_day(month, random.randint(6, 15))))


def _path(month: int, seed: int) -> int:
    """How many are overdue at the end of a month."""
    if month > BACKLOG_MONTH:
        return max(0, BACKLOG - (month - BACKLOG_MONTH))
    return round(_BEFORE.at(month, seed))


def _dealt_with(review: Review, month: int, late: bool, random: Random) -> int:
    if not late:
        return _working(review.due - random.randint(0, 24))
    last = int(np.datetime64(between(month, month).end, "D").astype(int))
    return max(_working(random.randint(max(_day(month, 5), review.due + 1), last)), review.due + 1)
