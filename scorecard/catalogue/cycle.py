"""The board's month: who does what by when, from asking for figures to scrutiny, and the council's calendar."""

from datetime import date
from typing import Literal

from pydantic import Field, field_validator, model_validator

from scorecard.catalogue.entry import Entry, Id, Text


class Body(Entry):
    """A meeting of the council's calendar that is not a scrutiny committee, e.g. Cabinet or the management team."""

    title: Text
    meetings: tuple[date, ...] = Field(min_length=1)
    """Days on which it meets: those held, and those to come."""

    @field_validator("meetings")
    @classmethod
    def _in_order(cls, meetings: tuple[date, ...]) -> tuple[date, ...]:
        return tuple(sorted(set(meetings)))


class CycleStep(Entry):
    """One step of a cycle. Its day is counted from the end of the period, or is a meeting."""

    title: Text
    who: Text
    """The post or body that takes it."""
    days: int | None = Field(default=None, ge=0)
    """Days after the period ends."""
    working_days: int | None = Field(default=None, ge=0)
    body: Id | None = None
    """A body of the calendar or a committee: its first meeting after the step before."""
    on: date | None = None
    """A fixed day, for long-term cycles."""
    returns: bool = False
    """The services' returns are due: where measures and registers stand is told from what has come."""

    @model_validator(mode="after")
    def _one_day(self) -> "CycleStep":
        given = [self.days is not None, self.working_days is not None, self.body is not None, self.on is not None]
        if given.count(True) != 1:
            raise ValueError("give exactly one of 'days', 'working_days', 'body' or 'on'")
        return self


class Cycle(Entry):
    """A round of performance management that comes back every month, quarter or year, or once a plan."""

    title: Text
    every: Literal["month", "quarter", "year", "plan"]
    purpose: Text
    """What it is for, in a sentence."""
    steps: dict[Id, CycleStep] = Field(min_length=1)
