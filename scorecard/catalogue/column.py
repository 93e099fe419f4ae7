"""A column of a source: how its heading is spelt, and what its cells must hold."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints, model_validator

from scorecard.catalogue.entry import Entry, Id, Text
from scorecard.catalogue.severity import Severity
from scorecard.period_forms import day_form_fault


def _regular_expression(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as fault:
        raise ValueError(f"is not a usable pattern: {fault}") from fault
    return pattern


def _day_form(form: str) -> str:
    fault = day_form_fault(form)
    if fault:
        raise ValueError(fault)
    return form


Pattern = Annotated[Text, AfterValidator(_regular_expression)]
DayForm = Annotated[str, AfterValidator(_day_form)]
ColumnLetter = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}$")]


class Column(Entry):
    """One column of a source and what its cells must hold."""

    header: Text | None = None
    """The heading. Case, spaces, "_", "-" and stuck note numbers are forgiven; "*" stands for any text;
    "Group > Heading" asks for a heading under a group heading."""
    also: tuple[Text, ...] = ()
    """Other headings it has had."""
    at: ColumnLetter | None = None
    """Spreadsheet letter, for a column without a heading."""
    per_period: bool = False
    """There is one such column for each period, and its heading says which: needs a period `within: heading`."""
    type: Literal["text", "number", "integer", "date"] = "text"
    unit: Text | None = None
    required: bool = False
    """Every row must have a value or a marker here."""
    optional: bool = False
    """Some files do not have this column."""
    allowed: tuple[Text, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    date_forms: tuple[DayForm, ...] = ()
    """The ways its dates are written, as strptime has them, e.g. %d/%m/%Y; without them the ordinary British
    ways, ISO and Excel's serial numbers. "serial_1904" is the serial number of old Macintosh workbooks."""
    earliest: date | None = None
    latest: date | None = None
    not_before: Id | None = None
    """Another column of dates; this one may be blank, but not earlier."""
    pattern: Pattern | None = None
    """What the whole cell must look like."""
    extract: Pattern | None = None
    """Read only the part of the cell that this pattern's group catches, e.g. ([\\d.]+):1."""
    on_fault: Severity = Severity.quarantine

    @model_validator(mode="after")
    def _findable(self) -> "Column":
        if self.per_period == (self.header is not None or self.at is not None):
            raise ValueError("needs either 'header', 'at' (a column letter) or 'per_period: true'")
        if self.header is not None and self.at is not None:
            raise ValueError("needs either 'header' or 'at' (a column letter), and not both")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"minimum {self.minimum:g} is above maximum {self.maximum:g}")
        return self

    @model_validator(mode="after")
    def _dates_are_dates(self) -> "Column":
        wants_dates = self.date_forms or self.earliest or self.latest or self.not_before
        if wants_dates and self.type != "date":
            raise ValueError("'date_forms', 'earliest', 'latest' and 'not_before' are for columns of type date")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"earliest {self.earliest} is after latest {self.latest}")
        return self

    @property
    def heading(self) -> str:
        """The column as its sender knows it."""
        return self.header or (f"column {self.at}" if self.at else "the columns headed with a period")
