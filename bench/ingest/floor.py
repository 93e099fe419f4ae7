"""The floor of taking records in: the files put into a DuckDB file as text by DuckDB itself, and nothing asked of them.

Run by itself, so that it imports only what it needs: python -m bench.ingest.floor INBOX DATABASE
"""

import sys
from pathlib import Path

import duckdb


def load(inbox: Path, database: Path) -> None:
    """A table for each file."""
    with duckdb.connect(str(database)) as connection:
        for at, path in enumerate(sorted(inbox.glob("*.csv"))):
            read = "read_csv(?, header = true, all_varchar = true)"
            connection.execute(f"create table t{at} as select * from {read}", [str(path)])


if __name__ == "__main__":
    load(Path(sys.argv[1]), Path(sys.argv[2]))
