"""The floor of loading: every cell of an inbox put into a DuckDB file as text, and nothing asked of it.

Run by itself, so that it imports only what it needs: python -m bench.floor INBOX DATABASE
"""

import sys
from pathlib import Path
from typing import Final

import duckdb
from python_calamine import CalamineWorkbook

READ: Final = "read_csv(?, header = false, skip = 0, all_varchar = true, null_padding = true, strict_mode = false)"


def load(inbox: Path, database: Path) -> int:
    """Load every delimited file and workbook, a table each, or a table a sheet. Returns how many tables there are."""
    tables = 0
    with duckdb.connect(str(database)) as connection:
        for path in sorted(inbox.rglob("*")):
            if path.suffix == ".csv":
                tables += _load_delimited(connection, path, tables, database.with_suffix(".csv"))
            elif path.suffix in {".xlsx", ".ods"}:
                tables += _load_workbook(connection, path, tables)
    return tables


def _load_delimited(connection: duckdb.DuckDBPyConnection, path: Path, at: int, again: Path) -> int:
    statement = f"CREATE TABLE t{at} AS SELECT * FROM {READ}"
    try:
        connection.execute(statement, [str(path)])
    except duckdb.InvalidInputException:  # DuckDB cannot read Windows' encoding without an extension
        again.write_text(path.read_text(encoding="cp1252"), encoding="utf-8")
        connection.execute(statement, [str(again)])
    return 1


def _load_workbook(connection: duckdb.DuckDBPyConnection, path: Path, at: int) -> int:
    workbook = CalamineWorkbook.from_path(str(path))
    for sheet in workbook.sheet_names:
        rows = [[str(cell) for cell in row] for row in workbook.get_sheet_by_name(sheet).to_python()]
        connection.execute(f"CREATE TABLE t{at} AS SELECT unnest(?::VARCHAR[][]) AS cells", [rows])
        at += 1
    return len(workbook.sheet_names)


if __name__ == "__main__":
    print(f"{load(Path(sys.argv[1]), Path(sys.argv[2]))} tables")
