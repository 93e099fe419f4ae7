"""Distinct counts, medians and percentiles: asked for over each period by itself, as months cannot be added up."""

from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from pipelines.records.compile import column, dimensions_of, flag, staged_records
from pipelines.records.components import all_of, present
from pipelines.records.engine import DISTINCT, MEDIAN, PERCENTILE
from pipelines.records.rendering import Renderer, month_number
from scorecard.catalogue import Records
from scorecard.catalogue.record_rules import kinds_of
from scorecard.catalogue.records import Distinct, Median, Percentile
from scorecard.catalogue.source import Source
from scorecard.expression import parse

WINDOWS: Final = "windows"
"""Table of periods: first and last month counted, as month numbers."""


def compile_window(source: Source, table: str, records: Records, areas: Sequence[str]) -> exp.Select:
    """The query of one such measure: one row per window and group.

    last (the window's last month), area_code and the dimensions with their grouping flags, value, records.
    """
    calculate = records.calculate
    assert isinstance(calculate, Distinct | Median | Percentile)
    renderer = Renderer(kinds_of(source))
    of, dated = renderer.render(parse(calculate.of)), renderer.render(parse(calculate.dated))
    where = [renderer.render(parse(records.where))] if records.where else []
    month = month_number(dated)
    within = exp.Between(this=month, low=exp.column("first", table=WINDOWS), high=exp.column("last", table=WINDOWS))
    dimensions = dimensions_of(records, source)
    groups = [*(column(name) for name in dimensions), *(flag(name) for name in dimensions)]
    query = (
        exp.select(
            exp.column("last", table=WINDOWS), *groups,
            exp.alias_(_aggregate(calculate, of), "value"), exp.alias_(exp.Count(this=exp.Star()), "records"),
        )
        .from_(staged_records(table, areas, renderer.calendars))
        .join(WINDOWS, on=within)
        .where(all_of([*where, present(of)]))
    )  # fmt: skip
    last = exp.column("last", table=WINDOWS)
    sets = [exp.Tuple(expressions=[last.copy(), *([column(name)] if name else [])]) for name in ["", *dimensions]]
    query.set("group", exp.Group(grouping_sets=[exp.GroupingSets(expressions=sets)]))
    return query


def needs(records: Records) -> frozenset[str]:
    """What the engine must be able to answer exactly for this measure."""
    kinds = {"distinct": DISTINCT, "median": MEDIAN, "percentile": PERCENTILE}
    return frozenset({kinds[records.calculate.kind]} if records.calculate.kind in kinds else ())


def _aggregate(calculate: Distinct | Median | Percentile, of: exp.Expr) -> exp.Expr:
    match calculate:
        case Distinct():
            return exp.Count(this=exp.Distinct(expressions=[of.copy()]))
        case Median():
            return exp.Median(this=exp.cast(of.copy(), "double"))
        case Percentile(at=at):
            # The smallest figure that at least so many per cent of the records do not exceed.
            share = exp.Literal.number(at / 100)
            ordered = exp.Order(expressions=[exp.Ordered(this=exp.cast(of.copy(), "double"), nulls_first=True)])
            return exp.WithinGroup(this=exp.PercentileDisc(this=share), expression=ordered)
