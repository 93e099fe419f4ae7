"""An export as CSV: what must be said of the figures stands above them, and a metadata file tells programs so."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from scorecard.exports import csvw
from scorecard.exports.export import Cell, Export
from scorecard.exports.formulas import defused
from scorecard.exports.numbers import number

BOM: Final = "\ufeff"
"""Or Excel takes the file for one of another alphabet."""
QUOTED: Final = "Text that a spreadsheet would take for a formula has an apostrophe before it; leave that out."


def csv_bytes(export: Export) -> bytes:
    """UTF-8: rows of a heading and its words, an empty row, the names of the columns, then the rows."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows(_above(export))
    writer.writerow([column.name for column in export.columns])
    writer.writerows([_cell(cell) for cell in row] for row in export.rows)
    return f"{BOM}{text.getvalue()}".encode()


def metadata_bytes(export: Export) -> bytes:
    """The CSVW metadata of `csv_bytes`: how many rows to skip, and what each column holds."""
    file = csvw.File(
        url=f"{export.name}.csv",
        title=export.title,
        description=export.what,
        publisher=export.council,
        issued=export.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        rows_above=sum(1 for _ in _above(export)),
        key=export.key,
        licences=export.licences,
        sources=export.sources,
        notes=tuple(f"{heading}: {words}" for heading, words in _notes(export)),
    )
    return csvw.metadata(file, export.columns)


def zip_bytes(export: Export) -> bytes:
    """Both in one file, so that neither is lost."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in (
            (f"{export.name}.csv", csv_bytes(export)),
            (f"{export.name}.csv{csvw.ENDING}", metadata_bytes(export)),
        ):
            # The moment of the snapshot, so that the same figures give the same file.
            entry = zipfile.ZipInfo(name, export.published_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            folder.writestr(entry, content)
    return made.getvalue()


def _above(export: Export) -> Iterator[list[str]]:
    for heading, words in (*export.said(), *_notes(export)):
        yield [heading, defused(" ".join(words.split()))]
    yield []


def _notes(export: Export) -> Iterator[tuple[str, str]]:
    for marker, words in export.shorthand():
        yield "Shorthand", f"{marker}: {words}"
    yield "Empty cells", "There is no figure. It is missing or withheld, and never zero."
    if any(isinstance(cell, str) and defused(cell) != cell for row in export.rows for cell in row):
        yield "Apostrophes", QUOTED


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return number(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(cell, date):
        return cell.isoformat()
    return defused(cell) if isinstance(cell, str) else str(cell)
