"""Indicators of potential failure that the registers themselves can show."""

from typing import Literal

from pydantic import Field

from scorecard.catalogue.entry import Entry, Id, Text
from scorecard.catalogue.records import Expression


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
    within_days: int = Field(default=365, ge=1)
    at_least: int = Field(default=1, ge=1)
    look_at: Text
    """What to ask when it shows, in a sentence."""
