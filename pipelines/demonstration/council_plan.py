"""How the actions of the council plan stand at the end of each quarter: one CSV a plan."""

from dataclasses import dataclass
from typing import Final

from pipelines.demonstration.figures import Count, Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import Span, quarter_label

HEADINGS: Final = (
    "Quarter",
    "Plan",
    "Actions",
    "Complete",
    "Green",
    "Amber",
    "Red",
    "Complete or green",
    "Amber or red",
)
OLD_PLAN: Final = "2020 to 2024"
NEW_PLAN: Final = "2024 to 2028"
BEGINS: Final = month_of("2024-04")
"""The first month of the new plan."""
OLD: Final = Ratio(Series("old_plan", 74.5, 0.9), Series("old_actions", 48))
SLIPPED: Final = {"2026-06": 87.1, "2026-09": 83.9}
"""Eight of 62 actions were amber or red in June 2026, and ten in September."""
NEW: Final = Ratio(Series("plan", 84.6, 0.9, changes=(drift("2024-04", 0.08),), planted=SLIPPED), Series("actions", 62))
OLD_COMPLETE: Final = Count(Series("old_complete", 8, 0.4, changes=(drift("2021-04", 0.6),)))
NEW_COMPLETE: Final = Count(Series("plan_complete", 0, 0.4, changes=(drift("2024-04", 0.85),)))
RED: Final = Count(Series("plan_red", 2, 0.5, planted={"2026-06": 2, "2026-09": 3}))


@dataclass(frozen=True)
class Standing:
    """How many actions of a plan were rated what at the end of a quarter."""

    complete: int
    green: int
    amber: int
    red: int

    @property
    def actions(self) -> int:
        """All of them."""
        return self.complete + self.green + self.amber + self.red


def council_plan(span: Span) -> dict[str, bytes]:
    """A file for each plan that the span reaches; the plan changes in April 2024."""
    quarters = span.all_quarters()
    plans = {
        OLD_PLAN: [ends for ends in quarters if ends < BEGINS],
        NEW_PLAN: [ends for ends in quarters if ends >= BEGINS],
    }
    return {
        f"policy/Council plan {plan} actions.csv": as_csv(
            Table(HEADINGS, [_row(plan, ends, span.seed) for ends in held])
        )
        for plan, held in plans.items()
        if held
    }


def standing(plan: str, ends: int, seed: int) -> Standing:
    """How the actions of a plan stand at the end of the quarter whose last month this is."""
    share, finished = (OLD, OLD_COMPLETE) if plan == OLD_PLAN else (NEW, NEW_COMPLETE)
    well, actions = share.at(ends, seed)
    complete = min(finished.at(ends, seed)[0], well)
    unwell = (actions or 0) - well
    red = min(RED.at(ends, seed)[0], unwell)
    return Standing(complete, well - complete, unwell - red, red)


def _row(plan: str, ends: int, seed: int) -> Row:
    now = standing(plan, ends, seed)
    rated: Row = [now.complete, now.green, now.amber, now.red]
    return [quarter_label(ends), plan, now.actions, *rated, now.complete + now.green, now.amber + now.red]
