"""Rows of a block that are no records: those that the contract declares, and those in which a cell cannot be shown."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.problem_codes import Code
from pipelines.read.cells import EXACT, cell_fault
from pipelines.read.table import Held
from pipelines.records.arrays import as_arrow
from pipelines.records.cells import Block, Marked
from scorecard.catalogue import Source
from scorecard.catalogue.layout import NamedRows


class LeftOut:
    """Knows the rows of one source that are not to be counted, or not to be read any further."""

    def __init__(self, source: Source) -> None:
        self.source, self._is_exact = source, source.format in EXACT
        self._skipped = [_named(rows) for rows in source.skip]
        self._stated = [(total.column, *_named(total.rows)) for total in source.checks.totals]

    def of(self, block: Block, frame: pd.DataFrame) -> tuple[Marked, dict[str, float], list[Held]]:
        """Which rows stay, the totals that the others state, and those set aside for what stands in a cell."""
        kept = np.ones(len(frame), dtype=np.bool_)
        for column, texts in self._skipped:
            kept &= ~_fits(frame[column], texts)
        totals = self._totals(frame, kept)
        held = []
        for at, text, name in self._faulty(frame, kept):
            number = int(block.numbers[at])
            fault = cell_fault(number, self.source.columns[name].heading, text, self.source.markers)
            if fault and self._is_exact and fault.code is Code.control_character:
                continue
            if fault and kept[at]:
                held.append(Held(number, fault.code, fault.sentence, block[number]))
                kept[at] = False
        return kept, totals, held

    def _totals(self, frame: pd.DataFrame, kept: Marked) -> dict[str, float]:
        totals, stating = {}, np.zeros(len(frame), dtype=np.bool_)
        for column, said_in, texts in self._stated:
            rows = kept & _fits(frame[said_in], texts)
            stating |= rows
            numbers = frame.loc[rows, f"{column}__value"].dropna()
            if len(numbers):
                totals[column] = float(numbers.iloc[-1])
        kept &= ~stating
        return totals

    def _faulty(self, frame: pd.DataFrame, kept: Marked) -> list[tuple[int, str, str]]:
        """Position, text and column of cells that may have to be set aside, column by column."""
        found = []
        for name in self.source.columns:
            if name in frame:
                cells = as_arrow(frame[name])
                for at in np.flatnonzero(_suspect(cells) & kept).tolist():
                    found.append((at, cells[at].as_py(), name))
        return found


def _named(rows: NamedRows) -> tuple[str, set[str]]:
    return rows.column, {text.casefold() for text in rows.equal_to}


def _fits(cells: pd.Series, texts: set[str]) -> Marked:
    """Which cells hold one of the texts, whatever their case; a blank one holds an empty text."""
    codes, different = pd.factorize(cells, use_na_sentinel=True)
    fits = np.array([str(text).casefold() in texts for text in different] + ["" in texts], dtype=np.bool_)
    marked: NDArray[np.bool_] = fits[codes]  # -1, a blank cell, is the last
    return marked


def _suspect(cells: pa.Array) -> Marked:
    """Cells that may show a spreadsheet's error or hold what no text has; `cell_fault` has the last word."""
    if isinstance(cells, pa.DictionaryArray):
        among = _suspect(cells.dictionary)
        if not among.any():
            return np.zeros(len(cells), dtype=np.bool_)
        at = cells.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        marked: NDArray[np.bool_] = np.append(among, False)[at]
        return marked
    odd = pc.or_(pc.starts_with(cells, "#"), pc.starts_with(cells, "Err:"))
    odd = pc.or_(odd, pc.invert(pc.or_(pc.utf8_is_printable(cells), pc.equal(cells, ""))))
    found: NDArray[np.bool_] = odd.fill_null(False).to_numpy(zero_copy_only=False)
    return found
