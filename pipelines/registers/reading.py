"""Rows of a register put together to items: what each says of an owner, its dates, its standing and its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, Final

from pipelines.registers.clocks import Timing, timings_of
from pipelines.registers.rows import RegisterRows
from scorecard.catalogue import Register, Source
from scorecard.registers.item import Item
from scorecard.registers.scores import Score, score_of

Row = Mapping[str, Any]
SEPARATOR: Final = "/"
"""Between the parts of a key."""


@dataclass(frozen=True)
class Report:
    """What a row said of an item as at a day."""

    reported_on: date | None
    row: Row
    rating: str | None
    score: Score | None


@dataclass(frozen=True)
class Held:
    """An item and what its rows hold besides: the latest row, and its reports from the oldest on."""

    item: Item
    row: Row
    reports: Sequence[Report]
    timings: Sequence[Timing] = field(default_factory=tuple)

    @property
    def latest(self) -> Report:
        """What was reported last."""
        return self.reports[-1]

    def cell(self, name: str) -> str | None:
        """What stands in a column of its latest row, as text; None for nothing."""
        return _text(self.row[name]) or None


def items_of(register: Register, source: Source, held: RegisterRows, as_at: date) -> list[Held]:
    """The items of a register in the order of its rows, each with its history; nothing reported after `as_at`."""
    reported = register.columns.reported
    rows: list[Row] = [{str(name): cell for name, cell in row.items()} for row in held.rows.to_dict("records")]
    if reported:
        rows = sorted((row for row in rows if row[reported] and row[reported] <= as_at), key=lambda row: row[reported])
    grouped: dict[str, list[Row]] = {}
    names = key_columns(register, source)
    for row in rows:
        grouped.setdefault(SEPARATOR.join(_text(row[name]) for name in names), []).append(row)
    told_on = sorted({row[reported] for row in rows}) if reported else []
    timings = timings_of(register, grouped, as_at)
    return [
        _held(register, item_id, many, held, told_on, timings.get(item_id, ())) for item_id, many in grouped.items()
    ]


def key_columns(register: Register, source: Source) -> list[str]:
    """The columns that name an item: the source's key, without the day it reports as at."""
    if register.columns.item:
        return [register.columns.item]
    return [name for name in source.key if name != register.columns.reported]


def _held(
    register: Register, item_id: str, rows: Sequence[Row], held: RegisterRows, told_on: Sequence[date],
    timings: Sequence[Timing],
) -> Held:  # fmt: skip
    columns, last = register.columns, rows[-1]
    reported = columns.reported
    reports = [
        Report(
            row[reported] if reported else None, row, _rating(register, row),
            score_of(register.scores, row) if register.scores else None,
        )
        for row in rows
    ]  # fmt: skip
    meaning = register.statuses.get(_cell(last, columns.status) or "") if columns.status else None
    is_told_done = meaning in ("closed", "withdrawn") and not columns.closed
    item = Item(
        item_id,
        _cell(last, columns.title) or item_id,
        next((row[columns.opened] for row in rows if row[columns.opened]), None) if columns.opened else None,
        _dues(register, rows, timings),
        _day(last, columns.closed),
        _day(last, columns.signed_off),
        meaning,
        reports[-1].rating,
        last[columns.done] if columns.done else None,
        _cell(last, columns.owner),
        _cell(last, columns.priority),
        columns.signed_off is not None,
        _told_done_on(reports, held) if is_told_done else None,
        next((day for day in told_on if reported and day > last[reported]), None),
    )
    return Held(item, last, reports, timings)


def _told_done_on(reports: Sequence[Report], held: RegisterRows) -> date | None:
    """The day of the row that told it, else the last day that the file of the row covers."""
    last = reports[-1]
    return last.reported_on or held.told_by.get(int(last.row["load_number"]))


def _dues(register: Register, rows: Sequence[Row], timings: Sequence[Timing]) -> tuple[date, ...]:
    """Every due date in the order agreed: all of the first row that has any, then the newest of each later report."""
    columns = register.columns
    named = [name for name in (columns.due, *columns.revised) if name]
    told = [dates for row in rows if (dates := [row[name] for name in named if row[name] is not None])]
    days = [timing.limit for timing in timings if timing.is_due]
    days += [*told[0], *(dates[-1] for dates in told[1:])] if told else []
    return tuple(day for before, day in pairwise([None, *days]) if day is not None and day != before)


def _rating(register: Register, row: Row) -> str | None:
    word = _cell(row, register.columns.rating)
    return register.ratings.get(word) if word else None


def _cell(row: Row, name: str | None) -> str | None:
    return _text(row[name]) or None if name else None


def _day(row: Row, name: str | None) -> date | None:
    day: date | None = row[name] if name else None
    return day


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:g}"
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()
