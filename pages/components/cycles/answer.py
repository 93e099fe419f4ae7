"""The board's month in a few sentences: what is late, how far the period has come, and what comes next."""

from datetime import date
from typing import Final

from pages.components.cycles import counted, standing, steps
from pages.components.cycles.standing import Standing
from pages.components.cycles.steps import Step
from pages.components.dates import day
from pages.components.snapshot import council, remembered
from pages.components.states import as_text
from scorecard.snapshot.store import Snapshot
from scorecard.wording import joined

MOST_NAMED: Final = 3
"""Late measures and registers that the answer names."""


def _answer(shown: Snapshot, cycle_id: str, every: str) -> str:
    """Markdown of the whole answer."""
    held, today = steps.of(cycle_id), council()["as_at"].date()
    reported = next((each for each in held if each.turn == "now"), None)
    if reported is None:
        return "This cycle has no dates yet."
    late = _late(standing.of(every, reported.start, reported.end), reported.period)
    said = (late, _stage(held, reported, today), _next(held, today))
    return " ".join(each for each in said if each)


made = remembered(_answer)


def _late(held: Standing, period: str) -> str:
    if not held.every:
        return ""
    waiting = [*held.late, *held.to_come, *held.undated]
    if not waiting:
        return f"**Nothing is late**: everything for {as_text(period)} has come, {standing.told(held.came)}."
    of = f"of {standing.told(held.every)} for {as_text(period)}"
    if not held.late:
        return f"**Nothing is late**: {of}, {standing.told(held.came)} have come; for the others no day has passed."
    named = [as_text(each.title) for each in held.late[:MOST_NAMED]]
    more = len(held.late) - len(named)
    names = f"{', '.join(named)} and {more} more" if more else joined(named)
    verb = "is" if len(held.late) == 1 else "are"
    return f"**{standing.told(held.late).capitalize()} {verb} late** ({names}), {of}."


def _stage(held: tuple[Step, ...], reported: Step, today: date) -> str:
    """How far the period has come by its dates; that a day has passed says nothing of what was decided."""
    its = [each for each in held if each.turn == "now"]
    passed = steps.passed_of(held, today)
    if passed is None or passed.due_on is None:
        return f"By the dates, no step of {as_text(reported.period)} has been due yet."
    if passed.position == max(each.position for each in its):
        return f"By the dates, every step of {as_text(reported.period)} is over."
    after = next(each for each in its if each.position > passed.position)
    said = f"By the dates, {as_text(reported.period)} is past “{as_text(passed.title)}” ({day(passed.due_on)})"
    if after == steps.next_of(held, today):
        return f"{said}."
    when = f"due {day(after.due_on)}" if after.due_on else "not in the calendar yet"
    return f"{said} and stands before “{as_text(after.title)}” ({as_text(after.who)}), {when}."


def _next(held: tuple[Step, ...], today: date) -> str:
    one = steps.next_of(held, today)
    if one is None or one.due_on is None:
        return "No step to come is in the calendar."
    return (
        f"**Next: {as_text(one.title)}** for {as_text(one.period)} ({as_text(one.who)}), on {day(one.due_on)}, "
        f"{counted.until(today, one.due_on)}."
    )
