"""Arrays of pandas for the columns of a frame: few different cells spread over many rows, in little memory."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Codes = NDArray[np.intp]
"""For each row the position of its cell among the different ones."""
_SAMPLE: Final = 2_000


def texts(different: Sequence[str | None], codes: Codes) -> Any:
    """Texts, as categories unless most are different."""
    categories: dict[str, int] = {}
    places = [-1 if text is None else categories.setdefault(text, len(categories)) for text in different]
    if len(categories) > max(_SAMPLE, len(codes) // 2):
        return pd.array(list(different), dtype="str").take(codes)
    names = pd.Index(list(categories), dtype="str")
    found = np.array(places, dtype=_narrowest(len(names)))[codes]
    return pd.Categorical.from_codes(found, categories=names, validate=False)


def numbers(different: Sequence[float | None], codes: Codes) -> Any:
    """Numbers; a missing one is no number."""
    return np.array([np.nan if number is None else number for number in different], dtype=np.float64)[codes]


def days(different: Sequence[date | None] | pa.Date32Array, codes: Codes) -> Any:
    """Dates."""
    return _as_days(pa.array(different, pa.date32()).take(pa.array(codes)))


def missing(how_many: int) -> Any:
    """Texts that are all missing."""
    codes = np.full(how_many, -1, dtype=np.int8)
    return pd.Categorical.from_codes(codes, categories=pd.Index([], dtype="str"), validate=False)


def same(value: str | date, how_many: int) -> Any:
    """One text or date in every row."""
    if isinstance(value, date):
        return _as_days(pa.repeat(pa.scalar(value, pa.date32()), how_many))
    return texts([value], np.zeros(how_many, dtype=np.intp))


def mostly_different(cells: pa.Array) -> bool:
    """Whether a sample of the cells has mostly different ones."""
    sample = cells.slice(len(cells) // 2, _SAMPLE)
    return len(sample) == _SAMPLE and pc.count_distinct(sample).as_py() > _SAMPLE // 2


def as_arrow(column: pd.Series) -> pa.Array:
    """The cells of a column without a copy where there need be none; categories stay categories."""
    array: Any = column.array
    if isinstance(array, pd.Categorical):
        return pa.DictionaryArray.from_arrays(
            pa.array(array.codes, mask=array.codes < 0), pa.array(array.categories, pa.string(), from_pandas=True)
        )
    if array.dtype == object:
        return pa.array(array, from_pandas=True)
    return pa.array(array)


def _as_days(found: pa.Array) -> Any:
    return pd.array(found, dtype=pd.ArrowDtype(pa.date32()))


def _narrowest(how_many: int) -> Any:
    return np.int8 if how_many < 128 else np.int16 if how_many < 32_768 else np.int32
