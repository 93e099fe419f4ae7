"""Delimited text into rows of cells: decoded strictly by the contract's encodings, split by its delimiter and marks.

DuckDB's own reader is not used on purpose: it moves cells of a ragged line one column along, maps columns
by position, and reads names with brackets as patterns.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from pipelines.problems import Code, Problem, Refused
from pipelines.read.quoted_lines import QuotedLines, add_fault
from pipelines.read.quoting import Quoting
from pipelines.read.rows import Fault, Rows
from pipelines.read.text import CONTROLS, Text, look_over
from scorecard.catalogue import Severity, Source

TextRow = tuple[int, list[str]]
"""Number of the (first) line, from 1, and cells."""
MOST_COLUMNS: Final = 2_000
LONGEST_CELL: Final = 1_000_000
_LOOKED_AT: Final = 100
"""Rows in which the headings must stand, and whose cells are counted."""
_END_OF_FILE: Final = "\x1a"
"""Old programs end a text file with this character; it is no row."""


def open_delimited(file: Path, source: Source) -> Rows:
    """The rows of a delimited file, read as they are asked for. Raises Refused when it is empty or cannot be decoded.

    Rows that must be set aside are in its `faults` by the time they come. Going through the rows raises Refused
    where they cannot be told apart any more, and when there are too many columns.
    """
    text, faults = look_over(file, source), dict[int, Fault]()
    rows = split_rows(file, source, text, faults)
    return Rows(rows, encoding=text.encoding, delimiter=source.delimiter, faults=faults)


def split_rows(file: Path, source: Source, text: Text, faults: dict[int, Fault]) -> Iterator[TextRow]:
    """Row numbers and cells one by one, so that a large file is never held whole.

    A row in `faults` comes as its lines, one cell each. A blank line is a row of one blank cell.
    """
    rows = _split(file, source, text, faults)
    if text.has_controls:
        rows = _without_controls(rows, faults)
    most = max(MOST_COLUMNS, 2 * len(source.columns))
    for number, cells in islice(rows, _LOOKED_AT):
        if len(cells) > most:
            sentence = f"Row {number} has {len(cells):,} columns; the limit is {most:,}."
            raise _refused(Code.too_many_columns, sentence, number)
        yield number, cells
    yield from rows


def _split(file: Path, source: Source, text: Text, faults: dict[int, Fault]) -> Iterator[TextRow]:
    delimiter, number = source.delimiter, 0
    with file.open(encoding=text.encoding, newline="") as lines:
        try:
            if text.has_quotes:
                quoting = Quoting(delimiter, source.quote, source.escape)
                yield from QuotedLines(lines, quoting, LONGEST_CELL, faults, source.header.row).rows()
                return
            for number, line in enumerate(lines, start=1):
                cells = line.rstrip("\r\n").split(delimiter)
                if len(line) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
                    sentence = f"Row {number} has a cell of more than {LONGEST_CELL:,} characters."
                    raise _refused(Code.file_too_large, sentence, number)
                yield number, cells
        except UnicodeDecodeError as fault:
            sentence = f"Its text cannot be read after row {number}; it was changed while it was being read."
            raise _refused(Code.unreadable_encoding, sentence, number) from fault


def _without_controls(rows: Iterator[TextRow], faults: dict[int, Fault]) -> Iterator[TextRow]:
    for number, cells in rows:
        joined = "".join(cells)
        found = CONTROLS.search(joined)
        if found and joined.strip() == _END_OF_FILE:
            yield number, [""]
            continue
        if found and number not in faults:
            named = "null byte (NUL)" if found[0] == "\x00" else f"control character ({ord(found[0]):#04x})"
            sentence = f"Row {number} has a {named} in it, which no text has."
            add_fault(faults, number, Fault(Code.control_character, sentence))
        yield number, cells


def _refused(code: Code, sentence: str, row: int | None = None) -> Refused:
    return Refused(Problem(code, Severity.refuse, sentence, row=row))
