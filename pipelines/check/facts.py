"""What is measured of a file as a whole, block by block: its rows, blanks, newest date, spreads and sums."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from pipelines.check.spread import Cells, Spread
from pipelines.read.table import Table
from scorecard.catalogue import Source
from scorecard.set_aside import ROW


@dataclass
class Sum:
    """The numbers of one column added up, and whether every row had one."""

    value: float = 0.0
    without: int = 0
    """Rows whose number is not known: unreadable, or with a marker in its place."""


@dataclass
class Facts:
    """What is known of one file (of a workbook: of one sheet), as far as the contract's `checks` ask for it."""

    rows: int = 0
    """Rows of figures, those set aside among them."""
    blanks: dict[str, int] = field(default_factory=dict)
    """Column → how many of its cells are blank."""
    newest: date | None = None
    cells: dict[str, Cells] = field(default_factory=dict)
    sums: dict[str, Sum] = field(default_factory=dict)
    stated: dict[str, float] = field(default_factory=dict)
    """Column → the total that the file states."""
    answers: set[int] = field(default_factory=set)
    """Of a download of rows set aside: the rows of the first file that stand in it."""

    def add(self, source: Source, table: Table) -> None:
        """Count one table of the file, or one block of it: every row that was read, before any is set aside."""
        checks, frame = source.checks, table.frame
        self.answers.update(_rows_named(table))
        self.rows += len(frame) + len(table.held)
        self.stated |= dict(table.stated_totals)
        for total in checks.totals:
            _add_up(self.sums.setdefault(total.column, Sum()), frame, total.column, len(table.held))
        if not len(frame):
            return
        for blank in checks.blanks:
            if blank.column in frame and blank.column in source.columns:
                missing = int(frame[blank.column].isna().sum())
                self.blanks[blank.column] = self.blanks.get(blank.column, 0) + missing
        for drift in checks.drift:
            if drift.column in frame and drift.column in source.columns:
                is_number = source.columns[drift.column].type in ("number", "integer")
                values = frame[f"{drift.column}__value"].astype("float64") if is_number else None
                self.cells.setdefault(drift.column, Cells()).add(frame[drift.column], values)
        if checks.fresh:
            column = source.columns.get(checks.fresh.column or "")
            days = f"{checks.fresh.column}__value" if column and column.type == "date" else "period_end"
            self.newest = _latest(self.newest, frame[days]) if days in frame else self.newest

    def spreads(self) -> Mapping[str, Spread]:
        """What is kept of the file to hold the next one against: only of the columns that `drift` names."""
        made = {column: cells.spread() for column, cells in self.cells.items()}
        return {column: spread for column, spread in made.items() if spread}


def _rows_named(table: Table) -> Iterator[int]:
    """The row numbers in the column that says where each row stood in the file it came from."""
    for headings in table.top[-1:]:
        for at, heading in enumerate(headings):
            if heading == ROW:
                cells = (table.raw[row] for row in table.raw)
                yield from (int(each[at]) for each in cells if at < len(each) and each[at].isdecimal())


def _add_up(into: Sum, frame: pd.DataFrame, column: str, held: int) -> None:
    into.without += held
    if f"{column}__value" in frame:
        values = frame[f"{column}__value"].astype("float64")
        into.value += float(values.sum())
        into.without += int((values.isna() & frame[column].notna()).sum())


def _latest(known: date | None, days: pd.Series) -> date | None:
    found = days.dropna()
    newest = found.max() if len(found) else None
    if newest is not None and hasattr(newest, "date"):
        newest = newest.date()
    return max((day for day in (known, newest) if day is not None), default=None)
