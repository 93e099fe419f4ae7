"""What the engine answered, as arrays: one row a month or window, one column a group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.records.compile import Sums, compile_sums
from pipelines.records.engine import Engine, require
from pipelines.records.rollup import Counted, Window, over_windows
from pipelines.records.rollup import Sums as Monthly
from pipelines.records.windows import WINDOWS, compile_window, needs
from scorecard.catalogue import Catalogue, Records
from scorecard.catalogue.source import Source

LONGEST_WINDOW = 61
"""Months kept before the first covered one: the longest rolling window. What is older counts as having been there."""


@dataclass(frozen=True)
class Months:
    """The months that arrays have rows for; records dated earlier count in the first, later ones not at all."""

    first: int
    last: int

    @classmethod
    def around(cls, covered: Sequence[int]) -> "Months":
        """The covered months and enough before them for any window."""
        return cls(min(covered) - LONGEST_WINDOW, max(covered))


class SourceAnswer:
    """The monthly sums of every additive measure of one source."""

    def __init__(self, catalogue: Catalogue, source_id: str, table: str, areas: Sequence[str], engine: Engine) -> None:
        measures = {
            name: one for name, one in catalogue.measures.items() if one.records and one.records.source == source_id
        }
        self.sums = compile_sums(catalogue.sources[source_id], table, measures, areas)
        self.frame = engine.arrow(self.sums.query).to_pandas() if self.sums else pd.DataFrame()

    def monthly(self, measure_id: str, split: str | None, groups: Sequence[str], months: Months) -> dict[str, Monthly]:
        """Part → sums, a row for each of `months` and a column for each of `groups` (one column without a split)."""
        assert self.sums is not None
        found = {}
        for part, (date, column) in self.sums.parts[measure_id].items():
            rows = self.frame[_only(self.sums, self.frame, date, split)]
            found[part] = _array(rows, f"month_{date}", column, split, groups, months)
        return found

    def categories(self, measure_id: str, dimension: str) -> list[str]:
        """Every value of a dimension that its records have, in order of the alphabet."""
        assert self.sums is not None
        found: set[str] = set()
        for date, column in self.sums.parts[measure_id].values():
            rows = self.frame[_only(self.sums, self.frame, date, dimension)]
            found |= set(rows.loc[rows[column] != 0, dimension].dropna())
        return sorted(found)


def _only(sums: Sums, frame: pd.DataFrame, date: int, split: str | None) -> "pd.Series[bool]":
    """The rows that are grouped by this date and by this dimension, and by nothing else."""
    grouped = {f"month_{date}", *([split] if split else [])}
    names = [*(f"month_{at}" for at in range(sums.dates)), *sums.dimensions]
    chosen = pd.Series(True, index=frame.index)
    for name in names:
        chosen &= frame[f"g_{name}"] == (0 if name in grouped else 1)
    return chosen & frame[f"month_{date}"].notna()


def _array(
    rows: pd.DataFrame, month: str, column: str, split: str | None, groups: Sequence[str], months: Months
) -> Monthly:
    rows = rows[rows[month] <= months.last]
    array = np.zeros((months.last - months.first + 1, len(groups)))
    at_row = np.maximum(rows[month].to_numpy(dtype=np.int64) - months.first, 0)
    at_column = pd.Index(groups).get_indexer(pd.Index(rows[split])) if split else np.zeros(len(rows), dtype=np.intp)
    known = at_column >= 0
    np.add.at(array, (at_row[known], at_column[known]), rows[column].to_numpy(dtype=np.float64)[known])
    return array


def counted_by_month(
    answer: SourceAnswer, measure_id: str, records: Records, split: str | None, groups: Sequence[str],
    months: Months, windows: Sequence[Window],
) -> Counted:  # fmt: skip
    """The figures of an additive measure: a row for each window, a column for each group."""
    return over_windows(answer.monthly(measure_id, split, groups, months), months.first, windows, records)


class WindowAnswer:
    """The figures of a measure that is asked for over each window: distinct counts, medians and percentiles."""

    def __init__(
        self, source: Source, table: str, records: Records, areas: Sequence[str], windows: Sequence[Window],
        engine: Engine,
    ) -> None:  # fmt: skip
        require(engine, needs(records))
        ends = {"first": [each.first for each in windows], "last": [each.last for each in windows]}
        engine.put(WINDOWS, pa.table({name: pa.array(values, pa.int64()) for name, values in ends.items()}))
        self.frame = engine.arrow(compile_window(source, table, records, areas)).to_pandas()
        self.windows, self.records = windows, records

    def counted(self, split: str | None, groups: Sequence[str]) -> Counted:
        """The figures: a row for each window, a column for each group; nothing found is nought for a distinct count."""
        flags = [name for name in self.frame.columns if name.startswith("g_")]
        chosen = pd.Series(True, index=self.frame.index)
        for flag in flags:
            chosen &= self.frame[flag] == (0 if flag == f"g_{split}" else 1)
        rows = self.frame[chosen]
        none = 0.0 if self.records.calculate.kind == "distinct" else np.nan
        shape = (len(self.windows), len(groups))
        value, records = np.full(shape, none), np.zeros(shape)
        at_row = pd.Index([each.last for each in self.windows]).get_indexer(rows["last"])
        at_column = pd.Index(groups).get_indexer(pd.Index(rows[split])) if split else np.zeros(len(rows), dtype=np.intp)
        known = at_column >= 0
        value[at_row[known], at_column[known]] = rows["value"].to_numpy(dtype=np.float64)[known] * self.records.per
        records[at_row[known], at_column[known]] = rows["records"].to_numpy(dtype=np.float64)[known]
        missing = np.full(shape, np.nan)
        return Counted(missing, missing, value, records)

    def categories(self, dimension: str) -> list[str]:
        """Every value of a dimension that its records have, in order of the alphabet."""
        return sorted(self.frame.loc[self.frame[f"g_{dimension}"] == 0, dimension].dropna().unique())
