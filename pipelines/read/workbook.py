"""Workbooks (XLSX, XLS, XLSB, ODS) into grids, a sheet at a time."""

import zipfile
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Grid, GridRow
from scorecard.catalogue import Severity, Source
from scorecard.nearest import did_you_mean
from scorecard.wildcard import matches_any

MOST_UNPACKED: Final = 1_500_000_000
"""Bytes; the largest published workbook we read unpacks to under a tenth of this."""


class Workbook:
    """An opened workbook; sheets are read when asked for, so that one file can feed many sources."""

    def __init__(self, file: Path) -> None:
        """Raises Refused when the file is no workbook, is damaged, or would unpack beyond the limit."""
        if file.stat().st_size == 0:
            raise Refused(Problem(Code.empty_file, Severity.refuse, "The file has nothing in it."))
        _refuse_bombs(file)
        try:
            self._book = CalamineWorkbook.from_path(str(file))
            self.sheets = [
                sheet.name for sheet in self._book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible
            ]
        except (CalamineError, OSError) as fault:
            raise _damaged(fault) from fault

    def grids(self, source: Source) -> list[Grid]:
        """Every visible sheet that the contract names, in the workbook's order. Raises Refused when none is."""
        found = [name for name in self.sheets if matches_any(source.sheets, name)]
        if not found:
            wanted = " or ".join(f"'{name}'" for name in source.sheets)
            held = ", ".join(self.sheets[:12]) + (" and more" if len(self.sheets) > 12 else "")
            hint = did_you_mean(source.sheets[0], self.sheets)
            sentence = f"In the workbook there is no sheet named {wanted}; it has {held or 'no visible sheets'}.{hint}"
            raise Refused(Problem(Code.sheet_missing, Severity.refuse, sentence))
        try:
            return [Grid(tuple(_rows(self._book.get_sheet_by_name(name))), sheet=name) for name in found]
        except (CalamineError, OSError) as fault:
            raise _damaged(fault) from fault


def _rows(sheet: CalamineSheet) -> list[GridRow]:
    cells = sheet.to_python(skip_empty_area=False)
    return [GridRow(at, tuple(row)) for at, row in enumerate(cells, start=1)]


def _refuse_bombs(file: Path) -> None:
    if not zipfile.is_zipfile(file):
        return
    with zipfile.ZipFile(file) as archive:
        unpacked = sum(item.file_size for item in archive.infolist())
    if unpacked > MOST_UNPACKED:
        sentence = f"The workbook unpacks to {unpacked:,} bytes; the limit is {MOST_UNPACKED:,}."
        raise Refused(Problem(Code.file_too_large, Severity.refuse, sentence))


def _damaged(fault: Exception) -> Refused:
    sentence = f"The workbook cannot be opened: {str(fault)[:160] or 'it is damaged'}."
    return Refused(Problem(Code.damaged_workbook, Severity.refuse, sentence))
