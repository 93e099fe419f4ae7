"""A register: things with an owner and a date that somebody must chase, declared over a source of records."""

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from scorecard.catalogue.entry import Entry, Id, Text
from scorecard.catalogue.measure import Audience
from scorecard.catalogue.records import Expression
from scorecard.catalogue.register_columns import RegisterColumns

Agenda = Literal[
    "actions", "audit", "policies", "complaints", "risks", "assessment", "projects", "scrutiny", "posts"
]  # fmt: skip
Meaning = Literal["open", "on_course", "in_question", "off_course", "overdue", "in_review", "closed", "withdrawn"]


class Clock(Entry):
    """A time limit that runs from one date of an item to another."""

    title: Text
    """What must have happened by then, e.g. "Stage 1 answered"."""
    where: Expression | None = None
    """Only items that meet this condition have it."""
    start: Id
    """The column with the day from which it runs; that day does not count."""
    until: Id
    """The column with the day on which it was done."""
    working_days: int | None = Field(default=None, ge=1)
    days: int | None = Field(default=None, ge=1)
    extended: Id | None = None
    """A column with a later day that was agreed: it moves the limit, as the rules of the clock allow, and is no
    re-dating."""
    is_due: bool = False
    """This limit is the day the item is due, for registers without a column for it."""

    @model_validator(mode="after")
    def _one_length(self) -> "Clock":
        if (self.working_days is None) == (self.days is None):
            raise ValueError("give either 'working_days' or 'days'")
        if self.start == self.until:
            raise ValueError("'start' and 'until' are two dates: from which day to which")
        return self


class RegisterStage(Entry):
    """A point an item passes on its way, e.g. accepted, examined, implemented."""

    title: Text
    on: Id
    """The column with the day on which it was reached."""


class Step(Entry):
    """A step of a tally by financial year, e.g. made, investigated, upheld: a share with its exact interval."""

    title: Text
    where: Expression | None = None
    """Which items count; without it all that were opened in the year."""
    of: Id | None = None
    """The step it is a share of."""
    on: Id | None = None
    """The column with the day that says in which year it counts; by default the day opened."""


class Scores(Entry):
    """Where the scores of a risk stand: each is likelihood times impact."""

    inherent: tuple[Id, Id] | None = None
    """Columns with likelihood and impact before any control."""
    residual: tuple[Id, Id]
    """With the controls that are in place."""
    target: tuple[Id, Id] | None = None
    appetite: Id | None = None
    """Column with the highest score the council is content with."""
    highest: int = Field(default=5, ge=3, le=10)
    """The scale of likelihood and of impact runs from 1 to this."""
    amber_from: int = 8
    red_from: int = 15
    stuck_after: int = Field(default=365, ge=30)
    """Days of red without a break after which a risk is called stuck."""

    @model_validator(mode="after")
    def _on_the_scale(self) -> "Scores":
        most = self.highest * self.highest
        if not 1 <= self.amber_from < self.red_from <= most:
            raise ValueError(
                f"amber_from ({self.amber_from}) must be below red_from ({self.red_from}), and both from 1 to {most}:"
                f" likelihood and impact go up to {self.highest}"
            )
        return self


class Baseline(Entry):
    """A day from which the backlog of that day is burnt down."""

    on: date
    reason: Text
    target: float | None = Field(default=None, ge=0, le=100)
    """Percentage to be dealt with by `by`."""
    by: date | None = None

    @model_validator(mode="after")
    def _target_has_a_day(self) -> "Baseline":
        if (self.target is None) != (self.by is None):
            raise ValueError("'target' and 'by' go together: how much is to be dealt with, and by when")
        if self.by is not None and self.by <= self.on:
            raise ValueError(f"by {self.by} is not after {self.on}, the day of the backlog")
        return self


class Register(Entry):
    """Items with an owner and a date. The source holds records; its key names an item."""

    title: Text
    item: Text
    """One of them, e.g. recommendation."""
    items: Text
    """Several, e.g. recommendations."""
    question: Text
    """What its readers want to know, as a question."""
    source: Id
    service: Id
    """The service that keeps it."""
    agenda: Agenda
    """The item of the board's standing agenda under which it is taken."""
    audience: Audience = "members"
    where: Expression | None = None
    """Only records that meet this condition are items."""
    columns: RegisterColumns
    statuses: dict[Text, Meaning] = Field(default_factory=dict)
    """What the words of the status column mean."""
    ratings: dict[Text, Literal["red", "amber", "green", "complete", "none"]] = Field(default_factory=dict)
    """What the words of the rating column mean."""
    details: tuple[Id, ...] = ()
    """Further columns shown with an item, in this order."""
    by: tuple[Id, ...] = ()
    """Columns to count by."""
    due_soon_days: int = Field(default=45, ge=0)
    clocks: tuple[Clock, ...] = ()
    stages: tuple[RegisterStage, ...] = ()
    steps: dict[Id, Step] = Field(default_factory=dict)
    scores: Scores | None = None
    baseline: Baseline | None = None
    owners: tuple[Text, ...] = ()
    """Posts that may own an item besides those the catalogue names for services and measures."""

    @model_validator(mode="after")
    def _hangs_together(self) -> "Register":
        if sum(clock.is_due for clock in self.clocks if clock.where is None) > 1:
            raise ValueError("two clocks say when every item is due: mark one with 'is_due', or give each a 'where'")
        if any(clock.is_due for clock in self.clocks) and self.columns.due:
            raise ValueError("give either 'due' in columns or a clock with 'is_due'")
        if self.columns.status and not self.statuses:
            raise ValueError("a status column needs 'statuses': what its words mean")
        if self.columns.rating and not self.ratings:
            raise ValueError("a rating column needs 'ratings': what its words mean")
        return self

    @property
    def has_due(self) -> bool:
        """Whether its items have an original due date, of their own or from a clock."""
        return self.columns.due is not None or any(clock.is_due for clock in self.clocks)

    @property
    def can_end(self) -> bool:
        """Whether anything says that an item is done: a day, or a word of the status."""
        told = self.columns.status is not None and bool({"closed", "withdrawn"}.intersection(self.statuses.values()))
        return told or self.columns.closed is not None or self.columns.signed_off is not None
