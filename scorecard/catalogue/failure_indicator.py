"""Indicators of potential failure that the registers themselves can show."""

from typing import Final, Literal

from pydantic import Field, model_validator

from scorecard.catalogue.entry import Entry, Id, Text
from scorecard.catalogue.records import Expression

USUAL_DAYS: Final = 365


class FailureIndicator(Entry):
    """Shown when at least so many items of a register meet a condition.

    Source of the indicators: Best value standards and intervention, statutory guidance of May 2024, under each theme.
    """

    title: Text
    theme: Text
    """The best value theme, e.g. Leadership."""
    register_: Id = Field(alias="register")
    where: Expression | None = None
    """Only these items."""
    are: Literal["open", "overdue", "ended"]
    """What they must be: open now, overdue now, or ended within the last `within_days`."""
    within_days: int = Field(default=USUAL_DAYS, ge=1)
    at_least: int = Field(default=1, ge=1)
    look_at: Text
    """What to ask when it shows, in a sentence."""

    @model_validator(mode="after")
    def _days_of_what_ended(self) -> "FailureIndicator":
        if self.within_days != USUAL_DAYS and self.are != "ended":
            raise ValueError("'within_days' goes with 'are: ended'")
        return self
