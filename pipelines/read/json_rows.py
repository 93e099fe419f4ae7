"""JSON and JSON Lines into rows: each object a row below one row of headings, or each list a row as it stands.

The headings are the keys in the order in which they first come, so row 2 is the first object, as it would be in a
spreadsheet. Everything is looked at before the first row is given, so a fault anywhere refuses the whole file.
"""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Cell
from pipelines.read.json_text import JsonText
from pipelines.read.kinds import TEXT, UNKNOWN, XML, refuse_unless
from pipelines.read.rows import Row, Rows
from scorecard.catalogue import Severity, Source

MOST_BYTES: Final = 250_000_000
MOST_COLUMNS: Final = 2_000
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def json_rows(file: Path, source: Source) -> Rows:
    """The rows of a JSON file. Raises Refused when it is no JSON, or not a list of objects or of lists."""
    refuse_unless(file, (TEXT, UNKNOWN, XML), "JSON")
    if file.stat().st_size > MOST_BYTES:
        sentence = f"It has {file.stat().st_size:,} bytes; the limit for JSON is {MOST_BYTES:,}."
        raise Refused(Problem(Code.file_too_large, Severity.refuse, sentence))
    text, encoding = _text_of(file)
    if not text.strip():
        raise Refused(Problem(Code.empty_file, Severity.refuse, "The file is empty: there is nothing in it."))
    json_text = JsonText(text, source.records_at, lines=source.format == "json_lines")
    keys: dict[str, None] | None = None
    number = 0
    for number, item in enumerate(json_text.items(), start=1):
        keys = _looked_at(item, number, keys, json_text)
    if keys is None:
        raise Refused(Problem(Code.empty_file, Severity.refuse, "The list in the file is empty: there are no rows."))
    if len(keys) > MOST_COLUMNS:
        sentence = (
            f"Its objects have {len(keys):,} different keys, which would be columns; the limit is {MOST_COLUMNS:,}."
        )
        raise Refused(Problem(Code.too_many_columns, Severity.refuse, sentence))
    return Rows(_rows(json_text, list(keys)), encoding=encoding)


def _text_of(file: Path) -> tuple[str, str]:
    content = file.read_bytes()
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return codecs.decode(content, encoding), "utf-8" if encoding == "utf-8-sig" else encoding
    except UnicodeDecodeError as fault:
        row = content[: fault.start].count(b"\n") + 1
        sentence = f"In line {row} it has bytes that are not UTF-8, the encoding of JSON."
        raise Refused(Problem(Code.malformed_json, Severity.refuse, sentence, row=row)) from fault


def _looked_at(item: Any, number: int, keys: dict[str, None] | None, json_text: JsonText) -> dict[str, None]:
    """The keys found so far. Raises Refused when the item is not of the shape of the others."""

    def refuse(said: str) -> NoReturn:
        raise json_text.refused(f"{json_text.place_of(number)} {said}")

    if isinstance(item, list):
        if keys:
            refuse("is a list, and those before it are objects; all must be of one shape.")
        found: dict[str, None] = {}
        strings = [cell for cell in item if isinstance(cell, str)]
    elif isinstance(item, dict):
        if keys is not None and not keys and number > 1:
            refuse("is an object, and those before it are lists or empty; all must be of one shape.")
        found = keys or {}
        if not item.keys() <= found.keys():
            found |= dict.fromkeys(item)
        strings = [*(cell for cell in item.values() if isinstance(cell, str)), *item]
    else:
        refuse(f"is {_named(item)}, not an object with a value for each column.")
    if json_text.has_escapes and any(_LONE_SURROGATE.search(each) for each in strings):
        refuse("has half a character in it (a lone surrogate), which is no text.")
    return found


def _rows(json_text: JsonText, keys: list[str]) -> Iterator[Row]:
    if keys:
        yield 1, list(keys)
    for number, item in enumerate(json_text.items(), start=2 if keys else 1):
        yield number, [_as_cell(cell) for cell in ([item.get(key) for key in keys] if keys else item)]


def _as_cell(value: Any) -> Cell:
    """A value as a cell; an object or list within a row as its JSON."""
    return value if value is None or isinstance(value, str | int) else json.dumps(value, ensure_ascii=False)


def _named(item: Any) -> str:
    return {str: "a text", bool: "true or false", type(None): "null"}.get(type(item), "a number")
