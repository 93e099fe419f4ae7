"""What can be picked on the page of a measure: the measures, and the areas that have figures for the one picked."""

from pages.components import filters, snapshot
from scorecard.snapshot.store import Snapshot


def _measures(shown: Snapshot) -> dict[str, str]:
    return filters.measures(snapshot.latest())


def _areas(shown: Snapshot, measure_id: str) -> dict[str, str]:
    return filters.titles(snapshot.areas(measure_id), "area_code", "name")


measures = snapshot.remembered(_measures)
areas = snapshot.remembered(_areas)


def is_council(area_code: str) -> bool:
    """Whether the area is the council itself."""
    return area_code == str(snapshot.council()["area_code"])
