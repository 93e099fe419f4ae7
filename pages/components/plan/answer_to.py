"""Whether the plan, or one goal of it, is on course, in a few sentences: actions, their ratings and the measures."""

from collections import Counter
from typing import Final

import pandas as pd

from pages.components import rows
from pages.components.dates import day
from pages.components.plan import courses
from scorecard.wording import count, joined

_REST: Final = (("on_course", "on course"), ("complete", "complete"))


def answered(whom: str, actions: pd.DataFrame, stood: "Counter[str]", ratings: pd.DataFrame) -> str:
    """Markdown that begins with lateness. `whom` is safe text: the goals that the actions serve.

    `actions` are rows of `plan.actions`, `ratings` of `plan.ratings`; `stood` counts measures by the keys of
    `glance.TOLD`.
    """
    return " ".join(part for part in (_late(whom, actions), _increase(ratings), _measured(stood)) if part)


def _late(whom: str, actions: pd.DataFrame) -> str:
    held = courses.counted(rows.of(actions))
    if not held.total():
        return f"**No action is shown for {whom}.**"
    late, predicted = held["late"], held["predicted_late"]
    more = f", and {predicted} more predicted to be" if predicted else ""
    days = actions["judged_on"].dropna()
    on = f"On {day(days.max())}, of" if len(days) else "Of"
    first = f"**{on} {courses.actions(held.total())} for {whom}, {late or 'none'} {_be(late)} late{more}**"
    rest = [f"{held[key]} {_be(held[key])} {words}" for key, words in _REST if held[key]]
    return f"{first}; {joined(rest)}." if rest else f"{first}."


def _increase(ratings: pd.DataFrame) -> str:
    if ratings.empty:
        return ""
    red, amber, more, since = courses.rated(rows.of(ratings))
    moved = "" if more is None else f", {courses.increase(more)} on {day(since)}"
    return f"Their owners rate **{red}** red and **{amber}** amber{moved}."


def _measured(stood: "Counter[str]") -> str:
    if not stood.total():
        return "No measure is shown for it."
    on, off = stood["on_target"], stood["off_target"]
    return (
        f"Of {count(stood.total(), 'measure')}, **{on or 'none'}** {_be(on)} on target and **{off or 'none'}**"
        f" {_be(off)} off target."
    )


def _be(many: int) -> str:
    return "are" if many > 1 else "is"
