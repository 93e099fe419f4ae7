"""Facts of a file held against the limits of its contract: what was measured, what is allowed, in one sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from pipelines.check.facts import Facts
from pipelines.check.past import Batch
from pipelines.problems import Code
from scorecard.catalogue import Severity, Source
from scorecard.wording import count, in_full, number

FEWEST_FILES: Final = 3
"""Files that must have been accepted before, until it can be said how many rows are usual."""


@dataclass(frozen=True)
class Limit:
    """One fact of one file, and what it may be at least and at most."""

    name: str
    """The check's name in the contract: usual_rows, blanks, fresh, drift or totals."""
    code: Code
    severity: Severity
    column: str | None
    rule: str
    """What must hold, in words."""
    sentence: str
    """Measured and limit together."""
    measured: float
    at_least: float | None
    at_most: float | None


def limits_of(source: Source, facts: Facts, before: Sequence[Batch], changed_on: date) -> Iterator[Limit]:
    """Every limit of the contract that the file can be held against.

    `before` are the files of the source accepted before this one, in their order; `changed_on` is the day on which
    the file was last changed.
    """
    yield from _usual_rows(source, facts, before)
    yield from _blanks(source, facts)
    yield from _fresh(source, facts, changed_on)
    yield from _drift(source, facts, before)
    yield from _totals(source, facts)


def _usual_rows(source: Source, facts: Facts, before: Sequence[Batch]) -> Iterator[Limit]:
    check = source.checks.usual_rows
    if not check or len(before) < FEWEST_FILES:
        return
    usual, within = median(batch.rows for batch in before), check.within_percent
    if usual <= 0:
        return
    away = 100 * (facts.rows - usual) / usual
    said = f"{_share(abs(away))} {'more' if away > 0 else 'fewer'} than usual" if facts.rows != usual else "as usual"
    sentence = (
        f"it has {count(facts.rows, 'row')}, {said} (the middle of the {len(before)} files accepted before is "
        f"{number(usual, 0)}); the limit is {within:g}% either way"
    )
    rule = f"the number of rows is within {within:g}% of the usual"
    least, most = usual * (1 - within / 100), usual * (1 + within / 100)
    yield Limit(
        "usual_rows", Code.rows_unusual, check.severity, None, rule, sentence, float(facts.rows), least, most
    )  # fmt: skip


def _blanks(source: Source, facts: Facts) -> Iterator[Limit]:
    for check in source.checks.blanks:
        if check.column in facts.blanks and facts.rows:
            blank, heading, limit = (
                facts.blanks[check.column],
                source.columns[check.column].heading,
                check.at_most_percent,
            )
            share = 100 * blank / facts.rows
            have = "has" if blank == 1 else "have"
            sentence = (
                f"{blank:,} of {count(facts.rows, 'row')}, {_share(share)}, {have} no '{heading}'; "
                f"the limit is {limit:g}%"
            )
            rule = f"{heading} is blank in at most {limit:g}% of the rows"
            yield Limit(
                "blanks", Code.too_many_blanks, check.severity, check.column, rule, sentence, share, None, limit
            )  # fmt: skip


def _fresh(source: Source, facts: Facts, changed_on: date) -> Iterator[Limit]:
    check = source.checks.fresh
    if check and facts.newest:
        age, limit = (changed_on - facts.newest).days, check.within_days
        what = f"'{source.columns[check.column].heading}'" if check.column else "period"
        ends = "is" if check.column else "ends on"
        sentence = (
            f"its newest {what} {ends} {in_full(facts.newest)}, {count(max(age, 0), 'day')} before the file was last "
            f"changed; the limit is {count(limit, 'day')}"
        )
        rule = f"its newest {what} is at most {count(limit, 'day')} older than the file"
        yield Limit(
            "fresh", Code.figures_old, check.severity, check.column, rule, sentence, float(age), None, float(limit)
        )  # fmt: skip


def _drift(source: Source, facts: Facts, before: Sequence[Batch]) -> Iterator[Limit]:
    for check in source.checks.drift:
        last = next((batch for batch in reversed(before) if check.column in batch.spreads), None)
        cells = facts.cells.get(check.column)
        index = cells.index(last.spreads[check.column]) if cells and last else None
        if index is not None and last:
            heading = source.columns[check.column].heading
            sentence = (
                f"'{heading}' is spread differently from {last.path}, accepted before it, by an index of "
                f"{index:.2f}; the limit is {check.at_most:g}"
            )
            rule = f"{heading} is spread as in the file before, within an index of {check.at_most:g}"
            yield Limit(
                "drift", Code.spread_changed, check.severity, check.column, rule, sentence, index, None, check.at_most
            )  # fmt: skip


def _totals(source: Source, facts: Facts) -> Iterator[Limit]:
    for check in source.checks.totals:
        added, stated = facts.sums.get(check.column), facts.stated.get(check.column)
        if added is None or stated is None or added.without:
            continue  # a row that is unreadable or withheld is missing from the sum, and told on its own
        away, heading = round(abs(added.value - stated), 6), source.columns[check.column].heading
        sentence = (
            f"the rows under '{heading}' add up to {_plain(added.value)} and the file states {_plain(stated)}, "
            f"{_plain(away)} apart; the limit is {_plain(check.within)}"
        )
        rule = f"the rows under {heading} make up the stated total, within {_plain(check.within)}"
        yield Limit(
            "totals", Code.total_disagrees, check.severity, check.column, rule, sentence, away, None, check.within
        )  # fmt: skip


def _share(per_cent: float) -> str:
    """One decimal, as long as that tells something: "7.8%", "0.04%", "340%"."""
    return f"{per_cent:,.0f}%" if per_cent >= 100 else f"{per_cent:.1f}%" if per_cent >= 0.1 else f"{per_cent:.2g}%"


def _plain(value: float) -> str:
    return f"{round(value, 6):,.15g}"
