"""Files of records: one row a case or event, written a month at a time so that size costs time, not memory.

Counts come from the same series as the returns, times the scale; a seed, a name and a month decide every row.
"""

import filecmp
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from pipelines.demonstration.span import Span, covered
from scorecard.periods import between
from scorecard.working_days import bank_holidays

Dates = NDArray[np.datetime64]
Texts = NDArray[np.str_]
Columns = Mapping[str, NDArray[np.generic]]
"""One month of records: heading → the cells as text, dates or numbers, all of one length."""

BLANK: Final = np.datetime64("NaT", "D")
BANK_HOLIDAYS: Final = bank_holidays()


@dataclass(frozen=True)
class RecordFile:
    """One file of records below the inbox; `months` gives its records a month at a time, when asked."""

    name: str
    headings: Sequence[str]
    months: Callable[[], Iterable[Columns]]


def write_records(inbox: Path, file: RecordFile) -> Path:
    """Write the file with as much memory as its largest month needs; one that holds the same bytes is left alone."""
    path = inbox / file.name
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    schema = pa.schema([(heading, pa.string()) for heading in file.headings])
    with pacsv.CSVWriter(part, schema, write_options=pacsv.WriteOptions(quoting_style="needed")) as writer:
        for columns in file.months():
            writer.write_table(pa.table([_text(columns[heading]) for heading in file.headings], schema=schema))
    if path.is_file() and filecmp.cmp(part, path, shallow=False):
        part.unlink()
    else:
        os.replace(part, path)
    return path


def _text(cells: NDArray[np.generic]) -> pa.Array:
    if np.issubdtype(cells.dtype, np.datetime64):
        return pa.array(in_words(cells.astype("datetime64[D]")))
    return pa.array(cells.astype(str), pa.string())


def in_words(days: Dates) -> Texts:
    """Dates as services write them, 31/10/2026; a missing one is blank."""
    iso = np.datetime_as_string(days, unit="D")
    parts = iso.astype("U10").view("U1").reshape(len(iso), 10)
    turned = np.concatenate([parts[:, 8:10], _strokes(iso), parts[:, 5:7], _strokes(iso), parts[:, :4]], axis=1)
    written = np.ascontiguousarray(turned).view("U10").ravel()
    return np.where(np.isnat(days), "", written)


def _strokes(like: NDArray[np.generic]) -> Texts:
    return np.full((len(like), 1), "/")


def drawn(seed: int, name: str, month: int) -> np.random.Generator:
    """The random numbers of one series in one month."""
    digest = hashlib.sha256(f"{seed}/{name}/{month}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def days_of(month: int, how_many: int, random: np.random.Generator, *, working: bool = True) -> Dates:
    """So many days of a month index, in order; working days of England unless said otherwise."""
    period = between(month, month)
    first, last = np.datetime64(period.start, "D"), np.datetime64(period.end, "D")
    every = np.arange(first, last + 1)
    if working:
        every = every[np.is_busday(every, holidays=BANK_HOLIDAYS)]
    return np.sort(random.choice(every, how_many))


def working_days_after(days: Dates, how_many: NDArray[np.int64]) -> Dates:
    """The day that is so many working days after each; working day 0 is the day itself, or the next working one."""
    moved = np.busday_offset(days, how_many, roll="forward", holidays=BANK_HOLIDAYS)
    return moved.astype("datetime64[D]")


def exactly(done: int, whole: int, random: np.random.Generator) -> NDArray[np.bool_]:
    """`whole` marks of which `done` are set, in random places: a share that is met to the record."""
    marks = np.zeros(whole, dtype=np.bool_)
    marks[:done] = True
    random.shuffle(marks)
    return marks


def one_of(shares: Mapping[str, float], how_many: int, random: np.random.Generator) -> Texts:
    """So many texts, each as likely as its share."""
    weights = np.array(list(shares.values()), dtype=np.float64)
    return random.choice(np.array(list(shares)), how_many, p=weights / weights.sum())


def numbered(prefix: str, month: int, how_many: int) -> Texts:
    """References that never repeat, e.g. "R202610-000042"."""
    label = f"{prefix}{month // 12}{month % 12 + 1:02d}-"
    return np.char.add(label, np.char.zfill(np.arange(1, how_many + 1).astype(str), 6))


def with_rows(columns: Columns, rows: Iterable[Mapping[str, str]]) -> Columns:
    """The month with further rows at its end as they were typed: for the mess that real files hold."""
    extra = list(rows)
    if not extra:
        return columns
    written = {name: _text(cells).to_numpy(zero_copy_only=False).astype(str) for name, cells in columns.items()}
    return {name: np.append(cells, [row.get(name, "") for row in extra]) for name, cells in written.items()}


def in_months(months: Iterable[int], make: Callable[[int], Columns]) -> Callable[[], Iterator[Columns]]:
    """The records of these months, made one month at a time."""
    kept = list(months)
    return lambda: (make(month) for month in kept)


def one_a_year(span: Span, name: str, headings: Sequence[str], make: Callable[[int], Columns]) -> list[RecordFile]:
    """A file for each financial year, "`name` Apr 2025 to Mar 2026.csv", with the records that `make` gives a month."""
    return [
        RecordFile(f"{name} {covered(year)}.csv", headings, in_months(span.months(year), make))
        for year in span.financial_years
    ]


def in_order(parts: Sequence[Columns], by: str, reference: str, prefix: str, month: int) -> Columns:
    """The parts of a month in one, in the order of the column `by`, with references in that order."""
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(columns[by], kind="stable")
    return {name: cells[order] for name, cells in columns.items()} | {reference: numbered(prefix, month, len(order))}
