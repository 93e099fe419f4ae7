"""A series as a small picture inside a line of text or a cell of a table, with its words for who does not see it.

Charts of their own would cost a page too much where a list has many; a picture costs nothing beyond its text.
"""

import base64
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from pages.components.palette import Palette
from pages.components.states import as_text

WIDTH: Final = 132
HEIGHT: Final = 28
_EDGE: Final = 4
Values = Sequence[float | None]


def picture(
    values: Values, words: str, colours: Palette, target: float | None = None, *, through: Sequence[Values] = (),
    width: int = WIDTH,
) -> str:  # fmt: skip
    """Markdown of a picture: values from left to right, gaps where None, the last one marked, the target dashed.

    `words` say what it shows; `target` is one level, `through` are targets that change, each as long as `values`.
    Fewer than two values give nothing, as there is no line to draw.
    """
    known = [each for each in values if each is not None]
    if len(known) < 2:
        return ""
    targets = [*through, *(() if target is None else ([target] * len(values),))]
    every = [*known, *(each for line in targets for each in line if each is not None)]
    low, high = min(every), max(every)
    across = (width - 2 * _EDGE) / (len(values) - 1)
    upwards = (HEIGHT - 2 * _EDGE) / ((high - low) or 1.0)

    def at(place: int, value: float) -> str:
        return f"{_EDGE + place * across:.1f},{HEIGHT - _EDGE - (value - low) * upwards:.1f}"

    def lines(of: Values) -> list[list[str]]:
        return [[at(*each) for each in run] for run in _runs(of)]

    drawn = [_dashed(run, colours) for line in targets for run in lines(line) if len(run) > 1]
    drawn += [_line(run, colours) for run in lines(values)]
    last = max(place for place, value in enumerate(values) if value is not None)
    x, y = at(last, known[-1]).split(",")
    drawn.append(f"<circle cx='{x}' cy='{y}' r='3' fill='{colours.figure}'/>")
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{HEIGHT}' viewBox='0 0 {width} {HEIGHT}'>"
        f"{''.join(drawn)}</svg>"
    )
    return f"![{as_text(words)}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"


def _runs(values: Values) -> Iterator[list[tuple[int, float]]]:
    """The places and values between gaps."""
    for is_gap, run in groupby(enumerate(values), key=lambda each: each[1] is None):
        if not is_gap:
            yield [(place, value) for place, value in run if value is not None]


def _line(points: list[str], colours: Palette) -> str:
    """A line through neighbouring figures; a dot for a figure with a gap on both sides."""
    if len(points) == 1:
        x, y = points[0].split(",")
        return f"<circle cx='{x}' cy='{y}' r='1.5' fill='{colours.figure}'/>"
    return f"<polyline points='{' '.join(points)}' fill='none' stroke='{colours.figure}' stroke-width='1.8'/>"


def _dashed(points: list[str], colours: Palette) -> str:
    return (
        f"<polyline points='{' '.join(points)}' fill='none' stroke='{colours.target}' stroke-width='1.4' "
        "stroke-dasharray='4 3'/>"
    )
