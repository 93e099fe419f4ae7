"""Does an expression make sense for its source? Columns must exist, and only like is put beside like."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, assert_never

from scorecard.expression import nodes
from scorecard.expression.nodes import Node
from scorecard.expression.parsing import ExpressionFault
from scorecard.nearest import did_you_mean


class Kind(StrEnum):
    """What an expression gives."""

    number = "a number"
    text = "a text"
    date = "a date"
    condition = "a condition"


FUNCTIONS: Final[Mapping[str, tuple[tuple[Kind, ...], Kind]]] = {
    "days": ((Kind.date, Kind.date), Kind.number),
    "working_days": ((Kind.date, Kind.date), Kind.number),
    "months_after": ((Kind.date, Kind.number), Kind.date),
    "year": ((Kind.date,), Kind.number),
}
"""days(a, b): calendar days from a to b. working_days(a, b): days after a, up to and with b, that are neither
at a weekend nor a bank holiday in England. months_after(a, n): the same day n months on. year(a): its year."""


def check(node: Node, columns: Mapping[str, Kind]) -> Kind:
    """What the expression gives. Raises ExpressionFault where it names no column or mixes kinds."""
    match node:
        case nodes.ColumnName(name, at):
            if name not in columns:
                raise ExpressionFault(at, f"there is no column '{name}'.{did_you_mean(name, columns)}".rstrip("."))
            return columns[name]
        case nodes.Literal():
            return _kind_of(node)
        case nodes.Negative(of, _):
            return _must_be(of, Kind.number, columns)
        case nodes.Arithmetic():
            return _arithmetic(node, columns)
        case nodes.Call():
            return _call(node, columns)
        case nodes.Comparison(operator, left, right, at):
            kind = check(left, columns)
            _must_be(right, kind, columns)
            if kind is Kind.condition or (kind is Kind.text and operator not in {"=", "!="}):
                raise ExpressionFault(at, f"'{operator}' cannot stand between {_plural(kind)}")
            return Kind.condition
        case nodes.InList(of, values, _):
            kind = check(of, columns)
            for value in values:
                _must_be(value, kind, columns)
            return Kind.condition
        case nodes.Missing(of, _):
            check(of, columns)
            return Kind.condition
        case nodes.Not(of, _):
            return _must_be(of, Kind.condition, columns)
        case nodes.And(left, right, _) | nodes.Or(left, right, _):
            _must_be(left, Kind.condition, columns)
            return _must_be(right, Kind.condition, columns)
        case _:
            assert_never(node)


def columns_of(node: Node) -> set[str]:
    """The columns that an expression names."""
    return {part.name for part in _parts(node) if isinstance(part, nodes.ColumnName)}


def _parts(node: Node) -> Iterator[Node]:
    yield node
    for value in vars(node).values():
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Node):
                yield from _parts(part)


def _kind_of(literal: nodes.Literal) -> Kind:
    if isinstance(literal.value, Decimal):
        return Kind.number
    return Kind.date if isinstance(literal.value, date) else Kind.text


def _must_be(node: Node, wanted: Kind, columns: Mapping[str, Kind]) -> Kind:
    found = check(node, columns)
    if found is not wanted:
        raise ExpressionFault(node.at, f"this is {found.value}, and {wanted.value} is wanted")
    return found


def _arithmetic(node: nodes.Arithmetic, columns: Mapping[str, Kind]) -> Kind:
    left = check(node.left, columns)
    if left is Kind.date:
        if node.operator in {"+", "-"} and check(node.right, columns) is Kind.number:
            return Kind.date
        raise ExpressionFault(node.at, "a number of days can be added to a date or taken from it, nothing else")
    if left is not Kind.number:
        raise ExpressionFault(node.left.at, f"this is {left.value}, and {Kind.number.value} is wanted")
    return _must_be(node.right, Kind.number, columns)


def _call(node: nodes.Call, columns: Mapping[str, Kind]) -> Kind:
    if node.name not in FUNCTIONS:
        raise ExpressionFault(node.at, f"there is no function '{node.name}'.{did_you_mean(node.name, FUNCTIONS)}")
    wanted, gives = FUNCTIONS[node.name]
    if len(node.arguments) != len(wanted):
        raise ExpressionFault(node.at, f"{node.name} takes {len(wanted)} values, and has {len(node.arguments)}")
    for argument, kind in zip(node.arguments, wanted, strict=True):
        _must_be(argument, kind, columns)
    return gives


def _plural(kind: Kind) -> str:
    return {"a condition": "conditions", "a text": "texts"}[kind.value]
