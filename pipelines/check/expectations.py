"""The checks that a contract implies, as data: what must hold, which problem it is, and how bad."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pipelines.problems import Code
from scorecard.catalogue import Column, Severity, Source
from scorecard.wording import in_full, joined

LOAD = "load_number"
"""Column that tells the loads of one batch apart."""
MOST_DIGITS: Final = 14
"""Before the decimal point of a number in a record: more do not fit into its column."""


@dataclass(frozen=True)
class Expectation:
    """One Great Expectations expectation by its class name and arguments."""

    kind: str
    arguments: dict[str, Any]
    code: Code
    severity: Severity
    column: str | None
    heading: str | None
    """The column as its sender knows it."""
    must: str
    """What must hold, for the sentence: "must be between 0 and 100"."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table that it looks at."""
        several: tuple[str, ...] = tuple(self.arguments.get("column_list", ()))
        pair = tuple(self.arguments[name] for name in ("column_A", "column_B") if name in self.arguments)
        return several or pair or (self.arguments["column"],)


def expectations_of(source: Source, headings: set[str]) -> list[Expectation]:
    """Every expectation for a source's table, as far as its columns are there.

    That a record stands once in a file cannot be seen in one block of it, so `key_of` is for staging to check.
    """
    if source.holds == "records":
        return [*_cells(source, headings), *_place_and_period(source), *_digits(source, headings)]
    return [*_cells(source, headings), *_place_and_period(source), *_key(source)]


def key_of(source: Source) -> Expectation:
    """That the key of a source of records, which always has one, names a record once."""
    return next(_key(source))


def _digits(source: Source, headings: set[str]) -> Iterator[Expectation]:
    largest = 10**MOST_DIGITS - 1
    for name, column in source.columns.items():
        if name in headings and column.type in ("number", "integer"):
            heading, must = column.heading, f"must have at most {MOST_DIGITS} digits"
            arguments = {"column": f"{name}__value", "min_value": -largest, "max_value": largest}
            kind, code = "ExpectColumnValuesToBeBetween", Code.out_of_range
            yield Expectation(kind, arguments, code, Severity.quarantine, name, heading, must)


def _place_and_period(source: Source) -> Iterator[Expectation]:
    if source.area:
        column, must = source.area.column, "must be a place the catalogue knows and that existed then"
        yield _present("area_code", Code.area_unknown, column, _heading(source, column), must)
    if source.period and source.holds == "returns":
        forms = ", ".join(form.replace("_", " ") for form in source.period.forms)
        column = next(iter(source.period.columns), None)
        headings = joined([_heading(source, each) or "" for each in source.period.columns])
        yield _present("period_start", Code.period_unreadable, column, headings or None, f"must be a period ({forms})")


def _present(found: str, code: Code, column: str | None, heading: str | None, must: str) -> Expectation:
    return Expectation(
        "ExpectColumnValuesToNotBeNull", {"column": found}, code, Severity.quarantine, column, heading, must
    )


def _cells(source: Source, headings: set[str]) -> Iterator[Expectation]:
    for name, column in source.columns.items():
        if name in headings:
            yield from _column(name, column)
            yield from _dates(name, column, source, headings)


def _dates(name: str, column: Column, source: Source, headings: set[str]) -> Iterator[Expectation]:
    """The days that a date may lie between, and the date of its row that it may not lie before."""
    value, severity, heading = f"{name}__value", column.on_fault, column.heading
    if column.earliest or column.latest:
        days: dict[str, Any] = {"column": value, "min_value": column.earliest, "max_value": column.latest}
        kind, must = "ExpectColumnValuesToBeBetween", _days_in_words(column)
        yield Expectation(kind, days, Code.out_of_range, severity, name, heading, must)
    earlier = source.columns[column.not_before] if column.not_before in headings else None
    if earlier and earlier.type == "date":
        kind, must = "ExpectColumnPairValuesAToBeGreaterThanB", f"must not be before '{earlier.heading}'"
        pair: dict[str, Any] = {"column_A": value, "column_B": f"{column.not_before}__value", "or_equal": True}
        blank = {"ignore_row_if": "either_value_is_missing"}
        yield Expectation(kind, pair | blank, Code.date_order, severity, name, heading, must)


def _column(name: str, column: Column) -> Iterator[Expectation]:
    def check(kind: str, code: Code, must: str, on: str = name, **arguments: Any) -> Expectation:
        return Expectation(kind, {"column": on, **arguments}, code, column.on_fault, name, column.heading, must)

    if column.required:
        yield check("ExpectColumnValuesToNotBeNull", Code.cell_missing, "must not be blank")
    if column.type != "text" or column.extract:
        code = Code.not_a_date if column.type == "date" else Code.not_a_number
        wanted = {"number": "a number", "integer": "a whole number", "date": "a date"}.get(column.type, "as agreed")
        code = Code.wrong_pattern if column.type == "text" else code
        yield check("ExpectColumnValuesToBeNull", code, f"must be {wanted}", on=f"{name}__unreadable")
    if column.minimum is not None or column.maximum is not None:
        yield check(
            "ExpectColumnValuesToBeBetween", Code.out_of_range, _range_in_words(column), on=f"{name}__value",
            min_value=column.minimum, max_value=column.maximum,
        )  # fmt: skip
    if column.allowed:
        must = f"must be one of {', '.join(column.allowed)}"
        yield check("ExpectColumnValuesToBeInSet", Code.not_allowed, must, value_set=list(column.allowed))
    if column.pattern:
        must = f"must be of the form {column.pattern}"
        yield check("ExpectColumnValuesToMatchRegex", Code.wrong_pattern, must, regex=f"^(?:{column.pattern})$")


def _key(source: Source) -> Iterator[Expectation]:
    parts = list(source.key)
    if source.holds == "returns":
        parts += ["area_code"] if source.area else []
        parts += ["period_start", "period_end"] if source.period else []
    if source.key or (source.area and source.period):
        words = {"period_start": "period", "area_code": "area"}
        named = [words.get(part, part.replace("_", " ")) for part in parts if part != "period_end"]
        yield Expectation(
            "ExpectCompoundColumnsToBeUnique",
            {"column_list": [LOAD, *parts], "ignore_row_if": "any_value_is_missing"},
            Code.duplicate_key, Severity.quarantine, None, None,
            f"must stand once for each {joined(named)}",
        )  # fmt: skip


def _heading(source: Source, column: str | None) -> str | None:
    return source.columns[column].heading if column else None


def _range_in_words(column: Column) -> str:
    low, high = column.minimum, column.maximum
    if low is not None and high is not None:
        return f"must be between {low:,.15g} and {high:,.15g}"
    return f"must be at least {low:,.15g}" if low is not None else f"must be at most {high:,.15g}"


def _days_in_words(column: Column) -> str:
    first, last = column.earliest and in_full(column.earliest), column.latest and in_full(column.latest)
    if first and last:
        return f"must be between {first} and {last}"
    return f"must not be before {first}" if first else f"must not be after {last}"
