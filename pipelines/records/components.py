"""What has to be added up, month by month, to work out a measure over records.

Every calculation that can be put together from monthly sums is broken into such sums here; distinct counts,
medians and percentiles cannot, and are asked for over each window by themselves (windows.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from pipelines.records.rendering import Renderer, days_between
from scorecard.catalogue import Records
from scorecard.catalogue.records import (
    Count,
    Distinct,
    Flow,
    Mean,
    Median,
    Open,
    Percentile,
    RatioOfSums,
    Share,
    Sum,
    Within,
)
from scorecard.expression import parse

ONE = exp.Literal.number(1)


@dataclass(frozen=True)
class Component:
    """One sum: `value` added up over the records that meet `condition`, by the month of `date`."""

    date: exp.Expr
    condition: exp.Expr
    value: exp.Expr


def components_of(records: Records, renderer: Renderer) -> Mapping[str, Component]:
    """The sums a measure is made of, by their part: numerator, denominator, records, opened, closed.

    numerator and denominator make ratios; records is how many were counted; opened and closed are flows, from
    which stocks are made too. Empty for what needs windows of its own.
    """
    where = [renderer.render(parse(records.where))] if records.where else []
    calculate = records.calculate
    if isinstance(calculate, Distinct | Median | Percentile):
        return {}
    if isinstance(calculate, Open | Flow):
        return _flows(calculate, where, renderer)
    date = _read(calculate.dated, renderer)
    sums, needed = _sums(calculate, renderer)
    condition = all_of([*where, *needed])
    parts = {"records": Component(date, condition, ONE)}
    for part, (value, only_if) in sums.items():
        parts[part] = Component(date, all_of([condition, only_if]) if only_if is not None else condition, value)
    return parts


def _sums(
    calculate: Count | Sum | Mean | RatioOfSums | Share | Within, renderer: Renderer
) -> tuple[dict[str, tuple[exp.Expr, exp.Expr | None]], list[exp.Expr]]:
    """Part → (value, condition of its own), and the conditions that all parts share."""
    match calculate:
        case Count():
            return {"numerator": (ONE, None)}, []
        case Sum(of=of):
            value = _read(of, renderer)
            return {"numerator": (value, None)}, [present(value)]
        case Mean(of=of):
            value = _read(of, renderer)
            return {"numerator": (value, None), "denominator": (ONE, None)}, [present(value)]
        case RatioOfSums():
            above, below = _read(calculate.numerator, renderer), _read(calculate.denominator, renderer)
            return {"numerator": (above, None), "denominator": (below, None)}, [present(above), present(below)]
        case Share(of=of):
            return {"numerator": (ONE, _read(of, renderer)), "denominator": (ONE, None)}, []
        case Within():
            start, end = _read(calculate.start, renderer), _read(calculate.end, renderer)
            taken = renderer.working_days(start, end) if calculate.working else days_between(start, end)
            in_time = exp.LTE(this=taken, expression=exp.Literal.number(calculate.days))
            return {"numerator": (ONE, in_time), "denominator": (ONE, None)}, [present(start), in_order(start, end)]


def _flows(calculate: Open | Flow, where: list[exp.Expr], renderer: Renderer) -> Mapping[str, Component]:
    start, end = _read(calculate.start, renderer), _read(calculate.end, renderer)
    condition = all_of([*where, present(start), in_order(start, end)])
    return {
        "opened": Component(start, condition, ONE),
        "closed": Component(end, all_of([condition, present(end)]), ONE),
    }


def _read(text: str, renderer: Renderer) -> exp.Expr:
    return renderer.render(parse(text))


def present(value: exp.Expr) -> exp.Expr:
    """The value is not missing."""
    return exp.Paren(this=exp.Not(this=exp.Is(this=exp.Paren(this=value.copy()), expression=exp.Null())))


def in_order(start: exp.Expr, end: exp.Expr) -> exp.Expr:
    """The record does not end before it starts; one that does is a slip of the pen and is left out."""
    ends_later = exp.GTE(this=end.copy(), expression=start.copy())
    return exp.Paren(this=exp.Or(this=exp.Is(this=end.copy(), expression=exp.Null()), expression=ends_later))


def all_of(conditions: list[exp.Expr]) -> exp.Expr:
    """Every condition holds; true when there is none."""
    whole: exp.Expr = exp.true()
    for at, condition in enumerate(conditions):
        whole = condition.copy() if at == 0 else exp.And(this=whole, expression=condition.copy())
    return whole
