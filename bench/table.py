"""The comparisons as one plain table."""

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Final

from bench.turns import Comparison, Result

_HEADINGS: Final = ("", "CPU, least", "CPU, median", "times the floor", "clock, median", "peak memory")


def as_table(comparisons: Iterable[Comparison]) -> str:
    """Lines of text: a heading, then for each comparison its title and a line a contestant."""
    groups = [(one.title, [_cells(result) for result in one.results]) for one in comparisons]
    everything = [_HEADINGS, *(cells for _, rows in groups for cells in rows)]
    widths = [max(len(cells[at]) for cells in everything) for at in range(len(_HEADINGS))]
    lines = [_line(_HEADINGS, widths)]
    for title, rows in groups:
        lines += ["", title, *(_line(cells, widths) for cells in rows)]
    return "\n".join(lines)


def _cells(result: Result) -> tuple[str, ...]:
    return (
        result.name,
        _seconds(result.least_cpu),
        _seconds(result.median_cpu),
        " ".join(_multiples(result)),
        _seconds(result.median_wall),
        f"{result.peak:.0f} MiB",
    )


def _multiples(result: Result) -> Iterator[str]:
    ordered = sorted(result.times_floor)
    yield f"{median(ordered):.1f}"
    if len(ordered) > 1 and ordered[0] != ordered[-1]:
        yield f"({ordered[0]:.1f}–{ordered[-1]:.1f})"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    first, *others = cells
    return "  ".join(
        [f"  {first:<{widths[0]}}", *(f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True))]
    ).rstrip()


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.1f} ms"
