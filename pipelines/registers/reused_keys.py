"""Keys of items that a later file gives to something else: the earlier item has no line any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipelines.problems import Code
from pipelines.records.loads import RecordLoad
from pipelines.records.replacing import Retold
from pipelines.registers.likeness import difference
from pipelines.registers.reading import SEPARATOR
from pipelines.registers.stated import Place, Statement, state
from scorecard.catalogue import Catalogue, Register, Source


@dataclass(frozen=True)
class _Kept:
    """A register and the source of its rows."""

    register: Register
    source: Source


def telling_columns(catalogue: Catalogue, source_id: str) -> tuple[str, ...]:
    """The columns by which an item is known again besides its key: its title, and the day it was opened if it has one.

    None where no register has this source, or where it sends a row for each report: then no row is replaced.
    """
    register = _register_of(catalogue, source_id)
    if register is None:
        return ()
    columns = register.columns
    return (columns.title, columns.opened) if columns.opened else (columns.title,)


def state_reused_keys(catalogue: Catalogue, source_id: str, loads: Sequence[RecordLoad]) -> None:
    """Note with each load of a source the keys that it has for something else than a load before it had."""
    register = _register_of(catalogue, source_id)
    if register is None:
        return
    kept = _Kept(register, catalogue.sources[source_id])
    for number, load in enumerate(loads):
        for earlier, retold in load.retold:
            places = [_place(number, each, told) for each in retold if (told := _difference(each.before, each.after))]
            reads = f"under a key that {earlier.where} has for something else"
            so = "What stood there before has no line of its own any more."
            statement = Statement(Code.key_reused, f"stands {reads}", f"stand {reads}", so)
            load.problems += state(kept, {number: load.file.path}, statement, places)


def _place(load_number: int, retold: Retold, told: str) -> Place:
    row = {"load_number": load_number, "source_row": retold.source_row}
    return Place(row, SEPARATOR.join(map(_text, retold.key)), told)


def _difference(before: Sequence[object], after: Sequence[object]) -> str | None:
    return difference((_day(before), _day(after)), (_text(before[0]), _text(after[0])))


def _text(cell: object) -> str:
    """A cell of the staging file as the keys of items are written."""
    if isinstance(cell, Decimal):
        return f"{float(cell):g}"
    return "" if cell is None else str(cell).strip()


def _day(cells: Sequence[object]) -> date | None:
    day = cells[1] if len(cells) > 1 else None
    return day if isinstance(day, date) else None


def _register_of(catalogue: Catalogue, source_id: str) -> Register | None:
    mine = (each for each in catalogue.registers.values() if each.source == source_id and not each.columns.reported)
    return next(mine, None)
