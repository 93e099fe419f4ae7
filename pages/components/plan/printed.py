"""The annual strategic report on all goals as a document to print, edit from or keep: made only when asked for."""

from contextvars import copy_context
from typing import Any, Final

import pandas as pd
import streamlit as st

from pages.components import dates, rows, snapshot
from pages.components.palette import LIGHT
from pages.components.plan import courses, grounds, statement, years
from pages.components.plan.figures_of_year import figure_of, target_of
from pages.components.registers import item_states
from scorecard.drawing import Ink, Sheet, as_address, small
from scorecard.judge.status import DIRECTION_WORDS, STATUS_WORDS, Direction, Status
from scorecard.plan_report import GoalPart, MeasureRow, Report, Sentence, plan_report
from scorecard.snapshot import goals
from scorecard.snapshot.store import Snapshot
from scorecard.wording import count

DRAFT: Final = (
    "This is a draft for the goal's owner to edit: every sentence is made from the figures beside it and says no more"
    " than they do."
)
HOW: Final = (
    "Better and worse compare two figures; whether a movement is more than chance is on the page of each measure. Risks"
    " and ratings are told as they stand now, so only of a year that is not over."
)
WIDTH: Final = 110
HEIGHT: Final = 30
EDGE: Final = 0.06
"""Share of the height left free above and below the figures of a drawing."""
_INK: Final = Ink(LIGHT.figure, LIGHT.target, LIGHT.text, "#d5dae0")
_NONE: Final = "–"


def offer(year: str, words: str) -> None:
    """A button that makes the report on all goals for a year, and hands it over."""
    # It is made after the rerun, on another thread, and must show the snapshot of this one.
    context = copy_context()

    def make() -> bytes:
        return context.copy().run(document, year, words)

    st.download_button(
        "Print or keep, all goals", make, f"annual-strategic-report-{year}.html", "text/html",
        icon=":material/print:", on_click="ignore", help="The report on every goal as one page to print or edit from.",
    )  # fmt: skip


def _document(shown: Snapshot, year: str, words: str) -> bytes:
    council, every = snapshot.council(), list(rows.of(goals.goals(shown)))
    report = Report(
        council=council["name"],
        notice=council["notice"] or "",
        plan=every[0].plan,
        year=words,
        draft=DRAFT,
        how=HOW,
        goals=[_part(one, years.held(one.goal_id, year)) for one in every],
        published=f"{council['name']}, figures published {dates.moment(shown.published_at)}.",
    )
    return plan_report(report).encode("utf-8")


document = snapshot.remembered(_document)


def _part(goal: Any, held: statement.Held) -> GoalPart:
    return GoalPart(
        goal_id=goal.goal_id,
        title=goal.title,
        promise=goal.promise,
        statement=[Sentence(one.sentence, one.rests_on) for one in statement.drafted(held)],
        measures=[_measure(one) for one in held.measures],
        actions=[_action(one) for one in held.actions],
        risks=[_risk(one) for one in held.risks],
    )


def _measure(one: Any) -> MeasureRow:
    picture = _drawing(one)
    return MeasureRow(
        title=f"{one.title} (removed)" if one.stage == "removed" else one.title,
        figure=figure_of(one),
        target=target_of(one) or _NONE,
        status=STATUS_WORDS[Status(one.status)] if one.status else _NONE,
        direction=DIRECTION_WORDS[Direction(one.last_year)],
        peers=grounds.range_of(one) or _NONE,
        picture=picture,
        picture_words=f"Its last {count(len(one.figures), 'figure')} up to {one.period}" if picture else "",
    )


def _action(one: Any) -> dict[str, str]:
    late = f", {grounds.days(one)} after its date" if one.days_late else ""
    return {
        "Action": one.title,
        "Owner": one.owner or _NONE,
        "Originally due": _NONE if pd.isna(one.due) else dates.day(one.due),
        "Came to": f"{courses.WORDS[one.came_to][2]}{late}".capitalize(),
        "Rated": item_states.RATING_WORDS.get(one.rating, _NONE),
    }


def _risk(one: Any) -> dict[str, str]:
    return {
        "Risk": one.title,
        "Owner": one.owner or _NONE,
        "Score": grounds.risk_in_words(one).removeprefix(f"{one.title}: "),
        "Stuck": "Yes" if one.is_stuck else "No",
    }


def _drawing(one: Any) -> str:
    """The course of a measure as the address of a drawing; empty for fewer than two figures."""
    known = [each for each in one.figures if each is not None]
    if len(known) < 2:
        return ""
    level = float(one.target_low) if one.target_low == one.target_high else None
    every = [*known, *([] if level is None else [level])]
    edge = EDGE * ((max(every) - min(every)) or 1.0)
    sheet = Sheet(WIDTH, HEIGHT, min(every) - edge, max(every) + edge, len(one.figures))
    return as_address(small(one.figures, [level] * len(one.figures), sheet, _INK))
