"""Rows as JSON and CSV have them: missing is null or empty, and no number is anything but a number."""

import csv
import io
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from scorecard.exports.formulas import defused
from scorecard.exports.numbers import number
from scorecard.open_data.fields import Field

Cell = str | float | int | bool | None


def objects(frame: pd.DataFrame, fields: Sequence[Field]) -> list[dict[str, Cell]]:
    """The frame's rows as JSON objects, in the order of the fields."""
    names = [field.name for field in fields]
    columns = [[_cell(value, field.kind) for value in frame[field.name].tolist()] for field in fields]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def csv_lines(frames: Iterable[pd.DataFrame], fields: Sequence[Field]) -> Iterator[bytes]:
    """A CSV file in pieces, one for each frame: UTF-8, a row of names, then the rows. Formulas are defused."""
    heading = _written([tuple(field.name for field in fields)])
    for frame in frames:
        columns = [_texts(frame[field.name].tolist(), field.kind) for field in fields]
        yield heading + _written(zip(*columns, strict=True))
        heading = b""
    if heading:
        yield heading


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8")


def _cell(value: Any, kind: str) -> Cell:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if kind == "integer":
        return int(value)
    return bool(value) if kind == "boolean" else value


def _texts(values: Sequence[Any], kind: str) -> list[str]:
    """One column of CSV. Each value is written once however often it stands there: files repeat themselves."""
    write = _WRITERS.get(kind, str)
    known: dict[Any, str] = {}
    for value in set(values):
        cell = _cell(value, kind)
        known[value] = "" if cell is None else write(cell)
    return [known[value] for value in values]


_WRITERS: Final[Mapping[str, Callable[[Any], str]]] = {
    "string": defused,
    "number": lambda value: number(float(value)),
    "boolean": lambda value: "true" if value else "false",
}
