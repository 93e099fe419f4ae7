"""The columns of a block typed by their contracts: each different cell is read once, however often it stands there.

Cells of a stretch of text that are mostly different, as references and amounts are, are read all at once by Arrow.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.areas import AreaIndex
from pipelines.read.grid import Cell, as_text
from pipelines.read.values import Value, read_value
from pipelines.records.arrays import days, missing, mostly_different, numbers, same, texts
from pipelines.records.cells import Cells
from pipelines.records.plain import plain_days, plain_number, plain_numbers, plain_texts
from scorecard.catalogue import Source
from scorecard.periods import Period

Typed = Mapping[str, Any]
"""Name of a column of the frame → its cells, as an array of pandas."""


class ColumnReader:
    """Reads one column of a source block by block, remembering dates, numbers and marks it has read before."""

    MOST_REMEMBERED: Final = 20_000

    def __init__(self, name: str, source: Source) -> None:
        self.name, self.column, self.markers = name, source.columns[name], source.markers
        self.is_plain = self.column.type == "text" and not self.column.extract
        self._as_text_only = source.format == "delimited"
        self._seen: dict[tuple[type, Cell | None], Value] = {}

    def read(self, cells: Cells) -> Typed:
        """The columns that `understand` gives for this one: its text and, as its type has them, value and marker."""
        if isinstance(cells, pa.Array) and mostly_different(cells):
            if self.is_plain:
                return {self.name: plain_texts(cells), f"{self.name}__unreadable": missing(len(cells))}
            if self.column.type in ("number", "integer") and not self.column.extract:
                return self._read_numbers(cells)
        if isinstance(cells, pa.Array) and self.column.type == "date" and len(cells):
            return self._read_days(cells)
        codes, different = self._different(cells)
        if self.is_plain:
            said = [as_text(cell) or None for cell in different]
            return {self.name: texts(said, codes), f"{self.name}__unreadable": missing(len(codes))}
        return self._typed([self._value(cell) for cell in different], codes)

    def _read_numbers(self, cells: pa.StringArray) -> Typed:
        """Plain numbers all at once, and whatever else there is one by one."""
        found, others = plain_numbers(cells, self.column.type == "integer", self.markers)
        at, values = np.zeros(len(cells), dtype=np.intp), [Value(None)]
        if len(others):
            codes, different = self._different(cells.take(pa.array(others)))
            values += [self._value(cell) for cell in different]
            at[others] = codes + 1
            found[others] = numbers([value.number for value in values], at[others])
        return {
            self.name: plain_texts(cells),
            f"{self.name}__value": found,
            f"{self.name}__marker": texts([value.marker for value in values], at),
            f"{self.name}__unreadable": texts([value.unreadable for value in values], at),
        }

    def _read_days(self, cells: pa.StringArray) -> Typed:
        """Plain days all at once, and whatever else there is one by one; each different cell once."""
        encoded = cells.dictionary_encode(null_encoding="encode")
        codes, different = encoded.indices.to_numpy().astype(np.intp), encoded.dictionary
        found, plain = plain_days(different, self.column, self.markers)
        said: list[str | None] = different.to_pylist()
        values = {at: self._value(said[at]) for at in np.flatnonzero(~plain).tolist()}
        for at, value in values.items():
            said[at] = value.text
        if values:
            others = pa.array([value.day for value in values.values()], pa.date32())
            found = pc.replace_with_mask(found, pa.array(~plain), others)
        among = np.zeros(len(said), dtype=np.intp)
        among[list(values)] = np.arange(1, len(values) + 1)
        others_too, rows = [Value(None), *values.values()], among[codes]
        return {
            self.name: texts(said, codes),
            f"{self.name}__value": days(found, codes),
            f"{self.name}__marker": texts([value.marker for value in others_too], rows),
            f"{self.name}__unreadable": texts([value.unreadable for value in others_too], rows),
        }

    def _typed(self, values: list[Value], codes: NDArray[np.intp]) -> dict[str, Any]:
        typed = {self.name: texts([value.text for value in values], codes)}
        if self.column.type == "date":
            typed[f"{self.name}__value"] = days([value.day for value in values], codes)
        elif self.column.type != "text":
            typed[f"{self.name}__value"] = numbers([value.number for value in values], codes)
        if self.column.type != "text":
            typed[f"{self.name}__marker"] = texts([value.marker for value in values], codes)
        typed[f"{self.name}__unreadable"] = texts([value.unreadable for value in values], codes)
        return typed

    def _different(self, cells: Cells) -> tuple[NDArray[np.intp], list[Cell | None]]:
        """For each cell the position of its like among the different ones, and these."""
        if isinstance(cells, pa.Array):
            encoded = cells.dictionary_encode(null_encoding="encode")
            return encoded.indices.to_numpy().astype(np.intp), encoded.dictionary.to_pylist()
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
            found = plain_number(cell, self.column, self.markers) or read_value(cell, self.column, self.markers)
            if len(self._seen) < self.MOST_REMEMBERED:
                self._seen[key] = found
        return found


class PlaceReader:
    """Says which place each row of a source of records is about; a record without a place is the home council's."""

    def __init__(self, source: Source, areas: AreaIndex, period: Period) -> None:
        self.rule, self.areas, self.period = source.area, areas, period

    def read(self, places: pd.Series | None, how_many: int) -> Typed:
        """area_code, area_text and succeeded of each row; `places` are the cells of the area column, if it has one."""
        if places is None:
            code, fixed = self.areas.home, self.rule.fixed if self.rule else None
            if fixed:
                code = self.areas.by_code(fixed) or ""
            return self._typed([(code or None, fixed or code)], np.zeros(how_many, dtype=np.intp))
        codes, different = pd.factorize(places, use_na_sentinel=True)
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
        moved = np.array([now != code for now, (code, _) in zip(in_force, known, strict=True)], dtype=np.bool_)
        return {
            "area_code": texts(in_force, at),
            "area_text": texts([text for _, text in known], at),
            "succeeded": moved[at],
        }


def period_columns(period: Period, how_many: int) -> Typed:
    """The columns that say which months the file covers, the same in every row."""
    return {
        "period_start": same(period.start, how_many),
        "period_end": same(period.end, how_many),
        "period_text": same(period.label, how_many),
    }
