"""Who a snapshot is read for: a connection on which the tables hold only what that audience may see.

The narrowing stands at the connection, below every question, so that no reader can forget it.
"""

from pathlib import Path
from typing import Any, Final

import duckdb

from scorecard.audiences import AUDIENCES, are_officers, seen_by

OFFICERS_ONLY: Final = ("quarantined_row", "problem")
"""Tables with cells and places of services' files, which may hold personal data: nothing of them below officers."""
_HELD: Final = "held"


def connect(path: Path, audience: str, config: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """A connection that reads one snapshot file as `audience` may see it. Raises duckdb.Error.

    Tables that name a measure hold only the rows of measures meant for the audience, those that name a register only
    rows of registers; a counter-measure or linked measure that is not is not named. The widest audience reads the file
    itself.
    """
    if audience == AUDIENCES[-1]:
        return duckdb.connect(str(path), read_only=True, config=config)
    start = {name: config[name] for name in config if name not in ("enable_external_access", "lock_configuration")}
    connection = duckdb.connect(":memory:", config=start)
    try:
        escaped = str(path).replace("'", "''")
        connection.execute(f"attach '{escaped}' as {_HELD} (read_only)")
        for table, columns in _tables(connection).items():
            connection.execute(f'create view "{table}" as {_narrowed(table, columns, audience)}')
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
    except duckdb.Error:
        connection.close()
        raise
    return connection


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Each table of the snapshot with its columns."""
    rows = connection.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns()"
        " where database_name = ? group by table_name",
        [_HELD],
    ).fetchall()
    return {str(table): list(columns) for table, columns in rows}


def _narrowed(table: str, columns: list[str], audience: str) -> str:
    allowed = ", ".join(f"'{each}'" for each in seen_by(audience))
    measures = f"(select measure_id from {_HELD}.measure where audience in ({allowed}))"
    whole = f'select * from {_HELD}."{table}"'
    if table == "measure":
        paired = f"case when counter_measure in {measures} then counter_measure end as counter_measure"
        return f'select * replace ({paired}) from {_HELD}."{table}" where audience in ({allowed})'
    if not are_officers(audience):
        if table in OFFICERS_ONLY:
            return f"{whole} where false"
        if table == "source_file":  # the name of a file that nobody expected may say anything
            return f"{whole} where outcome <> 'unmatched'"
    if "register_id" in columns:
        return f"{whole} where {_of_registers(allowed, measures, linked=table == 'register_link')}"
    return f"{whole} where measure_id in {measures}" if "measure_id" in columns else whole


def _of_registers(allowed: str, measures: str, *, linked: bool) -> str:
    """The condition for rows of a register, or of links from one to what the audience may see too."""
    registers = f"(select register_id from {_HELD}.register where audience in ({allowed}))"
    mine = f"register_id in {registers}"
    if not linked:
        return mine
    seen = f"(kind <> 'measure' or target in {measures}) and (to_register is null or to_register in {registers})"
    return f"{mine} and {seen}"
