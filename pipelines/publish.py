"""Write a new snapshot aside, prove it readable, then switch to it. A published file is never opened for writing."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from scorecard.errors import RunFailed
from scorecard.snapshot.folder import KEPT, SEAL, SUFFIX, folder_of, listing, name_for, remove, seal, switch

SCHEMA: Final = Path(__file__).resolve().parent.parent / "scorecard" / "snapshot" / "schema.sql"
_OFFLINE: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def publish(data: Path, tables: Mapping[str, pd.DataFrame]) -> str:
    """Publish the tables (by name, columns as in schema.sql) as a new snapshot and switch to it; returns its name.

    Raises RunFailed, with the last good snapshot still served, when the file cannot be written or proved.
    """
    folder = folder_of(data)
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    building = folder / f".building-{os.getpid()}.duckdb"
    try:
        _write(building, tables)
        _prove(building, tables)
        name = name_for(datetime.now(UTC), folder)
        seal(building, name)
        building.chmod(0o444)  # immutable from here on
        os.replace(building, folder / name)
    except (duckdb.Error, OSError) as fault:
        _sweep(folder)
        raise RunFailed(
            "The new snapshot could not be written, so the last good one is still served.",
            why=f"{str(fault).splitlines()[0][:300].rstrip('.')}.",
            fix=f"Check the free space and the permissions of {folder}, then run again.",
        ) from fault
    switch(folder, name)
    _prune(data)
    return Path(name).stem


def _sweep(folder: Path) -> None:
    """Remove what a killed run left half-built; nothing else is ever deleted before a new snapshot stands."""
    without_file = [each for each in folder.glob(f"*{SEAL}") if not each.with_suffix(SUFFIX).exists()]
    for left in [*folder.glob(".building-*"), *without_file]:
        left.unlink()


def _write(file: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    with duckdb.connect(str(file), config=_OFFLINE) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        connection.execute("begin")
        for name, frame in tables.items():
            if len(frame):
                connection.register("incoming", frame)
                columns = ", ".join(f'"{column}"' for column in frame.columns)
                connection.execute(f'insert into "{name}" ({columns}) select {columns} from incoming')
                connection.unregister("incoming")
        connection.execute("commit")
        connection.execute("checkpoint")
    if file.with_name(f"{file.name}.wal").exists():
        raise OSError(f"{file.name} still has a write-ahead log after its checkpoint")
    with file.open("rb") as handle:
        os.fsync(handle.fileno())


def _prove(file: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Read every column of every table back: a damaged block shows only when it is read."""
    with duckdb.connect(str(file), read_only=True, config=_OFFLINE) as connection:
        for name, frame in tables.items():
            columns = [row[0] for row in connection.execute(f'describe "{name}"').fetchall()]
            hashed = ", ".join(f'"{column}"' for column in columns)
            held = connection.execute(f'select count(*), bit_xor(hash({hashed})) from "{name}"').fetchone()
            if held is None or held[0] != len(frame):
                raise OSError(f"table {name} holds {held and held[0]} rows of {len(frame)}")


def _prune(data: Path) -> None:
    """Keep the newest snapshots and the one being served."""
    for old in listing(data)[KEPT:]:
        if not old.is_current:
            remove(old.path)
