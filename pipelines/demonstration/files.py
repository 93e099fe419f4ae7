"""Tables as services save them: CSV and Excel bytes with titles above and notes below, the same each time."""

import csv
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

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


_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns"
_MANIFEST: Final = (
    f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{_ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_CONTENT: Final = (
    f'<office:document-content office:version="1.2" xmlns:office="{_OASIS}:office:1.0"'
    f' xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0" xmlns:style="{_OASIS}:style:1.0"'
    f' xmlns:number="{_OASIS}:datastyle:1.0"><office:automatic-styles>'
    '<number:date-style style:name="dmy"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    '</number:date-style><style:style style:name="day" style:family="table-cell" style:data-style-name="dmy"/>'
    "</office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet></office:body>"
    "</office:document-content>"
)


def as_ods(sheets: Mapping[str, Table]) -> bytes:
    """The tables as the sheets of an OpenDocument spreadsheet with real numbers and dates, the same each time."""
    pages = "".join(
        f"<table:table table:name={quoteattr(name)}>{''.join(map(_ods_line, table.lines()))}</table:table>"
        for name, table in sheets.items()
    )
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        # The kind of file stands first and uncompressed, so that it can be told from the first bytes.
        for name, text in (
            ("mimetype", _ODS),
            ("content.xml", _CONTENT.format(pages)),
            ("META-INF/manifest.xml", _MANIFEST),
        ):
            entry = zipfile.ZipInfo(name, SAVED_ON.timetuple()[:6])
            entry.create_system = 3  # else the bytes differ between Windows and the rest
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            declared = "" if name == "mimetype" else '<?xml version="1.0" encoding="UTF-8"?>\n'
            archive.writestr(entry, f"{declared}{text}")
    return content.getvalue()


def _ods_line(line: Row) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, line)) or '<table:table-cell/>'}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    match cell:
        case None | "":
            return "<table:table-cell/>"
        case date():
            kind, shown = f'"date" office:date-value="{cell:%Y-%m-%d}" table:style-name="day"', f"{cell:%d/%m/%Y}"
        case str():
            kind, shown = '"string"', cell
        case _:
            kind, shown = f'"float" office:value="{cell}"', f"{cell}"
    lines = (re.sub(" +", lambda run: f'<text:s text:c="{len(run[0])}"/>', escape(each)) for each in shown.split("\n"))
    paragraphs = "".join(f"<text:p>{each}</text:p>" for each in lines)
    return f"<table:table-cell office:value-type={kind}>{paragraphs}</table:table-cell>"


def write_changed(path: Path, content: bytes) -> None:
    """Write the file unless it already holds just this, so that its date changes only with its content."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
