"""What is counted in the records of a source, asked step by step from the models of the calculations."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from pipelines.authoring.questions import (
    Unfit,
    a_number,
    a_whole_number,
    an_expression,
    ask,
    choose,
    yes_or_no,
)
from scorecard.catalogue import Calculation, Catalogue, Source
from scorecard.catalogue.entry import Entry
from scorecard.catalogue.record_rules import kinds_of
from scorecard.catalogue.records import COUNTS, PERCENTAGES
from scorecard.expression import Kind
from scorecard.nearest import did_you_mean

KINDS: Final[Mapping[str, type[Entry]]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(get_args(Calculation)[0])
}
"""Every calculation there is: its kind and its model."""
_ASKED: Final = {
    "dated": "Date that puts a record into a period, e.g. completed",
    "start": "Date on which it begins",
    "end": "Date on which it ends; a record without it has not ended",
    "days": "At most how many days from the one to the other",
    "working": "Count working days only",
    "at": "At how many per cent of the records",
    "numerator": "Number above the line, added up",
    "denominator": "Number below the line, added up",
    "count": "What of them",
}
_OF: Final = {
    "share": (Kind.condition, 'Condition that is met, e.g. priority = "Routine" and days(reported, completed) <= 20'),
    "distinct": (None, "What is counted once, e.g. person"),
}
_DATES: Final = frozenset({"dated", "start", "end"})


def ask_for_records(catalogue: Catalogue, measure: Mapping[str, Any]) -> dict[str, Any]:
    """The `records` block of a measure whose frequency and basis are known."""
    fit = {name: source.title for name, source in catalogue.sources.items() if source.holds == "records"}
    source_id = choose("Source", fit)
    source = catalogue.sources[source_id]
    columns = kinds_of(source)
    print("\nColumns: " + ", ".join(f"{name} ({kind.value})" for name, kind in columns.items()))
    records: dict[str, Any] = {"source": source_id}
    condition = an_expression(columns, Kind.condition, needed=False)
    where = ask("Only records that meet a condition (Enter for all)", condition)
    records |= {"where": where} if where else {}
    is_stock = measure.get("basis") == "snapshot"
    offered = {kind: _says(model) for kind, model in KINDS.items() if (kind == "open") == is_stock}
    kind = "open" if is_stock else choose("What is worked out", offered)
    calculate = records["calculate"] = {"kind": kind, **_fields(kind, columns)}
    if measure.get("basis") == "rolling":
        records["rolling"] = ask("\nHow many months to go back, this one among them", a_whole_number(2, 60), "12")
    is_ratio = issubclass(KINDS[kind], PERCENTAGES) or calculate.get("count") == "clearance"
    if issubclass(KINDS[kind], COUNTS) and not is_ratio:
        below = _out_of(catalogue, str(measure["frequency"]))
        records |= {"out_of": below} if below else {}
    if not is_ratio:
        factor = ask("\nTimes what, e.g. 1000 for a rate for each 1,000", a_number(above=0), "1")
        records |= {"per": factor} if factor != 1 else {}
    by = ask("Columns to tell it by, with commas between (Enter for none)", _columns(source))
    return records | ({"by": by} if by else {})


def _fields(kind: str, columns: Mapping[str, Kind]) -> dict[str, Any]:
    """Every field of the calculation, in the order of its model."""
    given: dict[str, Any] = {}
    print()
    for name, field in KINDS[kind].model_fields.items():
        if name != "kind":
            value = _field(kind, name, field, columns)
            given |= {name: value} if value is not False else {}
    return given


def _field(kind: str, name: str, field: FieldInfo, columns: Mapping[str, Kind]) -> Any:
    wanted, question = _OF.get(kind, (Kind.number, "Number of each record")) if name == "of" else (None, _ASKED[name])
    if field.annotation is bool:
        return yes_or_no(question)
    if field.annotation is int:
        return ask(question, a_whole_number(0, 100_000))
    if field.annotation is float:
        return ask(question, a_number(above=0, below=100))
    if get_origin(field.annotation) is Literal:
        return choose(question, dict.fromkeys(get_args(field.annotation), ""))
    if name != "of":
        wanted = Kind.date if name in _DATES else Kind.number
    return ask(question, an_expression(columns, wanted))


def _out_of(catalogue: Catalogue, frequency: str) -> dict[str, Any]:
    same = {name: each.title for name, each in catalogue.measures.items() if each.frequency.value == frequency}
    among = {"nothing": "", "population": "the people of each area, as the catalogue lists them"}
    if same:
        among["measure"] = "another measure of the same frequency"
    chosen = choose("Divided by", among, "nothing")
    if chosen == "measure":
        return {"measure": choose("Which measure", same)}
    return {"population": True} if chosen == "population" else {}


def _columns(source: Source) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        named = [name.strip() for name in text.split(",") if name.strip()]
        texts = [name for name, column in source.columns.items() if column.type == "text"]
        for name in named:
            if name not in texts:
                hint = did_you_mean(name, texts)
                raise Unfit(f"'{name}' is no column of text; there are: {', '.join(texts)}.{hint}")
        return named

    return read


def _says(model: type[Entry]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0].rstrip(".")
