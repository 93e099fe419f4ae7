"""Delimited text into a grid: decoded strictly by the contract's encodings, split by the csv module.

DuckDB's own reader is not used on purpose: it moves cells of a ragged line one column along, maps columns
by position, and reads names with brackets as patterns.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Grid, GridRow
from scorecard.catalogue import Severity, Source

_WORDS: Final = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows (cp1252)", "cp850": "DOS (cp850)"}
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
LONGEST_CELL: Final = 1_000_000


def read_delimited(file: Path, source: Source) -> Grid:
    """The rows of a delimited file. Raises Refused when it is empty or cannot be decoded or split."""
    raw = file.read_bytes()
    if not raw.strip(b"\x00\r\n\t ,;|\xef\xbb\xbf"):
        raise _refused(Code.empty_file, "The file has no rows in it.")
    text, encoding = _decode(raw, source)
    return Grid(tuple(_rows(text, source.delimiter)), encoding=encoding)


def _decode(raw: bytes, source: Source) -> tuple[str, str]:
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            candidates: tuple[str, ...] = (marked,)
            break
    else:
        candidates = tuple(name for name in source.encodings if name != "utf-16")
    for encoding in candidates:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, encoding
    tried = " nor ".join(_WORDS[name] for name in source.encodings)
    raise _refused(Code.unreadable_encoding, f"Its text is neither {tried}, or it is not a text file at all.")


def _rows(text: str, delimiter: str) -> Iterator[GridRow]:
    csv.field_size_limit(LONGEST_CELL)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    began = 1
    try:
        for cells in reader:
            yield GridRow(began, tuple(cells))
            began = reader.line_num + 1
    except csv.Error as fault:
        sentence = f"From row {began} on the cells cannot be told apart: {fault}."
        raise _refused(Code.broken_quoting, sentence, began) from fault


def _refused(code: Code, sentence: str, row: int | None = None) -> Refused:
    return Refused(Problem(code, Severity.refuse, sentence, row=row))
