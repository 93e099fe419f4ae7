"""Registers as the tables of a snapshot, judged as at a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
from pandas.api.types import is_numeric_dtype

from pipelines.problems import Problem
from pipelines.registers.counts import count_rows
from pipelines.registers.faults import register_faults
from pipelines.registers.item_rows import Judged, Rows, companion_rows, item_rows
from pipelines.registers.names import Names, names_of
from pipelines.registers.reading import Held, items_of
from pipelines.registers.rows import RegisterRows, count_days, judged_on
from scorecard.catalogue import Catalogue, Register
from scorecard.registers.indicators import judge_indicators
from scorecard.registers.prediction import predicted_late, records_of
from scorecard.registers.state import State, state_of

WHOLE_NUMBERS: Final = (
    "inherent", "residual", "residual_likelihood", "residual_impact", "target_score", "appetite", "opening", "added",
    "closed", "out_of", "amber_from", "red_from", "highest",
)  # fmt: skip
"""Columns of whole numbers in which some are missing."""


@dataclass(frozen=True)
class RegisterTables:
    """The tables, and what was found to be wrong with the rows."""

    tables: Mapping[str, pd.DataFrame]
    problems: Sequence[Problem]


def register_tables(
    catalogue: Catalogue, held: Mapping[str, RegisterRows], paths: Mapping[int, str], as_at: date
) -> RegisterTables:
    """Every table whose name begins with "register", and failure_indicator; `paths` has the file of each load.

    A register without a file has its row in `register` and nothing else.
    """
    judged = judge_registers(catalogue, held, as_at)
    rows: dict[str, Rows] = {"register": _registers(catalogue, held, as_at)}
    for register_id, one in judged.items():
        own = {"register_item": item_rows(one), **companion_rows(one), **count_rows(one, held[register_id])}
        for name, many in own.items():
            rows.setdefault(name, []).extend(many)
    items = pd.DataFrame(rows.get("register_item", []))
    rows["failure_indicator"] = judge_indicators(catalogue, items, _meeting(catalogue, judged), set(judged), as_at)
    problems = register_faults(catalogue, judged, paths)
    return RegisterTables({name: _frame(many) for name, many in rows.items()}, problems)


def judge_registers(catalogue: Catalogue, held: Mapping[str, RegisterRows], as_at: date) -> dict[str, Judged]:
    """Register → its items and their states, for those that have a file.

    Each is judged as at the last day that its files cover, where that is before `as_at`: what has been done since is
    not known, and nothing is called late for want of a file.
    """
    days = {name: judged_on(rows, as_at) for name, rows in held.items()}
    items = {
        name: items_of(register, catalogue.sources[register.source], held[name], days[name])
        for name, register in catalogue.registers.items()
        if name in held
    }
    keys = {name: frozenset(each.item.item_id for each in many) for name, many in items.items()}
    names = names_of(catalogue, keys)
    return {name: _judged(catalogue, name, many, names, days[name], as_at) for name, many in items.items()}


def _judged(
    catalogue: Catalogue, register_id: str, items: Sequence[Held], names: Names, day: date, today: date
) -> Judged:
    register = catalogue.registers[register_id]
    source = catalogue.sources[register.source]
    return Judged(register_id, register, source, items, _states(register, items, day, today), day, names)


def _states(register: Register, items: Sequence[Held], day: date, today: date) -> list[State]:
    records = records_of([held.item for held in items], day)
    soon = register.due_soon_days
    return [state_of(held.item, day, today, predicted_late(held.item, day, records, soon), soon) for held in items]


def _registers(catalogue: Catalogue, held: Mapping[str, RegisterRows], as_at: date) -> Rows:
    return [
        _register(position, name, register, held.get(name), as_at)
        for position, (name, register) in enumerate(catalogue.registers.items())
    ]


def _register(
    position: int, register_id: str, register: Register, rows: RegisterRows | None, as_at: date
) -> dict[str, Any]:
    baseline, scores = register.baseline, register.scores
    return {
        "register_id": register_id,
        "position": position,
        "title": register.title,
        "item": register.item,
        "items": register.items,
        "question": register.question,
        "source_id": register.source,
        "service_id": register.service,
        "agenda": register.agenda,
        "audience": register.audience,
        "due_soon_days": register.due_soon_days,
        "needs_sign_off": register.columns.signed_off is not None,
        "counted_to": max(count_days(register, rows, as_at), default=None) if rows else None,
        "judged_on": judged_on(rows, as_at) if rows else None,
        "baseline_on": baseline.on if baseline else None,
        "baseline_reason": baseline.reason if baseline else None,
        "baseline_target": baseline.target if baseline else None,
        "baseline_by": baseline.by if baseline else None,
        "amber_from": scores.amber_from if scores else None,
        "red_from": scores.red_from if scores else None,
        "highest": scores.highest if scores else None,
    }


def _meeting(catalogue: Catalogue, judged: Mapping[str, Judged]) -> dict[str, set[str]]:
    """Failure indicator → the items that meet its condition by their latest row."""
    return {
        name: judged[each.register_].meeting(f"indicator {name}")
        for name, each in catalogue.failure_indicators.items()
        if each.register_ in judged
    }


def _frame(rows: Rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    return frame.astype({name: "Int64" for name in WHOLE_NUMBERS if name in frame and is_numeric_dtype(frame[name])})
