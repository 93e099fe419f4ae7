"""A return in the form many services use: one row a measure and period, with a figure and its whole."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.demonstration.figures import Figures
from pipelines.demonstration.files import Cell, Row
from pipelines.demonstration.span import Span

HEADINGS: Final = ("Measure code", "Measure", "Period", "Figure", "Out of")


@dataclass(frozen=True)
class Line:
    """One measure of a return: its code, the service's own name for it, and its figures."""

    code: str
    title: str
    figures: Figures
    written: Callable[[int], str] = "{:,}".format
    """How the service writes a number, e.g. with commas or with a pound sign."""


def rows_of(lines: Sequence[Line], months: Iterable[int], span: Span, label: Callable[[int], str]) -> list[Row]:
    """Rows under HEADINGS: every line in every month, months first."""
    return [_row(line, month, span.seed, label(month)) for month in months for line in lines]


def _row(line: Line, month: int, seed: int, period: str) -> Row:
    figure, out_of = line.figures.at(month, seed)
    whole: Cell = None if out_of is None else line.written(out_of)
    return [line.code, line.title, period, line.written(figure), whole]


def pounds(amount: int) -> str:
    """1234567 becomes "£1,234,567"."""
    return f"£{amount:,}"
