"""The outlines of Alderbrook's wards: an invented borough, cut so that every place belongs to the nearest centre."""

import json
import math
import random
from typing import Final

from pipelines.demonstration.span import Span
from pipelines.demonstration.wards import POPULATION

Point = tuple[float, float]

WEST, SOUTH = -1.75, 52.55
"""A corner of the borough, in degrees; it lies where the map of England has nothing of that name."""
WIDE, HIGH = 0.24, 0.13
_BENDS: Final = 48
_ROUNDS: Final = 12
"""How often the centres are moved to the middle of their wards, which makes the wards of a likely shape."""


def outlines(_span: Span) -> dict[str, bytes]:
    """geography/wards.geojson: a feature for each ward with its code, its ward and its outline."""
    border = _border()
    centres = _centres(border)
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"X05{number:06d}", "ward": ward},
            "geometry": {"type": "Polygon", "coordinates": [_closed(_nearest_to(centre, centres, border))]},
        }
        for number, (ward, centre) in enumerate(zip(POPULATION, centres, strict=True), start=1)
    ]
    held = {"type": "FeatureCollection", "features": features}
    return {"geography/wards.geojson": json.dumps(held, indent=1).encode("utf-8")}


def _border() -> list[Point]:
    """The borough: a rough oval."""
    dice = random.Random("the borough")
    turns = [2 * math.pi * step / _BENDS for step in range(_BENDS)]
    swell = [dice.uniform(0.9, 1.0) for _ in turns]
    return [
        (0.5 + 0.5 * much * math.cos(turn), 0.5 + 0.5 * much * math.sin(turn))
        for turn, much in zip(turns, swell, strict=True)
    ]


def _centres(border: list[Point]) -> list[Point]:
    dice = random.Random("the wards")
    centres = [(dice.uniform(0.2, 0.8), dice.uniform(0.2, 0.8)) for _ in POPULATION]
    for _ in range(_ROUNDS):
        centres = [_middle(_nearest_to(centre, centres, border)) for centre in centres]
    return sorted(centres, key=lambda centre: (round(centre[1] * -4), centre[0]))


def _nearest_to(centre: Point, centres: list[Point], border: list[Point]) -> list[Point]:
    """The part of the borough that lies nearer to this centre than to any other."""
    part = border
    for other in centres:
        if other != centre:
            part = _nearer_half(part, centre, other)
    return part


def _nearer_half(part: list[Point], here: Point, there: Point) -> list[Point]:
    """What of a polygon lies on this side of the line between two centres (Sutherland and Hodgman's clipping)."""
    across = (there[0] - here[0], there[1] - here[1])
    middle = ((there[0] + here[0]) / 2, (there[1] + here[1]) / 2)

    def beyond(point: Point) -> float:
        return (point[0] - middle[0]) * across[0] + (point[1] - middle[1]) * across[1]

    kept: list[Point] = []
    for start, end in zip(part, [*part[1:], part[0]], strict=True):
        from_start, from_end = beyond(start), beyond(end)
        if from_start <= 0:
            kept.append(start)
        if (from_start <= 0) != (from_end <= 0):
            share = from_start / (from_start - from_end)
            kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    return kept


def _middle(part: list[Point]) -> Point:
    return sum(x for x, _ in part) / len(part), sum(y for _, y in part) / len(part)


def _closed(part: list[Point]) -> list[list[float]]:
    """A ring in degrees, the last point the first."""
    ring = [[round(WEST + WIDE * x, 5), round(SOUTH + HIGH * y, 5)] for x, y in part]
    return [*ring, ring[0]]
