"""What a check found, in words: for the load as a whole, for the problem list and for one row."""

from collections.abc import Sequence

from pipelines.check.expectations import Expectation


def place(path: str, sheet: str | None) -> str:
    """The file, and the sheet if it has one."""
    return path + (f", sheet '{sheet}'" if sheet else "")


def rule_of(expectation: Expectation) -> str:
    """What must hold: "Figure must be a number"."""
    return f"{expectation.heading or 'each row'} {expectation.must}"


def result_sentence(expectation: Expectation, checked: int, failed: int) -> str:
    """Measured and wanted together: "Figure must be a number: 3 of 61 rows do not"."""
    said = f"{failed:,} of {checked:,} rows do not" if failed else f"all {checked:,} rows do"
    return f"{rule_of(expectation)}: {said}"


def problem_sentence(
    where: str, expectation: Expectation, failed: int, of: int, rows: Sequence[int], examples: Sequence[str]
) -> str:
    """What, where and why, for so many failed rows; `rows` and `examples` are the first of them."""
    which = f"row {rows[0]}"
    if failed > 1:
        named = ", ".join(str(row) for row in rows[:4]) + (" and more" if failed > 4 else "")
        which = f"{failed:,} of {of:,} rows ({named})"
    said = ", ".join(f"'{text}'" for text in examples[:3]) + (" and others" if len(examples) > 3 else "")
    column = f", column '{expectation.heading}'" if expectation.heading else ""
    return f"{where}, {which}{column}{f' ({said})' if said else ''}: {expectation.must}."


def row_sentence(shown: str, expectation: Expectation) -> str:
    """Why one row was set aside; `shown` is what stands in its cell."""
    subject = f"column '{expectation.heading}'" if expectation.heading else "the row"
    return f"{subject}{f' is {shown!r} and' if shown else ''} {expectation.must}."
