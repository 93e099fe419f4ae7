"""Expressions over the columns of a record: a small grammar, parsed into nodes and never passed on as text."""

from scorecard.expression.nodes import (
    And,
    Arithmetic,
    Call,
    ColumnName,
    Comparison,
    InList,
    Literal,
    Missing,
    Negative,
    Node,
    Not,
    Or,
)
from scorecard.expression.parsing import ExpressionFault, parse
from scorecard.expression.types import Kind, check, columns_of

__all__ = [
    "And",
    "Arithmetic",
    "Call",
    "ColumnName",
    "Comparison",
    "ExpressionFault",
    "InList",
    "Kind",
    "Literal",
    "Missing",
    "Negative",
    "Node",
    "Not",
    "Or",
    "check",
    "columns_of",
    "parse",
]
