"""An export as a workbook that everyone can read, as the Analysis Function's guidance on spreadsheets asks.

A cover, notes, and one table on a sheet of its own that begins in its first column; no merged cells, no empty rows
or columns, shorthand in brackets where there is no figure, units in the headings, text that is never a formula.
"""

import io
import zipfile
from datetime import date, datetime
from typing import Any, Final

from scorecard.exports.csvw import LANGUAGE
from scorecard.exports.export import NOT_APPLICABLE, NOT_AVAILABLE, Cell, Column, Export, meaning

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COVER, NOTES, FIGURES = "Cover", "Notes", "Figures"
NO_NOTE: Final = "no note"
_LONGEST: Final = 32_000
"""Characters in a cell of a workbook, with room to spare."""
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "d mmmm yyyy",
}


def workbook_bytes(export: Export) -> bytes:
    """The workbook; the same export gives the same bytes."""
    import xlsxwriter  # only when somebody asks for a workbook

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _OPTIONS) as book:
        book.set_properties(
            {
                "title": export.title,
                "subject": export.what,
                "author": export.council,
                "created": export.published_at.replace(tzinfo=None),
            }
        )
        _Workbook(book, export).fill()
    return _in_english(made.getvalue())


class _Workbook:
    """The three sheets."""

    def __init__(self, book: Any, export: Export) -> None:
        self.export = export
        self.title = book.add_format({"bold": True, "font_size": 16, "text_wrap": True})
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 0})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.right = book.add_format({"align": "right"})
        self.link = book.get_default_url_format()
        self.numbers: dict[int | None, Any] = {None: book.add_format({"num_format": "General"})}
        for column in export.columns:
            if column.decimals is not None:
                places = f"#,##0.{'0' * column.decimals}" if column.decimals else "#,##0"
                self.numbers[column.decimals] = book.add_format({"num_format": places})
        self.cover, self.notes, self.figures = (book.add_worksheet(name) for name in (COVER, NOTES, FIGURES))

    def fill(self) -> None:
        """Write the cover, the notes and the figures."""
        said = [(heading, words) for heading, words in self.export.said() if heading != "Title"]
        self.cover.set_column(0, 0, 90, self.words)
        self._text(self.cover, 0, 0, self.export.title, self.title)
        lines = [f"{heading}: {words}" for heading, words in said]
        for down, line in enumerate(lines, start=1):
            self._text(self.cover, down, 0, line, self.words)
        for down, (sheet, words) in enumerate(
            ((NOTES, "Notes: what the shorthand means"), (FIGURES, f"Figures: {self.export.title}")),
            start=len(lines) + 1,
        ):
            self.cover.write_url(down, 0, f"internal:'{sheet}'!A1", self.link, words[:200])
        self._notes()
        self._figures()

    def _notes(self) -> None:
        self._text(self.notes, 0, 0, "Notes", self.title)
        self._text(self.notes, 1, 0, "This sheet has one table: what the shorthand on the sheet Figures means.")
        told = dict(self.export.shorthand()) | {mark: meaning(mark) for mark in (NOT_AVAILABLE, NOT_APPLICABLE)}
        rows = [[f"[{mark}]", f"{words[:1].upper()}{words[1:]}."] for mark, words in sorted(told.items())]
        self.notes.set_column(0, 0, 14)
        self.notes.set_column(1, 1, 76, self.words)
        for down, row in enumerate(rows, start=3):
            for across, words in enumerate(row):
                self._text(self.notes, down, across, words, self.words)
        self._as_table(self.notes, "Shorthand", 2, len(rows), ["Shorthand", "Meaning"])

    def _figures(self) -> None:
        export, marks = self.export, self.export.markers()
        shown = [at for at, column in enumerate(export.columns) if not self._is_blank(at, column)]
        self._text(self.figures, 0, 0, export.title, self.title)
        self.figures.set_row(0, 22)
        self._text(self.figures, 1, 0, "This sheet has one table. The sheet Notes says what its shorthand means.")
        for across, at in enumerate(shown):
            self.figures.set_column(across, across, _width(export, at))
        for down, (row, mark) in enumerate(zip(export.rows, marks, strict=True), start=3):
            for across, at in enumerate(shown):
                self._cell(down, across, row[at], export.columns[at], mark)
        headings = [export.columns[at].heading for at in shown]
        self._as_table(self.figures, "Figures", 2, len(export.rows), headings)
        self.figures.freeze_panes(3, 1)

    def _is_blank(self, at: int, column: Column) -> bool:
        """Whether a column says nothing in any row; figures are kept, as their absence says something."""
        rows = self.export.rows
        return bool(rows) and not column.is_figure and all(row[at] is None for row in rows)

    def _cell(self, down: int, across: int, cell: Cell, column: Column, mark: str | None) -> None:
        sheet = self.figures
        if column.name == self.export.marker:
            self._text(sheet, down, across, f"[{cell}]" if cell else NO_NOTE)
        elif cell is None:
            shorthand = (mark or NOT_AVAILABLE) if column.is_figure else NOT_APPLICABLE
            self._text(
                sheet, down, across, f"[{shorthand}]", self.right if column.kind in ("number", "integer") else None
            )
        elif isinstance(cell, bool):
            self._text(sheet, down, across, "Yes" if cell else "No")
        elif isinstance(cell, (int, float)):
            sheet.write_number(down, across, cell, self.numbers.get(column.decimals))
        elif isinstance(cell, datetime):
            self._text(sheet, down, across, cell.strftime("%Y-%m-%dT%H:%M:%SZ"))
        elif isinstance(cell, date):
            sheet.write_datetime(down, across, datetime(cell.year, cell.month, cell.day))
        else:
            self._text(sheet, down, across, cell)

    def _text(self, sheet: Any, down: int, across: int, words: str, style: Any = None) -> None:
        sheet.write_string(down, across, words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…", style)

    def _as_table(self, sheet: Any, name: str, top: int, rows: int, headings: list[str]) -> None:
        sheet.add_table(
            top,
            0,
            top + max(rows, 1),
            len(headings) - 1,
            {
                "name": name,
                "autofilter": False,
                "style": "Table Style Light 1",
                "banded_rows": False,
                "columns": [{"header": words, "header_format": self.heading} for words in headings],
            },
        )


def _width(export: Export, at: int) -> float:
    """As wide as its widest cell or half its heading, within reason."""
    column = export.columns[at]
    cells = [18 if isinstance(row[at], date) else len(str(row[at])) for row in export.rows]
    return min(max([*cells, len(column.heading) / 2 + 2, 10]), 60) + 2


def _in_english(book: bytes) -> bytes:
    """The workbook with its language told, which xlsxwriter has no setting for."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                content = content.replace(end, b"<dc:language>" + LANGUAGE.encode() + b"</dc:language>" + end)
            new.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
