"""What is asked of every record to explain a measure: is it counted for a period, and does it meet the condition?

The conditions are those that the compiler makes for the figures (components.py, windows.py), never a second reading
of the entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from pipelines.records.compile import column, joined_to_calendar, staged_records
from pipelines.records.components import Component, all_of, components_of
from pipelines.records.rendering import Renderer, month_number
from pipelines.records.rollup import Window
from pipelines.records.windows import compile_window
from scorecard.catalogue import Records, Source
from scorecard.catalogue.record_rules import kinds_of
from scorecard.catalogue.records import PERCENTAGES, Flow, Open
from scorecard.expression import parse


@dataclass(frozen=True)
class _Question:
    records: exp.Expr
    """The staged records with the working-day numbers that the conditions need."""
    in_period: exp.Expr
    counted: exp.Expr
    met: exp.Expr | None = None
    """Of a share: whether it is in the numerator."""


def sample_of_records(
    source: Source, table: str, records: Records, areas: Sequence[str], window: Window, shown: Sequence[str], most: int
) -> exp.Select:
    """The query for some records of a window, those counted and those not.

    One row a record, at most `most` of each kind: load_number, source_row, the columns `shown`; where_met (it is
    among the records that the measure is about), counted, met (in the numerator, for shares); place among its kind,
    and alike: how many are counted, or are not, in all.
    """
    asked = _question(source, table, records, areas, window)
    about = Renderer(kinds_of(source))
    where = about.render(parse(records.where)) if records.where else exp.true()
    calendars = {f"where_{name}": day for name, day in about.calendars.items()}
    for name in about.calendars:
        where = where.transform(_renamed, name, f"where_{name}")
    staged = joined_to_calendar(_everything(asked.records), calendars).subquery("asked")
    flags = {"where_met": where, "counted": asked.counted, "met": asked.met if asked.met is not None else asked.counted}
    named = ["load_number", "source_row", *shown]
    told = [*(column(name) for name in named), *(exp.alias_(_is_true(each), name) for name, each in flags.items())]
    inner = exp.select(*told).from_(staged).where(asked.in_period)
    kinds = [column("counted"), column("met")]
    order = exp.Order(expressions=[column("load_number"), column("source_row")])
    place = exp.Window(this=exp.RowNumber(), partition_by=kinds, order=order)
    alike = exp.Window(this=exp.Count(this=exp.Star()), partition_by=[column("counted")])
    ranked = exp.select(exp.Star(), exp.alias_(place, "place"), exp.alias_(alike, "alike")).from_(
        inner.subquery("told")
    )
    most_of_each = exp.LTE(this=column("place"), expression=exp.Literal.number(most))
    return exp.select(exp.Star()).from_(ranked.subquery("ranked")).where(most_of_each)


def _question(source: Source, table: str, records: Records, areas: Sequence[str], window: Window) -> _Question:
    if records.window_is_needed:
        asked = compile_window(source, table, records, areas)
        month = asked.args["joins"][0].args["on"].this
        return _Question(asked.args["from_"].this, _within(month, window), asked.args["where"].this)
    renderer = Renderer(kinds_of(source))
    parts = components_of(records, renderer)
    staged = staged_records(table, areas, renderer.calendars)
    if isinstance(records.calculate, Open | Flow):
        return _flows(staged, records.calculate, parts["opened"], parts["closed"], window)
    counted = parts["records"]
    met = parts["numerator"].condition if isinstance(records.calculate, PERCENTAGES) else None
    return _Question(staged, _within(month_number(counted.date), window), counted.condition, met)


def _flows(staged: exp.Expr, calculate: Open | Flow, opened: Component, closed: Component, window: Window) -> _Question:
    if isinstance(calculate, Open):
        begun = all_of([opened.condition, _until(month_number(opened.date), window)])
        ended = all_of([closed.condition, _until(month_number(closed.date), window)])
        return _Question(staged, exp.true(), all_of([_is_true(begun), exp.Not(this=_is_true(ended))]))
    inside = {each: _within(month_number(each.date), window) for each in (opened, closed)}
    chosen = {"opened": [opened], "closed": [closed]}.get(calculate.count, [opened, closed])
    return _Question(
        staged,
        _any_of([inside[each] for each in chosen]),
        _any_of([all_of([each.condition, inside[each]]) for each in chosen]),
    )


def _everything(records: exp.Expr) -> exp.Select:
    return exp.select(exp.Column(this=exp.Star(), table=exp.to_identifier("records"))).from_(records)


def _renamed(node: exp.Expr, old: str, new: str) -> exp.Expr:
    return column(new) if isinstance(node, exp.Column) and node.name == old else node


def _within(month: exp.Expr, window: Window) -> exp.Expr:
    low, high = exp.Literal.number(window.first), exp.Literal.number(window.last)
    return exp.Between(this=month.copy(), low=low, high=high)


def _until(month: exp.Expr, window: Window) -> exp.Expr:
    return exp.LTE(this=month, expression=exp.Literal.number(window.last))


def _any_of(conditions: list[exp.Expr]) -> exp.Expr:
    whole = exp.Paren(this=conditions[0].copy())
    for condition in conditions[1:]:
        whole = exp.Paren(this=exp.Or(this=whole, expression=exp.Paren(this=condition.copy())))
    return whole


def _is_true(condition: exp.Expr) -> exp.Expr:
    """Neither false nor unknown."""
    return exp.Case().when(condition.copy(), exp.true()).else_(exp.false())
