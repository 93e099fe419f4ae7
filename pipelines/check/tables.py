"""Check every table of a run: collapse repeats, run the suites, set rows aside with their reasons."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from pipelines.check.expectations import LOAD, Expectation, expectations_of
from pipelines.problems import Code, Problem
from pipelines.read.table import Held, Table
from scorecard.catalogue import Severity, Source
from scorecard.wording import count


@dataclass(frozen=True)
class CheckResult:
    """One check on one load."""

    name: str
    column: str | None
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

    @property
    def skipped(self) -> int:
        """Rows that are no figures: blank, headings, notes, declared, or repeats of an accepted row."""
        return self.table.rows_found - len(self.accepted) - len(self.held)


def check_tables(source: Source, tables: list[Table]) -> list[Checked]:
    """Check all tables of one source in one batch; one Checked per table, in order."""
    from pipelines.check.suite import run_suite  # imported only when there is something to check

    frames, notes = [], []
    for number, table in enumerate(tables):
        frame, repeats = _without_repeats(table.frame, source)
        frames.append(frame.assign(**{LOAD: number}))
        notes.append(repeats)
    batch = pd.concat(frames, ignore_index=True)
    headings = {name for name in source.columns if name in batch.columns}
    outcomes = run_suite(tables[0].source_id, batch, expectations_of(source, headings)) if len(batch) else []
    found = [_Found(outcome.expectation, set(outcome.failed)) for outcome in outcomes]
    return [
        _checked(table, batch, batch.index[batch[LOAD] == number], found, notes[number])
        for number, table in enumerate(tables)
    ]


@dataclass(frozen=True)
class _Found:
    expectation: Expectation
    failed: set[int]


def _without_repeats(frame: pd.DataFrame, source: Source) -> tuple[pd.DataFrame, int]:
    said = [name for name in frame.columns if name in source.columns or name in ("area_code", "period_text")]
    repeated = frame.duplicated(subset=said) if said and source.area and source.period else None
    if repeated is None or not repeated.any():
        return frame, 0
    return frame[~repeated], int(repeated.sum())


def _checked(table: Table, batch: pd.DataFrame, index: "pd.Index[int]", found: list[_Found], repeats: int) -> Checked:
    mine = set(index)
    reasons: dict[int, tuple[Code, str]] = {}
    checked = Checked(table, batch.iloc[0:0], list(table.held))
    checked.problems += _ragged(table)
    if repeats:
        repeated = "1 row repeats another" if repeats == 1 else f"{repeats:,} rows repeat others"
        sentence = f"{_where(table.path, table.sheet, None)}: {repeated} word for word; each was counted once."
        checked.problems.append(_problem(table, Code.identical_rows, Severity.note, sentence, rows=repeats))
    for each in found:
        failed = sorted(each.failed & mine)
        checked.results.append(_result(each.expectation, len(mine), len(failed)))
        if not failed:
            continue
        problem = _problem_of(table, batch, each.expectation, failed, len(mine))
        checked.problems.append(problem)
        if each.expectation.severity is Severity.refuse:
            checked.refused = checked.refused or problem
        if each.expectation.severity is not Severity.note:
            for at in failed:
                reasons.setdefault(at, (each.expectation.code, _row_sentence(batch, at, each.expectation)))
    checked.held += [_held(table, batch, at, *why) for at, why in sorted(reasons.items())]
    checked.accepted = batch.loc[[at for at in index if at not in reasons]].drop(columns=LOAD)
    if checked.held and checked.accepted.empty and not checked.refused:
        sentence = f"All {len(checked.held)} rows of figures have faults."
        checked.refused = _problem(table, Code.nothing_usable, Severity.refuse, sentence)
        checked.problems.append(checked.refused)
    return checked


def _held(table: Table, batch: pd.DataFrame, at: int, code: Code, sentence: str) -> Held:
    row = int(str(batch.at[at, "source_row"]))
    return Held(row, code, sentence, table.raw[row])


def _result(expectation: Expectation, checked: int, failed: int) -> CheckResult:
    subject = expectation.column or "each row"
    sentence = f"{subject} {expectation.must}"
    sentence += f": {failed:,} of {checked:,} rows do not" if failed else f": all {checked:,} rows do"
    return CheckResult(
        expectation.kind, expectation.column, expectation.severity, not failed, checked, failed, sentence
    )


def _problem_of(table: Table, batch: pd.DataFrame, expectation: Expectation, failed: list[int], of: int) -> Problem:
    first = int(str(batch.at[failed[0], "source_row"]))
    share = f"{len(failed):,} of {of:,} rows" if len(failed) > 1 else f"row {first}"
    examples = list(dict.fromkeys(_shown(batch, at, expectation) for at in failed))
    shown = ", ".join(f"'{text}'" for text in examples[:3] if text) + (" and others" if len(examples) > 3 else "")
    column = f", column '{expectation.column}'" if expectation.column else ""
    said = f" ({shown})" if shown else ""
    sentence = f"{_where(table.path, table.sheet, None)}, {share}{column}{said}: {expectation.must}."
    return _problem(
        table, expectation.code, expectation.severity, sentence, first, expectation.column, len(failed)
    )  # fmt: skip


def _row_sentence(batch: pd.DataFrame, at: int, expectation: Expectation) -> str:
    shown = _shown(batch, at, expectation)
    column = f"column '{expectation.column}'" if expectation.column else "the row"
    return f"{column}{f' is {shown!r} and' if shown else ''} {expectation.must}."


def _shown(batch: pd.DataFrame, at: int, expectation: Expectation) -> str:
    by_code = {Code.area_unknown: "area_text", Code.period_unreadable: "period_text"}
    column = by_code.get(expectation.code, expectation.column)
    value = batch.at[at, column] if column else ""
    return value[:60] if isinstance(value, str) else ""


def _ragged(table: Table) -> Iterable[Problem]:
    if table.held:
        first = table.held[0]
        more = f" ({count(len(table.held), 'row')} in all)" if len(table.held) > 1 else ""
        sentence = f"{_where(table.path, table.sheet, None)}: {_lower(first.sentence)[:-1]}{more}."
        yield _problem(table, Code.ragged_row, Severity.quarantine, sentence, first.row, rows=len(table.held))


def _problem(
    table: Table, code: Code, severity: Severity, sentence: str, row: int | None = None,
    column: str | None = None, rows: int = 0,
) -> Problem:  # fmt: skip
    return Problem(code, severity, sentence, table.source_id, table.path, table.sheet, row, column, rows)


def _where(path: str, sheet: str | None, row: int | None) -> str:
    return f"{path}{f', sheet {sheet!r}' if sheet else ''}{f', row {row}' if row else ''}"


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:] if sentence[:1].isupper() and sentence[1:2].islower() else sentence
