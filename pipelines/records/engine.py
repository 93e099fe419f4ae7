"""Where queries over records run. DuckDB, beside the pipeline; another engine needs only this much.

A query is a SQLGlot tree, never text. What an engine cannot do exactly it refuses: nothing is approximated.
"""

from typing import Final, Protocol

import duckdb
import pyarrow as pa
from sqlglot import ErrorLevel, exp

from scorecard.errors import RunFailed

MEDIAN: Final = "median"
PERCENTILE: Final = "percentile"
DISTINCT: Final = "distinct"


class Engine(Protocol):
    """Runs queries where the records are; the answers come back as Arrow tables."""

    dialect: str
    """As SQLGlot names it."""
    exact: frozenset[str]
    """Which of MEDIAN, PERCENTILE and DISTINCT it is proven to answer exactly."""

    def put(self, name: str, table: pa.Table) -> None:
        """Make a small table known by a name: the calendar, or the periods of a query."""

    def arrow(self, query: exp.Query) -> pa.Table:
        """The rows of a query."""


class DuckDB:
    """The default engine: the staging file of this run."""

    dialect: str = "duckdb"
    exact: frozenset[str] = frozenset({MEDIAN, PERCENTILE, DISTINCT})

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def put(self, name: str, table: pa.Table) -> None:
        """Register the table, in place of an earlier one of the same name."""
        self.connection.register(name, table)

    def arrow(self, query: exp.Query) -> pa.Table:
        """The rows of a query. Raises RunFailed, with the query, when it cannot be run."""
        text = as_text(query, self)
        try:
            return self.connection.sql(text).to_arrow_table()
        except duckdb.Error as fault:
            raise RunFailed(
                "A query over records could not be run.",
                why=f"{str(fault).splitlines()[0]} The query was: {' '.join(text.split())[:500]}",
                fix="This is a fault of the pipeline, not of a file; nothing was published.",
            ) from fault


def as_text(query: exp.Query, engine: Engine) -> str:
    """The query in the engine's own words. Raises where SQLGlot cannot say it there."""
    return query.sql(dialect=engine.dialect, unsupported_level=ErrorLevel.RAISE, pretty=True)


def require(engine: Engine, needed: frozenset[str]) -> None:
    """Raise RunFailed unless the engine answers all of these exactly."""
    if needed - engine.exact:
        raise RunFailed(
            f"The engine '{engine.dialect}' does not answer {', '.join(sorted(needed - engine.exact))} exactly.",
            fix="Leave such measures to an engine that does, or calculate them another way.",
        )
