"""Open a file by its source's contract: whatever its format, rows of cells come out."""

from pathlib import Path

from pipelines.read.delimited import open_delimited
from pipelines.read.rows import Rows
from pipelines.read.workbook import Workbook, parquet_rows
from scorecard.catalogue import Source


class OpenFile:
    """A file opened at most once, however many sources read it."""

    def __init__(self, location: Path) -> None:
        self.location = location
        self._workbook: Workbook | None = None

    def rows(self, source: Source) -> list[Rows]:
        """What a source reads in the file, one a sheet. Raises Refused or OSError when there is nothing to be had."""
        match source.format:
            case "workbook":
                if self._workbook is None:
                    self._workbook = Workbook(self.location)
                return self._workbook.rows(source)
            case "parquet" | "query":  # what a query answered is kept as Parquet
                return [parquet_rows(self.location)]
            case "json" | "json_lines":
                from pipelines.read.json_rows import json_rows

                return [json_rows(self.location, source)]
            case "delimited":
                return [open_delimited(self.location, source)]


def open_rows(location: Path, source: Source) -> list[Rows]:
    """What a source reads in a file, one a sheet. Raises Refused or OSError when there is nothing to be had."""
    return OpenFile(location).rows(source)
