"""Checks of a file as a whole: is it as long, as full, as fresh and as spread as it should be, does it add up?"""

from typing import Annotated

from pydantic import AfterValidator, Field

from scorecard.catalogue.entry import Entry, Id
from scorecard.catalogue.layout import NamedRows
from scorecard.catalogue.severity import Severity


def _of_a_file(severity: Severity) -> Severity:
    if severity is Severity.quarantine:
        raise ValueError("a file as a whole cannot be set aside: use 'refuse' or 'note'")
    return severity


FileSeverity = Annotated[Severity, AfterValidator(_of_a_file)]


class UsualRows(Entry):
    """Rows against the middle one of the source's files accepted before, once there are three."""

    within_percent: float = Field(gt=0)
    severity: FileSeverity = Severity.note


class BlankShare(Entry):
    """How many of a column's cells may be blank. A marker is no blank: somebody has said why."""

    column: Id
    at_most_percent: float = Field(ge=0, le=100)
    severity: FileSeverity = Severity.refuse


class Fresh(Entry):
    """How old the newest figure may be on the day the file was last changed."""

    column: Id | None = None
    """A column of dates; without one the end of the newest period."""
    within_days: int = Field(ge=0)
    severity: FileSeverity = Severity.note


class Drift(Entry):
    """How far a column may be spread differently from the batch accepted before."""

    column: Id
    at_most: float = Field(default=0.25, gt=0)
    """Population stability index; above 0.25 is by convention a large change."""
    severity: FileSeverity = Severity.note


class StatedTotal(Entry):
    """The file states a total, and the rows must make it up."""

    column: Id
    rows: NamedRows
    """The row that states it; it is no row of figures."""
    within: float = Field(default=0, ge=0)
    """How far they may differ, in the column's unit: for totals of rounded figures."""
    severity: FileSeverity = Severity.refuse


class FileChecks(Entry):
    """What is checked of each file (of a workbook: each sheet) as a whole."""

    usual_rows: UsualRows | None = None
    blanks: tuple[BlankShare, ...] = ()
    fresh: Fresh | None = None
    drift: tuple[Drift, ...] = ()
    totals: tuple[StatedTotal, ...] = ()
