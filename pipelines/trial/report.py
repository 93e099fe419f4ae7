"""What a trial found, for people and for programs."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pipelines.problems import Problem
from pipelines.trial.guess import Guess
from pipelines.trial.tried import Tried
from scorecard.catalogue import Severity
from scorecard.wording import count, joined

MOST_HELD: Final = 20
"""Rows set aside that a report shows."""
_WOULD: Final = {
    "load": "would be loaded", "quarantine": "would be loaded in part", "refuse": "would be refused",
}  # fmt: skip
_GRAVEST_FIRST: Final = (Severity.refuse, Severity.quarantine, Severity.note)


def as_data(one: Tried, draft: str | None = None) -> dict[str, Any]:
    """One entry of the list that `--json` prints."""
    told: dict[str, Any] = {
        "file": one.path, "source": one.source_id, "outcome": one.outcome, "format": one.format, "sheet": one.sheet,
        "encoding": one.encoding, "delimiter": one.delimiter, "header_row": one.header_row,
        "columns": list(one.columns),
        "rows": {
            "found": one.rows_found, "accepted": one.rows_accepted, "set_aside": one.rows_set_aside,
            "skipped": one.rows_skipped,
        },
        "problems": [_problem(problem) for problem in one.problems],
        "set_aside": [
            {"row": held.row, "code": held.code, "reason": held.sentence, "cells": list(held.cells)}
            for held in one.held[:MOST_HELD]
        ],
    }  # fmt: skip
    if one.look is not None:
        told["guessed"] = [_guess(column) for column in one.look.columns]
    if draft is not None:
        told["draft"] = draft
    return told


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code, "severity": problem.severity, "sentence": problem.sentence, "row": problem.row,
        "column": problem.column, "rows": problem.rows, "fix": problem.fix,
    }  # fmt: skip


def _guess(column: Guess) -> dict[str, Any]:
    return {
        "column": column.letter, "heading": column.heading, "type": column.type, "blank": round(column.blank, 4),
        "date_forms": list(column.date_forms), "marks": list(column.marks), "period": column.period_form,
        "area_by": column.area_by,
    }  # fmt: skip


def as_text(one: Tried) -> Iterator[str]:
    """The same in lines for people."""
    sheet = f", sheet '{one.sheet}'" if one.sheet else ""
    by = f" by source '{one.source_id}'" if one.source_id else ""
    yield f"{one.path}{sheet} {_WOULD[one.outcome]}{by}."
    read_as = [
        f"encoding {one.encoding}" if one.encoding else "",
        f"delimiter {one.delimiter!r}" if one.delimiter else "",
        f"headings in row {one.header_row}" if one.header_row else "",
        f"columns {', '.join(one.columns[:12])}{' and more' if len(one.columns) > 12 else ''}" if one.columns else "",
    ]
    if any(read_as):
        yield f"  Read as {one.format}: {'; '.join(part for part in read_as if part)}."
    if one.rows_found:
        yield (
            f"  {count(one.rows_found, 'row')} found: {one.rows_accepted:,} accepted, {one.rows_set_aside:,} set "
            f"aside, {one.rows_skipped:,} passed over (blank rows, headings, notes)."
            if one.look is None
            else f"  {count(one.rows_found, 'row')} below the headings."
        )
    for problem in sorted(one.problems, key=lambda each: _GRAVEST_FIRST.index(each.severity)):
        yield f"  {_GRAVITY[problem.severity]}: {problem.sentence}"
        yield f"    What to do: {problem.fix}"
    yield from _rows(one)
    if one.look is not None:
        yield from (f"  Column {line}" for line in map(_in_words, one.look.columns))


_GRAVITY: Final = {Severity.refuse: "Refused", Severity.quarantine: "Set aside", Severity.note: "Note"}


def _rows(one: Tried) -> Iterator[str]:
    for held in one.held[:MOST_HELD]:
        cells = " | ".join(held.cells)
        where = "" if held.sentence.startswith("Row") else f"Row {held.row}: "
        yield f"  {where}{held.sentence} [{cells[:100]}]"
    if len(one.held) > MOST_HELD:
        yield f"  and {len(one.held) - MOST_HELD:,} more rows set aside."


def _in_words(column: Guess) -> str:
    seems = [column.type]
    seems += [f"written {joined(list(column.date_forms))}"] if column.date_forms else []
    seems += [f"with the marks {joined(list(column.marks))}"] if column.marks else []
    seems += [f"a period ({column.period_form.replace('_', ' ')})"] if column.period_form else []
    seems += [f"a place by its {column.area_by}"] if column.area_by else []
    blank = f"; {column.blank:.0%} blank" if column.blank else ""
    return f"{column.letter} '{column.heading}': {', '.join(seems)}{blank}"


def summary(tried: Sequence[Tried]) -> str:
    """One line over all files."""
    said = [
        f"{sum(1 for one in tried if one.outcome == outcome)} {words}"
        for outcome, words in _WOULD.items()
        if any(one.outcome == outcome for one in tried)
    ]
    return f"{joined(said)}; nothing was loaded." if said else "No file was given."
