"""Rules for one source: what its keys, checks and dates name must be columns of it, of the type that is needed."""

from collections.abc import Iterator

from scorecard.catalogue.catalogue import Catalogue
from scorecard.catalogue.fault import Path
from scorecard.catalogue.source import Source
from scorecard.nearest import did_you_mean

Found = Iterator[tuple[Path, str]]
_NUMBERS = ("number", "integer")


def source_faults(catalogue: Catalogue) -> Found:
    """Every column that a source names and does not have, or that is of the wrong type."""
    for name, source in catalogue.sources.items():
        for path, column, types in (*_named(source), *_named_by_columns(source), *_named_by_checks(source)):
            if column not in source.columns:
                known = did_you_mean(column, source.columns)
                yield ("sources", name, *path), f"there is no column '{column}'.{known}"
            elif types and source.columns[column].type not in types:
                yield ("sources", name, *path), f"'{column}' must be a column of type {' or '.join(types)}."


Named = Iterator[tuple[Path, str, tuple[str, ...]]]


def _named(source: Source) -> Named:
    for column in source.key:
        yield ("key",), column, ()
    for index, skip in enumerate(source.skip):
        yield ("skip", index, "column"), skip.column, ()
    if source.area and source.area.column:
        yield ("area", "column"), source.area.column, ()
    for column in source.period.columns if source.period else ():
        yield ("period", "column"), column, ()


def _named_by_columns(source: Source) -> Named:
    for name, column in source.columns.items():
        if column.not_before:
            yield ("columns", name, "not_before"), column.not_before, ("date",)


def _named_by_checks(source: Source) -> Named:
    checks = source.checks
    for index, blank in enumerate(checks.blanks):
        yield ("checks", "blanks", index, "column"), blank.column, ()
    if checks.fresh and checks.fresh.column:
        yield ("checks", "fresh", "column"), checks.fresh.column, ("date",)
    for index, drift in enumerate(checks.drift):
        yield ("checks", "drift", index, "column"), drift.column, ()
    for index, total in enumerate(checks.totals):
        yield ("checks", "totals", index, "column"), total.column, _NUMBERS
        yield ("checks", "totals", index, "rows", "column"), total.rows.column, ()
