"""The query of one measure over records, exactly as the engine gets it."""

from collections.abc import Sequence

import duckdb

from pipelines.explain.layout import Section
from pipelines.records.compile import compile_sums
from pipelines.records.engine import DuckDB, as_text
from pipelines.records.windows import compile_window
from scorecard.catalogue import Catalogue, Measure

TABLE = "records_{source}"
"""As staging names the table of a source."""


def query(catalogue: Catalogue, measure_id: str, measure: Measure, areas: Sequence[str]) -> Section:
    """The query, and what is done with its answer; empty for a measure over returns."""
    section = Section("The query over its records")
    if measure.records is None:
        return section
    source, table = catalogue.sources[measure.records.source], TABLE.format(source=measure.records.source)
    with duckdb.connect() as connection:
        engine = DuckDB(connection)
        sums = compile_sums(source, table, {measure_id: measure}, areas)
        if sums is None:
            section.say("Asked for each period (table windows: its first and last month) by itself:")
            section.verbatim(as_text(compile_window(source, table, measure.records, areas), engine))
            return section
        section.say("In a run, together with those of all other measures over this source; months count from year 0:")
        section.verbatim(as_text(sums.query, engine))
        named = ", ".join(
            f"{column} is {part} by month_{date}" for part, (date, column) in sums.parts[measure_id].items()
        )
        section.say(f"Of its answer, {named}; months are put together into periods afterwards.")
    return section
