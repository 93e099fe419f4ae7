"""Outlines of areas: what of a GeoJSON file is drawn, what is said of the rest, and how a map lies on the page."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from small_council import CATALOGUE, GOOD, load, write_council

from pipelines.boundaries import MOST_POINTS
from pipelines.demonstration.outlines import outlines
from pipelines.demonstration.span import Span
from scorecard.snapshot.maps import mapped
from scorecard.snapshot.store import Snapshot, open_current

SOURCE = """\
  wards:
    title: Ward boundaries
    publisher: Place
    files: ["*.geojson"]
    format: json
    records_at: features
    columns:
      kind: {header: type}
      properties: {header: properties}
      outline: {header: geometry}
"""
CATALOGUE_WITH_OUTLINES = CATALOGUE.replace(
    "sources:\n",
    "  boundaries: [{source: wards, outline: outline, properties: properties, code: code}]\nsources:\n" + SOURCE,
)
SQUARE = [[-1.5, 52.5], [-1.4, 52.5], [-1.4, 52.5], [-1.4, 52.6], [-1.5, 52.6], [-1.5, 52.5]]
MANY = [[-1.5 + place / 10_000, 52.5] for place in range(MOST_POINTS + 1)]


def feature(code: object, coordinates: object, kind: str = "Polygon") -> dict[str, Any]:
    """One feature of a file."""
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


FEATURES = [
    (feature("X2", [SQUARE]), None),
    (feature("X9", [SQUARE]), "'X9', which is no area of the catalogue"),
    (feature(None, [SQUARE]), "'None', which is no area"),
    (feature("X2", [-1.5, 52.5], "Point"), "geometry is 'Point', not a polygon"),
    (feature("X2", [[[451_000, 303_000], [452_000, 303_000], [452_000, 304_000]]]), "not degrees"),
    (feature("X2", [SQUARE[:4]]), "not a closed ring"),
    (feature("X2", [[*MANY, MANY[0]]]), f"the limit is {MOST_POINTS:,}"),
    (feature("X2", [[["west", "north"]]]), "not lists of longitude and latitude"),
    ({"type": "Feature", "properties": None, "geometry": None}, "no area of the catalogue"),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The small council with a file of outlines, most of which cannot be drawn."""
    folder = tmp_path_factory.mktemp("outlined")
    held = {"type": "FeatureCollection", "features": [one for one, _ in FEATURES]}
    settings = write_council(folder, {"returns.csv": GOOD, "wards.geojson": json.dumps(held)})
    settings.catalogue.write_text(CATALOGUE_WITH_OUTLINES, encoding="utf-8")
    load(settings)
    return open_current(settings.data)


def test_an_outline_is_kept_as_it_lies_with_neighbouring_points_once(snapshot: Snapshot) -> None:
    """The one good feature is the one outline of the snapshot, its repeated point left out."""
    held = snapshot.query("select * from boundary")
    assert held["area_code"].tolist() == ["X2"]
    ring = json.loads(held.at[0, "outline"])["coordinates"][0][0]
    assert ring == [point for place, point in enumerate(SQUARE) if place != 2]


@pytest.mark.parametrize(("place", "said"), [(at, said) for at, (_, said) in enumerate(FEATURES) if said])
def test_what_cannot_be_drawn_is_told_with_its_place_and_why(snapshot: Snapshot, place: int, said: str) -> None:
    """Each useless feature is one note that names the file, the feature and the reason; nothing is refused."""
    told = snapshot.query("select severity, sentence, fix from problem where code = 'outline_unusable'")
    mine = told[told["sentence"].str.startswith(f"wards.geojson, feature {place + 1}: ")]
    assert len(mine) == 1
    assert said in mine["sentence"].iloc[0]
    assert mine["severity"].iloc[0] == "note"
    assert "GeoJSON" in mine["fix"].iloc[0]


def test_figures_stay_whatever_the_outlines_are(snapshot: Snapshot) -> None:
    """The measure's figures are those of the returns."""
    assert (
        snapshot.query("select count(*) as n from observation where measure_id = 'missed_collections'").at[0, "n"] == 4
    )


def test_a_map_has_the_latest_figure_of_each_outlined_ward(snapshot: Snapshot) -> None:
    """One row for the ward: its figure of October, its outline fitted north up into the square, the middle inside."""
    found = mapped(snapshot, "missed_collections")
    assert found[["area_code", "name", "period", "value"]].to_dict("records") == [
        {"area_code": "X2", "name": "Northward", "period": "Oct 2026", "value": 150.0}
    ]
    ring = found.at[0, "rings"][0]
    assert max(max(abs(x), abs(y)) for x, y in ring) == pytest.approx(1.0, abs=1e-3)
    # A tenth of a degree of longitude is 0.609 of a tenth of a degree of latitude at 52.55 degrees north.
    assert max(x for x, _ in ring) == pytest.approx(0.608, abs=1e-3)
    assert found.at[0, "middle"] == pytest.approx((0.0, 0.0), abs=1e-3)


def test_there_is_no_map_of_a_measure_without_figures_for_wards(snapshot: Snapshot) -> None:
    """A measure that only the council has figures for has nothing to be drawn."""
    assert mapped(snapshot, "calls").empty


def test_the_demonstration_has_an_outline_for_every_ward_and_they_fill_the_borough() -> None:
    """22 wards, none overlapping: together they cover as much as the border does, which no two of them share."""
    held = json.loads(outlines(Span(seed=1, years=1))["geography/wards.geojson"])
    rings = [feature["geometry"]["coordinates"][0] for feature in held["features"]]
    assert len({feature["properties"]["code"] for feature in held["features"]}) == len(rings) == 22
    edges = pd.Series([tuple(sorted((tuple(a), tuple(b)))) for ring in rings for a, b in pairwise(ring)])
    assert edges.value_counts().max() <= 2
    assert (edges.value_counts() == 2).sum() > 40


def test_outlines_are_the_same_each_time(tmp_path: Path) -> None:
    """The demonstration's files do not change from one run to the next."""
    assert outlines(Span(seed=1, years=1)) == outlines(Span(seed=2, years=3))
