"""The columns of a block typed by their contracts: each different cell is read once, however often it stands there."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.areas import AreaIndex
from pipelines.read.grid import Cell, as_text
from pipelines.read.values import Value, read_value
from scorecard.catalogue import Column, Source
from scorecard.periods import Period

Cells = NDArray[np.object_]
Typed = Mapping[str, Any]
"""Name of a column of the frame → its cells, as an array of pandas."""

_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")


class ColumnReader:
    """Reads one column of a source block by block, remembering dates, numbers and marks it has read before."""

    MOST_REMEMBERED: Final = 20_000

    def __init__(self, name: str, source: Source) -> None:
        self.name, self.column, self.markers = name, source.columns[name], source.markers
        self.is_plain = self.column.type == "text" and not self.column.extract
        self._as_text_only = source.format == "delimited"
        self._seen: dict[tuple[type, Cell | None], Value] = {}

    def texts(self, cells: Cells) -> list[str | None]:
        """The text of each cell as the contract takes it, None where there is none."""
        codes, different = self._different(cells)
        read = [as_text(cell) or None if self.is_plain else self._value(cell).text for cell in different]
        return [read[code] for code in codes.tolist()]

    def read(self, cells: Cells) -> Typed:
        """The columns that `understand` gives for this one: its text and, as its type has them, value and marker."""
        codes, different = self._different(cells)
        if self.is_plain:
            texts = [as_text(cell) or None for cell in different]
            return {self.name: _spread(texts, codes), f"{self.name}__unreadable": _spread([None], codes * 0)}
        values = [self._value(cell) for cell in different]
        typed = {self.name: _spread([value.text for value in values], codes)}
        if self.column.type != "text":
            said = [value.day if self.column.type == "date" else value.number for value in values]
            typed[f"{self.name}__value"] = _spread(said, codes)
            typed[f"{self.name}__marker"] = _spread([value.marker for value in values], codes)
        typed[f"{self.name}__unreadable"] = _spread([value.unreadable for value in values], codes)
        return typed

    def _different(self, cells: Cells) -> tuple[NDArray[np.intp], list[Cell | None]]:
        """For each cell the position of its like among the different ones, and these."""
        if self._as_text_only and len(cells) and cells[0] is not None:
            codes, found = pd.factorize(cells)
            return codes, found.tolist()
        # 1, 1.0 and TRUE are equal and yet different cells of a workbook.
        keys = np.fromiter(((cell.__class__, cell) for cell in cells), dtype=object, count=len(cells))
        codes, found = pd.factorize(keys)
        return codes, [cell for _, cell in found]

    def _value(self, cell: Cell | None) -> Value:
        key = (cell.__class__, cell)
        found = self._seen.get(key)
        if found is None:
            found = _plain_number(cell, self.column, self.markers) or read_value(cell, self.column, self.markers)
            if len(self._seen) < self.MOST_REMEMBERED:
                self._seen[key] = found
        return found


def _plain_number(cell: Cell | None, column: Column, markers: Mapping[str, str]) -> Value | None:
    """What `read_value` makes of digits alone, several times faster: amounts are seldom the same twice."""
    if column.type not in ("number", "integer") or column.extract or not isinstance(cell, str):
        return None
    if not _PLAIN.fullmatch(cell) or cell in markers:
        return None
    number = float(cell)
    return Value(cell, number=number) if column.type == "number" or number.is_integer() else None


def _spread(different: list[Any], codes: NDArray[np.intp]) -> Any:
    return pd.Series(different).array.take(codes)


class PlaceReader:
    """Says which place each row of a source of records is about; a record without a place is the home council's."""

    def __init__(self, source: Source, areas: AreaIndex, period: Period) -> None:
        self.rule, self.areas, self.period = source.area, areas, period

    def read(self, texts: pd.Series | None, how_many: int) -> Typed:
        """area_code, area_text and succeeded of each row; `texts` are the cells of the area column, if it has one."""
        if texts is None:
            code, fixed = self.areas.home, self.rule.fixed if self.rule else None
            if fixed:
                code = self.areas.by_code(fixed) or ""
            return self._typed([(code or None, fixed or code)], np.zeros(how_many, dtype=np.intp))
        codes, different = pd.factorize(texts, use_na_sentinel=True)
        known: list[tuple[str | None, str | None]] = [(self._code(str(text)), str(text)) for text in different]
        # Code -1 is a blank cell: it takes the last of the list.
        return self._typed([*known, (self.areas.home, self.areas.home)], codes)

    def _code(self, text: str) -> str | None:
        by_name = self.rule is not None and self.rule.by == "name"
        return self.areas.by_name(text) if by_name else self.areas.by_code(text)

    def _typed(self, known: list[tuple[str | None, str | None]], codes: NDArray[np.intp]) -> Typed:
        start: date = self.period.start
        in_force = [self.areas.in_force(code, start) if code else None for code, _ in known]
        at = np.where(codes < 0, len(known) - 1, codes)
        return {
            "area_code": _spread(in_force, at),
            "area_text": _spread([text for _, text in known], at),
            "succeeded": _spread(
                [now != code for now, (code, _) in zip(in_force, known, strict=True)], at
            ),
        }  # fmt: skip
