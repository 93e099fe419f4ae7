"""A source is the contract between a service and the dashboard: which files, in what shape, checked how."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from scorecard.catalogue.column import Column
from scorecard.catalogue.entry import Entry, Id, Text
from scorecard.catalogue.expected import Expected
from scorecard.catalogue.file_checks import FileChecks
from scorecard.catalogue.layout import AreaKey, HeaderPlace, NamedRows, PeriodKey
from scorecard.markers import WORDS


def _marker(code: str) -> str:
    if code not in WORDS:
        raise ValueError(f"'{code}' is not a known marker; use one of {', '.join(sorted(WORDS))}")
    return code


Marker = Annotated[str, AfterValidator(_marker)]
OneCharacter = Annotated[str, StringConstraints(min_length=1, max_length=1)]
Format = Literal["delimited", "workbook", "parquet", "json", "json_lines", "query"]
Encoding = Literal["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850"]


class Query(Entry):
    """A database that is asked instead of a file being sent. What it answers is kept like a file."""

    connection: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]
    """The environment variable that holds the address of the database, as SQLAlchemy writes it."""
    statement: Text
    """One SELECT; the names it gives its columns are the headings."""


class Source(Entry):
    """A kind of file: where it comes from, how to read it, what must hold."""

    title: Text
    publisher: Text
    """The service or body that sends it."""
    licence: Text | None = None
    link: Text | None = None
    holds: Literal["returns", "records"] = "returns"
    """returns: a row is a figure for a period. records: a row is one case or event, counted by the measures."""
    files: tuple[Text, ...] = ()
    """Names below the inbox; "*" stands for any text. A packed file (.zip, .gz) is known by what is in it."""
    format: Format
    delimiter: OneCharacter = ","
    quote: OneCharacter | None = '"'
    """What stands around cells that hold the delimiter; null when nothing does."""
    escape: OneCharacter | None = None
    """What stands before a quotation mark inside a cell; null when the mark is doubled instead."""
    encodings: tuple[Encoding, ...] = ("utf-8", "cp1252")
    """Tried strictly, in this order; the one that fitted is recorded with the load."""
    sheets: tuple[Text, ...] = ()
    """Sheet names, oldest habits included; "*" stands for any text. Workbooks only."""
    records_at: Text | None = None
    """JSON only: the names that lead to the list of rows, e.g. data.rows; null when the file is the list."""
    query: Query | None = None
    header: HeaderPlace = HeaderPlace(row=1)
    ends_before: tuple[Text, ...] = ()
    """The table stops at the first row that begins with one of these, e.g. "Notes*"."""
    skip: tuple[NamedRows, ...] = ()
    """Rows that are in the file but are not figures. They are counted."""
    markers: dict[Text, Marker] = Field(default_factory=dict)
    """What older marks mean here, e.g. "..": x. Marks in square brackets are always understood."""
    columns: dict[Id, Column] = Field(min_length=1)
    unknown_columns: Literal["note", "refuse", "ignore"] = "note"
    """What a heading that the contract does not name does; ignore is for published tables of which little is read."""
    area: AreaKey | None = None
    period: PeriodKey | None = None
    """Which period a row is about; of records, which months the file covers, as its own or its sheet's name says."""
    key: tuple[Id, ...] = ()
    """Columns that, with area and period, name a row once."""
    repeated_key: Literal["hold_all", "keep_first"] = "hold_all"
    """Rows of one file that share a key and disagree: hold them all, or keep the first and hold the others."""
    resent: Literal["whole", "periods"] = "whole"
    """What a new version of a file takes the place of: all of the one before, or only of the periods that it has.
    periods is for a file that holds the newest month and overwrites the month before."""
    minimum_rows: int = Field(default=1, ge=0)
    checks: FileChecks = FileChecks()
    expected: Expected | None = None

    @model_validator(mode="after")
    def _format_has_what_it_needs(self) -> "Source":
        if (self.format == "workbook") != bool(self.sheets):
            raise ValueError("a workbook needs 'sheets'; no other format has them")
        if (self.format == "query") != (self.query is not None):
            raise ValueError("'format: query' and 'query' go together")
        if bool(self.files) == (self.format == "query"):
            raise ValueError("a query has no 'files'; every other source needs them")
        if self.records_at and self.format != "json":
            raise ValueError("'records_at' is for JSON")
        return self

    @model_validator(mode="after")
    def _records_are_covered_and_named(self) -> "Source":
        if self.holds == "records":
            if self.period is None or self.period.within not in ("file_name", "sheet_name"):
                raise ValueError("a source of records needs 'period' with 'within': which months a file covers")
            if not self.key:
                raise ValueError("a source of records needs 'key': the columns that name a record once")
        return self

    @model_validator(mode="after")
    def _periods_are_resent_in_rows(self) -> "Source":
        if self.resent == "periods" and (
            self.holds == "records" or self.period is None or self.period.within == "file_name"
        ):
            raise ValueError("'resent: periods' is for returns whose rows, cells or sheets say their period")
        return self

    @model_validator(mode="after")
    def _wide_tables_have_periods(self) -> "Source":
        wide = [name for name, column in self.columns.items() if column.per_period]
        by_heading = self.period is not None and self.period.within == "heading"
        if bool(wide) != by_heading or len(wide) > 1:
            raise ValueError("one column with 'per_period: true' and a period 'within: heading' go together")
        return self
