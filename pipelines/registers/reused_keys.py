"""What a later file says of the items of an earlier one that it should not: another thing, or another original date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.problems import Code
from pipelines.records.loads import RecordLoad
from pipelines.records.replacing import Retold
from pipelines.registers.likeness import difference
from pipelines.registers.reading import SEPARATOR
from pipelines.registers.stated import Place, Statement, state
from scorecard.catalogue import Catalogue, Register, Source
from scorecard.wording import in_full


@dataclass(frozen=True)
class _Kept:
    """A register and the source of its rows."""

    register: Register
    source: Source


def telling_columns(catalogue: Catalogue, source_id: str) -> tuple[str, ...]:
    """The columns by which an item is known again besides its key: title, opened and due, as far as it has them.

    None where no register has this source, or where it sends a row for each report: then no row is replaced.
    """
    register = _register_of(catalogue, source_id)
    if register is None:
        return ()
    columns = register.columns
    return tuple(each for each in (columns.title, columns.opened, columns.due) if each)


def state_reused_keys(catalogue: Catalogue, source_id: str, loads: Sequence[RecordLoad]) -> None:
    """Note with each load of a source the keys that it has for something else than a load before it had.

    And those items of which it has another original due date.
    """
    register = _register_of(catalogue, source_id)
    if register is None:
        return
    telling = telling_columns(catalogue, source_id)
    kept, columns = _Kept(register, catalogue.sources[source_id]), register.columns
    for number, load in enumerate(loads):
        for earlier, retold in load.retold:
            reused, moved = [], []
            for each in retold:
                before, after = (dict(zip(telling, cells, strict=True)) for cells in (each.before, each.after))
                if told := _difference(register, before, after):
                    reused.append(_place(number, each, told))
                elif columns.due and (first := before[columns.due]) and first != after[columns.due]:
                    moved.append(_place(number, each, f"before {_date(first)}, now {_date(after[columns.due])}"))
            for statement, places in ((_key_reused(earlier), reused), (_due_rewritten(earlier, columns.due), moved)):
                load.problems += state(kept, {number: load.file.path}, statement, places)


def _key_reused(earlier: RecordLoad) -> Statement:
    reads = f"under a key that {earlier.where} has for something else"
    so = "What stood there before has no line of its own any more."
    return Statement(Code.key_reused, f"stands {reads}", f"stand {reads}", so)


def _due_rewritten(earlier: RecordLoad, column: str | None) -> Statement:
    reads = f"another original due date than in {earlier.where}"
    so = "What is late is counted from the date that stands there now."
    return Statement(Code.due_rewritten, f"has {reads}", f"have {reads}", so, column)


def _place(load_number: int, retold: Retold, told: str) -> Place:
    row = {"load_number": load_number, "source_row": retold.source_row}
    return Place(row, SEPARATOR.join(map(_text, retold.key)), told)


def _difference(register: Register, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """In what an item is another one than it was before; None when it can be the same."""
    title, opened = register.columns.title, register.columns.opened
    days = (before[opened], after[opened]) if opened else (None, None)
    return difference(days, (_text(before[title]), _text(after[title])))


def _date(cell: date | None) -> str:
    return in_full(cell) if cell else "none"


def _text(cell: object) -> str:
    """A cell of the staging file as the keys of items are written."""
    if isinstance(cell, Decimal):
        return f"{float(cell):g}"
    return "" if cell is None else str(cell).strip()


def _register_of(catalogue: Catalogue, source_id: str) -> Register | None:
    mine = (each for each in catalogue.registers.values() if each.source == source_id and not each.columns.reported)
    return next(mine, None)
