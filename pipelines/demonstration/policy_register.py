"""The register of policies: a row a review due, with the day it was dealt with. The backlog shrinks by one a month."""

from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

import numpy as np

from pipelines.demonstration.files import Cell, Row, Table, as_csv
from pipelines.demonstration.policy_states import told_of
from pipelines.demonstration.policy_titles import DOCUMENTS, document
from pipelines.demonstration.posts import service_and_owner
from pipelines.demonstration.records import BANK_HOLIDAYS
from pipelines.demonstration.series import Series, month_of
from pipelines.demonstration.span import LAST_MONTH, Span, month_label
from scorecard.periods import between

HEADINGS: Final = (
    "Document",
    "Title",
    "Kind",
    "Directorate",
    "Service",
    "Owner",
    "Review cycle (months)",
    "Last reviewed",
    "Review due",
    "State",
    "Still required?",
    "Risk of being out of date",
    "Next step",
    "Reviewed or withdrawn on",
    "Outcome",
)
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
    since: int
    """When the document was reviewed before, or came to be."""
    done: int | None = None
    withdrawn: bool = False


def policy_register(span: Span) -> dict[str, bytes]:
    """One CSV with every review that was open at some time of the span, or is still to come."""
    first = _day(span.all_months()[0], 1)
    kept = [review for review in _reviews(span.seed) if review.done is None or review.done >= first]
    late = {id(review): rank for rank, review in enumerate(_still_overdue(span.seed))}
    rows = [
        _row(review, late.get(id(review)), span.seed)
        for review in sorted(kept, key=lambda each: (each.document, each.due))
    ]
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
    ["P0901", "Pool cars policy", "Policy", "Resources", None, None, 24, None, "when resourced", "Overdue", None,
     None, None, None, None],
    ["P0902", "Uniforms policy", "Policy", "Facilities", None, None, 36, None, "31/03/2025", "Updated", None, None,
     None, "12/03/2025", "Reviewed"],
    ["P0903", "", "Procedure", "Place", None, None, 36, None, "30/09/2025", "Updated", None, None, None, "02/09/2025",
     "Reviewed"],
)  # fmt: skip
"""No date, no such directorate, no title: each is set aside, and none would have been overdue."""


def _still_overdue(seed: int) -> list[Review]:
    """What is past its date at the end of the last month, longest overdue first."""
    late = (each for each in _reviews(seed) if each.done is None and each.due < _day(LAST_MONTH + 1, 1) - 1)
    return sorted(late, key=lambda each: (each.due, each.document))


def _row(review: Review, rank: int | None, seed: int) -> Row:
    written = document(review.document)
    service, owner = service_and_owner(written.service)
    outcome: Cell = None if review.done is None else "Withdrawn" if review.withdrawn else "Reviewed"
    told = told_of(review.due, rank, outcome, Random(f"{seed}/policy/{review.document}/{review.due}"))
    return [
        f"P{review.document + 1:04d}",
        written.title,
        written.kind,
        written.directorate,
        service,
        owner,
        review.cycle,
        _written(review.since),
        _written(review.due),
        told.state,
        told.required,
        told.risk,
        told.next_step,
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
    overdue = [_next(number, random, _STARTS - random.randint(1, 14)) for number in range(BACKLOG)]
    planned = [_next(number, random, _STARTS + random.randrange(33)) for number in range(BACKLOG, DOCUMENTS)]
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
            planned.append(_next(number, random, month + review.cycle, review.done))
        planned = [review for review in planned if review not in falling_due]
        overdue = [review for review in [*overdue, *late] if review not in chosen]
    return (*finished, *overdue, *planned)


def _next(document: int, random: Random, month: int, since: int | None = None) -> Review:
    """The review due in a month; without the day of the one before, as if that had been on its day."""
    cycle, due = random.choice(CYCLES), _working(_day(month, random.randint(6, 15)))
    return Review(document, cycle, due, _working(_day(month - cycle, 10)) if since is None else since)


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
