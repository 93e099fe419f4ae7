"""Check every table of a run: collapse repeats, run the suites, set rows aside with their reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, runtime_checkable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.check.expectations import LOAD, Expectation, expectations_of
from pipelines.check.findings import CheckResult, Finding, Findings, Rows, set_aside_by_reader
from pipelines.check.words import place, row_sentence
from pipelines.problems import Code, Problem
from pipelines.read.table import Held, Table
from scorecard.catalogue import Severity, Source
from scorecard.errors import RunFailed

_SHOWN_FROM: Final = {Code.area_unknown: "area_text", Code.period_unreadable: "period_text"}
_LONGEST_SHOWN: Final = 60


@runtime_checkable
class ManyRows(Protocol):
    """Rows as text that are had faster many at a time."""

    def many(self, numbers: Sequence[int]) -> list[tuple[str, ...]]:
        """The rows with these numbers, in their order."""


@dataclass(frozen=True)
class Verdict:
    """What checking found in one table, or in one block of it: rows accepted, rows held, and the findings."""

    table: Table
    accepted: pd.DataFrame
    held: list[Held]
    """Held by the checks, in the order of the rows; those that the reader held are in the table."""
    findings: Findings


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
        told = len(self.accepted) + len(self.held) + self.skipped
        account(place(self.table.path, self.table.sheet), self.table.rows_found, told)


def account(where: str, found: int, told: int) -> None:
    """Raise RunFailed unless the rows that are accounted for make up the rows of the file."""
    if told != found:
        raise RunFailed(
            f"{where} has {found:,} rows, and {told:,} are accounted for.",
            fix="This is a fault of the pipeline, not of the file; nothing was published.",
        )


def nothing_usable(where: str, held: int) -> Problem:
    """The problem of a table in which every row of figures is set aside."""
    said = "its only row of figures has a fault" if held == 1 else "every row of figures has a fault"
    return Problem(Code.nothing_usable, Severity.refuse, f"{where}: {said}.")


def check_tables(source: Source, tables: list[Table]) -> list[Checked]:
    """Check all tables of one source in one batch; one Checked per table, in order."""
    return [_checked(verdict) for verdict in judge_tables(source, tables)]


def judge_tables(source: Source, tables: list[Table]) -> list[Verdict]:
    """Run one suite on all tables of one source, which may be blocks of larger ones; one Verdict each, in order."""
    from pipelines.check.suite import run_suite  # costs seconds, so only when there is something to check

    kept = [_without_repeats(table.frame, source) for table in tables]
    # An empty frame has no types, and would turn the row numbers of the others into fractions.
    filled = [frame.assign(**{LOAD: at}) for at, (frame, _) in enumerate(kept) if len(frame)]
    batch = _together(filled)
    expectations = expectations_of(source, {name for name in source.columns if name in batch.columns})
    needed = list(dict.fromkeys(name for each in expectations for name in each.columns))
    outcomes = run_suite(tables[0].source_id, batch[needed], expectations) if len(batch) else []
    failed = [(outcome.expectation, outcome.failed) for outcome in outcomes]
    edges = np.cumsum([0, *(len(frame) for frame, _ in kept)])
    verdicts = []
    for at, (table, (_, repeats)) in enumerate(zip(tables, kept, strict=True)):
        start, end = edges[at], edges[at + 1]
        mine = [(each, found[slice(*np.searchsorted(found, (start, end)))] - start) for each, found in failed]
        verdicts.append(_verdict(source, table, batch.iloc[start:end], mine, repeats))
    return verdicts


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    if len(frames) == 1:
        return frames[0].reset_index(drop=True)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[LOAD])


def _without_repeats(frame: pd.DataFrame, source: Source) -> tuple[pd.DataFrame, list[int]]:
    """The rows that are not word for word another's, and the row numbers of those that are.

    Repeated records are found in staging, because they may stand in different blocks of a file.
    """
    said = [name for name in frame.columns if name in source.columns or name in ("area_code", "period_text")]
    if not said or source.area is None or source.period is None or source.holds == "records":
        return frame, []
    repeated = frame.duplicated(subset=said)
    return frame[~repeated], [int(row) for row in frame.loc[repeated, "source_row"]]


def _verdict(
    source: Source, table: Table, rows: pd.DataFrame, failed: list[tuple[Expectation, NDArray[np.intp]]],
    repeats: list[int],
) -> Verdict:  # fmt: skip
    """`rows` are the table's rows of the batch; failed positions count from its first.

    A row is set aside for its first reason; one that has its own fault does not count as disagreeing with a sound one.
    """
    numbers = rows["source_row"].tolist() if len(rows) else []
    aside = np.zeros(len(rows), dtype=np.bool_)
    reasons: dict[int, tuple[Code, str]] = {}
    findings = Findings(
        read=set_aside_by_reader(table.held),
        repeats=Rows.of(repeats),
    )
    for expectation, at in failed:
        positions = at[~aside[at]]
        if expectation.code is Code.duplicate_key:
            keys = rows.iloc[positions][expectation.arguments["column_list"]]
            first_stays = source.repeated_key == "keep_first"
            positions = positions[keys.duplicated(keep="first" if first_stays else False).to_numpy()]
        shown = _shown(rows, positions, expectation)
        which = positions.tolist()
        findings.checks.append(Finding(expectation, len(rows), Rows.of([numbers[row] for row in which], shown)))
        if expectation.severity is not Severity.note:
            aside[positions] = True
            why = ((expectation.code, row_sentence(text, expectation)) for text in shown)
            reasons.update(zip(which, why, strict=True))
    accepted = rows[~aside].drop(columns=LOAD)
    if "succeeded" in accepted:
        moved = accepted[accepted["succeeded"].astype(bool)]
        findings.moved = Rows.of(moved["source_row"].tolist(), [str(text) for text in moved["area_text"]])
    held_rows = [numbers[row] for row in sorted(reasons)]
    cells = table.raw.many(held_rows) if isinstance(table.raw, ManyRows) else [table.raw[row] for row in held_rows]
    held = [
        Held(number, *reasons[row], cells_of_row)
        for row, number, cells_of_row in zip(sorted(reasons), held_rows, cells, strict=True)
    ]
    return Verdict(table, accepted, held, findings)


def _shown(rows: pd.DataFrame, positions: NDArray[np.intp], expectation: Expectation) -> list[str]:
    """What stands in the cells that failed, cut short; empty where there is nothing to show."""
    column = _SHOWN_FROM.get(expectation.code, expectation.column)
    if column is None or not len(positions):
        return [""] * len(positions)
    cells = rows[column].iloc[positions].tolist()
    return [cell[:_LONGEST_SHOWN] if isinstance(cell, str) else "" for cell in cells]


def _checked(verdict: Verdict) -> Checked:
    table, findings = verdict.table, verdict.findings
    problems = [*table.notes, *findings.problems(table.source_id, table.path, table.sheet)]
    checked = Checked(
        table, verdict.accepted, [*table.held, *verdict.held], findings.results(), problems,
        next((problem for problem in problems if problem.severity is Severity.refuse), None),
        table.rows_skipped + findings.repeats.count,
    )  # fmt: skip
    if checked.held and checked.accepted.empty and not checked.refused:
        problem = nothing_usable(place(table.path, table.sheet), len(checked.held))
        checked.refused = replace(problem, source_id=table.source_id, path=table.path, sheet=table.sheet)
        checked.problems.append(checked.refused)
    checked.account()
    return checked
