"""The rows of a file as they are read, one after another, with what was found out in reading them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Cell, Fault, Grid, GridRow
from scorecard.catalogue import Severity

__all__ = ["Fault", "Row", "Rows", "whole_grid"]

Row = tuple[int, Sequence[Cell]]
"""Row number as a spreadsheet or text editor shows it, and cells; bare, because there may be millions."""
MOST_CELLS: Final = 5_000_000
"""That are held at once. A source of records is read in blocks instead, and has no such limit."""


@dataclass(frozen=True)
class Rows:
    """The rows of one table of a file: of a delimited file all, of a workbook one sheet. To be gone through once."""

    rows: Iterator[Row]
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    is_ragged: bool = False
    """Rows need not be as long as the headings: a workbook leaves out cells, a delimited file may not."""
    faults: dict[int, Fault] = field(default_factory=dict)
    """By row number; filled while the rows are gone through, before the row comes."""


def whole_grid(opened: Rows) -> Grid:
    """All rows at once. Raises Refused or OSError where reading breaks off, and when there are too many."""
    rows: list[GridRow] = []
    cells = 0
    for number, row in opened.rows:
        rows.append(GridRow(number, tuple(row)))
        cells += len(row) + 1
        if cells > MOST_CELLS:
            sentence = f"By row {number:,} it has more than {MOST_CELLS:,} cells, the limit for a file of figures."
            raise Refused(Problem(Code.file_too_large, Severity.refuse, sentence, row=number))
    return Grid(tuple(rows), opened.sheet, opened.encoding, opened.faults)
