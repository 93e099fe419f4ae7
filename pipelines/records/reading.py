"""Files of records taken in: read in blocks, checked, staged, and made to name each record once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipelines.areas import AreaIndex
from pipelines.check.past import Past
from pipelines.inbox import InboxFile
from pipelines.problems import Code, Problem, Refused
from pipelines.read.files import placed
from pipelines.read.opening import open_rows
from pipelines.read.rows import Rows
from pipelines.records.blocks import BLOCK_ROWS, BlockReader
from pipelines.records.checking import BlockChecker
from pipelines.records.loads import RecordLoad
from pipelines.records.staging import Staging
from pipelines.whole_files import check_records
from scorecard.catalogue import Severity, Source
from scorecard.wording import count, joined

StandIn = Callable[[InboxFile], InboxFile | None]
"""The last good version of a file that is refused, if there is one."""


def take_in_records(
    source_id: str, source: Source, files: Sequence[InboxFile], areas: AreaIndex, staging: Staging, *,
    stand_in: StandIn | None = None, past: Past | None = None, block_rows: int = BLOCK_ROWS,
    telling: Sequence[str] = (),
) -> list[RecordLoad]:  # fmt: skip
    """Read, check and stage the files of one source of records, given oldest first; one RecordLoad a file or sheet.

    A load's position in the answer is its load_number in staging. Records whose key stands in several files are
    left as the file that was changed last has them; where the columns `telling` differ, the later load has it in
    `retold`. Where a file is refused, its `stand_in` is taken in as well, after
    all others but with its own age. A file that cannot be used is a refused load, never an exception; RunFailed
    is raised when a check cannot be run or a row is unaccounted for.
    """
    checker = BlockChecker(source_id, source, staging, block_rows)
    taking = _Taking(source_id, source, areas, staging, checker, past or Past(), [])
    staging.create(source_id, source.columns)
    taking.take(files)
    refused = {load.file.path: load.file for load in taking.loads if load.refused}
    instead = [stand_in(file) for file in refused.values()] if stand_in else []
    taking.take([file for file in instead if file is not None])
    taking.let_later_files_replace(telling)
    staging.complete(source_id)
    return taking.loads


@dataclass
class _Taking:
    """The files of one source, while they are taken in."""

    source_id: str
    source: Source
    areas: AreaIndex
    staging: Staging
    checker: BlockChecker
    past: Past
    loads: list[RecordLoad]

    def take(self, files: Sequence[InboxFile]) -> None:
        first = len(self.loads)
        for file in files:
            self._read(file)
        self.checker.check()
        check_records(self.source_id, self.source, self.loads[first:], self.past)
        for number, load in list(enumerate(self.loads))[first:]:
            self.checker.conclude(number, load)

    def _read(self, file: InboxFile) -> None:
        try:
            sheets = open_rows(file.location, self.source)
        except Refused as refused:
            self._new(file, None).break_off(placed(refused.problem, file.path, self.source_id, None))
        except OSError as fault:
            self._new(file, None).break_off(_unreadable(file, self.source_id, fault))
        else:
            for opened in sheets:
                self._read_sheet(file, opened)

    def _read_sheet(self, file: InboxFile, opened: Rows) -> None:
        number, load = len(self.loads), self._new(file, opened.sheet)
        try:
            reader = BlockReader(
                opened, self.source_id, self.source, file.path, file.sha256, self.areas, self.checker.block_rows,
                file.location if self.source.format == "delimited" else None,
            )  # fmt: skip
            load.encoding, load.header_row, load.period = opened.encoding, reader.header_row, reader.period
            load.top = reader.top
            if reader.unknown:
                load.problems.append(placed(reader.unknown, file.path, self.source_id, opened.sheet))
            for table in reader:
                load.plain_lines = reader.plain_lines
                self.checker.add(number, load, table)
                if load.refused:
                    break
        except Refused as refused:
            load.break_off(placed(refused.problem, file.path, self.source_id, opened.sheet))
        except OSError as fault:
            load.break_off(_unreadable(file, self.source_id, fault))

    def _new(self, file: InboxFile, sheet: str | None) -> RecordLoad:
        load = RecordLoad(file, self.source_id, sheet)
        self.loads.append(load)
        return load

    def let_later_files_replace(self, telling: Sequence[str]) -> None:
        """Remove records that stand again in a later file, and note where the two say different things."""
        used = [number for number, load in enumerate(self.loads) if load.rows_accepted]
        if len(used) < 2:
            return
        oldest_first = sorted(used, key=lambda number: (self.loads[number].file.modified_at, number))
        source = self.source
        replaced = self.staging.replace_by_later(self.source_id, source.columns, source.key, oldest_first, telling)
        for each in replaced:
            load, later = self.loads[each.load_number], self.loads[each.by]
            load.rows_replaced += each.rows
            if each.retold:
                later.retold.append((load, each.retold))
            if each.differing:
                named = joined([part.replace("_", " ") for part in source.key])
                one = each.differing == 1
                counted = "it is counted as the later file has it" if one else "they are counted as it has them"
                sentence = (
                    f"{load.where}: {count(each.differing, 'record')} {'stands' if one else 'stand'} again in "
                    f"{later.where}, by {named}, and differently; "
                    f"{counted}."
                )
                load.problems.append(
                    Problem(
                        Code.record_replaced, Severity.note, sentence, self.source_id, load.file.path, load.sheet,
                        each.first_differing, None, each.differing,
                    )
                )  # fmt: skip


def _unreadable(file: InboxFile, source_id: str, fault: OSError) -> Problem:
    problem = Problem(Code.unreadable_file, Severity.refuse, f"It cannot be read: {fault.strerror or fault}.")
    return placed(problem, file.path, source_id, None)
