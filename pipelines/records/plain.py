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
from pipelines.records.cells import Marked
from scorecard.catalogue import Column

_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_PLACES: Final[Mapping[str, tuple[str, tuple[tuple[int, int], ...]]]] = {
    "%Y-%m-%d": ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", ((0, 4), (5, 7), (8, 10))),
    "%d/%m/%Y": ("^[0-9]{2}/[0-9]{2}/[0-9]{4}$", ((6, 10), (3, 5), (0, 2))),
}
"""Form of date → what it looks like, and where year, month and day stand in it."""
_FIRST: Final = (date.min - date(1970, 1, 1)).days


def plain_number(cell: Cell | None, column: Column, markers: Mapping[str, str]) -> Value | None:
    """What `read_value` makes of digits alone: amounts are seldom the same twice. None for any other cell."""
    if column.type not in ("number", "integer") or column.extract or not isinstance(cell, str):
        return None
    if not _PLAIN.fullmatch(cell) or cell in markers:
        return None
    number = float(cell)
    return Value(cell, number=number) if column.type == "number" or number.is_integer() else None


def plain_days(cells: pa.StringArray, column: Column, markers: Mapping[str, str]) -> tuple[pa.Date32Array, Marked]:
    """The real days written as 2026-03-31 or 31/03/2026, if that is how the column's dates are, and which cells those
    are; the others, of which some may be days, are missing."""
    forms = [each for each in _PLACES if each == (column.date_forms or (each,))[0]] if not column.extract else []
    days, plain = np.zeros(len(cells), dtype=np.int32), np.zeros(len(cells), dtype=np.bool_)
    for form in forms:
        pattern, places = _PLACES[form]
        fits = pc.match_substring_regex(cells, pattern).fill_null(False).to_numpy(zero_copy_only=False) & ~plain
        if fits.any():
            at = np.flatnonzero(fits)
            texts = cells.take(pa.array(at))
            year, month, day = (_whole_number(texts, start, end) for start, end in places)
            found = _day_numbers(year, month, day)
            real = found >= _FIRST
            days[at[real]], plain[at[real]] = found[real], True
    if markers:
        plain &= ~pc.is_in(cells, pa.array(list(markers), pa.string())).to_numpy(zero_copy_only=False)
    return pa.array(days, mask=~plain).cast(pa.date32()), plain


def _whole_number(texts: pa.StringArray, start: int, end: int) -> NDArray[np.int64]:
    found: NDArray[np.int64] = pc.cast(
        pc.binary_slice(texts.cast(pa.binary()), start, end).cast(pa.string()), pa.int64()
    )
    return np.asarray(found)


def _day_numbers(year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
    """Days since 1970, or the number before the first for what is in no calendar."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    is_real = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    return np.where(is_real, days.astype(np.int64), _FIRST - 1)


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
