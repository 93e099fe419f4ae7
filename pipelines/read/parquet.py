"""A Parquet file in the reading process: its columns as rows of cells, nothing rounded on the way."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.problem_codes import Code
from pipelines.read.confined import MOST_COLUMNS
from pipelines.read.wire import Unusable

_BATCH: Final = 1_000


class ParquetFile:
    """An opened Parquet file. Its columns' names are the first row, so that the rows are numbered as in a sheet."""

    def __init__(self, file: str) -> None:
        try:
            self._file = pq.ParquetFile(file, memory_map=False)
            self._names = self._file.schema_arrow.names
        except (pa.ArrowException, OSError, ValueError) as fault:
            raise _damaged(fault) from fault
        if len(self._names) > MOST_COLUMNS:
            sentence = f"The file has {len(self._names):,} columns; the limit is {MOST_COLUMNS:,}."
            raise Unusable(Code.too_many_columns, sentence)

    def sheets(self) -> list[tuple[str, bool]]:
        """There are none."""
        return []

    def rows(self, sheet: str | None) -> Iterator[list[Any]]:
        """The columns' names, then the rows."""
        yield list(self._names)
        try:
            for batch in self._file.iter_batches(batch_size=_BATCH, use_threads=False):
                columns = [_cells(batch.column(at)) for at in range(batch.num_columns)]
                yield from map(list, zip(*columns, strict=True)) if columns else ([] for _ in range(batch.num_rows))
        except (pa.ArrowException, OSError, ValueError, TypeError) as fault:
            raise _damaged(fault) from fault

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _cells(column: Any) -> list[Any]:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if isinstance(kind, pa.BaseExtensionType):
        column, kind = column.storage, kind.storage_type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        return [None if cell is None else _moment(cell, kind.tz) for cell in column.cast(pa.int64()).to_pylist()]
    if pa.types.is_time64(kind) and kind.unit == "ns":
        column = column.cast(pa.time64("us"), safe=False)
    if pa.types.is_float32(kind) or pa.types.is_float16(kind):
        # By its shortest digits: 1.1 as it was written, not 1.10000002384186.
        return [None if cell is None else _of_number(float(cell)) for cell in column.cast(pa.string()).to_pylist()]
    if pa.types.is_duration(kind):
        return [None if cell is None else str(cell) for cell in column.to_pylist()]
    return [None if cell is None else _AS.get(cell.__class__, _as_it_is)(cell) for cell in column.to_pylist()]


def _moment(nanoseconds: int, zone: str | None) -> Any:
    """A time to the nanosecond: as text where Python's own times are too coarse for it."""
    whole, rest = divmod(nanoseconds, 1_000)
    found = pa.scalar(whole, pa.timestamp("us", zone)).as_py()
    return _without_zone(found) if not rest else f"{found.isoformat(sep=' ', timespec='microseconds')[:26]}{rest:03d}"


def _without_zone(cell: datetime) -> datetime:
    """The day and hour as they are written, in the file's own zone."""
    return cell.replace(tzinfo=None)


def _as_it_is(cell: Any) -> Any:
    return cell


def _of_bytes(cell: bytes) -> str:
    """Text that was stored as bytes, as some programs do; other bytes as hexadecimal digits."""
    try:
        text = cell.decode()
    except UnicodeDecodeError:
        return "0x" + cell.hex()
    return text if text.isprintable() or not any(ord(letter) < 9 for letter in text) else "0x" + cell.hex()


def _of_number(cell: float) -> Any:
    return cell if cell - cell == 0 else str(cell)


def _nested(cell: Any) -> str:
    return json.dumps(cell, default=str, ensure_ascii=False)


_AS: Final[dict[type, Callable[[Any], Any]]] = {
    float: _of_number,
    Decimal: lambda cell: format(cell, "f"),
    datetime: _without_zone,
    bytes: _of_bytes,
    list: _nested,
    dict: _nested,
    tuple: _nested,
    date: _as_it_is,
    time: _as_it_is,
    timedelta: str,
}


def _damaged(fault: Exception) -> Unusable:
    said = " ".join(str(fault).split())[:160].rstrip(".") or type(fault).__name__
    if "encrypt" in said.lower() or "decrypt" in said.lower():
        return Unusable(Code.password_protected, "The Parquet file is encrypted, so it cannot be read.")
    return Unusable(Code.damaged_parquet, f"The Parquet file is damaged or was not sent whole: {said}.")
