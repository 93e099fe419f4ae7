"""A measure on the map of the council: the latest figure of every ward, with its outline."""

import json
import math
from itertools import pairwise
from typing import Any

import pandas as pd

from scorecard.snapshot.store import Snapshot


def mapped(snapshot: Snapshot, measure_id: str) -> pd.DataFrame:
    """One row per area within home that has an outline, in the order of their names; empty where none has a figure.

    area_code, name, period, value (in the measure's unit; null is missing), marker, status (or None): those of the
    latest period that any of the areas has a figure for. With it rings and middle: the outline as lists of points
    (x, y) that fill a square from -1 to 1, north up, as the land lies; and the point to write at.
    """
    frame = snapshot.query(
        """
        with outlined as (
            select b.area_code, a.name, b.outline from boundary b join area a using (area_code)
            where a."within" = (select area_code from council)
        ), latest as (
            select period_start, period_end from observation
            where measure_id = $1 and value is not null and area_code in (select area_code from outlined)
            order by period_end desc, period_start desc limit 1
        )
        select n.area_code, n.name, n.outline, (select any_value(period) from observation
                where measure_id = $1 and (period_start, period_end) in (from latest)) as period,
            o.value, o.marker, j.status
        from outlined n cross join latest
        left join observation o on o.area_code = n.area_code and o.measure_id = $1
            and o.period_start = latest.period_start and o.period_end = latest.period_end
        left join judgement j on j.area_code = n.area_code and j.measure_id = $1
            and j.period_start = latest.period_start and j.period_end = latest.period_end
        order by n.name
        """,
        [measure_id],
    )
    if frame.empty:
        return frame
    rings = _fitted([_rings_of(outline) for outline in frame.pop("outline")])
    frame["rings"] = pd.Series(rings, dtype=object)
    frame["middle"] = pd.Series([_middle(max(each, key=_extent)) for each in rings], dtype=object)
    return frame


Ring = list[tuple[float, float]]


def _rings_of(outline: str) -> list[Ring]:
    polygons: list[Any] = json.loads(outline)["coordinates"]
    return [[(x, y) for x, y in polygon[0]] for polygon in polygons]


def _fitted(areas: list[list[Ring]]) -> list[list[Ring]]:
    """Degrees as a plane: a degree of longitude is shorter the further north it lies."""
    points = [point for rings in areas for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    narrow = math.cos(math.radians(middle_y))
    half = max((east - west) * narrow, north - south) / 2 or 1.0

    def fitted(point: tuple[float, float]) -> tuple[float, float]:
        return round((point[0] - middle_x) * narrow / half, 4), round((point[1] - middle_y) / half, 4)

    return [[[fitted(point) for point in ring] for ring in rings] for rings in areas]


def _extent(ring: Ring) -> float:
    """Twice the area of a ring, by the shoelace formula; its sign says which way round it goes."""
    return abs(sum(x * below - right * y for (x, y), (right, below) in pairwise(ring)))


def _middle(ring: Ring) -> tuple[float, float]:
    """The centroid of a ring, where its figure is written."""
    parts = [(x, y, right, below) for (x, y), (right, below) in pairwise(ring)]
    twice = sum(x * below - right * y for x, y, right, below in parts)
    if not twice:
        return ring[0]
    across = sum((x + right) * (x * below - right * y) for x, y, right, below in parts) / (3 * twice)
    upward = sum((y + below) * (x * below - right * y) for x, y, right, below in parts) / (3 * twice)
    return round(across, 4), round(upward, 4)
