"""An item of a register: what its rows say, and the days on which it counts as late or done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from scorecard.catalogue.register import Meaning


@dataclass(frozen=True)
class Item:
    """One item as its latest row has it. Days are as reported; what follows from them is worked out here."""

    item_id: str
    title: str
    opened: date | None = None
    dues: Sequence[date] = ()
    """Every due date in the order in which they were agreed, the ORIGINAL first."""
    closed: date | None = None
    """The day on which its owner says it was finished."""
    signed_off: date | None = None
    meaning: Meaning | None = None
    """What the reported status means; None where nothing is reported or its word is unknown."""
    rating: str | None = None
    """red, amber, green, complete or none, as reported."""
    done: float | None = None
    """Per cent."""
    owner: str | None = None
    priority: str | None = None
    needs_sign_off: bool = False
    told_done_on: date | None = None
    """By which day it was told as done, for a register that has no closing dates."""
    missing_since: date | None = None
    """The first report after its last one: it has been left out since."""

    @property
    def due(self) -> date | None:
        """The ORIGINAL due date."""
        return self.dues[0] if self.dues else None

    @property
    def current_due(self) -> date | None:
        """The latest date agreed."""
        return self.dues[-1] if self.dues else None

    @property
    def times_redated(self) -> int:
        """How often its date was moved."""
        return max(len(self.dues) - 1, 0)

    @cached_property
    def late_from(self) -> date | None:
        """The first day on which it is late by its ORIGINAL date; not before it was opened."""
        if self.due is None:
            return None
        after = self.due + timedelta(days=1)
        return max(after, self.opened) if self.opened else after

    @property
    def is_closed_too_early(self) -> bool:
        """Whether its closing date is not believed, being before it was opened."""
        return self.closed is not None and self.opened is not None and self.closed < self.opened

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is no longer wanted, or no longer reported."""
        return self.meaning == "withdrawn" or (self.missing_since is not None and self._finished is None)

    @cached_property
    def ended(self) -> date | None:
        """The day from which it counts as done; None while it does not. A day before it was opened is not believed."""
        day = self._finished or self.missing_since
        return None if day and self.opened and day < self.opened else day

    @property
    def _finished(self) -> date | None:
        return self.signed_off if self.needs_sign_off else self.closed or self.told_done_on

    @property
    def ends_unseen(self) -> bool:
        """Whether it is only told that it is done, and on which day cannot be known."""
        return self.ended is not None and self.ended == self.told_done_on and not (self.closed or self.signed_off)

    def is_open(self, day: date) -> bool:
        """Whether it was opened by a day and had not ended."""
        return (self.opened is None or self.opened <= day) and (self.ended is None or self.ended > day)

    def is_overdue(self, day: date) -> bool:
        """Whether it was late by its ORIGINAL date on a day, and not done."""
        return self.late_from is not None and self.late_from <= day and (self.ended is None or self.ended > day)

    def days_late(self, day: date) -> int:
        """Days past the ORIGINAL due date, up to the day it ended, or to `day` while it has not; 0 in time.

        0 too for what was told as done without a day: it may have been in time.
        """
        if self.late_from is None or self.due is None or (self.ends_unseen and self.ended and self.ended <= day):
            return 0
        last = self.ended if self.ended and self.ended <= day else day
        return (last - self.due).days if last >= self.late_from else 0
