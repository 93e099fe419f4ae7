"""What checks found in one table, or in one block after another of a large one, and how it is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from pipelines.check.expectations import Expectation
from pipelines.check.words import place, problem_sentence, result_sentence, rule_of
from pipelines.problems import Code, Problem
from pipelines.read.table import Held
from scorecard.catalogue import Severity

_MOST_ROWS: Final = 5
_MOST_TEXTS: Final = 200


@dataclass(frozen=True)
class CheckResult:
    """One check on one load."""

    name: str
    column: str | None
    rule: str
    severity: Severity
    passed: bool
    checked: int
    failed: int
    sentence: str
    scope: Literal["rows", "file"] = "rows"
    """Whether each row is held against the rule, or the file as a whole."""


@dataclass(frozen=True)
class Rows:
    """How many rows there are of a kind, the numbers of the first few, and what stands in them."""

    count: int = 0
    first: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()

    @staticmethod
    def of(numbers: Iterable[int], texts: Iterable[str] = ()) -> "Rows":
        """Rows with these numbers, in order, and the different texts in them."""
        listed = list(numbers)
        return Rows(len(listed), tuple(listed[:_MOST_ROWS]), _different(texts))

    def __add__(self, other: "Rows") -> "Rows":
        first, texts = (*self.first, *other.first)[:_MOST_ROWS], _different((*self.texts, *other.texts))
        return Rows(self.count + other.count, first, texts)


def _different(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in dict.fromkeys(texts) if text)[:_MOST_TEXTS]


def set_aside_by_reader(held: Sequence[Held]) -> dict[Code, Rows]:
    """Rows that the reader set aside, by their code, in the order in which the codes come."""
    by_code: dict[Code, list[Held]] = {}
    for each in held:
        by_code.setdefault(each.code, []).append(each)
    return {
        code: Rows.of([each.row for each in rows], [each.sentence for each in rows]) for code, rows in by_code.items()
    }


@dataclass(frozen=True)
class Finding:
    """One expectation, how many rows were held against it, and those that failed."""

    expectation: Expectation
    checked: int
    failed: Rows

    def __add__(self, other: "Finding") -> "Finding":
        return Finding(self.expectation, self.checked + other.checked, self.failed + other.failed)

    def result(self) -> CheckResult:
        """The check as it is stored with the load."""
        expectation, failed = self.expectation, self.failed.count
        return CheckResult(
            expectation.kind, expectation.column, rule_of(expectation), expectation.severity, not failed, self.checked,
            failed, result_sentence(expectation, self.checked, failed),
        )  # fmt: skip


@dataclass
class Findings:
    """All that was found in a table: `add` the next block of the same one to it."""

    checks: list[Finding] = field(default_factory=list)
    read: Mapping[Code, Rows] = field(default_factory=dict)
    """Rows that the reader set aside, by their code; the texts are their sentences."""
    repeats: Rows = Rows()
    moved: Rows = Rows()
    """Rows counted under a successor; the texts are the councils that ended."""

    def add(self, other: "Findings") -> None:
        """Count what was found in another block of the same table."""
        if self.checks and other.checks:
            self.checks = [mine + its for mine, its in zip(self.checks, other.checks, strict=True)]
        else:
            self.checks = self.checks or list(other.checks)
        self.read = {code: self.of_reader(code) + other.of_reader(code) for code in {**self.read, **other.read}}
        self.repeats += other.repeats
        self.moved += other.moved

    def of_reader(self, code: Code) -> Rows:
        """The rows that the reader set aside for one reason."""
        return self.read.get(code, Rows())

    def results(self) -> list[CheckResult]:
        """One check result for each expectation, in their order."""
        return [finding.result() for finding in self.checks]

    def problems(self, source_id: str, path: str, sheet: str | None) -> list[Problem]:
        """One problem for each kind of fault, with its rows counted up."""
        where, found = place(path, sheet), []

        def told(code: Code, severity: Severity, sentence: str, rows: Rows, column: str | None = None) -> None:
            row = min(rows.first, default=None)
            found.append(Problem(code, severity, sentence, source_id, path, sheet, row, column, rows.count))

        for code, rows in self.read.items():
            more = f" {rows.count:,} rows are like it." if rows.count > 1 else ""
            told(code, Severity.quarantine, f"{where}: {rows.texts[0]}{more}", rows)
        if self.repeats.count:
            said = "1 row repeats another" if self.repeats.count == 1 else f"{self.repeats.count:,} rows repeat others"
            sentence = f"{where}: {said} word for word; each was counted once."
            told(Code.identical_rows, Severity.note, sentence, self.repeats)
        for finding in self.checks:
            if finding.failed.count:
                expectation, failed = finding.expectation, finding.failed
                sentence = problem_sentence(
                    where, expectation, failed.count, finding.checked, failed.first, failed.texts
                )
                told(expectation.code, expectation.severity, sentence, failed, expectation.column)
        if self.moved.count:
            names = ", ".join(self.moved.texts)
            sentence = f"{where}: figures after a council ended ({names}) were counted under its successor."
            told(Code.area_succeeded, Severity.note, sentence, self.moved)
        return found
