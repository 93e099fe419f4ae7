"""Where things stand in a file: headings, rows that are no figures, the place and the period of a row."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from scorecard.catalogue.column import Pattern
from scorecard.catalogue.entry import Entry, Id, Text
from scorecard.period_forms import FORMS


def _period_form(form: str) -> str:
    if form not in FORMS:
        raise ValueError(f"'{form}' is not a known form of period; use one of {', '.join(FORMS)}")
    return form


PeriodForm = Annotated[str, AfterValidator(_period_form)]
CellName = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9][0-9]{0,6}$")]


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


class NamedRows(Entry):
    """Rows known by what one of their cells holds, e.g. a total, or a subtotal without a code."""

    column: Id
    equal_to: tuple[str, ...] = Field(min_length=1)
    """What the cell holds; "" is a blank cell. Case is forgiven."""


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
    within: Literal["file_name", "sheet_name", "cell", "heading"] | None = None
    """Where else it stands. heading: a wide table, whose columns are periods (see a column's `per_period`)."""
    cell: CellName | None = None
    """The cell that says it, e.g. B2: for `within: cell`."""
    find: Pattern | None = None
    """The part of the name, cell or heading that says the period: the pattern's group."""
    forms: tuple[PeriodForm, ...] = Field(min_length=1)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that say the period, if any do."""
        return (self.column,) if isinstance(self.column, str) else self.column or ()

    @model_validator(mode="after")
    def _one_way(self) -> "PeriodKey":
        if (self.column is None) == (self.within is None):
            raise ValueError("give either 'column' or 'within'")
        if self.within in ("file_name", "sheet_name") and not self.find:
            raise ValueError("'within' needs 'find': the pattern that catches the period")
        if (self.within == "cell") != (self.cell is not None):
            raise ValueError("'within: cell' and 'cell' (e.g. B2) go together")
        return self
