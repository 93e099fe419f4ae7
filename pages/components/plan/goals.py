"""The goals of the council plan: which there are, how each stands, and the answer to how the plan does."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import filters, glance, links, rows, snapshot, status
from pages.components.dates import day
from pages.components.plan import answer_to, courses
from pages.components.states import as_text
from scorecard.snapshot import goals as reader
from scorecard.snapshot.registers import plan
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

NARROWEST: Final = 340
"""Pixels a goal needs before two stand side by side."""
EVERY: Final = "All goals"
_STANDINGS: Final = {"no_target": "no_target", "activity_only": "no_target"}
_JUDGED: Final = ("on_target", "close", "off_target", "too_few")


@dataclass(frozen=True)
class Goal:
    """A goal as it is shown: its title as the catalogue has it, and markdown of how it stands."""

    goal_id: str
    title: str
    promise: str
    stands: str
    answer: str


def _offered(shown: Snapshot) -> dict[str, str]:
    return filters.all_of(EVERY, reader.goals(shown), "goal_id", "title")


def _every(shown: Snapshot) -> dict[str, Goal]:
    actions, measures, ratings = plan.actions(shown), reader.goal_measures(shown), plan.ratings(shown)
    return {
        one.goal_id: _goal(one, *(frame[frame["goal_id"] == one.goal_id] for frame in (actions, measures, ratings)))
        for one in rows.of(reader.goals(shown))
    }


def _goal(one: Any, actions: pd.DataFrame, measures: pd.DataFrame, ratings: pd.DataFrame) -> Goal:
    held = courses.counted(rows.of(actions))
    stood = standing(measures)
    lines = [
        f"**{courses.actions(held.total())}** {courses.badges(held)}"
        if held.total()
        else "**No action is shown for it.**",
        _rated(ratings),
        f"**{count(stood.total(), 'measure')}** {_badges(stood)}"
        if stood.total()
        else "**No measure is shown for it.**",
    ]
    return Goal(
        goal_id=one.goal_id,
        title=one.title,
        promise=as_text(one.promise),
        stands="  \n".join(line for line in lines if line),
        answer=answer_to.answered("this goal", actions, stood, ratings),
    )


def standing(measures: pd.DataFrame) -> "Counter[str]":
    """How many rows of `goals.goal_measures` stand how, by the keys of `glance.TOLD`."""
    return Counter(
        each if each in _JUDGED else _STANDINGS.get(each, "no_figure") for each in measures["status"].astype(str)
    )


def _badges(stood: "Counter[str]") -> str:
    return " ".join(
        status.badge(colour, symbol, f"{stood[key]} {words}")
        for key, (colour, symbol, words) in glance.TOLD.items()
        if stood[key]
    )


def _rated(ratings: pd.DataFrame) -> str:
    """ "Rated red 1, amber 2 (+1 since 30 June 2026)"; nothing where there is no action."""
    if ratings.empty:
        return ""
    red, amber, more, since = courses.rated(rows.of(ratings))
    moved = "" if more is None else f" ({courses.signed(more)} since {day(since)})"
    return f"Rated red **{red}**, amber **{amber}**{moved}"


def _answer(shown: Snapshot) -> str:
    """The whole plan in a few sentences."""
    goals = reader.goals(shown)
    if goals.empty:
        return "The catalogue has no council plan with goals."
    actions, measures = plan.actions(shown), reader.goal_measures(shown)
    served = actions[actions["goal_id"].notna()]
    whom = f"the {count(len(goals), 'goal')} of {as_text(goals['plan'].iloc[0])}"
    ratings = plan.ratings(shown)
    return answer_to.answered(whom, served, standing(measures), ratings[ratings["goal_id"] == "*"])


offered = snapshot.remembered(_offered)
"""Options for `filters.choose`: all, then each goal."""
every = snapshot.remembered(_every)
answer = snapshot.remembered(_answer)


def show() -> None:
    """Each goal with its promise and how it stands; its name follows its thread."""
    with st.grid(2, min_column_width=NARROWEST):
        for one in every().values():
            with st.container(border=True, gap="xxsmall", height="stretch"):
                links.here(one.title, goal=one.goal_id)
                st.markdown(f"{one.promise}\n\n{one.stands}")


def heading(goal_id: str) -> None:
    """The title, and the answer first: of one goal with its promise, or of the whole plan."""
    one = every().get(goal_id)
    if one is None:
        st.title("Is the council plan on course?")
        st.markdown(answer())
        return
    st.title(as_text(one.title))
    st.markdown(f"{one.answer}\n\n**What was promised:** {one.promise}")
