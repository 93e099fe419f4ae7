"""An expression of the catalogue as part of a query: nodes to SQLGlot, so that no text is ever pasted."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, assert_never

from sqlglot import exp

from scorecard.expression import Kind, Node, check, nodes

_COMPARISONS: Final[Mapping[str, type[exp.Binary]]] = {
    "=": exp.EQ, "!=": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE,
}  # fmt: skip
_ARITHMETIC: Final[Mapping[str, type[exp.Binary]]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul}


class Renderer:
    """Renders the expressions of one source. Days whose working-day number is asked for are collected on the way:
    the query joins them to the calendar under the names in `calendars`."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds
        self.calendars: dict[str, exp.Expr] = {}

    def render(self, node: Node) -> exp.Expr:
        """The node as SQLGlot; columns are those of the staged records, by their ids."""
        match node:
            case nodes.ColumnName(name, _):
                return exp.column(name, quoted=True)
            case nodes.Literal(value, _):
                return literal(value)
            case nodes.Negative(of, _):
                return exp.Paren(this=exp.Neg(this=exp.Paren(this=self.render(of))))
            case nodes.Arithmetic():
                return self._arithmetic(node)
            case nodes.Call():
                return self._call(node)
            case nodes.Comparison(operator, left, right, _):
                sides = {"this": self.render(left), "expression": self.render(right)}
                return exp.Paren(this=_COMPARISONS[operator](**sides))
            case nodes.InList(of, values, _):
                return exp.Paren(this=exp.In(this=self.render(of), expressions=[self.render(each) for each in values]))
            case nodes.Missing(of, _):
                return exp.Paren(this=exp.Is(this=self.render(of), expression=exp.Null()))
            case nodes.Not(of, _):
                return exp.Paren(this=exp.Not(this=self.render(of)))
            case nodes.And(left, right, _):
                return exp.Paren(this=exp.And(this=self.render(left), expression=self.render(right)))
            case nodes.Or(left, right, _):
                return exp.Paren(this=exp.Or(this=self.render(left), expression=self.render(right)))
            case _:
                assert_never(node)

    def _arithmetic(self, node: nodes.Arithmetic) -> exp.Expr:
        left, right = self.render(node.left), self.render(node.right)
        if check(node.left, self.kinds) is Kind.date:
            days = exp.cast(right, "int")
            return _moved(left, exp.Paren(this=exp.Neg(this=days)) if node.operator == "-" else days, "DAY")
        if node.operator == "/":
            never_zero = exp.Nullif(this=exp.cast(right, "double"), expression=exp.Literal.number(0))
            return exp.Paren(this=exp.Div(this=exp.cast(left, "double"), expression=never_zero))
        return exp.Paren(this=_ARITHMETIC[node.operator](this=left, expression=right))

    def _call(self, node: nodes.Call) -> exp.Expr:
        first = self.render(node.arguments[0])
        match node.name:
            case "days":
                return days_between(first, self.render(node.arguments[1]))
            case "working_days":
                return self.working_days(first, self.render(node.arguments[1]))
            case "months_after":
                return _moved(first, exp.cast(self.render(node.arguments[1]), "int"), "MONTH")
            case "year":
                return exp.Extract(this=exp.var("YEAR"), expression=first)
            case other:
                raise AssertionError(f"{other} has no rendering")

    def working_days(self, start: exp.Expr, end: exp.Expr) -> exp.Expr:
        """Working days after `start` up to and with `end`."""
        return exp.Paren(this=exp.Sub(this=self._number_of(end), expression=self._number_of(start)))

    def _number_of(self, day: exp.Expr) -> exp.Expr:
        for name, known in self.calendars.items():
            if known == day:
                return exp.column(name, quoted=True)
        name = f"working_{len(self.calendars)}"
        self.calendars[name] = day
        return exp.column(name, quoted=True)


def literal(value: Decimal | str | date) -> exp.Expr:
    """A value as it stands in a query."""
    if isinstance(value, Decimal):
        return exp.Literal.number(str(value))
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "date")
    return exp.Literal.string(value)


def days_between(start: exp.Expr, end: exp.Expr) -> exp.Expr:
    """Calendar days from one date to another."""
    return exp.DateDiff(this=end, expression=start, unit=exp.var("DAY"))


def month_number(day: exp.Expr) -> exp.Expr:
    """Months since year 0, as scorecard.periods.month_index counts them."""

    def part(name: str) -> exp.Expr:
        return exp.Extract(this=exp.var(name), expression=day.copy())

    years = exp.Mul(this=part("YEAR"), expression=exp.Literal.number(12))
    return exp.Sub(this=exp.Add(this=years, expression=part("MONTH")), expression=exp.Literal.number(1))


def _moved(day: exp.Expr, by: exp.Expr, unit: str) -> exp.Expr:
    return exp.cast(exp.DateAdd(this=day, expression=by, unit=exp.var(unit)), "date")
