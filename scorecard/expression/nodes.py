"""The parts of an expression. `at` is the 1-based position of the part in its text, for messages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal as OneOf


@dataclass(frozen=True)
class ColumnName:
    """A column of the source, by its id in the contract."""

    name: str
    at: int


@dataclass(frozen=True)
class Literal:
    """A number, a text or a date written in the expression."""

    value: Decimal | str | date
    at: int


@dataclass(frozen=True)
class Arithmetic:
    """Two numbers, or a date and a number of days. A division by zero has no value."""

    operator: OneOf["+", "-", "*", "/"]
    left: "Node"
    right: "Node"
    at: int


@dataclass(frozen=True)
class Negative:
    """A number with its sign turned."""

    of: "Node"
    at: int


@dataclass(frozen=True)
class Call:
    """One of FUNCTIONS with its arguments."""

    name: str
    arguments: tuple["Node", ...]
    at: int


@dataclass(frozen=True)
class Comparison:
    """Two values of one kind compared; a missing value makes it neither true nor false."""

    operator: OneOf["=", "!=", "<", "<=", ">", ">="]
    left: "Node"
    right: "Node"
    at: int


@dataclass(frozen=True)
class InList:
    """A value that is one of those listed."""

    of: "Node"
    values: tuple[Literal, ...]
    at: int


@dataclass(frozen=True)
class Missing:
    """Whether a value is missing: the one question to which a missing value has an answer."""

    of: "Node"
    at: int


@dataclass(frozen=True)
class Not:
    """The opposite of a condition."""

    of: "Node"
    at: int


@dataclass(frozen=True)
class And:
    """Both conditions hold."""

    left: "Node"
    right: "Node"
    at: int


@dataclass(frozen=True)
class Or:
    """At least one of the conditions holds."""

    left: "Node"
    right: "Node"
    at: int


Node = ColumnName | Literal | Arithmetic | Negative | Call | Comparison | InList | Missing | Not | And | Or
