"""The records that follow from what a measure counts of a register: the ordinary count over the register's source."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from scorecard.catalogue.register import Register
from scorecard.catalogue.register_count import RegisterCount

_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "open": ("opened", "closed"),
    "overdue": ("due", "closed"),
    "opened": ("opened",),
    "ended": ("closed",),
    "ended_in_time": ("due", "closed"),
}
"""The dates each count needs; `closed` may be `signed_off`, and is where the register has that."""


def with_records(given: object) -> object:
    """The catalogue as written, its measures `of_register` with `records` that count them.

    What cannot be counted or read is left as it is: the rules of the catalogue say why (`why_uncountable`).
    """
    if not isinstance(given, dict) or not isinstance(given.get("measures"), dict):
        return given
    measures = {name: _counted(measure, given.get("registers")) for name, measure in given["measures"].items()}
    return {**given, "measures": measures}


def _counted(measure: object, registers: object) -> object:
    if not isinstance(measure, dict) or not isinstance(registers, dict) or "records" in measure:
        return measure
    try:
        count = RegisterCount.model_validate(measure.get("of_register"))
        register = Register.model_validate(registers.get(count.register_))
    except ValidationError:
        return measure
    return measure if why_uncountable(count, register) else {**measure, "records": records_for(count, register)}


def why_uncountable(count: RegisterCount, register: Register) -> str | None:
    """Why a register cannot be counted so, and what to do; None when it can."""
    columns = register.columns
    if columns.reported:
        return (
            f"the source of '{count.register_}' has a row for each item and report (columns.reported), so its rows"
            " cannot be counted as items: send this measure's figures as a return."
        )
    missing = [each for each in _NEEDED[count.count] if getattr(columns, each) is None]
    if "closed" in missing and columns.signed_off:
        missing.remove("closed")
    if not missing:
        return None
    if "due" in missing and any(clock.is_due for clock in register.clocks):
        return (
            f"'{count.count}' needs a column with the due date, and '{count.register_}' has a clock instead: give"
            " 'records' with calculate.kind 'within', which counts days and working days."
        )
    wanted = " and ".join(f"'{each}'" for each in missing)
    instead = " (or 'signed_off')" if "closed" in missing else ""
    return f"'{count.count}' needs {wanted}{instead} in the columns of '{count.register_}'."


def records_for(count: RegisterCount, register: Register) -> dict[str, Any]:
    """`records` as a measure would have them. Only for what `why_uncountable` finds nothing wrong with."""
    columns = register.columns
    opened, due, ended = columns.opened, columns.due, columns.signed_off or columns.closed
    calculate = {
        "open": {"kind": "open", "start": opened, "end": ended},
        "overdue": {"kind": "open", "start": f"{due} + 1", "end": ended},
        "opened": {"kind": "count", "dated": opened},
        "ended": {"kind": "count", "dated": ended},
        "ended_in_time": {"kind": "share", "of": f"{ended} <= {due}", "dated": due},
    }[count.count]
    conditions = [each for each in (register.where, count.where) if each]
    where = " and ".join(f"({each})" for each in conditions) if len(conditions) > 1 else "".join(conditions)
    optional = {"where": where, "rolling": count.rolling}
    given = {name: value for name, value in optional.items() if value}
    return {"source": register.source, "calculate": calculate, "by": list(count.by), **given}
