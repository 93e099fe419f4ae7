"""The financial years that can be reported, and all that is held on a goal in one of them."""

from datetime import date

from pages.components import rows, snapshot
from pages.components.plan.statement import Held
from scorecard.periods import FINANCIAL_YEAR_STARTS, year_label
from scorecard.snapshot import goal_years
from scorecard.snapshot.registers import plan, plan_years
from scorecard.snapshot.store import Snapshot


def _offered(shown: Snapshot) -> dict[str, str]:
    """Options for `filters.choose`: each year by the calendar year it began in, the latest first."""
    today = snapshot.council()["as_at"].date()
    return {
        str(starts): f"{year_label(starts)}{' so far' if span(str(starts))[1] > today else ''}"
        for starts in goal_years.years(shown)
    }


offered = snapshot.remembered(_offered)


def span(year: str) -> tuple[date, date]:
    """The first and the last day of a year that is offered."""
    starts = int(year)
    return date(starts, FINANCIAL_YEAR_STARTS, 1), date(starts + 1, FINANCIAL_YEAR_STARTS - 1, 31)


def is_over(year: str) -> bool:
    """Whether a year had ended on the council's day: risks and ratings are only known as they stand now."""
    return bool(span(year)[1] < snapshot.council()["as_at"].date())


def _held(shown: Snapshot, year: str) -> dict[str, Held]:
    """Goal → what is held on it."""
    first, last = span(year)
    frames = {
        "measures": goal_years.year_measures(shown, first, last),
        "actions": plan_years.year_actions(shown, first, last),
        "ratings": plan.ratings(shown),
        "risks": plan_years.goal_risks(shown),
    }
    now = () if is_over(year) else ("ratings", "risks")
    kept = {name: frame for name, frame in frames.items() if name in ("measures", "actions", *now)}
    goals = {goal for frame in kept.values() for goal in frame["goal_id"].dropna()}
    return {
        goal: Held(
            year_label(int(year)),
            *(tuple(rows.of(kept[name][kept[name]["goal_id"] == goal])) if name in kept else () for name in frames),
        )
        for goal in goals
    }


_of_year = snapshot.remembered(_held)


def held(goal_id: str, year: str) -> Held:
    """What is held on a goal in a year."""
    return _of_year(year).get(goal_id) or Held(year_label(int(year)), (), (), (), ())
