"""Cells that say plainly what they mean, digits and nothing else, read many times faster and just as they would be."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.read.grid import Cell
from pipelines.read.values import Value
from scorecard.catalogue import Column

_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BRITISH: Final = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}")
_ISO_FORM, _BRITISH_FORM = "%Y-%m-%d", "%d/%m/%Y"


def plain_value(cell: Cell | None, column: Column, markers: Mapping[str, str]) -> Value | None:
    """What `read_value` makes of digits alone: amounts are seldom the same twice, and days are many. None for others."""
    if column.extract or not isinstance(cell, str) or cell in markers:
        return None
    if column.type == "date":
        day = _plain_day(cell, column)
        return Value(cell, day=day) if day else None
    if column.type == "text" or not _PLAIN.fullmatch(cell):
        return None
    number = float(cell)
    return Value(cell, number=number) if column.type == "number" or number.is_integer() else None


def _plain_day(text: str, column: Column) -> date | None:
    """A real day as 2026-03-31 or 31/03/2026 where that is the first form that its column allows."""
    forms = column.date_forms[:1] or (_ISO_FORM, _BRITISH_FORM)
    try:
        if _ISO_FORM in forms and _ISO.fullmatch(text):
            return date(int(text[:4]), int(text[5:7]), int(text[8:]))
        if _BRITISH_FORM in forms and _BRITISH.fullmatch(text):
            return date(int(text[6:]), int(text[3:5]), int(text[:2]))
    except ValueError:
        return None
    return None


def plain_texts(cells: pa.StringArray) -> Any:
    """Texts without the spaces around them; a blank one is missing."""
    trimmed = pc.utf8_trim_whitespace(cells)
    return pd.array(pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed), dtype="str")


def plain_numbers(
    cells: pa.StringArray, whole: bool, markers: Mapping[str, str]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """The numbers of plain cells, and the positions of those that are not plain, whose number is missing here."""
    plain = pc.match_substring_regex(cells, f"^(?:{_PLAIN.pattern})$")
    marks = [mark for mark in markers if _PLAIN.fullmatch(mark)]
    if marks:
        plain = pc.and_(plain, pc.invert(pc.is_in(cells, pa.array(marks))))
    found = pc.cast(pc.if_else(plain, cells, pa.scalar(None, pa.string())), pa.float64())
    values: NDArray[np.float64] = found.to_numpy(zero_copy_only=False)
    odd = ~(np.floor(values) == values) if whole else np.isnan(values)
    return np.where(odd, np.nan, values), np.flatnonzero(odd)
