"""What judging needs to know besides the figures: the places, and the files that the figures came from."""

from collections.abc import Mapping

from pipelines.intake import Intake
from pipelines.judging import Areas
from scorecard.catalogue import Catalogue
from scorecard.judge.data import Loaded
from scorecard.set_aside import originals_of


def areas_of(catalogue: Catalogue, intake: Intake) -> Areas:
    """The home council, its parts and its peers, with their names and people as far as they are known."""
    places = intake.areas.places
    home, parts, peers = intake.areas.home, list(intake.areas.parts()), list(intake.peers.codes)
    names = {code: places[code].name for code in (home, *parts, *peers) if code in places}
    people = {code: float(area.population) for code, area in catalogue.areas.listed.items() if area.population}
    return Areas(home, parts, peers, names, people)


def loads_told(catalogue: Catalogue, intake: Intake) -> tuple[Mapping[int, str], Mapping[str, Loaded]]:
    """For each load the title of its source; for each source what became of the rows of its latest file."""
    titles = {number: catalogue.sources[load.source_id].title for number, load in enumerate(intake.loads)}
    latest = {
        load.source_id: load
        for load in sorted(intake.loads, key=lambda each: each.file.modified_at)
        if not load.refused and load.rows_found and not originals_of(load.file.path)
    }
    told = {
        source: Loaded(catalogue.sources[source].title, load.rows_found, len(load.held) - len(load.put_right))
        for source, load in latest.items()
    }
    return titles, told
