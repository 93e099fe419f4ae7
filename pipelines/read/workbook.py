"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) and Parquet files into rows, parsed in a process of their own."""

import weakref
from collections.abc import Iterator
from pathlib import Path

from pipelines.problems import Code, Problem, Refused
from pipelines.read.confinement import ConfinedFile
from pipelines.read.kinds import OLD_WORKBOOK, OLE, PARQUET, ZIP, refuse_unless
from pipelines.read.rows import Row, Rows
from scorecard.catalogue import Severity, Source
from scorecard.nearest import did_you_mean
from scorecard.wildcard import matches_any


class Workbook:
    """An opened workbook; sheets are read when asked for, so that one file can feed many sources."""

    def __init__(self, file: Path) -> None:
        """Raises Refused when the file is no workbook, is locked or damaged, or would unpack beyond the limit."""
        refuse_unless(file, (ZIP, OLE, OLD_WORKBOOK), "a workbook (XLSX, XLSM, XLSB, XLS or ODS)")
        self._file = ConfinedFile(file, "workbook")
        weakref.finalize(self, self._file.close)
        self.sheets = [name for name, is_visible in self._file.sheets() if is_visible]

    def rows(self, source: Source) -> list[Rows]:
        """The rows of every visible sheet that the contract names, in the workbook's order.

        Raises Refused when there is none.
        """
        found = [name for name in self.sheets if matches_any(source.sheets, name)]
        if not found:
            wanted = " or ".join(f"'{name}'" for name in source.sheets)
            held = ", ".join(self.sheets[:12]) + (" and more" if len(self.sheets) > 12 else "")
            hint = did_you_mean(source.sheets[0], self.sheets)
            sentence = f"In the workbook there is no sheet named {wanted}; it has {held or 'no visible sheets'}.{hint}"
            raise Refused(Problem(Code.sheet_missing, Severity.refuse, sentence))
        return [Rows(self._rows(name), sheet=name, is_ragged=True) for name in found]

    def _rows(self, sheet: str) -> Iterator[Row]:
        rows = self._file.rows(sheet)
        first = next(rows, None)
        if first is None:
            raise Refused(Problem(Code.empty_file, Severity.refuse, "The sheet is empty: there are no rows in it."))
        yield first
        yield from rows


def parquet_rows(file: Path) -> Rows:
    """The rows of a Parquet file, its columns' names first. Raises Refused when it is none."""
    refuse_unless(file, (PARQUET,), "Parquet")
    return Rows(ConfinedFile(file, "parquet").rows(), is_ragged=True)
