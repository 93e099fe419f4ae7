"""Files checked as wholes: one suite holds every fact of every file of a run against its limits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from pipelines.check.expectations import Expectation
from pipelines.check.facts import Facts
from pipelines.check.findings import CheckResult
from pipelines.check.limits import Limit, limits_of
from pipelines.check.past import KEPT, Batch, Identity, Past
from pipelines.check.words import place
from pipelines.problems import Code, Problem
from scorecard.catalogue import Severity, Source
from scorecard.set_aside import download_name, originals_of
from scorecard.wording import count


@dataclass(frozen=True)
class Whole:
    """One file (or sheet) whose rows have been checked, as its contract looks at it as a whole."""

    source_id: str
    source: Source
    path: str
    sheet: str | None
    sha256: str
    changed_on: date
    """The day on which the file was last changed."""
    period_end: date | None
    facts: Facts

    @property
    def delimiter(self) -> str | None:
        """What stands between its cells; None for other files than delimited ones."""
        return self.source.delimiter if self.source.format == "delimited" else None

    @property
    def is_sent_back(self) -> bool:
        """It holds only the rows of another file that were set aside: nothing can be said of it as a whole."""
        return bool(originals_of(self.path))

    def batch(self, accepted_at: datetime) -> Batch:
        """What is remembered of it once its rows are accepted."""
        return Batch(
            self.source_id, self.path, self.sheet, self.sha256, accepted_at, self.period_end, self.facts.rows,
            dict(self.facts.spreads()),
        )  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What the checks of one whole file found."""

    results: tuple[CheckResult, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> Problem | None:
        """The first problem for which the file cannot be used."""
        return next((each for each in self.problems if each.severity is not Severity.note), None)


def check_wholes(wholes: Sequence[Whole], past: Past, now: datetime) -> list[Found]:
    """What is found of each file, in order; nothing for those whose contract asks for nothing.

    A file is held against those accepted before it: in earlier runs (`past`), and in this one where they come first.
    Raises RunFailed when a check cannot be run.
    """
    batches = [whole.batch(now) if _looks_back(whole) else None for whole in wholes]
    before = _before([batch for batch in batches if batch], past)
    limits: list[tuple[int, Limit]] = []
    for at, (whole, batch) in enumerate(zip(wholes, batches, strict=True)):
        if not whole.is_sent_back:
            mine = before[batch.identity] if batch else ()
            limits += [(at, each) for each in limits_of(whole.source, whole.facts, mine, whole.changed_on)]
    broken = _broken([limit for _, limit in limits]) if limits else set()
    found = [Found(problems=_taking_the_place(whole, past)) for whole in wholes]
    for number, (at, limit) in enumerate(limits):
        result = _result(limit, wholes[at].facts.rows, number in broken)
        problems = (_problem(limit, wholes[at]),) if number in broken else ()
        found[at] = Found((*found[at].results, result), (*found[at].problems, *problems))
    return found


def _taking_the_place(whole: Whole, past: Past) -> tuple[Problem, ...]:
    """The refusal of a download of rows set aside under the name of the file itself, whose other rows would be lost."""
    rows = whole.facts.rows
    if whole.is_sent_back or not rows or len(whole.facts.answers) != rows:
        return ()
    before = [each for each in past.of(whole.source_id) if (each.path, each.sheet) == (whole.path, whole.sheet)]
    if not before or before[-1].rows <= rows:
        return ()
    name = download_name(whole.path, PurePosixPath(whole.path).suffix)
    sentence = (
        f"{place(whole.path, whole.sheet)}: it has only the {count(rows, 'row')} that {'was' if rows == 1 else 'were'} "
        f"set aside, and would take the place of the {before[-1].rows:,} sent before; put it beside that file, as "
        f"'{name}'."
    )
    problem = Problem(Code.too_few_rows, Severity.refuse, sentence, whole.source_id, whole.path, whole.sheet)
    return (problem,)


def _looks_back(whole: Whole) -> bool:
    checks = whole.source.checks
    return not whole.is_sent_back and (checks.usual_rows is not None or bool(checks.drift))


def _before(batches: Sequence[Batch], past: Past) -> dict[Identity, Sequence[Batch]]:
    """For each file the last of those of its source that were accepted before it, in their order."""
    known = past.and_now(batches)
    ordered = [known.of(source_id) for source_id in dict.fromkeys(each.source_id for each in batches)]
    return {each.identity: mine[max(0, at - KEPT) : at] for mine in ordered for at, each in enumerate(mine)}


_MOST: Final = Expectation(
    "ExpectColumnPairValuesAToBeGreaterThanB",
    {"column_A": "at_most", "column_B": "measured", "or_equal": True, "ignore_row_if": "either_value_is_missing"},
    Code.rows_unusual, Severity.note, None, None, "must be at most its limit",
)  # fmt: skip
_LEAST: Final = replace(
    _MOST,
    arguments={**_MOST.arguments, "column_A": "measured", "column_B": "at_least"},
    must="must be at least its limit",
)


def _broken(limits: Sequence[Limit]) -> set[int]:
    """The positions of the limits that do not hold."""
    from pipelines.check.suite import run_suite  # costs seconds, so only when there is something to check

    names = ("measured", "at_least", "at_most")
    frame = pd.DataFrame({name: [getattr(limit, name) for limit in limits] for name in names}, dtype="float64")
    return {row for outcome in run_suite("files", frame, [_MOST, _LEAST]) for row in outcome.failed}


def _result(limit: Limit, rows: int, is_broken: bool) -> CheckResult:
    return CheckResult(
        limit.name, limit.column, limit.rule, limit.severity, not is_broken, rows, rows if is_broken else 0,
        limit.sentence, "file",
    )  # fmt: skip


def _problem(limit: Limit, whole: Whole) -> Problem:
    severity = Severity.note if limit.severity is Severity.note else Severity.refuse
    sentence = f"{place(whole.path, whole.sheet)}: {limit.sentence}."
    return Problem(limit.code, severity, sentence, whole.source_id, whole.path, whole.sheet, None, limit.column)
