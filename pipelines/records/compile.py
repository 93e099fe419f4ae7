"""All additive measures of one source in ONE query: monthly sums for the council, each ward and each breakdown.

Grouping sets over (month of a date, dimension) read the records once. Sums are over months whatever the measure's
frequency: quarters, years, rolling and year-to-date figures are put together from them afterwards (rollup.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from pipelines.records.components import Component, components_of
from pipelines.records.rendering import Renderer, month_number
from scorecard.catalogue import Measure, Records
from scorecard.catalogue.record_rules import kinds_of
from scorecard.catalogue.source import Source

AREA: Final = "area_code"
CALENDAR: Final = "calendar"
"""Table of days: calendar_day, calendar_working (how many working days there have been up to and with it)."""


@dataclass(frozen=True)
class Sums:
    """The compiled query of one source, and where each measure's sums are in its answer.

    The answer has one row per month and group: month_0, month_1, ... (one for each date that counts), and for each
    of these and each dimension its grouping flag (`g_...`, 1 when the row is not split by it); then the sums.
    """

    query: exp.Select
    dates: int
    dimensions: tuple[str, ...]
    parts: Mapping[str, Mapping[str, tuple[int, str]]]
    """Measure → part → (which date, which column)."""


def compile_sums(source: Source, table: str, measures: Mapping[str, Measure], areas: Sequence[str]) -> Sums | None:
    """The query for these measures over `table`, of records in `areas`; None when none of them is additive."""
    renderer = Renderer(kinds_of(source))
    found = {name: components_of(_records(measure), renderer) for name, measure in measures.items()}
    dates: list[exp.Expr] = []
    columns: list[exp.Expr] = []
    parts: dict[str, dict[str, tuple[int, str]]] = {}
    splits: dict[int, set[str]] = {}
    for name, components in found.items():
        for part, component in components.items():
            at = _position(component.date, dates)
            parts.setdefault(name, {})[part] = (at, f"sum_{len(columns)}")
            columns.append(exp.alias_(_sum_of(component), f"sum_{len(columns)}"))
            splits.setdefault(at, set()).update(dimensions_of(_records(measures[name]), source))
    if not columns:
        return None
    dimensions = sorted(set().union(*splits.values()))
    months = [f"month_{at}" for at in range(len(dates))]
    sets = [_tuple(months[at]) for at in splits]
    sets += [_tuple(months[at], one) for at, every in splits.items() for one in sorted(every)]
    grouped = [*months, *dimensions]
    query = (
        exp.select(*(column(name) for name in grouped), *(flag(name) for name in grouped), *columns)
        .from_(staged_records(table, areas, renderer.calendars, _months(dates)))
    )  # fmt: skip
    query.set("group", exp.Group(grouping_sets=[exp.GroupingSets(expressions=sets)]))
    return Sums(query, len(dates), tuple(dimensions), parts)


def dimensions_of(records: Records, source: Source) -> list[str]:
    """What a measure is broken down by, as columns of the staged table."""
    area = source.area.column if source.area else None
    return [AREA if name == area else name for name in records.by]


def column(name: str) -> exp.Column:
    """A column by its name, quoted."""
    return exp.column(name, quoted=True)


def of_areas(areas: Iterable[str]) -> exp.Expr:
    """The record is about one of these areas."""
    return exp.In(this=column(AREA), expressions=[exp.Literal.string(area) for area in areas])


def flag(name: str) -> exp.Expr:
    """The grouping flag of a column: 1 when a row is not split by it."""
    return exp.alias_(exp.Anonymous(this="GROUPING", expressions=[column(name)]), f"g_{name}", quoted=True)


def staged_records(
    table: str, areas: Iterable[str], calendars: Mapping[str, exp.Expr], further: Sequence[exp.Expr] = ()
) -> exp.Subquery:
    """The staged records of these areas: their columns, `further` ones, and the working-day numbers asked for."""
    every = exp.Column(this=exp.Star(), table=exp.to_identifier("staged"))
    held = exp.alias_(exp.table_(table, quoted=True), "staged", table=True)
    mine = exp.select(every, *further).from_(held).where(of_areas(areas))
    return joined_to_calendar(mine, calendars).subquery("records")


def joined_to_calendar(query: exp.Select, calendars: Mapping[str, exp.Expr]) -> exp.Select:
    """The query with the working-day numbers that its expressions ask for."""
    for name, day in calendars.items():
        known_as = f"calendar_of_{name}"
        query = query.select(exp.alias_(exp.column("calendar_working", table=known_as), name, quoted=True)).join(
            exp.alias_(exp.table_(CALENDAR), known_as, table=True),
            on=exp.EQ(this=exp.column("calendar_day", table=known_as), expression=day.copy()),
            join_type="left",
        )
    return query


def _records(measure: Measure) -> Records:
    assert measure.records is not None
    return measure.records


def _position(date: exp.Expr, dates: list[exp.Expr]) -> int:
    if date not in dates:
        dates.append(date)
    return dates.index(date)


def _sum_of(component: Component) -> exp.Expr:
    counted = exp.Case().when(component.condition.copy(), component.value.copy()).else_(exp.Literal.number(0))
    return exp.cast(exp.Sum(this=counted), "double")


def _tuple(*names: str) -> exp.Tuple:
    return exp.Tuple(expressions=[column(name) for name in names])


def _months(dates: Sequence[exp.Expr]) -> list[exp.Expr]:
    return [exp.alias_(month_number(date), f"month_{at}", quoted=True) for at, date in enumerate(dates)]
