"""A grid of cells as it stands in a file, before anything is understood."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | float | int | bool | date | datetime | time | timedelta


@dataclass(frozen=True)
class GridRow:
    """One row: its number as a spreadsheet or text editor shows it, and its cells."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """No cell holds anything but spaces."""
        return all(cell == "" or (isinstance(cell, str) and not cell.strip()) for cell in self.cells)

    def first_text(self) -> str:
        """The first cell that is not blank, as text."""
        return next((text for cell in self.cells if (text := as_text(cell))), "")


@dataclass(frozen=True)
class Grid:
    """All rows of a delimited file or of one sheet."""

    rows: tuple[GridRow, ...]
    sheet: str | None = None
    encoding: str | None = None


def as_text(cell: Cell | None) -> str:
    """A cell as its reader would type it: whole numbers without ".0", dates as 2026-03-31."""
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
    return str(cell)
