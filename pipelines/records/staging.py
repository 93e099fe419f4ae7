"""The staging file: accepted records of a run in one DuckDB file, which is removed when the run ends."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.records.arrays import as_arrow
from pipelines.records.replacing import Replaced, quoted, replace_by_later
from scorecard.catalogue import Column

MEMORY: Final = "512MB"
"""For counting, once all records are staged."""
MEMORY_FOR_STAGING: Final = "128MB"
"""While they are taken in: DuckDB keeps what it has written until it reaches its limit, though nothing reads it."""
_SQL_TYPES: Final[Mapping[str, str]] = {
    "text": "varchar", "number": "decimal(18,4)", "integer": "decimal(18,4)", "date": "date",
}  # fmt: skip
_VALUES: Final[Mapping[str, pa.DataType]] = {
    "number": pa.float64(), "integer": pa.float64(), "date": pa.date32(),
}  # fmt: skip
_SAID: Final = "__said"
"""Column with a hash of the record's cells as they were written; gone when the source is complete."""


@dataclass(frozen=True)
class Doubles:
    """Rows of one load whose key stands more than once in it: row numbers, in order."""

    repeats: list[int]
    """Word for word another's; the first of them is not among these."""
    disagreeing: list[int]


class Staging:
    """A context manager around data/staging-<run>.duckdb; the file is removed at the end, also after a failure.

    Only one may be open in a folder, as only one run may: files that a killed run left behind are cleared away.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"staging-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.duckdb"
        self._connection: duckdb.DuckDBPyConnection | None = None

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The open file. Raises RuntimeError outside the `with` block."""
        if self._connection is None:
            raise RuntimeError("The staging file is not open.")
        return self._connection

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._clear()
        self._connection = duckdb.connect(
            str(self.path),
            config={
                "memory_limit": MEMORY,
                "checkpoint_threshold": "64MB",
                "temp_directory": f"{self.path}.spill",
                "preserve_insertion_order": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._clear()

    def _clear(self) -> None:
        for left in sorted(self.folder.glob("staging-*.duckdb*"), reverse=True):
            with suppress(OSError):  # what cannot be removed now is removed by the next run
                for spilt in left.iterdir() if left.is_dir() else ():
                    spilt.unlink()
                left.rmdir() if left.is_dir() else left.unlink()

    def table(self, source_id: str) -> str:
        """The name of a source's table."""
        return f"records_{source_id}"

    def create(self, source_id: str, columns: Mapping[str, Column]) -> None:
        """An empty table for a source: load_number, source_row, area_code, and each column by its id."""
        self.connection.execute(f"set memory_limit = '{MEMORY_FOR_STAGING}'")
        typed = ", ".join(f"{quoted(name)} {_SQL_TYPES[column.type]}" for name, column in columns.items())
        self.connection.execute(
            f"create table {self._name(source_id)} (load_number integer, source_row bigint, area_code varchar, "
            f"{typed}, {quoted(_SAID)} ubigint)"
        )

    def append(self, source_id: str, frame: pd.DataFrame, columns: Mapping[str, Column]) -> None:
        """Add accepted rows: load_number, source_row, area_code, and the columns as `understand` types them."""
        arrays = {
            "load_number": pa.array(frame["load_number"], pa.int32()),
            "source_row": pa.array(frame["source_row"], pa.int64()),
            "area_code": as_arrow(frame["area_code"]),
        }
        picked = list(arrays)
        for name, column in columns.items():
            arrays[f"text_{name}"] = as_arrow(frame[name])
            if column.type == "text":
                picked.append(quoted(f"text_{name}"))
            else:
                values = pa.array(frame[f"{name}__value"].array, _VALUES[column.type], from_pandas=True)
                # DuckDB multiplies before it rounds, so that 99999999999999 would become 99999999999999.0016.
                arrays[f"typed_{name}"] = values if column.type == "date" else values.cast(pa.decimal128(18, 4))
                picked.append(quoted(f"typed_{name}"))
        texts = ", ".join(["area_code", *(quoted(f"text_{name}") for name in columns)])
        with self.connection.cursor() as cursor:
            cursor.register("block", pa.table(arrays))
            cursor.execute(f"insert into {self._name(source_id)} select {', '.join(picked)}, hash({texts}) from block")
            cursor.unregister("block")

    def count(self, source_id: str, load_number: int) -> int:
        """How many rows of a load are staged."""
        query = f"select count(*) from {self._name(source_id)} where load_number = ?"
        ((rows,),) = self.connection.execute(query, [load_number]).fetchall()
        return int(rows)

    def forget(self, source_id: str, load_number: int) -> None:
        """Remove the rows of a load that is refused."""
        self.connection.execute(f"delete from {self._name(source_id)} where load_number = ?", [load_number])

    def take_out_doubles(
        self, source_id: str, load_number: int, key: Sequence[str], *, keep_first: bool = False
    ) -> Doubles:
        """Remove rows whose key stands more than once in the load, save the first of those that say the same.

        With `keep_first` the first row of a key stays even if others say something else, and only those are removed.
        A row without its whole key is only ever a repeat of another.
        """
        names = ", ".join(quoted(each) for each in key)
        mine = f"from {self._name(source_id)} where load_number = {load_number:d}"
        ((doubled,),) = self.connection.execute(
            f"""create or replace temp table doubled as
            with __several as (select hash({names}) as __key {mine} group by all having count(*) > 1)
            select rowid as __at, source_row as __row, {quoted(_SAID)}, {names} {mine}
            and hash({names}) in (select __key from __several)"""
        ).fetchall()
        if not doubled:
            return Doubles([], [])
        said, missing = quoted(_SAID), " or ".join(f"{quoted(each)} is null" for each in key)
        disagrees = f"min({said}) over same_key <> max({said}) over same_key"
        if keep_first:
            disagrees = f"{said} <> first_value({said}) over (same_key order by __row)"
        rows = self.connection.execute(
            f"""with __told as (
                select __at, __row, {missing} as __keyless,
                    row_number() over (partition by {names}, {said} order by __row) > 1 as __repeats,
                    {disagrees} as __disagrees
                from doubled window same_key as (partition by {names}))
            select __at, __row, __repeats from __told
            where __repeats or (__disagrees and not __keyless) order by __row"""
        ).fetchall()
        self._delete(source_id, [at for at, _, _ in rows])
        found: tuple[list[int], list[int]] = [], []
        for _, row, repeats in rows:
            found[0 if repeats else 1].append(row)
        return Doubles(*found)

    def _delete(self, source_id: str, at: list[int]) -> None:
        with self.connection.cursor() as cursor:
            cursor.register("gone", pa.table({"at": pa.array(at, pa.int64())}))
            cursor.execute(f'delete from {self._name(source_id)} where rowid in (select "at" from gone)')
            cursor.unregister("gone")

    def replace_by_later(
        self, source_id: str, columns: Mapping[str, Column], key: Sequence[str], oldest_first: Sequence[int],
        telling: Sequence[str] = (),
    ) -> list[Replaced]:  # fmt: skip
        """Remove the rows whose key stands again in a later load; `oldest_first` are the load numbers in order.

        Of rows that differ in one of the columns `telling`, what both loads hold there is told.
        """
        said = ["area_code", *columns]
        return replace_by_later(self.connection, self._name(source_id), said, key, oldest_first, telling)

    def complete(self, source_id: str) -> None:
        """Nothing more comes for this source: only what measures read is kept."""
        self.connection.execute(f"alter table {self._name(source_id)} drop column {quoted(_SAID)}")
        self.connection.execute(f"set memory_limit = '{MEMORY}'")

    def _name(self, source_id: str) -> str:
        return quoted(self.table(source_id))
