"""Scrutiny committees as rows: each with the measures within its remit, and its meetings."""

from collections.abc import Collection
from typing import Any

from scorecard.catalogue import Catalogue, Committee

Rows = list[dict[str, Any]]


def committee_rows(catalogue: Catalogue) -> dict[str, Rows]:
    """committee, committee_measure and meeting, in the columns of schema.sql and the catalogue's order."""
    committees = catalogue.committees.items()
    return {
        "committee": [
            {"committee_id": name, "position": at, "title": each.title} for at, (name, each) in enumerate(committees)
        ],
        "committee_measure": [
            {"committee_id": name, "measure_id": measure}
            for name, each in committees
            for measure in _remit(catalogue, each)
        ],
        "meeting": [{"committee_id": name, "held_on": day} for name, each in committees for day in each.meetings],
    }


def _remit(catalogue: Catalogue, committee: Committee) -> list[str]:
    """Ids of the measures that are named, or whose service or theme is, in the catalogue's order."""
    services = _with_all_below(catalogue, committee.services)
    return [
        name
        for name, measure in catalogue.measures.items()
        if name in committee.measures or measure.theme in committee.themes or measure.service in services
    ]


def _with_all_below(catalogue: Catalogue, services: Collection[str]) -> set[str]:
    """These services and every one within them, at any depth."""
    found: set[str] = set()
    further = set(services)
    while further:
        found |= further
        further = {name for name, each in catalogue.services.items() if each.within in further} - found
    return found
