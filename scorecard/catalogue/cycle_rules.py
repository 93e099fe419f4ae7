"""Rules for cycles and the council's calendar: does every step have a day, and do the days follow on?"""

from collections.abc import Iterator
from itertools import pairwise

from scorecard.catalogue.catalogue import Catalogue
from scorecard.catalogue.cycle import Cycle, CycleStep
from scorecard.catalogue.fault import Path
from scorecard.nearest import did_you_mean

Found = Iterator[tuple[Path, str]]


def cycle_faults(catalogue: Catalogue) -> Found:
    """Every fault in `calendar` and `cycles`, as (path into the catalogue, message)."""
    yield from _calendar(catalogue)
    first: dict[str, str] = {}
    for name, cycle in catalogue.cycles.items():
        at: Path = ("cycles", name)
        other = first.setdefault(cycle.title.casefold(), name)
        if other != name:
            yield (*at, "title"), f"'{cycle.title}' is already the title of '{other}'."
        if cycle.every == "plan" and catalogue.plan is None:
            yield (*at, "every"), "'every: plan' needs a 'plan' in the catalogue."
        for step_id, step in cycle.steps.items():
            yield from (((*at, "steps", step_id, *path), text) for path, text in _step(step, cycle, catalogue))
        yield from (((*at, "steps", *path), text) for path, text in _order(cycle))


def _calendar(catalogue: Catalogue) -> Found:
    committees = {committee.title.casefold(): name for name, committee in catalogue.committees.items()}
    for name, body in catalogue.calendar.items():
        if name in catalogue.committees:
            message = f"'{name}' is a committee too; its meetings stand with it, under 'committees'."
            yield ("calendar", name), message
        elif body.title.casefold() in committees:
            message = (
                f"'{body.title}' is the committee '{committees[body.title.casefold()]}'; its meetings stand with it."
            )
            yield ("calendar", name, "title"), message


def _step(step: CycleStep, cycle: Cycle, catalogue: Catalogue) -> Found:
    if step.body is not None:
        committee = catalogue.committees.get(step.body)
        if committee is None and step.body not in catalogue.calendar:
            known = did_you_mean(step.body, [*catalogue.calendar, *catalogue.committees])
            yield ("body",), f"there is no '{step.body}' under 'calendar' or 'committees'.{known}"
        elif committee is not None and not committee.meetings:
            yield ("body",), f"committee '{step.body}' has no 'meetings', so this step never has a day."
    if cycle.every != "plan" and step.on is not None:
        yield ("on",), f"a fixed day does not come back every {cycle.every}; count days, or name a body."
    counted = "days" if step.days is not None else "working_days" if step.working_days is not None else None
    if cycle.every == "plan" and counted and catalogue.plan and catalogue.plan.until is None:
        yield (counted,), "days are counted from the end of the plan, and it has no 'until'; give 'on'."


def _order(cycle: Cycle) -> Found:
    """Steps counted alike must not go backwards, and the services' returns are due once a round."""
    for field in ("days", "working_days", "on"):
        counted = [(name, getattr(step, field)) for name, step in cycle.steps.items()]
        for (before, earlier), (name, later) in pairwise([each for each in counted if each[1] is not None]):
            if later < earlier:
                yield (name, field), f"this is before '{before}', which stands above it."
    returns = [name for name, step in cycle.steps.items() if step.returns]
    for name in returns[1:]:
        yield (name, "returns"), f"returns are due once in a round, and '{returns[0]}' has them already."
