"""A workbook in the reading process: its sheets and their rows, with errors and unfinished formulas as they show."""

import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from pipelines.problem_codes import Code
from pipelines.read.confined import MOST_COLUMNS
from pipelines.read.wire import Unusable

MOST_UNPACKED: Final = 1_500_000_000
"""Bytes; the largest published workbook we read unpacks to under a tenth of this."""
MOST_PARTS: Final = 20_000
_SPREADSHEETS: Final = ("xl/", "content.xml", "[content_types].xml", "mimetype")

Errors = Mapping[int, Mapping[int, str]]
"""Row (from 0) → column (from 0) → what the cell shows although it has no value."""


class SheetFile:
    """An opened workbook of any kind that calamine reads. Macros are never run; formulas are never worked out."""

    def __init__(self, file: str) -> None:
        with open(file, "rb") as stream:
            self._file, self._is_zip = file, stream.read(2) == b"PK"
        if self._is_zip:
            _refuse_bombs(file)
        try:
            self._book = CalamineWorkbook.from_path(file)
        except PasswordError as fault:
            sentence = "The workbook is locked with a password, so it cannot be read."
            raise Unusable(Code.password_protected, sentence) from fault
        except CalamineError as fault:
            raise _damaged(fault) from fault
        self._errors: dict[str, Errors] = {}

    def sheets(self) -> list[tuple[str, bool]]:
        """Name of each sheet in the workbook's order, and whether people can see it."""
        return [(one.name, one.visible is SheetVisibleEnum.Visible) for one in self._book.sheets_metadata]

    def rows(self, sheet: str | None) -> Iterator[list[Any]]:
        """The rows of a sheet from its first on; blank ones after the last that holds something are left out."""
        name = sheet or ""
        try:
            found = self._book.get_sheet_by_name(name)
        except CalamineError as fault:
            raise _damaged(fault) from fault
        if found.end is not None and found.end[1] >= MOST_COLUMNS:
            sentence = f"The sheet '{name}' has {found.end[1] + 1:,} columns; the limit is {MOST_COLUMNS:,}."
            raise Unusable(Code.too_many_columns, sentence)
        errors = self._errors_of(name)
        above, left = found.start or (0, 0)
        margin = [""] * left
        rows = ([*margin, *row] for row in found.iter_rows()) if left else found.iter_rows()
        return _without_tail(map(_as_shown, _with_errors(rows, above, errors)))

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()

    def _errors_of(self, name: str) -> Errors:
        if name not in self._errors:
            self._errors[name] = self._found_in(name)
        return self._errors[name]

    def _found_in(self, name: str) -> Errors:
        if not self._is_zip:
            from pipelines.read.biff import errors_in_xls

            return errors_in_xls(self._file, self._book.sheet_names.index(name))
        with zipfile.ZipFile(self._file) as archive:
            parts = {part.lower(): part for part in archive.namelist()}
            if "content.xml" in parts:
                from pipelines.read.ods_errors import errors_in_ods

                # One part holds all sheets, so all are looked through at once.
                found = errors_in_ods(archive, parts["content.xml"])
                self._errors = {each: found.get(each, {}) for each in self._book.sheet_names}
                return self._errors[name]
            from pipelines.read.xlsx_errors import errors_in_part, part_of

            part = part_of(archive, parts, name)
            if part.lower().endswith(".bin"):
                from pipelines.read.biff import errors_in_xlsb

                return errors_in_xlsb(archive.read(part))
            return errors_in_part(archive, part)


def _with_errors(rows: Iterator[list[Any]], above: int, errors: Errors) -> Iterator[list[Any]]:
    for at in range(above):
        yield _marked([], errors.get(at, {}))
    at = above - 1
    for at, row in enumerate(rows, start=above):
        yield _marked(row, errors[at]) if at in errors else row
    for later in range(at + 1, max(errors, default=-1) + 1):
        yield _marked([], errors.get(later, {}))


def _marked(row: list[Any], errors: Mapping[int, str]) -> list[Any]:
    for at, shown in errors.items():
        row.extend([""] * (at + 1 - len(row)))
        row[at] = shown
    return row


def _as_shown(row: list[Any]) -> list[Any]:
    """Numbers with the 15 digits that spreadsheets show: 0.3, not the 0.30000000000000004 that 0.1 + 0.2 leaves."""
    for at, cell in enumerate(row):
        # Nearly all numbers have few decimal places, and are told from the others many times faster than written out.
        if cell.__class__ is float and not (cell * 1e6).is_integer():
            row[at] = float(f"{cell:.15g}")
    return row


def _without_tail(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    blank = 0
    for row in rows:
        if row.count("") == len(row):
            blank += 1
            continue
        for _ in range(blank):
            yield []
        blank = 0
        yield row


def _refuse_bombs(file: str) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            items = archive.infolist()
    except zipfile.BadZipFile as fault:
        raise _damaged(fault) from fault
    unpacked = sum(item.file_size for item in items)
    if unpacked > MOST_UNPACKED or len(items) > MOST_PARTS:
        sentence = f"The workbook unpacks to {unpacked:,} bytes in {len(items):,} parts; the limit is {MOST_UNPACKED:,}"
        raise Unusable(Code.file_too_large, f"{sentence} in {MOST_PARTS:,}.")
    if any(item.flag_bits & 0x41 for item in items):
        raise Unusable(Code.password_protected, "Parts of the workbook are locked with a password.")
    names = [item.filename.lower() for item in items]
    if not any(name.startswith(_SPREADSHEETS) for name in names):
        raise Unusable(
            Code.format_mismatch, "It is a ZIP archive, but no spreadsheet is in it: its content is other files."
        )


def _damaged(fault: Exception) -> Unusable:
    said = str(fault)[:160].rstrip(".") or "it is damaged"
    if "limit exceeded" in said.lower():
        sentence = f"A sheet of the workbook claims to have more rows and columns than can be read ({said})."
        return Unusable(Code.file_too_large, sentence)
    return Unusable(
        Code.damaged_workbook,
        f"The workbook is damaged, or is not of the format its name says; it cannot be opened ({said}).",
    )
