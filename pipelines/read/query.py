"""A database asked instead of a file being sent: its answer becomes a Parquet file, archived and read like any other.

The address of the database is in an environment variable and in nothing that is written or shown.
"""

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from pipelines.problems import Code, Problem, Refused
from scorecard.catalogue import Severity, Source
from scorecard.catalogue.source import Query

MOST_ROWS: Final = 2_000_000
MOST_SECONDS: Final = 300
_CLOCK: Final = "Europe/London"
"""Whose day and hour a time with a zone is given in: a council's records are about its own days."""
_PORTION: Final = 10_000
_MOST_SHOWN: Final = 200
_KINDS: Final = ("postgresql", "sqlite")
_EXPLAINED: Final = ("42", "22", "57014", "25006")
"""Beginnings of the SQL states whose message is about the statement, and so may be shown."""


def fetch(source_id: str, source: Source, into: Path) -> Path:
    """Ask the source's database, and write its answer to the file `<source_id>.parquet` in the folder `into`.

    The file has one row per row of the answer, and the names the statement gives its columns; what a database knows
    that Parquet does not (a number of any length, JSON) is text. Raises OSError, or Refused (query_failed), whose
    sentence never says the address; no file is left then.
    """
    if source.query is None:
        raise ValueError(f"source {source_id} asks no database")
    address = os.environ.get(source.query.connection, "").strip()
    if not address:
        raise _failed(f"The environment variable {source.query.connection}, which should say where it is, is not set.")
    _refuse_unless_select(source.query.statement)
    into.mkdir(parents=True, exist_ok=True)
    place = into / f"{source_id}.parquet"
    try:
        with _told(source.query):
            _write(_ask(address, source.query), place)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return place


def _refuse_unless_select(statement: str) -> None:
    import sqlglot
    from sqlglot import exp

    try:
        found = [each for each in sqlglot.parse(statement, read="postgres") if each is not None]
    except sqlglot.errors.SqlglotError:
        raise _failed("The statement is no SQL that is understood; it must be one SELECT.") from None
    writing = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Command, exp.Into)
    if len(found) != 1 or not isinstance(found[0], exp.Query) or found[0].find(*writing):
        raise _failed("The statement must be one SELECT that changes nothing.")


def _ask(address: str, query: Query) -> Iterator[tuple[Sequence[str], list[tuple[Any, ...]]]]:
    """The names of the columns with each portion of the rows; at least one portion."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url
    from sqlalchemy.pool import NullPool

    # When a statement fails it writes the whole of it to the log; what matters is said in the refusal.
    logging.getLogger("sqlalchemy").setLevel(logging.CRITICAL)
    url = make_url(address)
    kind = url.get_backend_name()
    if kind not in _KINDS:
        raise _failed("Its address is of a kind of database that is not asked; PostgreSQL and SQLite are.")
    if kind == "sqlite":
        engine = create_engine("sqlite://", creator=_sqlite(url.database or ""), poolclass=NullPool)
    else:
        url = url.set(drivername="postgresql+pg8000")
        engine = create_engine(
            url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": MOST_SECONDS + 10}
        )
    with engine.connect() as connection:
        if kind == "postgresql":
            connection.execute(text("SET TRANSACTION READ ONLY"))
            connection.execute(text(f"SET LOCAL TIME ZONE '{_CLOCK}'"))
            connection.execute(text(f"SET LOCAL statement_timeout = {MOST_SECONDS * 1000}"))
        streaming = connection.execution_options(stream_results=True, max_row_buffer=_PORTION)
        result = streaming.execute(text(query.statement.replace(":", "\\:")))
        names, rows = list(result.keys()), 0
        until = time.monotonic() + MOST_SECONDS
        while True:
            portion = [tuple(row) for row in result.fetchmany(_PORTION)]
            rows += len(portion)
            if rows > MOST_ROWS:
                raise _failed(f"Its answer has more than {MOST_ROWS:,} rows, the limit; ask for fewer.")
            if time.monotonic() > until:
                raise _failed(f"It had not answered in full after {MOST_SECONDS} seconds, the limit.")
            yield names, portion
            if len(portion) < _PORTION:
                return


def _sqlite(file: str) -> Callable[[], sqlite3.Connection]:
    if not Path(file).is_file():
        raise _failed("The SQLite file that its address names is not there.")

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        connection.execute("PRAGMA query_only = on")
        until = time.monotonic() + MOST_SECONDS
        connection.set_progress_handler(lambda: int(time.monotonic() > until), 100_000)
        return connection

    return connect


def _write(portions: Iterator[tuple[Sequence[str], list[tuple[Any, ...]]]], place: Path) -> None:
    """One Parquet column a column. Cells are kept as text until all are seen, and then given their type."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names: Sequence[str] = []
    kinds: list[set[type]] = []
    chunks: list[list[Any]] = []
    for names, rows in portions:
        kinds, chunks = kinds or [set() for _ in names], chunks or [[] for _ in names]
        for at, cells in enumerate(zip(*rows, strict=True)):
            kinds[at] |= {cell.__class__ for cell in cells}
            chunks[at].append(pa.array([None if cell is None else _text(cell) for cell in cells], pa.string()))
    doubled = next((name for name in names if list(names).count(name) > 1), None)
    if doubled is not None:
        raise _failed(f"Two columns of its answer are named '{doubled}'; give them different names with AS.")
    columns = [_typed(pa.chunked_array(parts, pa.string()), found) for parts, found in zip(chunks, kinds, strict=True)]
    pq.write_table(pa.table(columns, names=list(names)), place, compression="zstd")


def _typed(column: Any, kinds: set[type]) -> Any:
    import pyarrow as pa

    kinds = kinds - {type(None)}
    types = {int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32(), datetime: pa.timestamp("us")}
    wanted = types.get(next(iter(kinds), str)) if len(kinds) == 1 else None
    try:
        return column.cast(wanted) if wanted is not None else column
    except pa.ArrowException:  # a number too long, a time with a zone: better as its text than changed
        return column


def _text(cell: Any) -> str:
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return format(cell, "f")
        case datetime():
            return (cell.astimezone(ZoneInfo(_CLOCK)) if cell.tzinfo else cell).replace(tzinfo=None).isoformat(sep=" ")
        case date() | clock_time():
            return cell.isoformat()
        case bytes() | memoryview():
            return "0x" + bytes(cell).hex()
        case dict() | list():
            import json

            return json.dumps(cell, ensure_ascii=False, default=str)
        case int() | float() | timedelta():
            return repr(cell) if isinstance(cell, float) else str(cell)
        case _:
            return str(cell)


@contextmanager
def _told(query: Query) -> Iterator[None]:
    """Whatever goes wrong in asking as a problem: with the database's own words only where they cannot hold secrets."""
    from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

    try:
        yield
    except (ArgumentError, NoSuchModuleError):
        raise _failed(f"What the environment variable {query.connection} holds is no address of a database.") from None
    except DBAPIError as fault:
        raise _failed(_reason(fault.orig)) from None
    except (SQLAlchemyError, sqlite3.Error, OSError, ValueError) as fault:
        if isinstance(fault, OSError) and fault.filename:
            raise
        raise _failed(_reason(fault)) from None


def _reason(fault: BaseException | None) -> str:
    facts = fault.args[0] if fault is not None and fault.args else None
    if isinstance(facts, Mapping):  # PostgreSQL's own report
        state, message = str(facts.get("C", "")), str(facts.get("M", ""))
        if state.startswith(_EXPLAINED):
            return f"The database did not answer the statement: {message[:_MOST_SHOWN]}."
        if state.startswith("28"):
            return "The database did not let us in: the user or the password is not known to it."
        return f"The database refused (its code is {state or 'not given'})."
    if isinstance(fault, sqlite3.Error):
        if "interrupted" in str(fault):
            return f"It had not answered after {MOST_SECONDS} seconds, the limit."
        return f"The database did not answer the statement: {str(fault)[:_MOST_SHOWN]}."
    return "The database cannot be reached, or the connection broke off."


def _failed(sentence: str) -> Refused:
    return Refused(Problem(Code.query_failed, Severity.refuse, f"The database could not be asked. {sentence}"))
