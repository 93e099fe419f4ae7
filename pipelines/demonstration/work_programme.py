"""The scrutiny work programme: what was put forward, examined and recommended, what Cabinet said and what was done."""

from datetime import date, timedelta
from random import Random
from typing import Final

from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.posts import SERVICES
from pipelines.demonstration.scrutiny_topics import COMMITTEES, Topic
from pipelines.demonstration.series import month_of
from pipelines.demonstration.span import LAST_MONTH, Span, month_label
from scorecard.periods import between

HEADINGS: Final = (
    "Reference",
    "Topic",
    "Committee",
    "Put forward by",
    "Service",
    "Owner",
    "Measure",
    "Nominated",
    "Accepted",
    "Examined",
    "Recommendation made",
    "Recommendation",
    "Cabinet to answer by",
    "Cabinet answered",
    "Cabinet's response",
    "To be implemented by",
    "Implemented",
    "Closed",
    "Status",
)
REFUSED: Final = "refused"
ANSWER_IN_DAYS: Final = 61
"""Cabinet is to answer within two months."""


def work_programme(span: Span) -> dict[str, bytes]:
    """One CSV with every topic that was open in the span."""
    first, last = between(span.all_months()[0], span.all_months()[0]).start, between(LAST_MONTH, LAST_MONTH).end
    rows: list[tuple[date, Row]] = []
    for committee, topics in COMMITTEES.items():
        for topic in topics:
            nominated, closed, row = _row(committee, topic, last, span.seed)
            if closed is None or closed >= first:
                rows.append((nominated, row))
    numbered = [row for _, row in sorted(rows, key=lambda each: (each[0], str(each[1][1])))]
    covered = f"{month_label(span.all_months()[0])} to {month_label(LAST_MONTH)}"
    table = Table(HEADINGS, [*numbered, *_MESS], ("Democratic Services: scrutiny work programme",))
    return {f"democratic/Scrutiny work programme {covered}.csv": as_csv(table)}


_MESS: Final[tuple[Row, ...]] = (
    ["WP901", "Parking near schools", "Parking Panel", "Councillor", "Highways", "Head of Highways", None,
     "04/03/2025", None, None, None, None, None, None, None, None, None, None, "Nominated"],
    ["WP902", "Grass cutting", "Place Scrutiny Committee", "Resident", "Waste and Street Scene",
     "Head of Waste and Street Scene", "street_litter", "in the spring", None, None, None, None, None, None, None,
     None, None, None, "Nominated"],
)  # fmt: skip
"""A committee that there is not, words for a date: each is set aside."""


def reference_of(topic: str) -> str:
    """WP001 and so on, in the order in which the committees list their topics."""
    every = [each[0] for topics in COMMITTEES.values() for each in topics]
    return f"WP{every.index(topic) + 1:03d}"


def _row(committee: str, topic: Topic, last: date, seed: int) -> tuple[date, date | None, Row]:
    """The day it was nominated, the day it was closed if it was, and its row as it stood on `last`."""
    text, of, measure, by, month, examined_in, recommended, answer, done_in = topic
    random = Random(f"{seed}/work_programme/{text}")
    service, owner = SERVICES[of]
    nominated = _day(month, random)
    accepted = None if month == month_label(LAST_MONTH) else nominated + timedelta(days=random.randint(20, 40))
    if examined_in == REFUSED or (accepted and accepted > last):
        accepted = None
    examined = _day(examined_in, random) if examined_in and examined_in != REFUSED else None
    examined = examined if examined and examined <= last else None
    made = examined + timedelta(days=14) if examined and recommended else None
    made = made if made and made <= last else None
    response, _, months = answer.partition(", ") if answer and made else (None, "", "0")
    answered = made + timedelta(days=random.randint(25, 58)) if made and response else None
    late_answer = answered + timedelta(days=25) if answered and text in ANSWERED_LATE else answered
    due = _month_end(late_answer, int(months)) if late_answer and response != "Not accepted" else None
    done = _day(done_in, random) if done_in else None
    closed = done or (late_answer if response == "Not accepted" else None)
    if examined_in == REFUSED:
        closed = nominated + timedelta(days=35)
    status = _status(accepted, examined, made, late_answer, done, closed)
    days = [nominated, accepted, examined, made]
    row: Row = [reference_of(text), text, committee, by, service, owner, measure, *map(_written, days)]
    row += [recommended if made else None, _written(made + timedelta(days=ANSWER_IN_DAYS)) if made else None]
    row += [_written(late_answer), response, _written(due), _written(done), _written(closed), status]
    return nominated, closed, row


ANSWERED_LATE: Final = ("Planning enforcement", "Carers' breaks")
"""Topics on which Cabinet took more than its two months."""


def _status(*reached: date | None) -> str:
    accepted, examined, made, answered, done, closed = reached
    if closed:
        return "Implemented" if done else "Not accepted"
    told = (("Answered", answered), ("Recommended", made), ("Examined", examined), ("On the programme", accepted))
    return next((status for status, day in told if day), "Nominated")


def _day(month: str, random: Random) -> date:
    return between(month_of(month), month_of(month)).start + timedelta(days=random.randint(1, 20))


def _month_end(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 + months
    return between(at, at).end


def _written(day: date | None) -> str | None:
    return f"{day:%d/%m/%Y}" if day else None
