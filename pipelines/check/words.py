"""What a check found, in words: for the load as a whole, for the problem list and for one row."""

import pandas as pd

from pipelines.check.expectations import Expectation
from pipelines.problems import Code
from pipelines.read.table import Table

_SHOWN_FROM = {Code.area_unknown: "area_text", Code.period_unreadable: "period_text"}


def place(table: Table) -> str:
    """The file, and the sheet if it has one."""
    return table.path + (f", sheet '{table.sheet}'" if table.sheet else "")


def rule_of(expectation: Expectation) -> str:
    """What must hold: "Figure must be a number"."""
    return f"{expectation.heading or 'each row'} {expectation.must}"


def result_sentence(expectation: Expectation, checked: int, failed: int) -> str:
    """Measured and wanted together: "Figure must be a number: 3 of 61 rows do not"."""
    said = f"{failed:,} of {checked:,} rows do not" if failed else f"all {checked:,} rows do"
    return f"{rule_of(expectation)}: {said}"


def problem_sentence(table: Table, batch: pd.DataFrame, expectation: Expectation, failed: list[int], of: int) -> str:
    """What, where and why, for rows at these positions of the batch."""
    rows = [row_number(batch, at) for at in failed]
    which = f"row {rows[0]}"
    if len(rows) > 1:
        named = ", ".join(str(row) for row in rows[:4]) + (" and more" if len(rows) > 4 else "")
        which = f"{len(rows):,} of {of:,} rows ({named})"
    examples = [text for text in dict.fromkeys(_shown(batch, at, expectation) for at in failed) if text]
    said = ", ".join(f"'{text}'" for text in examples[:3]) + (" and others" if len(examples) > 3 else "")
    column = f", column '{expectation.heading}'" if expectation.heading else ""
    return f"{place(table)}, {which}{column}{f' ({said})' if said else ''}: {expectation.must}."


def row_sentence(batch: pd.DataFrame, at: int, expectation: Expectation) -> str:
    """Why one row was set aside."""
    shown = _shown(batch, at, expectation)
    subject = f"column '{expectation.heading}'" if expectation.heading else "the row"
    return f"{subject}{f' is {shown!r} and' if shown else ''} {expectation.must}."


def row_number(batch: pd.DataFrame, at: int) -> int:
    """The row as its reader counts it."""
    return int(str(batch.at[at, "source_row"]))


def _shown(batch: pd.DataFrame, at: int, expectation: Expectation) -> str:
    column = _SHOWN_FROM.get(expectation.code, expectation.column)
    value = batch.at[at, column] if column else ""
    return value[:60] if isinstance(value, str) else ""
