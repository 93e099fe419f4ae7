"""An exception that the council has decided to live with for a time."""

from datetime import date

from scorecard.catalogue.entry import Entry, Id, Text


class Acceptance(Entry):
    """One exception of a measure that is known, agreed and not to be raised again before a day."""

    rule: Id
    """The rule, as `exception_rules` names it."""
    until: date
    """The last day on which it is accepted; the exception counts again from the next."""
    reason: Text
    approved_by: Text
    """The body or post that agreed."""
    where: Text | None = None
    """Only in this ward (name or code) or part; everywhere without it."""
