"""How each action of the council's plans went, quarter by quarter, so that its ratings add up to the return's."""

from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Final

from pipelines.demonstration.council_plan import BEGINS, NEW_PLAN, OLD_PLAN, standing
from pipelines.demonstration.promises import NEW_ACTIONS, OLD_ACTIONS
from pipelines.demonstration.series import month_of
from pipelines.demonstration.span import LAST_QUARTER_ENDS

OLD_BEGINS: Final = month_of("2020-04")
FIRST_COUNTED: Final = month_of("2021-06")
NEW_ENDS: Final = month_of("2028-03")
LONGEST: Final = 4
"""Quarters after which an action that was amber or red is green again or finished, unless it has a story."""
NEAR: Final = 14
"""How many of those next to finish may fall behind."""
PINNED: Final = {
    "CL01": {"2025-09": "Amber", "2025-12": "Amber", "2026-03": "Red", "2026-06": "Red", "2026-09": "Red"},
    "SC05": {"2026-06": "Amber", "2026-09": "Red"},
    "GH01": {"2026-09": "Amber"},
    "LW01": {"2026-03": "Amber", "2026-06": "Amber", "2026-09": "Amber"},
    "TP03": {"2026-06": "Amber", "2026-09": "Amber"},
    **{reference: {} for reference in ("CG01", "GH02", "LW06", "SC07", "SW01", "SW03", "TP02")},
}
"""Actions with a story, or with a project that is under way: otherwise green in every quarter, and not finished."""
PINNED_DUE: Final = {
    "CG01": "2027-06", "GH01": "2027-03", "GH02": "2027-12", "LW01": "2026-12", "LW06": "2027-06", "SC07": "2026-12",
    "SW01": "2026-12", "SW03": "2027-09", "TP02": "2027-03", "TP03": "2027-03",
}  # fmt: skip


@dataclass
class Course:
    """One action: what it is, how it was rated at the end of each quarter, and when it is due."""

    reference: str
    plan: str
    title: str
    service: str
    measure: str
    kind: str
    ratings: dict[int, str] = field(default_factory=dict)
    """Month index of the quarter's last month → Red, Amber, Green or Complete."""
    finished: int | None = None
    """The quarter in which it was finished."""
    due: int = 0
    """The quarter at whose end it was due at first."""

    def unwell_since(self, ends: int) -> int | None:
        """The first quarter of the run of amber and red that reaches this quarter; None when it is neither."""
        since = None
        while self.ratings.get(ends) in ("Amber", "Red"):
            since, ends = ends, ends - 3
        return since


@lru_cache(maxsize=8)
def courses(plan: str, seed: int) -> tuple[Course, ...]:
    """Every action of a plan; in each quarter as many are rated so as the return of council_plan.py counts."""
    random = Random(f"{seed}/plan_course/{plan}")
    everything = _actions(plan)
    free = [each for each in everything if plan == OLD_PLAN or each.reference not in PINNED]
    random.shuffle(free)
    unwell: list[Course] = []
    quarters = quarters_of(plan)
    for ends in quarters:
        now = standing(plan, ends, seed)
        done = [each for each in free if each.finished is not None]
        going = [each for each in free if each.finished is None]
        for each in going[: now.complete - len(done)]:
            each.finished = ends
        pinned = [rating for each in everything if (rating := _pinned(each, ends)) in ("Amber", "Red")]
        unwell = [each for each in unwell if each.finished is None and not _is_over(each, ends)]
        _keep_to(unwell, now.amber + now.red - len(pinned), free, random)
        red = _worst(unwell, now.red - pinned.count("Red"), ends)
        for each in everything:
            each.ratings[ends] = _pinned(each, ends) or _rating(each, unwell, red)
    for place, each in enumerate(each for each in free if each.finished is None):
        each.due = _due_of_unfinished(each, place, quarters[-1])
    for each in everything:
        _set_due(each, quarters[-1])
    return tuple(everything)


def quarters_of(plan: str) -> range:
    """The last months of the quarters for which a plan was reported."""
    return range(FIRST_COUNTED, BEGINS, 3) if plan == OLD_PLAN else range(BEGINS + 2, LAST_QUARTER_ENDS + 1, 3)


def _actions(plan: str) -> list[Course]:
    found = []
    for letters, lines in (OLD_ACTIONS if plan == OLD_PLAN else NEW_ACTIONS).items():
        for number, line in enumerate(lines, start=1):
            title, service, measure, kind = line.split(" | ")
            reference = f"{letters}{number:02d}" if plan == NEW_PLAN else f"20-{letters}{number:02d}"
            found.append(Course(reference, plan, title, service, measure, kind))
    return found


def _pinned(action: Course, ends: int) -> str | None:
    story = PINNED.get(action.reference)
    if story is None:
        return None
    return {month_of(text): rating for text, rating in story.items()}.get(ends, "Green")


def _is_over(action: Course, ends: int) -> bool:
    since = action.unwell_since(ends - 3)
    return since is not None and ends - since >= 3 * LONGEST


def _keep_to(unwell: list[Course], wanted: int, free: list[Course], random: Random) -> None:
    """As many amber and red as wanted: the longest recover first, those that are next to finish fall behind."""
    del unwell[: max(0, len(unwell) - wanted)]
    going = [each for each in free if each.finished is None and each not in unwell][:NEAR]
    unwell += random.sample(going, wanted - len(unwell))


def _worst(unwell: list[Course], how_many: int, ends: int) -> list[Course]:
    """Red stays red, then those that have been amber the longest."""
    return sorted(unwell, key=lambda each: each.ratings.get(ends - 3) != "Red")[:how_many]


def _rating(action: Course, unwell: list[Course], red: list[Course]) -> str:
    if action.finished is not None:
        return "Complete"
    return "Red" if action in red else "Amber" if action in unwell else "Green"


def _due_of_unfinished(action: Course, place: int, last: int) -> int:
    """Those next to finish are due first, until the plan ends."""
    if action.plan == OLD_PLAN:
        return last
    return min(last + 3 + place // 5 * 3, NEW_ENDS)


def _set_due(action: Course, last: int) -> None:
    """Amber or red until it was finished: up to two quarters late. Red now: due when it fell behind."""
    if action.reference in PINNED_DUE:
        action.due = month_of(PINNED_DUE[action.reference])
        return
    ends = last if action.finished is None else action.finished - 3
    since = action.unwell_since(ends)
    if action.finished is not None:
        action.due = action.finished if since is None else max(since, action.finished - 6)
    elif since is not None and (action.ratings[last] == "Red" or last - since >= 6):
        action.due = since
