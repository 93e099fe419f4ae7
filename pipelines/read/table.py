"""A grid understood by its contract: typed columns, the place and period of each row, and what was left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from pipelines.areas import AreaIndex
from pipelines.problems import Code, Problem, Refused
from pipelines.read.grid import Cell, Grid, GridRow, as_text
from pipelines.read.headings import Headings, find_headings, place_columns
from pipelines.read.values import Value, read_value
from scorecard.catalogue import Severity, Source
from scorecard.period_forms import parse_period
from scorecard.periods import Period
from scorecard.wildcard import matches_any


@dataclass(frozen=True)
class Held:
    """A row set aside, with the reason in words and the row as it stood."""

    row: int
    code: Code
    sentence: str
    cells: tuple[str, ...]


@dataclass
class Table:
    """One file (or sheet of it) read by one source.

    `frame` has one row per row of figures: source_row, area_code, area_text, period_start, period_end,
    period_text; per contract column its text, and for numbers and dates also `<column>__value`,
    `<column>__marker` and `<column>__unreadable`.
    """

    source_id: str
    path: str
    sha256: str
    sheet: str | None
    encoding: str | None
    header_row: int
    rows_found: int
    frame: pd.DataFrame
    held: list[Held]
    raw: Mapping[int, tuple[str, ...]] = field(repr=False)
    rows_skipped: int
    """Blank, heading and note rows, and those that the contract declares to be no figures."""


def understand(grid: Grid, source_id: str, source: Source, path: str, sha256: str, areas: AreaIndex | None) -> Table:
    """Read a grid by its contract. Raises Refused when the whole of it cannot be used."""
    headings = find_headings(grid, source.header)
    places = place_columns(headings, source.columns)
    body = _figures_only(headings, source)
    skipped = len(grid.rows) - len(body)
    fixed_period = period_of_file(source, path, grid.sheet)
    columns: dict[str, list[object]] = {}
    readers = {name: (_CellReader(source, name), at) for name, at in places.items()}
    skipped_texts = [(skip.column, {text.casefold() for text in skip.equal_to}) for skip in source.skip]
    held: list[Held] = []
    raw: dict[int, tuple[str, ...]] = {}
    for row in body:
        if source.format == "delimited" and len(row.cells) != headings.width:
            held.append(ragged(row, headings.width))
            continue
        values = {name: reader.value(row, at) for name, (reader, at) in readers.items()}
        if any((values[column].text or "").casefold() in texts for column, texts in skipped_texts):
            skipped += 1
            continue
        raw[row.number] = tuple(as_text(cell) for cell in row.cells)
        for name, entry in _entries(row.number, values, source, areas, fixed_period).items():
            columns.setdefault(name, []).append(entry)
    table = Table(
        source_id, path, sha256, grid.sheet, grid.encoding, headings.row_number, len(grid.rows),
        pd.DataFrame(columns), held, raw, skipped,
    )  # fmt: skip
    if len(table.frame) + len(held) < source.minimum_rows:
        sentence = (
            f"It has {len(table.frame) + len(held)} rows of figures; at least {source.minimum_rows} are expected."
        )
        raise Refused(Problem(Code.too_few_rows, Severity.refuse, sentence))
    return table


def _figures_only(headings: Headings, source: Source) -> list[GridRow]:
    kept = []
    for row in headings.body:
        if source.ends_before and matches_any(source.ends_before, row.first_text()):
            break
        if not row.is_blank:
            kept.append(row)
    return kept


class _CellReader:
    """Reads one column's cells, remembering what it has read: most columns say few things many times."""

    MOST_REMEMBERED: Final = 20_000

    def __init__(self, source: Source, name: str) -> None:
        self.column, self.markers = source.columns[name], source.markers
        self.seen: dict[tuple[type, Cell | None], Value] = {}

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


def _entries(
    number: int, values: dict[str, Value], source: Source, areas: AreaIndex | None, fixed: Period | None
) -> dict[str, object]:
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


def _area(values: dict[str, Value], source: Source, areas: AreaIndex | None, period_start: object) -> dict[str, object]:
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


def _period(values: dict[str, Value], source: Source, fixed: Period | None) -> dict[str, object]:
    if source.period is None:
        return {}
    text = " ".join(values[name].text or "" for name in source.period.columns).strip() or None
    period = fixed or parse_period(text or "", source.period.forms)
    return {
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "period_text": text or (period.label if period else None),
    }


def period_of_file(source: Source, path: str, sheet: str | None) -> Period | None:
    """The period that the file's or sheet's name says, if it should. Raises Refused when it says none."""
    rule = source.period
    if rule is None or rule.within is None or rule.find is None:
        return None
    name = PurePosixPath(path).name if rule.within == "file_name" else sheet or ""
    match = re.search(rule.find, name)
    text = (match.group(1) if match.re.groups else match.group(0)) if match else ""
    period = parse_period(text, rule.forms)
    if period is None:
        where = "file" if rule.within == "file_name" else "sheet"
        sentence = f"The period should stand in the {where}'s name, and '{name}' does not say one."
        raise Refused(Problem(Code.period_unreadable, Severity.refuse, sentence))
    return period


def ragged(row: GridRow, width: int) -> Held:
    """A row set aside because it has more or fewer cells than there are headings."""
    cells = tuple(as_text(cell) for cell in row.cells)
    sentence = (
        f"Row {row.number} has {len(row.cells)} cells; there are {width} headings, so its figures may have moved."
    )
    return Held(row.number, Code.ragged_row, sentence, cells)
