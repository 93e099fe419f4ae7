"""A measure across the places within an area: small charts by name, and for the council a map."""

from pages.components import areas_within, maps, picks, snapshot, states


def show(measure_id: str, area_code: str) -> None:
    """Each under its heading, and only what there are figures or outlines for."""
    with states.guarded("The areas"):
        areas_within.show(measure_id, area_code)
    with states.guarded("The map"):
        if picks.is_council(area_code):
            measure = snapshot.definition(measure_id)
            maps.show(measure_id, measure["unit"], measure["decimals"])
