"""When the next figures of a source are due."""

from datetime import date, timedelta

from pydantic import Field, model_validator

from scorecard.catalogue.entry import Entry
from scorecard.periods import Frequency
from scorecard.wording import count


class Expected(Entry):
    """When the next figures are due. Without it nothing is ever called late."""

    every: Frequency
    within_days: int | None = Field(default=None, ge=0)
    """Days after the period ends, all days counted."""
    within_working_days: int | None = Field(default=None, ge=0)
    """Working days after the period ends: weekends and bank holidays in England do not count."""

    @model_validator(mode="after")
    def _one_way(self) -> "Expected":
        if (self.within_days is None) == (self.within_working_days is None):
            raise ValueError("give either 'within_days' or 'within_working_days'")
        return self

    def due_on(self, period_end: date) -> date:
        """The last day on which the figures of a period that ends then are in time."""
        if self.within_days is not None:
            return period_end + timedelta(days=self.within_days)
        from scorecard.working_days import working_day_after  # loads the bank holidays

        return working_day_after(period_end, self.within_working_days or 0)

    @property
    def in_words(self) -> str:
        """ "15 days" or "10 working days"."""
        if self.within_days is None:
            return count(self.within_working_days or 0, "working day")
        return count(self.within_days, "day")
