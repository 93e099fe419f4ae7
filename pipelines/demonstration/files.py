"""Tables as services save them: CSV and Excel bytes with titles above and notes below, the same each time."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final

import xlsxwriter

Cell = str | int | float | date | None
Row = list[Cell]

SAVED_ON: Final = datetime(2026, 11, 20, 9, 0, tzinfo=UTC).replace(tzinfo=None)
"""Written into every workbook, which would otherwise differ from one run to the next."""


@dataclass(frozen=True)
class Table:
    """Headings and rows, with what people write around them."""

    headings: Sequence[str]
    rows: Sequence[Row]
    titles: Sequence[str] = ()
    notes: Sequence[str] = ()

    def lines(self) -> list[Row]:
        """Titles, a blank row, headings, rows, a blank row, notes."""
        above: list[Row] = [[title] for title in self.titles]
        below: list[Row] = [[note] for note in self.notes]
        gap: list[Row] = [[]]
        return [
            *above,
            *(gap if above else []),
            list(self.headings),
            *self.rows,
            *(gap if below else []),
            *below,
        ]


def as_csv(table: Table, *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """The table as a delimited file with Windows line ends."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for line in table.lines():
        writer.writerow(["" if cell is None else cell for cell in line])
    return text.getvalue().encode(encoding)


def as_workbook(sheets: Mapping[str, Table]) -> bytes:
    """The tables as the sheets of one workbook."""
    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    workbook.set_properties({"title": "Performance return", "author": "Alderbrook Council", "created": SAVED_ON})
    bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "dd/mm/yyyy"})
    for name, table in sheets.items():
        sheet = workbook.add_worksheet(name)
        sheet.set_column(0, len(table.headings), 18)
        for number, line in enumerate(table.lines()):
            _write_line(sheet, number, line, bold if line == list(table.headings) else None, day)
    workbook.close()
    return content.getvalue()


def _write_line(
    sheet: xlsxwriter.worksheet.Worksheet,
    number: int,
    line: Row,
    style: xlsxwriter.format.Format | None,
    day: xlsxwriter.format.Format,
) -> None:
    for column, cell in enumerate(line):
        if isinstance(cell, date):
            sheet.write_datetime(number, column, cell, day)
        elif isinstance(cell, str):
            sheet.write_string(number, column, cell, style)
        elif cell is not None:
            sheet.write_number(number, column, cell)


def write_changed(path: Path, content: bytes) -> None:
    """Write the file unless it already holds just this, so that its date changes only with its content."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
