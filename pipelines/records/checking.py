"""Blocks of records checked together: small files share one suite, large ones are checked block after block."""

import pandas as pd

from pipelines.check.expectations import LOAD, key_of
from pipelines.check.findings import Finding, Rows
from pipelines.check.tables import judge_tables
from pipelines.check.words import row_sentence
from pipelines.problems import Code
from pipelines.read.grid import as_text
from pipelines.read.opening import open_rows
from pipelines.read.table import Held, Table
from pipelines.records.fast_rows import plain_rows
from pipelines.records.loads import MOST_HELD, RecordLoad
from pipelines.records.staging import Staging
from scorecard.catalogue import Source


class BlockChecker:
    """Collects the blocks of one source until there are enough rows to check, then stages what is accepted."""

    def __init__(self, source_id: str, source: Source, staging: Staging, block_rows: int) -> None:
        self.source_id, self.source, self.staging, self.block_rows = source_id, source, staging, block_rows
        self._waiting: list[tuple[int, RecordLoad, Table]] = []

    def add(self, number: int, load: RecordLoad, table: Table) -> None:
        """Take one block of the load with this number."""
        if self._rows_waiting() + table.rows_found > self.block_rows:
            self.check()
        self._waiting.append((number, load, table))
        if self._rows_waiting() >= self.block_rows:
            self.check()

    def _rows_waiting(self) -> int:
        return sum(table.rows_found for _, _, table in self._waiting)

    def check(self) -> None:
        """Check and stage all blocks that wait."""
        waiting = [(number, load, table) for number, load, table in self._waiting if not load.refused]
        self._waiting = []
        if not waiting:
            return
        accepted = []
        verdicts = judge_tables(self.source, [table for _, _, table in waiting])
        for (number, load, table), verdict in zip(waiting, verdicts, strict=True):
            if not load.refused:
                load.add(verdict)
                load.facts.add(self.source, table)
            if not load.refused and len(verdict.accepted):
                accepted.append(verdict.accepted.assign(**{LOAD: number}))
        if accepted:
            frame = pd.concat(accepted, ignore_index=True) if len(accepted) > 1 else accepted[0]
            self.staging.append(self.source_id, frame, self.source.columns)

    def conclude(self, number: int, load: RecordLoad) -> None:
        """Find records that stand twice in a load, of which all rows are staged, and close it."""
        if not load.refused and load.rows_accepted:
            self._take_out_doubles(number, load)
        load.conclude()
        if load.refused:
            self.staging.forget(self.source_id, number)

    def _take_out_doubles(self, number: int, load: RecordLoad) -> None:
        keep_first = self.source.repeated_key == "keep_first"
        doubles = self.staging.take_out_doubles(self.source_id, number, self.source.key, keep_first=keep_first)
        expectation, disagreeing = key_of(self.source), doubles.disagreeing
        checked = max((found.checked for found in load.findings.checks), default=load.rows_accepted)
        load.findings.checks.append(Finding(expectation, checked, Rows.of(disagreeing)))
        load.findings.repeats += Rows.of(doubles.repeats)
        load.rows_accepted -= len(doubles.repeats) + len(disagreeing)
        load.rows_skipped += len(doubles.repeats)
        kept = set(disagreeing[: MOST_HELD + 1 - len(load.held)])
        cells = self._cells(load, kept) if kept else {}
        sentence = row_sentence("", expectation)
        load.hold([Held(row, Code.duplicate_key, sentence, cells[row]) for row in sorted(kept)])

    def _cells(self, load: RecordLoad, rows: set[int]) -> dict[int, tuple[str, ...]]:
        """The rows as they stand in the file, which is gone through once more: staging has no raw cells."""
        plain = {row for row in rows if row <= load.plain_lines}
        read = plain_rows(load.file.location, self.source, load.encoding or "utf-8", plain)
        found = {number: tuple(map(as_text, cells)) for number, cells in read.items()}
        if len(found) == len(rows):
            return found
        (opened,) = [one for one in open_rows(load.file.location, self.source) if one.sheet == load.sheet]
        for number, row in opened.rows:
            if number in rows:
                found[number] = tuple(map(as_text, row))
                if len(found) == len(rows):
                    break
        return found
