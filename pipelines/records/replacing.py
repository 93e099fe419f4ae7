"""Records that stand again in a later file: taken out of the staging file, and told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb


@dataclass(frozen=True)
class Retold:
    """A record that stands again in a later load and differs there in one of the columns asked about."""

    key: Sequence[Any]
    source_row: int
    """Row number in the later file."""
    before: Sequence[Any]
    """What the columns asked about held in the earlier load, in their order."""
    after: Sequence[Any]


@dataclass(frozen=True)
class Replaced:
    """Rows of one load that stand again in a later one and were removed."""

    load_number: int
    by: int
    """The later load."""
    rows: int
    differing: int
    first_differing: int | None
    """Row number in the earlier file."""
    retold: Sequence[Retold] = ()


def replace_by_later(
    connection: duckdb.DuckDBPyConnection, table: str, said: Sequence[str], key: Sequence[str],
    oldest_first: Sequence[int], telling: Sequence[str],
) -> list[Replaced]:  # fmt: skip
    """Remove the rows of a table whose key stands again in a later load; `oldest_first` are load numbers in order.

    Two rows differ when one of the columns `said` does. Of those that differ in one of `telling`, both are told.
    """
    keys = ", ".join(f"old.{quoted(each)}" for each in key)
    whole = " and ".join(f"old.{quoted(each)} is not null" for each in key)
    differs = " or ".join(f"old.{quoted(each)} is distinct from new.{quoted(each)}" for each in said)
    told = [f"old.{quoted(each)} as key_{at}" for at, each in enumerate(key if telling else ())]
    told += [f"{load}.{quoted(each)} as {load}_{at}" for load in ("old", "new") for at, each in enumerate(telling)]
    ages = ", ".join(f"({number:d}, {age})" for age, number in enumerate(oldest_first))
    connection.execute(
        f"""create or replace temp table replaced as
        with __ages(load_number, __age) as (values {ages}),
        __again as (
            select {keys}, max(__age) as __latest from {table} as old join __ages using (load_number) where {whole}
            group by all having min(__age) < max(__age))
        select {", ".join(['old.rowid as "at"', *told])}, old.load_number, new.load_number as by, old.source_row,
            new.source_row as later_row, {differs} as differs
        from {table} as old join __ages as old_age using (load_number)
        join __again on {_same(key, "old", "__again")} and old_age.__age < __again.__latest
        join {table} as new on {_same(key, "old", "new")}
        join __ages as new_age on new_age.load_number = new.load_number and new_age.__age = __again.__latest"""
    )
    found = connection.execute(
        """select load_number, "by", count(*), count(*) filter (differs), min(source_row) filter (differs)
        from replaced group by all order by all"""
    ).fetchall()
    retold = _retold(connection, len(key), len(telling)) if telling else {}
    connection.execute(f'delete from {table} where rowid in (select "at" from replaced)')
    connection.execute("drop table replaced")
    return [
        Replaced(load_number, by, rows, differing, first, retold.get((load_number, by), ()))
        for load_number, by, rows, differing, first in found
    ]


def _retold(connection: duckdb.DuckDBPyConnection, keys: int, columns: int) -> dict[tuple[int, int], list[Retold]]:
    """(earlier load, later load) → the replaced rows whose columns asked about differ, in the later file's order."""
    differs = " or ".join(f"old_{at} is distinct from new_{at}" for at in range(columns))
    named = [f"key_{at}" for at in range(keys)]
    named += [f"{load}_{at}" for load in ("old", "new") for at in range(columns)]
    rows = connection.execute(
        f'select load_number, "by", later_row, {", ".join(named)} from replaced where {differs} order by all'
    ).fetchall()
    found: dict[tuple[int, int], list[Retold]] = {}
    for load_number, by, later_row, *cells in rows:
        told = Retold(cells[:keys], later_row, cells[keys : keys + columns], cells[keys + columns :])
        found.setdefault((load_number, by), []).append(told)
    return found


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _same(key: Sequence[str], left: str, right: str) -> str:
    return " and ".join(f"{left}.{quoted(each)} is not distinct from {right}.{quoted(each)}" for each in key)
