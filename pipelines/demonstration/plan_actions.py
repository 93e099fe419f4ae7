"""The action plan as its owners report it: a row for each action and milestone at the end of each quarter."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import Final

from pipelines.demonstration.council_plan import BEGINS, NEW_PLAN, OLD_PLAN
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.plan_course import OLD_BEGINS, Course, courses, quarters_of
from pipelines.demonstration.plan_reasons import AMBER, ENDED, OWN, RED
from pipelines.demonstration.posts import SERVICES
from pipelines.demonstration.promises import GOALS
from pipelines.demonstration.span import Span, month_label
from scorecard.periods import between

HEADINGS: Final = (
    "Reported at",
    "Reference",
    "Action or milestone",
    "Part of",
    "Goal",
    "Measure",
    "Service",
    "Owner",
    "Began",
    "Original due date",
    "Revised due date",
    "Revised again",
    "Done (%)",
    "Status",
    "Rating",
    "Reason",
    "Agreed way forward",
    "Finished on",
)
MILESTONES: Final = {
    "works": ("contractor appointed", "works finished"),
    "strategy": ("draft consulted on", "put to Cabinet"),
    "change": ("staff and systems ready", "first results reported"),
    "programme": ("half way", "last part under way"),
}
"""The two milestones of an action by its kind of work. They are kept since the plan of 2024."""
STATUS: Final = {"Complete": "Done", "Green": "On course", "Amber": "Behind", "Red": "Off course"}
LATE_MILESTONE: Final = "GH02.1"
LATE_SINCE: Final = date(2026, 8, 31)
"""A milestone that passed its date while its action is green, and is still said to be on course."""


@dataclass(frozen=True)
class Milestone:
    """One of the two milestones of an action."""

    reference: str
    title: str
    due: date
    done: date | None


def plan_actions(span: Span) -> dict[str, bytes]:
    """A CSV a plan that the span reaches, with a row for each action, milestone and quarter."""
    files = {}
    for plan in (OLD_PLAN, NEW_PLAN):
        held = [ends for ends in span.all_quarters() if ends in quarters_of(plan)]
        if held:
            covered = f"{month_label(held[0] - 2)} to {month_label(held[-1])}"
            rows = [row for ends in held for each in courses(plan, span.seed) for row in _rows(each, ends, span.seed)]
            mess = _MESS if plan == NEW_PLAN else ()
            files[f"policy/Action plan {covered}.csv"] = as_csv(Table(HEADINGS, [*rows, *mess]))
    return files


_MESS: Final[tuple[Row, ...]] = (
    ["30/09/2026", "CG90", "Review the bus shelters", None, GOALS["TP"], None, "Highways", "Head of Highways",
     "01/04/2026", "31/03/2027", None, None, 40, "On course", "Blue", None, None, None],
    ["30/09/2026", "CG91", "Name the new park", None, GOALS["CG"], None, "Waste and Street Scene",
     "Head of Waste and Street Scene", "01/04/2026", "spring 2027", None, None, 10, "On course", "Green", None, None,
     None],
    ["30/09/2026", "CG92", None, None, GOALS["CG"], None, "Planning", "Head of Planning", "01/04/2026", "31/03/2027",
     None, None, 10, "On course", "Green", None, None, None],
)  # fmt: skip
"""A rating that is none, a season for a date, no title: each is set aside."""


def _rows(action: Course, ends: int, seed: int) -> list[Row]:
    parts = milestones(action, seed) if action.plan == NEW_PLAN else ()
    return [_action_row(action, ends, seed), *(_milestone_row(action, part, ends) for part in parts)]


def _action_row(action: Course, ends: int, seed: int) -> Row:
    rating, closed = action.ratings[ends], closed_on(action, seed)
    revised = _revised(action, ends)
    status, words = STATUS[rating], _words(action, ends)
    if action.plan == OLD_PLAN and ends == quarters_of(OLD_PLAN)[-1] and rating != "Complete":
        status, words, closed = "Ended with the plan", ENDED, _last_day(ends)
    closed_by_then = closed if closed and closed <= _last_day(ends) else None
    told = [_done(action, ends), status, rating, *words, _written(closed_by_then)]
    return [*_who(action, ends, action.reference, action.title, None), _written(_last_day(action.due)), *revised, *told]


def _milestone_row(action: Course, part: Milestone, ends: int) -> Row:
    today = _last_day(ends)
    done = part.done if part.done and part.done <= today else None
    if done:
        rating = "Complete"
    elif part.due > today or part.reference == LATE_MILESTONE:
        rating = "Green"
    else:
        rating = "Amber" if (today - part.due).days < 150 else "Red"
    late = rating in ("Amber", "Red") or (part.reference == LATE_MILESTONE and part.due <= today)
    words = OWN.get((part.reference, rating), _words(action, ends)) if late else (None, None)
    told = [100 if done else None, STATUS[rating], rating, *words, _written(done)]
    who = _who(action, ends, part.reference, part.title, action.reference)
    return [*who, _written(part.due), None, None, *told]


def _who(action: Course, ends: int, reference: str, title: str, part_of: str | None) -> Row:
    service, owner = SERVICES[action.service]
    goal = GOALS[action.reference.removeprefix("20-")[:2]]
    began = _written(_began(action))
    return [_written(_last_day(ends)), reference, title, part_of, goal, action.measure, service, owner, began]


def _began(action: Course) -> date:
    first = OLD_BEGINS if action.plan == OLD_PLAN else BEGINS
    return between(first, first).start


def _done(action: Course, ends: int) -> int:
    """Per cent done: green keeps pace with its time, amber has three quarters of that, red half."""
    if action.ratings[ends] == "Complete":
        return 100
    began, today = _began(action), _last_day(ends)
    gone = min(1.1, (today - began).days / max(1, (_last_day(action.due) - began).days))
    pace = {"Green": 1.06, "Amber": 0.75, "Red": 0.5}[action.ratings[ends]]
    return min(95, int(gone * pace * 20 + 0.5) * 5)


def _revised(action: Course, ends: int) -> Row:
    """Both later due dates as they were agreed by the end of a quarter."""
    if ends < action.due or action.unwell_since(action.due) is None:
        return [None, None]
    again = action.due + 6
    return [_written(_last_day(again)), _written(_last_day(again + 12)) if ends >= again else None]


def _words(action: Course, ends: int) -> tuple[str | None, str | None]:
    rating, since = action.ratings[ends], action.unwell_since(ends)
    if since is None:
        return None, None
    if (action.reference, rating) in OWN:
        return OWN[action.reference, rating]
    if rating == "Red":
        return RED[action.kind]
    pairs = AMBER[action.kind]
    return pairs[(sum(map(ord, action.reference)) + since // 3) % len(pairs)]


def closed_on(action: Course, seed: int) -> date | None:
    """The day on which an action was finished, in the quarter in which it is first complete."""
    if action.finished is None:
        return None
    random = Random(f"{seed}/closed/{action.plan}/{action.reference}")
    return between(action.finished - 2, action.finished).start + timedelta(days=random.randint(5, 88))


@lru_cache(maxsize=512)
def _milestones_of(plan: str, reference: str, seed: int) -> tuple[Milestone, ...]:
    action = next(each for each in courses(plan, seed) if each.reference == reference)
    random = Random(f"{seed}/milestones/{reference}")
    began, finished = BEGINS, closed_on(action, seed)
    found = []
    for number, (share, words) in enumerate(zip((0.45, 0.85), MILESTONES[action.kind], strict=True), start=1):
        at = max(began + 2, began + 2 + round(share * (action.due - began - 2) / 3) * 3)
        due = LATE_SINCE if f"{reference}.{number}" == LATE_MILESTONE else _last_day(at)
        done = None if due == LATE_SINCE else _milestone_done(action, at, random)
        early = min(done, finished) if done and finished else done or finished
        found.append(Milestone(f"{reference}.{number}", f"{action.title}: {words}", due, early))
    return tuple(found)


def milestones(action: Course, seed: int) -> tuple[Milestone, ...]:
    """The two milestones of an action of the plan of 2024."""
    return _milestones_of(action.plan, action.reference, seed)


def _milestone_done(action: Course, at: int, random: Random) -> date | None:
    """In time unless its action was amber or red then; after that in the first quarter when it no longer was."""
    last = quarters_of(action.plan)[-1]
    reached = at
    while reached <= last and action.ratings[reached] in ("Amber", "Red"):
        reached += 3
    if reached > last:
        return None
    first, until = between(reached - 2, reached).start, _last_day(reached)
    return first + timedelta(days=random.randint(10, (until - first).days - 2))


def _last_day(ends: int) -> date:
    return between(ends, ends).end


def _written(day: date | None) -> str | None:
    return None if day is None else f"{day:%d/%m/%Y}"
