"""The annual strategic report on the goals of the council plan as one HTML document to print, edit from or keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scorecard.html_document import rendered

TEMPLATE: Final = "plan_report.html.jinja"


@dataclass(frozen=True)
class Sentence:
    """A sentence of the draft statement, and the figures it rests on."""

    said: str
    rests_on: Sequence[str]


@dataclass(frozen=True)
class MeasureRow:
    """A measure of a goal in the year of the report, in plain words."""

    title: str
    figure: str
    """Its outturn, or its latest figure, with its period."""
    target: str
    status: str
    direction: str
    """Against the same period a year before."""
    peers: str
    picture: str = ""
    """Address of the drawing of its course; empty for none."""
    picture_words: str = ""


@dataclass(frozen=True)
class GoalPart:
    """What the report says of one goal; rows of actions and risks are by their headings."""

    goal_id: str
    title: str
    promise: str
    statement: Sequence[Sentence]
    measures: Sequence[MeasureRow]
    actions: Sequence[Mapping[str, str]]
    risks: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Report:
    """The whole report in plain words."""

    council: str
    notice: str
    plan: str
    year: str
    """The financial year, e.g. "2025/26" or "2026/27 so far"."""
    draft: str
    """That it is a draft, and whose it is to edit."""
    how: str
    """How what is said was worked out."""
    goals: Sequence[GoalPart]
    published: str


def plan_report(report: Report) -> str:
    """One self-contained HTML page without scripts; every word in it is escaped."""
    return rendered(TEMPLATE, report=report)
