"""What a file is by itself, without a contract: its format, headings and columns, and what stands in a loader's way."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.areas import AreaIndex
from pipelines.read.grid import Cell, as_text
from pipelines.read.rows import Row, Rows
from pipelines.read.titles import fold
from pipelines.trial.guess import Guess, guess
from scorecard.wording import count, joined

MOST_CELLS: Final = 2_000_000
"""Cells looked at; of larger files the types are guessed from the first rows."""
_TITLE_ROWS: Final = 30
_MOST_TOLD: Final = 5


@dataclass(frozen=True)
class Look:
    """One table found in a file, and what was guessed of it. Nothing here is used by a run."""

    format: str
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    quote: str | None
    header_row: int | None
    """None when no row looks like headings."""
    first_cell: str
    """Of the first row that is as wide as the table."""
    columns: tuple[Guess, ...]
    rows: int
    """Rows below the headings that are not blank."""
    is_whole: bool
    """All rows were looked at."""
    remarks: tuple[str, ...]
    """What would keep it from being loaded as it is."""


def look_at(opened: Rows, file_format: str, quote: str | None, areas: AreaIndex | None) -> Look:
    """Look at one table of a file. Raises Refused where it cannot be read on."""
    rows = _first(opened)
    is_whole = next(opened.rows, None) is None
    sound = [(number, cells) for number, cells in rows if number not in opened.faults and _is_filled(cells)]
    width = _usual_width([cells for _, cells in sound[:1000]])
    first = next((at for at, (_, cells) in enumerate(sound) if _filled(cells) * 2 >= width), 0)
    header = next((at for at in range(first, min(len(sound), first + _TITLE_ROWS)) if _is_heading(sound[at][1])), None)
    body = sound[header + 1 :] if header is not None else sound[first:]
    headings = [as_text(cell) for cell in sound[header][1]] if header is not None else []
    wide = max(len(headings), width)
    columns = tuple(
        guess(at, headings[at] if at < len(headings) else "", [_cell(cells, at) for _, cells in body], areas)
        for at in range(wide)
    )
    kept = tuple(column for column in columns if column.heading or column.blank < 1)
    return Look(
        file_format, opened.sheet, opened.encoding, opened.delimiter, quote,
        sound[header][0] if header is not None else None,
        next((as_text(cell) for cell in sound[first][1] if as_text(cell)), "") if sound else "",
        kept, len(body), is_whole, tuple(_remarks(opened, header is not None, headings, kept, body)),
    )  # fmt: skip


def _first(opened: Rows) -> list[Row]:
    rows, cells = [], 0
    for row in opened.rows:
        rows.append(row)
        cells += len(row[1])
        if cells > MOST_CELLS:
            break
    return rows


def _cell(cells: Sequence[Cell], at: int) -> Cell | None:
    return cells[at] if at < len(cells) else None


def _filled(cells: Sequence[Cell]) -> int:
    return sum(1 for cell in cells if as_text(cell))


def _is_filled(cells: Sequence[Cell]) -> bool:
    return any(as_text(cell) for cell in cells)


def _usual_width(rows: Sequence[Sequence[Cell]]) -> int:
    widths = Counter(len(cells) for cells in rows)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _is_heading(cells: Sequence[Cell]) -> bool:
    """Words in most cells and a figure in none; a year may be a heading."""
    texts = [as_text(cell) for cell in cells]
    filled = [text for text in texts if text]
    words = [text for text in filled if any(character.isalpha() for character in text)]
    return (
        bool(filled)
        and len(words) * 2 > len(texts)
        and all(guess(0, "", [text], None).type == "text" for text in words)
    )


def _remarks(
    opened: Rows, has_headings: bool, headings: list[str], columns: Sequence[Guess], body: Sequence[Row]
) -> list[str]:
    said = []
    if not has_headings:
        said.append("No row of it looks like headings.")
    doubled = [text for text, times in Counter(fold(text) for text in headings if text).items() if times > 1]
    if doubled:
        named = joined([repr(text) for text in doubled[:_MOST_TOLD]])
        said.append(f"Duplicate headings: {named} {'stands' if len(doubled) == 1 else 'stand'} over several columns.")
    untitled = [column.letter for column in columns if has_headings and not column.heading]
    if untitled:
        said.append(f"The heading is blank over column {joined(untitled[:_MOST_TOLD])}.")
    width = len(headings) if has_headings else _usual_width([cells for _, cells in body])
    ragged = [number for number, cells in body if len(cells) != width] if not opened.is_ragged else []
    if ragged:
        which = f"row {ragged[0]}" if len(ragged) == 1 else f"rows such as {ragged[0]}"
        said.append(f"{count(len(ragged), 'row')} ({which}) not as wide as the headings: {width:,} columns.")
    said += [fault.sentence for fault in list(opened.faults.values())[:_MOST_TOLD]]
    return said
