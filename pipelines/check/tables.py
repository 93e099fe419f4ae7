"""Check every table of a run: collapse repeats, run the suites, set rows aside with their reasons."""

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from pipelines.check.expectations import LOAD, Expectation, expectations_of
from pipelines.check.words import place, problem_sentence, result_sentence, row_number, row_sentence, rule_of
from pipelines.problems import Code, Problem
from pipelines.read.table import Held, Table
from scorecard.catalogue import Severity, Source
from scorecard.errors import RunFailed


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


@dataclass
class Checked:
    """A table after checking: the rows accepted, those held, what was checked and what was found."""

    table: Table
    accepted: pd.DataFrame
    held: list[Held]
    results: list[CheckResult] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: Problem | None = None
    skipped: int = 0
    """Rows that are no figures: blank, headings, notes, declared, or repeats of an accepted row."""

    def account(self) -> None:
        """Raise RunFailed unless accepted, held and skipped rows make up the rows of the file."""
        table, told = self.table, len(self.accepted) + len(self.held) + self.skipped
        if told != table.rows_found:
            raise RunFailed(
                f"{place(table)} has {table.rows_found:,} rows, and {told:,} are accounted for.",
                fix="This is a fault of the pipeline, not of the file; nothing was published.",
            )

    def add(self, code: Code, severity: Severity, sentence: str, rows: list[int], column: str | None = None) -> None:
        """Note a problem with these rows; one that refuses the file also marks the table refused."""
        table = self.table
        problem = Problem(
            code,
            severity,
            sentence,
            table.source_id,
            table.path,
            table.sheet,
            min(rows, default=None),
            column,
            len(rows),
        )
        self.problems.append(problem)
        if severity is Severity.refuse:
            self.refused = self.refused or problem


@dataclass(frozen=True)
class _Found:
    """One expectation and the positions in the batch that failed it."""

    expectation: Expectation
    failed: frozenset[int]


def check_tables(source: Source, tables: list[Table]) -> list[Checked]:
    """Check all tables of one source in one batch; one Checked per table, in order."""
    from pipelines.check.suite import run_suite  # costs seconds, so only when there is something to check

    kept = [_without_repeats(table.frame, source) for table in tables]
    batch = pd.concat([frame.assign(**{LOAD: at}) for at, (frame, _) in enumerate(kept)], ignore_index=True)
    headings = {name for name in source.columns if name in batch.columns}
    outcomes = run_suite(tables[0].source_id, batch, expectations_of(source, headings)) if len(batch) else []
    found = [_Found(outcome.expectation, frozenset(outcome.failed)) for outcome in outcomes]
    return [
        _checked(table, batch, list(batch.index[batch[LOAD] == at]), found, repeats)
        for at, (table, (_, repeats)) in enumerate(zip(tables, kept, strict=True))
    ]


def _without_repeats(frame: pd.DataFrame, source: Source) -> tuple[pd.DataFrame, list[int]]:
    """The rows that are not word for word another's, and the row numbers of those that are."""
    said = [name for name in frame.columns if name in source.columns or name in ("area_code", "period_text")]
    if not said or source.area is None or source.period is None:
        return frame, []
    repeated = frame.duplicated(subset=said)
    return frame[~repeated], [int(row) for row in frame.loc[repeated, "source_row"]]


def _checked(table: Table, batch: pd.DataFrame, mine: list[int], found: list[_Found], repeats: list[int]) -> Checked:
    checked = Checked(table, batch.iloc[0:0], list(table.held), skipped=table.rows_skipped + len(repeats))
    if table.held:
        sentence = f"{place(table)}: {table.held[0].sentence}" + (
            f" {len(table.held):,} rows are like it." if len(table.held) > 1 else ""
        )
        checked.add(Code.ragged_row, Severity.quarantine, sentence, [held.row for held in table.held])
    if repeats:
        said = "1 row repeats another" if len(repeats) == 1 else f"{len(repeats):,} rows repeat others"
        sentence = f"{place(table)}: {said} word for word; each was counted once."
        checked.add(Code.identical_rows, Severity.note, sentence, repeats)
    reasons = _reasons(checked, batch, mine, found)
    if "succeeded" in batch:
        moved = [at for at in mine if at not in reasons and bool(batch.at[at, "succeeded"])]
        if moved:
            names = ", ".join(dict.fromkeys(str(batch.at[at, "area_text"]) for at in moved))
            sentence = f"{place(table)}: figures after a council ended ({names}) were counted under its successor."
            checked.add(Code.area_succeeded, Severity.note, sentence, [row_number(batch, at) for at in moved])
    checked.held += [
        Held(row_number(batch, at), code, sentence, table.raw[row_number(batch, at)])
        for at, (code, sentence) in sorted(reasons.items())
    ]
    checked.accepted = batch.loc[[at for at in mine if at not in reasons]].drop(columns=LOAD)
    if checked.held and checked.accepted.empty and not checked.refused:
        said = "its only row of figures has a fault" if len(checked.held) == 1 else "every row of figures has a fault"
        checked.add(Code.nothing_usable, Severity.refuse, f"{place(table)}: {said}.", [])
    checked.account()
    return checked


def _reasons(
    checked: Checked, batch: pd.DataFrame, mine: list[int], found: list[_Found]
) -> dict[int, tuple[Code, str]]:
    """Position → the first reason for which a row is set aside; results and problems are noted on the way.

    A row that has its own fault does not count as disagreeing with a sound one.
    """
    reasons: dict[int, tuple[Code, str]] = {}
    own = set(mine)
    for each in found:
        expectation = each.expectation
        failed = sorted((each.failed & own) - set(reasons))
        if expectation.code is Code.duplicate_key:
            failed = _still_several(batch, failed, expectation.arguments["column_list"])
        severity, of = expectation.severity, len(mine)
        checked.results.append(
            CheckResult(
                expectation.kind, expectation.column, rule_of(expectation), severity, not failed, of, len(failed),
                result_sentence(expectation, of, len(failed)),
            )
        )  # fmt: skip
        if not failed:
            continue
        sentence = problem_sentence(checked.table, batch, expectation, failed, of)
        checked.add(expectation.code, severity, sentence, [row_number(batch, at) for at in failed], expectation.column)
        if severity is not Severity.note:
            reasons |= {at: (expectation.code, row_sentence(batch, at, expectation)) for at in failed}
    return reasons


def _still_several(batch: pd.DataFrame, failed: list[int], columns: list[str]) -> list[int]:
    keys = list(batch.loc[failed, columns].itertuples(index=False, name=None))
    several = Counter(keys)
    return [at for at, key in zip(failed, keys, strict=True) if several[key] > 1]
