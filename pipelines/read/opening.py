"""Open a file by its source's contract: whatever its format, rows of cells come out."""

from pathlib import Path

from pipelines.read.delimited import encoding_of, split_rows
from pipelines.read.rows import Rows
from pipelines.read.workbook import Workbook
from scorecard.catalogue import Source


def open_rows(location: Path, source: Source) -> list[Rows]:
    """What a source reads in a file, one a sheet. Raises Refused or OSError when there is nothing to be had."""
    if source.format == "delimited":
        encoding = encoding_of(location, source)
        rows = split_rows(location, source, encoding)
        return [Rows(rows, encoding=encoding, delimiter=source.delimiter)]
    return [
        Rows(((row.number, row.cells) for row in grid.rows), sheet=grid.sheet, is_ragged=True)
        for grid in Workbook(location).grids(source)
    ]
