"""The cells of a row understood by their contract: what each says, the place and the period of the row."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from pipelines.areas import AreaIndex
from pipelines.problem_codes import Code
from pipelines.read.cell_errors import UNFINISHED, is_error
from pipelines.read.grid import Cell, Fault, GridRow
from pipelines.read.values import Value, read_value
from scorecard.catalogue import Source
from scorecard.period_forms import parse_period
from scorecard.periods import Period

EXACT: Final = ("parquet", "query")
"""Formats that state how long each text is, so that no character in it is a sign of damage."""
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class CellReader:
    """Reads one column's cells, remembering what it has read: most columns say few things many times."""

    MOST_REMEMBERED: Final = 20_000

    def __init__(self, source: Source, name: str) -> None:
        self.column, self.markers = source.columns[name], source.markers
        self.is_exact = source.format in EXACT
        self.seen: dict[tuple[type, Cell], Value] = {}

    def value(self, row: GridRow, at: int | None) -> Value:
        """The cell of this column in a row, understood."""
        cell = row.cells[at] if at is not None and at < len(row.cells) else None
        key = (cell.__class__, cell)
        found = self.seen.get(key)
        if found is None:
            found = read_value(cell, self.column, self.markers)
            if len(self.seen) < self.MOST_REMEMBERED:
                self.seen[key] = found
        return found

    def fault(self, number: int, value: Value) -> Fault | None:
        """Why the whole row must be set aside for what stands in this column, if it must."""
        found = cell_fault(number, self.column.heading, value.text, self.markers) if value.text else None
        return None if found and self.is_exact and found.code is Code.control_character else found


def cell_fault(number: int, heading: str, text: str, markers: Mapping[str, str]) -> Fault | None:
    """The fault of a cell that shows a spreadsheet's error or holds a control character; None for any other.

    An error that the contract declares to be a mark ("#N/A": x) is none.
    """
    if text.startswith(("#", "Err:")) and is_error(text) and text not in markers:
        what = "holds a formula that was never worked out" if text == UNFINISHED else f"shows the error {text}"
        return Fault(Code.spreadsheet_error, f"Row {number} {what} under '{heading}', so there is no value.")
    if not text.isprintable() and (found := _CONTROLS.search(text)):
        named = "a null byte (NUL)" if found[0] == "\x00" else f"a control character ({ord(found[0]):#04x})"
        return Fault(Code.control_character, f"Row {number} has {named} under '{heading}', which no text has.")
    return None


def row_entries(
    number: int, values: Mapping[str, Value], source: Source, areas: AreaIndex | None, fixed: Period | None
) -> dict[str, object]:
    """What one row adds to each column of a table's frame."""
    entries: dict[str, object] = {"source_row": number}
    entries |= _period(values, source, fixed)
    entries |= _area(values, source, areas, entries.get("period_start"))
    for name, value in values.items():
        entries[name] = value.text
        kind = source.columns[name].type
        if kind != "text":
            entries[f"{name}__value"] = value.day if kind == "date" else value.number
            entries[f"{name}__marker"] = value.marker
        entries[f"{name}__unreadable"] = value.unreadable
    return entries


def _area(
    values: Mapping[str, Value], source: Source, areas: AreaIndex | None, period_start: object
) -> dict[str, object]:
    if source.area is None or areas is None:
        return {}
    text = values[source.area.column].text if source.area.column else None
    if source.area.home:
        code: str | None = areas.home
    elif source.area.fixed:
        code = areas.by_code(source.area.fixed)
    elif source.area.by == "name":
        code = areas.by_name(text or "")
    else:
        code = areas.by_code(text or "")
    in_force = areas.in_force(code, period_start) if code and isinstance(period_start, date) else code
    return {"area_code": in_force, "area_text": text or source.area.fixed or code, "succeeded": in_force != code}


def _period(values: Mapping[str, Value], source: Source, fixed: Period | None) -> dict[str, object]:
    if source.period is None:
        return {}
    text = " ".join(values[name].text or "" for name in source.period.columns).strip() or None
    period = fixed or parse_period(text or "", source.period.forms)
    return {
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "period_text": text or (period.label if period else None),
    }
