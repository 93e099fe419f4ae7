"""The rows of a register as they were accepted: its source's columns, and which conditions each row meets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
from sqlglot import exp

from pipelines.records.compile import column, joined_to_calendar
from pipelines.records.counting import Staged
from pipelines.records.engine import Engine
from pipelines.records.rendering import Renderer
from scorecard.catalogue import Catalogue, Register
from scorecard.catalogue.record_rules import kinds_of
from scorecard.expression import parse
from scorecard.periods import between

MEETS: Final = "meets "
"""What the column of a condition is called, before the condition's name."""


@dataclass(frozen=True)
class RegisterRows:
    """What the files of a register hold."""

    rows: pd.DataFrame
    """One row a record: load_number (its load's id), source_row, the source's columns (text, float or date; None for
    none), and a boolean "meets <name>" for each condition: "step x", "clock 0", "indicator x"."""
    months: Sequence[int]
    """Every month that some file covers, as month numbers."""
    told_by: Mapping[int, date]
    """Load → the last day that its file covers."""


def read_registers(catalogue: Catalogue, engine: Engine, staged: Mapping[str, Staged]) -> dict[str, RegisterRows]:
    """Register → its rows, for every register whose source has files. The calendar must be in the engine."""
    found = {}
    for register_id, register in catalogue.registers.items():
        held = staged.get(register.source)
        if held and held.covers:
            rows = engine.arrow(_query(catalogue, register_id, register, held.table)).to_pandas()
            rows["load_number"] += held.first_load
            told_by = {cover.load_id: cover.period.end for cover in held.covers}
            found[register_id] = RegisterRows(_plain(rows, catalogue, register), held.months, told_by)
    return found


def count_days(register: Register, rows: RegisterRows, as_at: date) -> list[date]:
    """The last day of every month that the files cover and that has ended by `as_at`: when there is a count.

    Only the last of them for a register that neither says on which day its items were done nor reports them again
    each time: what it tells of them now cannot be put back to an earlier month.
    """
    days = [end for month in rows.months if (end := between(month, month).end) <= as_at]
    columns = register.columns
    return days if columns.closed or columns.signed_off or columns.reported else days[-1:]


def judged_on(rows: RegisterRows, as_at: date) -> date:
    """The last day that the files cover, or `as_at` where they reach beyond it."""
    return min(as_at, max(rows.told_by.values()))


def _query(catalogue: Catalogue, register_id: str, register: Register, table: str) -> exp.Select:
    source = catalogue.sources[register.source]
    renderer = Renderer(kinds_of(source))
    conditions = {
        name: exp.func("coalesce", renderer.render(parse(text)), exp.false())
        for name, text in _conditions(catalogue, register_id, register).items()
    }
    wanted = renderer.render(parse(register.where)) if register.where else None
    held = joined_to_calendar(
        exp.select(exp.Column(this=exp.Star(), table=exp.to_identifier("staged"))).from_(
            exp.alias_(exp.table_(table, quoted=True), "staged", table=True)
        ),
        renderer.calendars,
    ).subquery("records")
    query = exp.select(
        *(column(name) for name in ("load_number", "source_row", *source.columns)),
        *(exp.alias_(condition, f"{MEETS}{name}", quoted=True) for name, condition in conditions.items()),
    ).from_(held)
    query = query.where(wanted) if wanted is not None else query
    return query.order_by(column("load_number"), column("source_row"))


def _conditions(catalogue: Catalogue, register_id: str, register: Register) -> dict[str, str]:
    found = {f"step {name}": step.where for name, step in register.steps.items()}
    found |= {f"clock {at}": clock.where for at, clock in enumerate(register.clocks)}
    found |= {
        f"indicator {name}": each.where
        for name, each in catalogue.failure_indicators.items()
        if each.register_ == register_id
    }
    return {name: text for name, text in found.items() if text}


def _plain(rows: pd.DataFrame, catalogue: Catalogue, register: Register) -> pd.DataFrame:
    """Numbers as floats, dates as datetime.date, None for what is missing."""
    columns = {}
    for name, declared in catalogue.sources[register.source].columns.items():
        cells = rows[name]
        if declared.type in ("number", "integer"):
            cells = cells.astype("float64").astype(object)
        else:
            cells = cells.astype(object)
        columns[name] = cells.where(cells.notna(), None)
    return rows.assign(**columns)
