"""Take a workload's files in by the product's own way: python -m bench.ingest --data DIR --spec FILE --out DATABASE

DATABASE gets a table for each source, typed, with the sound rows, and `rejects(source, line, check, column, raw)`.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import pyarrow as pa

from bench.ingest.reference import COVERED, checks, contracts
from pipelines.areas import AreaIndex, Place
from pipelines.inbox import InboxFile
from pipelines.records.loads import RecordLoad
from pipelines.records.reading import take_in_records
from pipelines.records.staging import Staging
from scorecard.catalogue import Source

_HEADING: Final = re.compile("column '([^']+)'")
_REJECTS: Final = ("source", "line", "check", "column", "raw")


def main(arguments: Sequence[str] | None = None) -> int:
    """Take everything in and say how many rows there are. Returns an exit code: 1 when a file is refused."""
    given = _parser().parse_args(arguments)
    given.out.unlink(missing_ok=True)
    areas = AreaIndex(home="home")
    areas.add(Place("home", "The council", "council"))
    with TemporaryDirectory(dir=given.out.parent) as folder, Staging(Path(folder)) as staging:
        staging.connection.execute(f"attach '{given.out}' as result")
        staging.connection.execute(
            'create table result.rejects(source varchar, line bigint, "check" varchar, "column" varchar, raw varchar)'
        )
        for source_id, source in contracts(given.spec).items():
            file = _file(given.data / "events" / f"{source_id}.csv", source_id)
            (load,) = take_in_records(source_id, source, [file], areas, staging)
            if load.refused:
                print(load.refused.sentence, file=sys.stderr)
                return 1
            _store(staging, source_id, source, load)
            print(f"{source_id}: {load.rows_accepted:,} accepted, {load.rows_set_aside:,} set aside")
    return 0


def _file(location: Path, source_id: str) -> InboxFile:
    facts = location.stat()
    changed = datetime.fromtimestamp(facts.st_mtime, UTC)
    return InboxFile(f"{source_id} {COVERED}.csv", location, "", facts.st_size, changed, (source_id,))


def _store(staging: Staging, source_id: str, source: Source, load: RecordLoad) -> None:
    picked = ", ".join(
        f'"{name}"::double as "{name}"' if column.type in ("number", "integer") else f'"{name}"'
        for name, column in source.columns.items()
    )
    connection = staging.connection
    connection.execute(f'create table result."{source_id}" as select {picked} from "{staging.table(source_id)}"')
    connection.execute(f'drop table "{staging.table(source_id)}"')
    rejects = zip(*_rejects(source_id, source, load), strict=True)
    connection.register("set_aside", pa.table([pa.array(cells) for cells in rejects], names=list(_REJECTS)))
    connection.execute("insert into result.rejects select * from set_aside")
    connection.unregister("set_aside")


def _rejects(source_id: str, source: Source, load: RecordLoad) -> Iterator[tuple[str, int, str, str, str]]:
    named, position = checks(source), {name: at for at, name in enumerate(source.columns)}
    for held in load.held:
        heading = _HEADING.match(held.sentence)
        check, column = named[held.code.value, heading[1] if heading else None]
        yield source_id, held.row, check, column, held.cells[position[column]]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the workload's folder, with events/*.csv in it")
    parser.add_argument("--spec", type=Path, required=True, help="the description of its sources, in YAML")
    parser.add_argument("--out", type=Path, required=True, help="the DuckDB file to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
