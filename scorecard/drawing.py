"""A series as a drawing of its own: an SVG that shows alike on a page, in a printed document and in a mail."""

import base64
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final

Series = Sequence[float | None]
"""From left to right; None is a gap."""
_TICKS: Final = 4
_STEPS: Final = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Ink:
    """The colours of a drawing."""

    figure: str
    target: str
    text: str
    grid: str


@dataclass(frozen=True)
class Sheet:
    """What is drawn on: pixels, the margins around the figures, and the figures that its foot and head stand for."""

    width: int
    height: int
    low: float
    high: float
    places: int
    left: int = 4
    right: int = 6
    top: int = 5
    bottom: int = 5

    def at(self, place: int, value: float) -> tuple[float, float]:
        """Where a figure stands: pixels from the left and from the top."""
        return self.left + (self.width - self.left - self.right) * place / max(self.places - 1, 1), self.down(value)

    def down(self, value: float) -> float:
        """How far a figure is from the top, in pixels."""
        span = (self.high - self.low) or 1.0
        return self.height - self.bottom - (self.height - self.top - self.bottom) * (value - self.low) / span


def small(values: Series, targets: Series, sheet: Sheet, ink: Ink) -> str:
    """A line with its gaps, the target dashed, and a dot at the latest figure: one of many of the same scale."""
    return _whole(
        sheet, [*_targets(targets, sheet, ink), *_line(values, sheet, ink, 1.8), *_latest(values, sheet, ink)]
    )


@dataclass(frozen=True)
class Words:
    """What stands in a drawing: the periods, the latest figure, and the target where there is one."""

    periods: Sequence[str]
    latest: str
    target: str


def trend(values: Series, targets: Series, words: Words, sheet: Sheet, ink: Ink) -> str:
    """The same with a scale, the first and the last period below it, and the latest figure and the target named."""
    drawn = [*_scale(sheet, ink), *_targets(targets, sheet, ink), *_line(values, sheet, ink, 2.2)]
    drawn += [*_latest(values, sheet, ink), *_named(values, words.latest, sheet, ink)]
    drawn += _aimed(values, targets, words.target, sheet, ink)
    labels = words.periods
    for at, anchor in ((0, "start"), (len(labels) - 1, "end")):
        x = sheet.at(at, sheet.low)[0]
        drawn.append(_text(x, sheet.height - 6, labels[at], ink.text, anchor))
    return _whole(sheet, drawn)


def as_address(svg: str) -> str:
    """A drawing as an address that a picture can be shown from."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def ticks(low: float, high: float) -> list[float]:
    """Round figures from at or below `low` to at or above `high`: three to seven of them."""
    rough = ((high - low) or abs(high) or 1.0) / _TICKS
    size = 10.0 ** math.floor(math.log10(rough))
    step = size * next(each for each in _STEPS if each * size >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * each for each in range(first, max(last, first + 1) + 1)]


def _whole(sheet: Sheet, drawn: Sequence[str]) -> str:
    size = f"width='{sheet.width}' height='{sheet.height}' viewBox='0 0 {sheet.width} {sheet.height}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size}>{''.join(drawn)}</svg>"


def _line(values: Series, sheet: Sheet, ink: Ink, stroke: float) -> Iterator[str]:
    """Lines through neighbouring figures; a dot for one with a gap on both sides."""
    for run in _runs(values):
        points = [sheet.at(*each) for each in run]
        if len(points) == 1:
            yield f"<circle cx='{points[0][0]:.1f}' cy='{points[0][1]:.1f}' r='1.6' fill='{ink.figure}'/>"
        else:
            joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            yield f"<polyline points='{joined}' fill='none' stroke='{ink.figure}' stroke-width='{stroke}'/>"


def _targets(targets: Series, sheet: Sheet, ink: Ink) -> Iterator[str]:
    for run in _runs(targets):
        points = [sheet.at(*each) for each in run]
        if len(points) == 1:  # a stroke as wide as the place of one period
            points = [(points[0][0] - 4, points[0][1]), (points[0][0] + 4, points[0][1])]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f"<polyline points='{joined}' fill='none' stroke='{ink.target}' stroke-dasharray='4 3'/>"


def _latest(values: Series, sheet: Sheet, ink: Ink) -> Iterator[str]:
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    for place, value in known[-1:]:
        x, y = sheet.at(place, value)
        yield f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3.2' fill='{ink.figure}'/>"


def _named(values: Series, words: str, sheet: Sheet, ink: Ink) -> Iterator[str]:
    """The words of the latest figure, on the side that the line does not come from."""
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    for place, value in known[-1:]:
        x, y = sheet.at(place, value)
        falls = len(known) > 1 and known[-2][1] > value
        yield _text(x + 4, y + (18 if falls else -9), words, ink.text, "end", weight=700)


def _aimed(values: Series, targets: Series, words: str, sheet: Sheet, ink: Ink) -> list[str]:
    """The words of the target where its line begins, on the side on which the figures are not."""
    place, goal = next(((at, each) for at, each in enumerate(targets) if each is not None), (0, None))
    if goal is None or not words:
        return []
    near = [each for each in values[place : place + len(values) // 4 + 1] if each is not None]
    x, y = sheet.at(place, goal)
    below = bool(near) and sum(near) / len(near) > goal
    return [_text(x, y + (15 if below else -7), words, ink.target, "start")]


def _scale(sheet: Sheet, ink: Ink) -> Iterator[str]:
    for tick in ticks(sheet.low, sheet.high):
        if not sheet.low <= tick <= sheet.high:
            continue
        y = sheet.down(tick)
        yield f"<path d='M{sheet.left} {y:.1f}H{sheet.width - sheet.right}' stroke='{ink.grid}' stroke-width='1'/>"
        yield _text(sheet.left - 6, y + 4, f"{tick:,.10g}".replace("-", "\u2212"), ink.text, "end")


def _text(x: float, y: float, words: str, colour: str, anchor: str, weight: int = 400) -> str:
    look = f"font-family='Arial, sans-serif' font-size='12' font-weight='{weight}' fill='{colour}'"
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' {look}>{escape(words)}</text>"


def _runs(values: Series) -> Iterator[list[tuple[int, float]]]:
    """The places and figures between gaps."""
    for is_gap, run in groupby(enumerate(values), key=lambda each: each[1] is None):
        if not is_gap:
            yield [(place, value) for place, value in run if value is not None]
