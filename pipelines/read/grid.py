"""A grid of cells as it stands in a file, before anything is understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from pipelines.problem_codes import Code

Cell = str | float | int | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Fault:
    """Why a row must be set aside before its columns are looked at."""

    code: Code
    sentence: str


@dataclass(frozen=True)
class GridRow:
    """One row: its number as a spreadsheet or text editor shows it, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """No cell holds anything but spaces."""
        return all(not cell.strip() if isinstance(cell, str) else cell is None for cell in self.cells)

    def first_text(self) -> str:
        """The first cell that is not blank, as text."""
        return next((text for cell in self.cells if (text := as_text(cell))), "")


@dataclass(frozen=True)
class Grid:
    """All rows of a delimited file or of one sheet."""

    rows: tuple[GridRow, ...]
    sheet: str | None = None
    encoding: str | None = None
    faults: Mapping[int, Fault] = field(default_factory=dict)
    """Rows that must be set aside, by their number."""


def as_text(cell: Cell) -> str:
    """A cell as its reader would type it: whole numbers without ".0", dates as 2026-03-31, lengths of
    time as 26:30:00."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(abs(cell), timedelta(minutes=1))
        sign = "-" if cell < timedelta() else ""
        return f"{sign}{minutes // 60}:{minutes % 60:02d}:{seconds.seconds:02d}"
    return str(cell)
