"""The outlines of areas, from GeoJSON files: what of them can be drawn, and why what cannot."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from pipelines.areas import AreaIndex
from pipelines.load import Load, ReturnLoad
from pipelines.problems import Code, Problem
from scorecard.catalogue import Boundaries, Catalogue, Severity

MOST_POINTS: Final = 2_000
"""Points of one area: more would be sent with every map and could not be seen."""
_PLACES: Final = 5
"""Decimals of a degree that are kept: a metre."""
_SHORTEST: Final = 4
"""Points of a ring, of which the last is the first (RFC 7946, 3.1.6)."""

Ring = list[tuple[float, float]]


class _Unusable(Exception):
    """Why an outline cannot be drawn."""


def boundaries_of(catalogue: Catalogue, loads: Iterable[Load], areas: AreaIndex) -> tuple[pd.DataFrame, list[Problem]]:
    """One row per area with an outline that can be drawn, and a note for each that cannot.

    area_code, outline (a GeoJSON MultiPolygon of outer rings; lakes and enclaves are left out). A later file's
    outline stands in place of an earlier one's.
    """
    by_source = {each.source: each for each in catalogue.areas.boundaries}
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for load in loads:
        told = by_source.get(load.source_id)
        if told is None or not isinstance(load, ReturnLoad) or load.refused or not load.checked:
            continue
        for row in load.checked.accepted.to_dict("records"):
            try:
                code, rings = _read(row, told, areas)
            except _Unusable as fault:
                problems.append(_problem(load, int(row["source_row"]), str(fault)))
            else:
                found[code] = json.dumps({"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]})
    rows = [{"area_code": code, "outline": outline} for code, outline in sorted(found.items())]
    return pd.DataFrame(rows, columns=["area_code", "outline"]), problems


def _problem(load: ReturnLoad, row: int, said: str) -> Problem:
    sentence = f"{load.file.path}, feature {row - 1}: {said}"
    return Problem(Code.outline_unusable, Severity.note, sentence, load.source_id, load.file.path, row=row)


def _read(row: Mapping[Any, Any], told: Boundaries, areas: AreaIndex) -> tuple[str, list[Ring]]:
    properties, geometry = _object(row.get(told.properties)), _object(row.get(told.outline))
    named = properties.get(told.code)
    code = areas.known(named) if isinstance(named, str) else None
    if code is None:
        raise _Unusable(f"its property '{told.code}' is '{named}', which is no area of the catalogue.")
    kind: object = geometry.get("type")
    held: Any = geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Unusable(f"its geometry is '{kind}', not a polygon.")
    try:
        rings = [_ring(polygon[0]) for polygon in ([held] if kind == "Polygon" else held)]
    except (KeyError, IndexError, TypeError, ValueError) as fault:
        raise _Unusable("its coordinates are not lists of longitude and latitude.") from fault
    points = sum(map(len, rings))
    if points > MOST_POINTS:
        raise _Unusable(f"its outline has {points:,} points; the limit is {MOST_POINTS:,}.")
    return code, rings


def _object(text: object) -> dict[str, Any]:
    try:
        held = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        held = None
    return held if isinstance(held, dict) else {}


def _ring(points: Sequence[Sequence[str | float]]) -> Ring:
    """The points of an outer ring as numbers, neighbours that coincide once. Raises _Unusable or ValueError."""
    ring: Ring = []
    for point in points:
        place = (round(float(point[0]), _PLACES), round(float(point[1]), _PLACES))
        if not (abs(place[0]) <= 180 and abs(place[1]) <= 90):
            raise _Unusable(f"its coordinates ({point[0]}, {point[1]}) are not degrees of longitude and latitude.")
        if not ring or ring[-1] != place:
            ring.append(place)
    if len(ring) < _SHORTEST or ring[0] != ring[-1]:
        raise _Unusable("its outline is not a closed ring.")
    return ring
