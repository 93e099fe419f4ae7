"""Rules for measures over records: their source must hold records, and their expressions must fit its columns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from scorecard.catalogue.catalogue import Catalogue
from scorecard.catalogue.fault import Path
from scorecard.catalogue.measure import Measure
from scorecard.catalogue.records import Records
from scorecard.catalogue.source import Source
from scorecard.expression import ExpressionFault, Kind, check, parse
from scorecard.nearest import did_you_mean

_KINDS: Mapping[str, Kind] = {"text": Kind.text, "number": Kind.number, "integer": Kind.number, "date": Kind.date}
_WANTED: Mapping[str, Mapping[str, Kind]] = {
    "sum": {"of": Kind.number},
    "mean": {"of": Kind.number},
    "median": {"of": Kind.number},
    "percentile": {"of": Kind.number},
    "share": {"of": Kind.condition},
    "ratio": {"numerator": Kind.number, "denominator": Kind.number},
}
"""What the expressions of a calculation must give; `dated`, `start` and `end` are dates, and what is counted
once (distinct) may be anything but a condition."""

RESERVED: Final = frozenset({"load_number", "source_row", "area_code"})

Found = Iterator[tuple[Path, str]]


def record_faults(catalogue: Catalogue) -> Found:
    """Every fault in the measures over records, as (path into the catalogue, message)."""
    for name, measure in catalogue.measures.items():
        if measure.records is None or measure.of_register:  # what follows from a register has rules of its own
            continue
        path: Path = ("measures", name, "records")
        source = catalogue.sources.get(measure.records.source)
        if source is None:
            message = f"there is no source '{measure.records.source}'."
            yield (*path, "source"), message + did_you_mean(measure.records.source, catalogue.sources)
        elif source.holds != "records":
            yield (*path, "source"), f"source '{measure.records.source}' holds returns: use 'figures'."
        else:
            yield from (((*path, *at), text) for at, text in _against_source(measure.records, source))
        yield from (((*path, *at), text) for at, text in _out_of(catalogue, name, measure, measure.records))


def reserved_names(catalogue: Catalogue) -> Found:
    """Columns of records that are named like what the pipeline adds to every record."""
    for name, source in catalogue.sources.items():
        if source.holds == "records":
            for column in RESERVED.intersection(source.columns):
                yield (
                    ("sources", name, "columns", column),
                    f"'{column}' is a name the pipeline uses; take another.",
                )


def kinds_of(source: Source) -> dict[str, Kind]:
    """What each column of a source gives in an expression."""
    return {name: _KINDS[column.type] for name, column in source.columns.items()}


def _against_source(records: Records, source: Source) -> Found:
    columns = kinds_of(source)
    wanted = {"dated": Kind.date, "start": Kind.date, "end": Kind.date, **_WANTED.get(records.calculate.kind, {})}
    expressions: list[tuple[Path, str, Kind | None]] = []
    if records.where is not None:
        expressions.append((("where",), records.where, Kind.condition))
    for field, text in records.calculate.model_dump().items():
        if field in wanted or (field == "of" and records.calculate.kind == "distinct"):
            expressions.append((("calculate", field), text, wanted.get(field)))
    for at, text, kind in expressions:
        fault = expression_fault(text, kind, columns)
        if fault:
            yield at, fault
    yield from breakdown_faults(records.by, source)


def breakdown_faults(by: Sequence[str], source: Source) -> Found:
    """The columns of a breakdown that are not there or hold no words, as (path from its owner, message)."""
    for index, column in enumerate(by):
        if column not in source.columns:
            yield ("by", index), f"there is no column '{column}' in the source.{did_you_mean(column, source.columns)}"
        elif source.columns[column].type != "text":
            yield ("by", index), f"column '{column}' holds {source.columns[column].type}; break down by a text."


def expression_fault(text: str, wanted: Kind | None, columns: Mapping[str, Kind]) -> str | None:
    """What keeps an expression from being read over these columns; None wants anything but a condition."""
    try:
        found = check(parse(text), columns)
    except ExpressionFault as fault:
        return f"{fault}. In: {text}"
    if wanted is not None and found is not wanted:
        return f"at character 1: this is {found.value}, and {wanted.value} is wanted. In: {text}"
    if wanted is None and found is Kind.condition:
        return f"at character 1: name what is to be counted once, not a condition. In: {text}"
    return None


def _out_of(catalogue: Catalogue, name: str, measure: Measure, records: Records) -> Found:
    if records.out_of is None or records.out_of.measure is None:
        return
    other = catalogue.measures.get(records.out_of.measure)
    if other is None:
        message = f"there is no measure '{records.out_of.measure}'."
        yield ("out_of", "measure"), message + did_you_mean(records.out_of.measure, catalogue.measures)
    elif other.frequency is not measure.frequency:
        message = f"'{records.out_of.measure}' is told every {other.frequency}, this measure every {measure.frequency}."
        yield ("out_of", "measure"), message
    elif name in _chain(catalogue, records.out_of.measure):
        yield ("out_of", "measure"), f"'{name}' is divided by itself in the end."


def _chain(catalogue: Catalogue, start: str) -> list[str]:
    """The measures that a measure is divided by, and they in turn."""
    chain: list[str] = []
    at: str | None = start
    while at is not None and at not in chain:
        chain.append(at)
        measure = catalogue.measures.get(at)
        divided = measure.records.out_of if measure and measure.records else None
        at = divided.measure if divided else None
    return chain


def in_order_of_need(catalogue: Catalogue) -> list[str]:
    """Ids of the measures over records, each after the measure it is divided by."""
    chains = [list(reversed(_chain(catalogue, name))) for name, one in catalogue.measures.items() if one.records]
    names = dict.fromkeys(name for chain in chains for name in chain)
    return [name for name in names if catalogue.measures[name].records]
