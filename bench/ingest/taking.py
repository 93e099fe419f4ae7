"""Files of records taken in by the product's own way, and what comes of it left in one DuckDB file."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyarrow as pa

from pipelines.areas import AreaIndex
from pipelines.inbox import InboxFile
from pipelines.records.loads import RecordLoad
from pipelines.records.reading import take_in_records
from pipelines.records.staging import Staging
from scorecard.catalogue import Source
from scorecard.errors import RunFailed

Naming = Callable[[str, str | None], tuple[str, str]]
"""Problem code and heading → the name of the check and the column, in the words of a workload."""
Reject = tuple[str, int, str, str, str]
_HEADING: Final = re.compile("column '([^']+)'")
_REJECTS: Final = ("source", "line", "check", "column", "raw")


def take_in(files: Mapping[str, InboxFile], sources: Mapping[str, Source], areas: AreaIndex, out: Path,
            naming: Mapping[str, Naming]) -> None:  # fmt: skip
    """Leave in `out` a table for each source, typed, with its sound rows; and `rejects`, a row for each set aside.

    Raises RunFailed when a file is refused.
    """
    out.unlink(missing_ok=True)
    with TemporaryDirectory(dir=out.parent) as folder, Staging(Path(folder)) as staging:
        staging.connection.execute(
            'create table rejects(source varchar, line bigint, "check" varchar, "column" varchar, raw varchar)'
        )
        for source_id, file in files.items():
            (load,) = take_in_records(source_id, sources[source_id], [file], areas, staging)
            if load.refused:
                raise RunFailed(load.refused.sentence, fix="The workload is not what its contracts say.")
            _leave(staging, source_id, sources[source_id])
            _set_aside(staging, list(_rejects(source_id, load, naming[source_id])))
            print(f"{source_id}: {load.rows_accepted:,} accepted, {load.rows_set_aside:,} set aside")
        staging.connection.execute("checkpoint")
        os.link(staging.path, out)  # staging takes its own name away, and the file stays under this one


def inbox_file(location: Path, source_id: str, name: str) -> InboxFile:
    """A file as a run would find it in the inbox under a name."""
    facts = location.stat()
    changed = datetime.fromtimestamp(facts.st_mtime, UTC)
    return InboxFile(name, location, "", facts.st_size, changed, (source_id,))


def _leave(staging: Staging, source_id: str, source: Source) -> None:
    """Leave of a staged table its own columns, numbers as they are usually stored."""
    connection = staging.connection
    connection.execute(f'alter table "{staging.table(source_id)}" rename to "{source_id}"')
    for name in ("load_number", "source_row", "area_code"):
        connection.execute(f'alter table "{source_id}" drop column {name}')
    for name, column in source.columns.items():
        if column.type in ("number", "integer"):
            connection.execute(f'alter table "{source_id}" alter "{name}" type double')


def _set_aside(staging: Staging, rejects: Sequence[Reject]) -> None:
    if rejects:
        columns = [pa.array(cells) for cells in zip(*rejects, strict=True)]
        staging.connection.register("set_aside", pa.table(columns, names=list(_REJECTS)))
        staging.connection.execute("insert into rejects select * from set_aside")
        staging.connection.unregister("set_aside")


def _rejects(source_id: str, load: RecordLoad, naming: Naming) -> Iterator[Reject]:
    with load.file.location.open(encoding="utf-8") as file:
        position = {heading: at for at, heading in enumerate(file.readline().rstrip("\n").split(","))}
    for held in load.held:
        heading = _HEADING.match(held.sentence)
        check, column = naming(held.code.value, heading[1] if heading else None)
        yield source_id, held.row, check, column, held.cells[position[column]]
