"""One file of records (or one sheet of it) taken in: what came of its rows, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pipelines.check.facts import Facts
from pipelines.check.findings import CheckResult, Findings
from pipelines.check.tables import Verdict, account, nothing_usable
from pipelines.check.whole import Whole
from pipelines.check.words import place
from pipelines.inbox import InboxFile
from pipelines.problems import Code, Problem
from pipelines.read.table import Held
from pipelines.records.replacing import Retold
from scorecard.catalogue import Severity
from scorecard.periods import Period

MOST_HELD: Final = 10_000
"""Rows set aside of one load. More are no slips, and nobody would look through them."""


@dataclass
class RecordLoad:
    """One file read by one source of records; of a workbook, one sheet. Counts grow while its blocks are checked.

    Of a refused load none of the rows is staged and `rows_accepted` is 0. `rows_found` is 0 when it could not be
    read to its end, and the number of rows looked at when it was given up for its many faults.
    """

    file: InboxFile
    source_id: str
    sheet: str | None = None
    encoding: str | None = None
    header_row: int = 0
    plain_lines: int = 0
    """So many lines from the first on are a row each, and were read the fast way."""
    period: Period | None = None
    """Which months the file covers."""
    rows_found: int = 0
    rows_accepted: int = 0
    rows_skipped: int = 0
    """Blank, heading and note rows, those declared to be no records, and repeats of an accepted row."""
    rows_replaced: int = 0
    """How many of the accepted rows stand again in a later file, and are counted there."""
    retold: list[tuple["RecordLoad", Sequence[Retold]]] = field(default_factory=list, repr=False)
    """Earlier loads with their records that stand again here and differ in what was asked about."""
    held: list[Held] = field(default_factory=list)
    results: list[CheckResult] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """All problems of this load, the one that refuses it among them."""
    refused: Problem | None = None
    findings: Findings = field(default_factory=Findings, repr=False)
    facts: Facts = field(default_factory=Facts, repr=False)
    """What is measured of it as a whole."""
    whole: Whole | None = field(default=None, repr=False)
    whole_results: list[CheckResult] = field(default_factory=list)
    put_right: dict[int, str] = field(default_factory=dict)
    """Rows set aside that were mended and sent back → the file in which they came."""
    top: Sequence[tuple[str, ...]] = ()
    """The rows above the figures, the headings last."""

    @property
    def answers(self) -> set[int]:
        """Of a download that was sent back: the rows of the first file that stand in it."""
        return self.facts.answers

    @property
    def rows_set_aside(self) -> int:
        """How many rows have a fault."""
        return len(self.held)

    @property
    def where(self) -> str:
        """The file, and the sheet if it has one."""
        return place(self.file.path, self.sheet)

    def add(self, verdict: Verdict) -> None:
        """Count a checked block. Refuses the load when more than MOST_HELD of its rows have a fault."""
        self.rows_found += verdict.table.rows_found
        self.rows_accepted += len(verdict.accepted)
        self.rows_skipped += verdict.table.rows_skipped
        self.findings.add(verdict.findings)
        self.hold([*verdict.table.held, *verdict.held])

    def hold(self, rows: list[Held]) -> None:
        """Keep rows that have a fault, up to the limit."""
        self.held += rows
        if len(self.held) > MOST_HELD:
            del self.held[MOST_HELD:]
            sentence = f"{self.where}: more than {MOST_HELD:,} rows have a fault; {self._reasons()}."
            self.refuse(Problem(Code.too_many_faults, Severity.refuse, sentence))

    def _reasons(self) -> str:
        failed = [found for found in self.findings.checks if found.failed.count]
        commonest = max(failed, key=lambda found: found.failed.count, default=None)
        if commonest is None or self.findings.of_reader(Code.ragged_row).count > commonest.failed.count:
            return "most have more or fewer cells than there are headings"
        column = f"column '{commonest.expectation.heading}' " if commonest.expectation.heading else "each row "
        return f"most often: {column}{commonest.expectation.must}"

    def refuse(self, problem: Problem) -> None:
        """The load cannot be used; the first reason stands."""
        told = replace(problem, source_id=self.source_id, path=self.file.path, sheet=self.sheet)
        self.problems.append(told)
        self.refused = self.refused or told

    def break_off(self, problem: Problem) -> None:
        """The file could not be read to its end, so what was found in its first part is of no account."""
        self.rows_found = self.rows_skipped = self.rows_accepted = 0
        self.held, self.findings, self.facts, self.problems = [], Findings(), Facts(), []
        self.refuse(problem)

    def conclude(self) -> None:
        """Make the results and problems once all rows are checked. Raises RunFailed when a row is unaccounted for."""
        self.held.sort(key=lambda held: held.row)
        found = self.findings.problems(self.source_id, self.file.path, self.sheet)
        self.results, self.problems = [*self.findings.results(), *self.whole_results], [*found, *self.problems]
        grave = next((problem for problem in found if problem.severity is Severity.refuse), None)
        self.refused = grave or self.refused
        if not self.refused:
            account(self.where, self.rows_found, self.rows_accepted + len(self.held) + self.rows_skipped)
            if self.held and not self.rows_accepted:
                self.refuse(nothing_usable(self.where, len(self.held)))
        if self.refused:
            self.rows_accepted = 0
