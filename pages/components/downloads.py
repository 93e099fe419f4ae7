"""Rows as a file that a spreadsheet will not take for formulas."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from pages.components.tables import comparable
from scorecard.exports.formulas import defused
from scorecard.measure_words import DECISION_WORDS
from scorecard.set_aside import HEADINGS
from scorecard.snapshot.held_rows import HeldSheet

_LONGEST_CELL: Final = 32_767
"""Characters that a cell of a workbook can hold."""
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\]")


def held_csv(sheets: Sequence[HeldSheet]) -> bytes:
    """The rows set aside of one file, as its own rows above the figures, headings and cells, with the reasons beside.

    Its own delimiter, UTF-8 with a byte order mark; several sheets stand one below the other.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=next((each.delimiter for each in sheets if each.delimiter), ","))
    for sheet in sheets:
        writer.writerows([defused(cell) for cell in row] for row in _rows(sheet))
    return text.getvalue().encode("utf-8-sig")


def held_workbook(sheets: Sequence[HeldSheet]) -> bytes:
    """The same as a workbook with the file's own sheets; every cell is text, so none is a formula."""
    import xlsxwriter  # only when somebody asks for a workbook

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for sheet in sheets:
            page = book.add_worksheet(_NOT_IN_A_NAME.sub(" ", sheet.name or "Rows set aside")[:31])
            for down, row in enumerate(_rows(sheet)):
                for across, cell in enumerate(row):
                    page.write_string(down, across, cell[:_LONGEST_CELL])
    return made.getvalue()


def _rows(sheet: HeldSheet) -> Iterator[list[str]]:
    """The rows of the download: all equally wide, the reasons in the last columns."""
    width = max(map(len, [*sheet.top, *(row.cells for row in sheet.rows)]), default=0)
    for at, cells in enumerate(sheet.top or ((),), start=1):
        reasons = HEADINGS if at >= len(sheet.top) else ("",) * len(HEADINGS)
        yield [*cells, *[""] * (width - len(cells)), *reasons]
    for row in sheet.rows:
        reasons = str(row.number), row.code, row.reason, row.what_to_do
        yield [*row.cells, *[""] * (width - len(row.cells)), *reasons]


def decisions(frame: pd.DataFrame) -> bytes:
    """Rows of `changes.decisions` as CSV, in the words of the page."""
    whole = pd.DataFrame(
        {
            "date": frame["decided_on"].dt.strftime("%Y-%m-%d"),
            "measure": frame["title"],
            "measure_id": frame["measure_id"],
            "decision": frame["decision"].map(DECISION_WORDS),
            "reason": frame["reason"],
            "approved_by": frame["approved_by"],
            "comparable_with_before": [
                comparable(decision, broken=broken)
                for decision, broken in zip(frame["decision"], frame["breaks_comparability"], strict=True)
            ],
        }
    )
    return (
        whole.map(lambda cell: defused(cell) if isinstance(cell, str) else cell).to_csv(index=False).encode("utf-8-sig")
    )
