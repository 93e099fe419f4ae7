"""The rows of a file as they are read, one after another, with what was found out in reading them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.read.grid import Cell

Row = tuple[int, Sequence[Cell]]
"""Row number as a spreadsheet or text editor shows it, and cells; bare, because there may be millions."""


@dataclass(frozen=True)
class Rows:
    """The rows of one table of a file: of a delimited file all, of a workbook one sheet. To be gone through once."""

    rows: Iterator[Row]
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    is_ragged: bool = False
    """Rows need not be as long as the headings: a workbook leaves out cells, a delimited file may not."""
