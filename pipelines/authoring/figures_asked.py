"""Where the figures of a measure stand in a return, asked step by step."""

from typing import Any, Final

from pipelines.authoring.questions import a_number, ask, choose, some_text
from scorecard.catalogue import Catalogue, Source

ALL_ROWS: Final = "all"
_NUMBERS: Final = frozenset({"number", "integer"})


def ask_for_figures(catalogue: Catalogue, unit: str) -> dict[str, Any]:
    """The `figures` block: source, which rows, the column or the two, and the factor."""
    fit = {
        name: source.title
        for name, source in catalogue.sources.items()
        if source.holds == "returns" and source.area and source.period
    }
    source_id = choose("Source", fit)
    source = catalogue.sources[source_id]
    figures: dict[str, Any] = {"source": source_id}
    where = _rows(source)
    figures |= {"where": where} if where else {}
    numbers = {name: _heading(source, name) for name, each in source.columns.items() if each.type in _NUMBERS}
    how = choose(
        "How is the figure worked out",
        {"value": "it stands in one column", "ratio": "one column is divided by another"},
    )
    if how == "value":
        figures["value"] = choose("Column with the figure", numbers)
        factor = ask("\nTimes what, e.g. 100 where the file holds 0.25 for 25%", a_number(above=0), "1")
        return figures | ({"times": factor} if factor != 1 else {})
    figures["numerator"] = choose("Column above the line (numerator)", numbers)
    figures["denominator"] = choose("Column below the line (denominator)", numbers)
    usual = "100" if unit == "%" else "1"
    factor = ask("\nTimes what, e.g. 100 for per cent, 1000 for a rate for each 1,000", a_number(above=0), usual)
    return figures | ({"per": factor} if factor != 1 else {})


def _rows(source: Source) -> dict[str, str]:
    """Column → value that a row must have to be used; empty when every row is."""
    where: dict[str, str] = {}
    texts = {name: _heading(source, name) for name, each in source.columns.items() if each.type == "text"}
    while left := {name: words for name, words in texts.items() if name not in where}:
        more = "Which rows: all" if not where else "Which rows: all of these"
        column = choose(f"{more}, or those with a certain value in", {ALL_ROWS: "", **left}, ALL_ROWS)
        if column == ALL_ROWS:
            break
        allowed = source.columns[column].allowed
        if allowed:
            where[column] = choose(f"Value of {column}", dict.fromkeys(allowed, ""))
        else:
            where[column] = ask(f"\nValue of {column}, exactly as files have it", some_text)
    return where


def _heading(source: Source, name: str) -> str:
    column = source.columns[name]
    return f"'{column.header}'" if column.header else f"column {column.at}"
