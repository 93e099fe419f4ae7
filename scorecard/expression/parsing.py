"""From text to nodes. The grammar is GRAMMAR, in the form that the lark library reads.

Everything not in it is refused with the position of the fault: there are no names but columns, no calls but
the four functions, and nothing that could reach a file, a setting or another table.
"""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, cast

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, v_args
from lark.exceptions import VisitError

from scorecard.expression import nodes
from scorecard.expression.nodes import Node

GRAMMAR: Final = r"""
    ?start: either
    ?either: both | either "or" both                     -> either
    ?both: condition | both "and" condition              -> both
    ?condition: "not" condition                          -> opposite
        | sum
        | sum COMPARISON sum                             -> comparison
        | sum "in" "(" literal ("," literal)* ")"        -> in_list
        | sum "is" "missing"                             -> missing
        | sum "is" "not" "missing"                       -> not_missing
    ?sum: product | sum SIGN product                     -> arithmetic
    ?product: signed | product STAR signed               -> arithmetic
    ?signed: atom | "-" signed                           -> negative
    ?atom: literal | NAME                                -> column
        | NAME "(" either ("," either)* ")"              -> call
        | "(" either ")"
    literal: NUMBER -> number | DATE -> day | TEXT -> text

    COMPARISON: "<=" | ">=" | "!=" | "=" | "<" | ">"
    SIGN: "+" | "-"
    STAR: "*" | "/"
    DATE.3: /\d{4}-\d{2}-\d{2}/
    NUMBER.2: /\d+(\.\d+)?/
    TEXT: /"[^"\n]*"|'[^'\n]*'/
    NAME: /(?!(or|and|not|in|is|missing)\b)[a-z][a-z0-9_]*/
    %ignore /[ \t\n]+/
"""
MOST_CHARACTERS: Final = 500
MOST_DEPTH: Final = 60
_TOKENS: Final = {
    "NAME": "a column", "NUMBER": "a number", "DATE": "a date", "TEXT": "a quoted text", "COMPARISON": "= or <",
    "SIGN": "+ or -", "STAR": "* or /", "LPAR": "(", "RPAR": ")", "COMMA": "a comma", "$END": "the end",
}  # fmt: skip


class ExpressionFault(ValueError):
    """What is wrong with an expression, and where: `at` is the 1-based position in its text."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(f"at character {at}: {why}")
        self.at, self.why = at, why


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The nodes of an expression. Raises ExpressionFault with the position of what cannot be read."""
    if len(text) > MOST_CHARACTERS:
        raise ExpressionFault(MOST_CHARACTERS, f"it is longer than {MOST_CHARACTERS} characters")
    try:
        read = cast(Node, _parser().parse(text))
    except UnexpectedEOF as fault:
        raise ExpressionFault(len(text) + 1, f"it ends too soon; expected {_expected(fault)}") from fault
    except UnexpectedCharacters as fault:
        place = fault.pos_in_stream or 0
        raise ExpressionFault(place + 1, f"'{text[place]}' means nothing here") from fault
    except UnexpectedInput as fault:
        raise _unexpected(fault, text) from fault
    except (VisitError, RecursionError) as fault:
        cause = fault.orig_exc if isinstance(fault, VisitError) else fault
        if isinstance(cause, ExpressionFault):
            raise cause from fault
        raise ExpressionFault(1, "it is nested too deeply") from fault
    _refuse_depths(read)
    return read


def _refuse_depths(read: Node) -> None:
    """Raise ExpressionFault when parts stand within parts further than anything that reads them would follow."""
    waiting = [(read, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise ExpressionFault(node.at, f"it is nested too deeply: more than {MOST_DEPTH} parts within each other")
        for value in vars(node).values():
            parts = value if isinstance(value, tuple) else (value,)
            waiting += [(part, depth + 1) for part in parts if isinstance(part, Node)]


def _unexpected(fault: UnexpectedInput, text: str) -> ExpressionFault:
    token = getattr(fault, "token", None)
    if token is None or token.type == "$END":
        return ExpressionFault(len(text) + 1, f"it ends too soon; expected {_expected(fault)}")
    return ExpressionFault(token.start_pos + 1, f"did not expect '{token}'; expected {_expected(fault)}")


def _expected(fault: UnexpectedInput) -> str:
    names = getattr(fault, "expected", None) or getattr(fault, "accepts", None) or ()
    words = sorted({_TOKENS.get(name, name.lower()) for name in names})
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words) or "something else"


@v_args(inline=True)
class _Nodes(Transformer[Token, Any]):
    """Makes nodes of what the grammar found."""

    def number(self, token: Token) -> Node:
        return nodes.Literal(Decimal(str(token)), _at(token))

    def day(self, token: Token) -> Node:
        try:
            return nodes.Literal(date.fromisoformat(str(token)), _at(token))
        except ValueError as fault:
            raise ExpressionFault(_at(token), f"{token} is no day of the calendar") from fault

    def text(self, token: Token) -> Node:
        return nodes.Literal(str(token)[1:-1], _at(token))

    def column(self, token: Token) -> Node:
        return nodes.ColumnName(str(token), _at(token))

    def call(self, token: Token, *arguments: Node) -> Node:
        return nodes.Call(str(token), arguments, _at(token))

    def negative(self, of: Node) -> Node:
        return nodes.Negative(of, of.at)

    def arithmetic(self, left: Node, sign: Token, right: Node) -> Node:
        return nodes.Arithmetic(str(sign), left, right, _at(sign))  # type: ignore[arg-type]

    def comparison(self, left: Node, sign: Token, right: Node) -> Node:
        return nodes.Comparison(str(sign), left, right, _at(sign))  # type: ignore[arg-type]

    def in_list(self, of: Node, *values: nodes.Literal) -> Node:
        return nodes.InList(of, values, of.at)

    def missing(self, of: Node) -> Node:
        return nodes.Missing(of, of.at)

    def not_missing(self, of: Node) -> Node:
        return nodes.Not(nodes.Missing(of, of.at), of.at)

    def opposite(self, of: Node) -> Node:
        return nodes.Not(of, of.at)

    def both(self, left: Node, right: Node) -> Node:
        return nodes.And(left, right, left.at)

    def either(self, left: Node, right: Node) -> Node:
        return nodes.Or(left, right, left.at)


def _at(token: Token) -> int:
    return (token.start_pos or 0) + 1


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", transformer=_Nodes())
