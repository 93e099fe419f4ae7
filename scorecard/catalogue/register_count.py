"""A measure counted from a register: what it says becomes the ordinary count over the register's records."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from scorecard.catalogue.entry import Entry, Id, Text


class RegisterCount(Entry):
    """How many items of a register, or what share of them. Lateness is counted from the ORIGINAL due date."""

    register_: Id = Field(alias="register")
    count: Literal["open", "overdue", "opened", "ended", "ended_in_time"]
    """open and overdue: at the end of the period. ended_in_time: of those that fell due, the share ended by then."""
    where: Text | None = None
    """Only items that meet this condition."""
    by: tuple[Id, ...] = ()
    rolling: int | None = Field(default=None, ge=2, le=60)


def with_records(given: object) -> object:
    """The catalogue as written, its measures `of_register` with `records` that count them.

    What cannot be counted (the register is not there, has no such date, or its items have several rows) is left as it
    is: the rules of the catalogue say why.
    """
    if not isinstance(given, dict) or not isinstance(given.get("measures"), dict):
        return given
    measures = {name: _counted(measure, given.get("registers")) for name, measure in given["measures"].items()}
    return {**given, "measures": measures}


def _counted(measure: object, registers: object) -> object:
    if not isinstance(measure, dict) or "records" in measure or not isinstance(measure.get("of_register"), dict):
        return measure
    asked = measure["of_register"]
    register = registers.get(asked.get("register")) if isinstance(registers, dict) else None
    records = _records(asked, register) if isinstance(register, dict) else None
    return {**measure, "records": records} if records else measure


def _records(asked: Mapping[str, Any], register: Mapping[str, Any]) -> dict[str, Any] | None:
    columns = register.get("columns")
    if not isinstance(columns, dict) or columns.get("reported"):
        return None
    opened, due = columns.get("opened"), columns.get("due")
    ended = columns.get("signed_off") or columns.get("closed")
    kinds: dict[str, tuple[tuple[object, ...], dict[str, str]]] = {
        "open": ((opened, ended), {"kind": "open", "start": f"{opened}", "end": f"{ended}"}),
        "overdue": ((due, ended), {"kind": "open", "start": f"{due} + 1", "end": f"{ended}"}),
        "opened": ((opened,), {"kind": "count", "dated": f"{opened}"}),
        "ended": ((ended,), {"kind": "count", "dated": f"{ended}"}),
        "ended_in_time": ((due, ended), {"kind": "share", "of": f"{ended} <= {due}", "dated": f"{due}"}),
    }
    needed, calculate = kinds.get(str(asked.get("count")), ((None,), {}))
    if not all(needed):
        return None
    further = {name: asked[name] for name in ("where", "by", "rolling") if name in asked}
    return {"source": register.get("source"), "calculate": calculate, **further}
