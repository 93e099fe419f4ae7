"""A source is the contract between a service and the dashboard: which files, in what shape, checked how."""

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from scorecard.catalogue.entry import Entry, Id, Text
from scorecard.markers import WORDS
from scorecard.period_forms import FORMS
from scorecard.periods import Frequency


class Severity(StrEnum):
    """What a failed check does."""

    refuse = "refuse"
    quarantine = "quarantine"
    note = "note"


def _regular_expression(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as fault:
        raise ValueError(f"is not a usable pattern: {fault}") from fault
    return pattern


def _marker(code: str) -> str:
    if code not in WORDS:
        raise ValueError(f"'{code}' is not a known marker; use one of {', '.join(sorted(WORDS))}")
    return code


def _period_form(form: str) -> str:
    if form not in FORMS:
        raise ValueError(f"'{form}' is not a known form of period; use one of {', '.join(FORMS)}")
    return form


Pattern = Annotated[Text, AfterValidator(_regular_expression)]
Marker = Annotated[str, AfterValidator(_marker)]
PeriodForm = Annotated[str, AfterValidator(_period_form)]
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
    type: Literal["text", "number", "integer", "date"] = "text"
    unit: Text | None = None
    required: bool = False
    """Every row must have a value or a marker here."""
    optional: bool = False
    """Some files do not have this column."""
    allowed: tuple[Text, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: Pattern | None = None
    """What the whole cell must look like."""
    extract: Pattern | None = None
    """Read only the part of the cell that this pattern's group catches, e.g. ([\\d.]+):1."""
    on_fault: Severity = Severity.quarantine

    @model_validator(mode="after")
    def _findable(self) -> "Column":
        if (self.header is None) == (self.at is None):
            raise ValueError("needs either 'header' or 'at' (a column letter), and not both")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"minimum {self.minimum:g} is above maximum {self.maximum:g}")
        return self


class HeaderPlace(Entry):
    """Where the headings stand. Give one of the three."""

    row: int | None = Field(default=None, ge=1)
    """Row number as a spreadsheet shows it."""
    containing: tuple[Text, ...] = ()
    """The first row that has all these headings: for files whose title rows vary."""
    above: Text | None = None
    """Every row above the first one with a cell equal to this: for stacked headings."""

    @model_validator(mode="after")
    def _one_way(self) -> "HeaderPlace":
        if [self.row is not None, bool(self.containing), self.above is not None].count(True) != 1:
            raise ValueError("give exactly one of 'row', 'containing' or 'above'")
        return self


class SkippedRow(Entry):
    """Rows that are in the file but are not figures, e.g. a subtotal without a code. They are counted."""

    column: Id
    equal_to: tuple[str, ...] = Field(min_length=1)
    """What the cell holds; "" is a blank cell."""


class AreaKey(Entry):
    """Which place a row is about."""

    column: Id | None = None
    by: Literal["code", "name"] = "code"
    fixed: Text | None = None
    """Area code, when the whole source is about one place."""
    home: bool = False
    """The whole source is about the home council."""

    @model_validator(mode="after")
    def _one_way(self) -> "AreaKey":
        if [self.column is not None, self.fixed is not None, self.home].count(True) != 1:
            raise ValueError("give exactly one of 'column', 'fixed' or 'home: true'")
        return self


class PeriodKey(Entry):
    """Which period a row is about."""

    column: Id | tuple[Id, ...] | None = None
    """The column that says it; or several, e.g. [month, year], read together with a space between."""
    within: Literal["file_name", "sheet_name"] | None = None
    find: Pattern | None = None
    """The part of the file or sheet name that says the period: the pattern's group."""
    forms: tuple[PeriodForm, ...] = Field(min_length=1)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that say the period, if any do."""
        return (self.column,) if isinstance(self.column, str) else self.column or ()

    @model_validator(mode="after")
    def _one_way(self) -> "PeriodKey":
        if (self.column is None) == (self.within is None):
            raise ValueError("give either 'column', or 'within' with 'find'")
        if self.within and not self.find:
            raise ValueError("'within' needs 'find': the pattern that catches the period")
        return self


class Expected(Entry):
    """When the next figures are due. Without it nothing is ever called late."""

    every: Frequency
    within_days: int = Field(ge=0)
    """Days after the period ends."""


class Source(Entry):
    """A kind of file: where it comes from, how to read it, what must hold."""

    title: Text
    publisher: Text
    """The service or body that sends it."""
    licence: Text | None = None
    link: Text | None = None
    holds: Literal["returns", "records"] = "returns"
    """returns: a row is a figure for a period. records: a row is one case or event, counted by the measures."""
    files: tuple[Text, ...] = Field(min_length=1)
    """Names below the inbox; "*" stands for any text."""
    format: Literal["delimited", "workbook"]
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ","
    encodings: tuple[Literal["utf-8", "utf-16", "cp1252", "cp850"], ...] = ("utf-8", "cp1252")
    """Tried strictly, in this order; the one that fitted is recorded with the load."""
    sheets: tuple[Text, ...] = ()
    """Sheet names, oldest habits included; "*" stands for any text. Workbooks only."""
    header: HeaderPlace = HeaderPlace(row=1)
    ends_before: tuple[Text, ...] = ()
    """The table stops at the first row that begins with one of these, e.g. "Notes*"."""
    skip: tuple[SkippedRow, ...] = ()
    markers: dict[Text, Marker] = Field(default_factory=dict)
    """What older marks mean here, e.g. "..": x. Marks in square brackets are always understood."""
    columns: dict[Id, Column] = Field(min_length=1)
    area: AreaKey | None = None
    period: PeriodKey | None = None
    """Which period a row is about; of records, which months the file covers, as its own or its sheet's name says."""
    key: tuple[Id, ...] = ()
    """Columns that, with area and period, name a row once."""
    minimum_rows: int = Field(default=1, ge=0)
    expected: Expected | None = None

    @model_validator(mode="after")
    def _sheets_for_workbooks(self) -> "Source":
        if (self.format == "workbook") != bool(self.sheets):
            raise ValueError("a workbook needs 'sheets'; a delimited file has none")
        return self

    @model_validator(mode="after")
    def _records_are_covered_and_named(self) -> "Source":
        if self.holds == "records":
            if self.period is None or self.period.within is None:
                raise ValueError("a source of records needs 'period' with 'within': which months a file covers")
            if not self.key:
                raise ValueError("a source of records needs 'key': the columns that name a record once")
        return self
