"""Delimited text into a grid: decoded strictly by the contract's encodings, split by the csv module.

DuckDB's own reader is not used on purpose: it moves cells of a ragged line one column along, maps columns
by position, and reads names with brackets as patterns.
"""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Grid, GridRow
from scorecard.catalogue import Severity, Source

_WORDS: Final = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows (cp1252)", "cp850": "DOS (cp850)"}
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NOTHING: Final = b"\x00\r\n\t ,;|\xef\xbb\xbf"
_CHUNK: Final = 1_000_000
LONGEST_CELL: Final = 1_000_000


def read_delimited(file: Path, source: Source) -> Grid:
    """The rows of a delimited file. Raises Refused when it is empty or cannot be decoded or split."""
    encoding = encoding_of(file, source)
    return Grid(
        tuple(GridRow(number, tuple(cells)) for number, cells in split_rows(file, source, encoding)), encoding=encoding
    )


def encoding_of(file: Path, source: Source) -> str:
    """The first encoding of the contract that fits the whole file. Raises Refused when it is empty or none fits."""
    if not any(chunk.strip(_NOTHING) for chunk in _chunks(file)):
        raise _refused(Code.empty_file, "The file has no rows in it.")
    with file.open("rb") as stream:
        start = stream.read(4)
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    candidates = (marked,) if marked else tuple(name for name in source.encodings if name != "utf-16")
    for encoding in candidates:
        if _fits(file, encoding):
            return encoding
    tried = " nor ".join(_WORDS[name] for name in source.encodings)
    raise _refused(Code.unreadable_encoding, f"Its text is neither {tried}, or it is not a text file at all.")


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _fits(file: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        return not any("\x00" in decoder.decode(chunk) for chunk in _chunks(file)) and not decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False


def split_rows(file: Path, source: Source, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Row numbers and cells one by one, so that a large file is never held whole.

    Raises Refused where it cannot be split.
    """
    csv.field_size_limit(LONGEST_CELL)
    began = 1
    with file.open(encoding=encoding) as lines:
        reader = csv.reader(lines, delimiter=source.delimiter, strict=True)
        try:
            for cells in reader:
                yield began, cells
                began = reader.line_num + 1
        except csv.Error as fault:
            sentence = f"From row {began} on the cells cannot be told apart: {fault}."
            raise _refused(Code.broken_quoting, sentence, began) from fault
        except UnicodeDecodeError as fault:
            sentence = f"Its text cannot be read from row {began} on; it was changed while it was being read."
            raise _refused(Code.unreadable_encoding, sentence, began) from fault


def _refused(code: Code, sentence: str, row: int | None = None) -> Refused:
    return Refused(Problem(code, Severity.refuse, sentence, row=row))
