"""Plain text tables with aligned columns."""

from collections.abc import Sequence
from math import isfinite, isnan


def as_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lines of text: headings, then the rows; the first column to the left, the others to the right."""
    widths = [max(len(row[at]) for row in (headings, *rows)) for at in range(len(headings))]
    return "\n".join(_line(row, widths) for row in (headings, *rows))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = row
    cells = [f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True)]
    return "  ".join([f"{first:<{widths[0]}}", *cells]).rstrip()


def per_cent(share: float, decimals: int = 0) -> str:
    """A share from 0 to 1 as per cent without the sign; a dash for none."""
    return "-" if isnan(share) else f"{100 * share:.{decimals}f}"


def times(ratio: float) -> str:
    """A ratio with two decimals; a dash where there is none."""
    return f"{ratio:.2f}" if isfinite(ratio) else "-"
