"""Choosing what to compare, and the comparison: up to six measures, or areas of one measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from pages.components import compare_charts, exports, filters, snapshot, tables, vega
from pages.components.compare_lines import Drawn, drawn
from pages.components.palette import Palette, palette
from pages.components.states import as_text, nothing
from scorecard.exports.export import Export
from scorecard.exports.listings import comparison_export
from scorecard.periods import year_label
from scorecard.snapshot import compared
from scorecard.snapshot.store import Snapshot
from scorecard.wording import joined

MOST: Final = len(compare_charts.DASHES)
"""Lines that can be told apart in one chart."""
GRAINS: Final[Mapping[str, str]] = {
    "": "As reported", "month": "Months", "quarter": "Quarters", "year": "Financial years"
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """What is to be compared, as the address says."""

    places: tuple[tuple[str, str], ...]
    """Measure and area of each line."""
    by_area: bool
    grain: str
    first: int | None
    last: int | None
    beside: bool
    """Whether the same period a year before stands beside each."""


def chosen() -> Choice:
    """Ask what to compare; nothing is compared until a measure is chosen."""
    measures = filters.several("Measure to compare (six at most)", "compare", _measures(), MOST)
    home = snapshot.council()["area_code"]
    places, by_area = tuple((measure, home) for measure in measures), False
    areas = _areas(measures)
    if areas:
        places, by_area = tuple((measures[0], area) for area in areas), True
    if not places:
        return Choice((), by_area=False, grain="", first=None, last=None, beside=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        grain = filters.choose("Time grain", "grain", GRAINS)
        first, last = _years(places)
        beside = filters.yes("Same period a year before", "last_year")
    return Choice(places, by_area, grain, first, last, beside)


def _measures_of(shown: Snapshot) -> Mapping[str, str]:
    return filters.measures(snapshot.latest())


_measures = snapshot.remembered(_measures_of)


def _areas(measures: list[str]) -> list[str]:
    """The areas to compare of one measure; none, with a notice, where several measures are compared."""
    if len(measures) == 1:
        named = filters.titles(snapshot.areas(measures[0]), "area_code", "name")
        return filters.several("Area to compare (six at most)", "areas", named, MOST)
    if "areas" in st.query_params:
        st.info("Areas can be compared for one measure at a time: showing the council's own figures.")
        del st.query_params["areas"]
    return []


def _years(places: tuple[tuple[str, str], ...]) -> tuple[int | None, int | None]:
    """The first and the last financial year to show; all of them, with a notice, where the first comes later."""
    held = {str(year): year_label(year) for year in _years_of(places)}
    first = filters.choose("From year", "from", {"": "The first figures"} | held)
    last = filters.choose("To year", "to", {"": "The latest figures"} | dict(reversed(held.items())))
    if first and last and int(first) > int(last):
        st.info(f"{year_label(int(first))} comes after {year_label(int(last))}: showing all years instead.")
        return None, None
    return int(first) if first else None, int(last) if last else None


_years_of = snapshot.remembered(compared.years)


@dataclass(frozen=True)
class Comparison:
    """A comparison ready to be drawn."""

    charts: tuple[Drawn, ...]
    notes: str
    """Markdown: how figures were put together, and what could not be."""


def _comparison(shown: Snapshot, choice: Choice, colours: Palette) -> Comparison:
    lines = compared.compared(shown, choice.places, choice.grain, choice.first, choice.last)
    charts = drawn(lines, colours, by_area=choice.by_area, beside=choice.beside)
    return Comparison(charts, "\n".join(f"- {as_text(note)}" for note in _notes(lines, by_area=choice.by_area)))


_comparison_of = snapshot.remembered(_comparison)


def _notes(lines: tuple[compared.Line, ...], *, by_area: bool) -> list[str]:
    """What the figures are where they are not as reported, and why a line is not there, each said once."""
    held: dict[str, list[str]] = {}
    for line in lines:
        if line.refused:
            said = f"cannot be told so: {line.refused}"
        elif line.way:
            said = f"each {line.frequency} is {line.way}"
        elif line.figures["value"].isna().all():
            said = "no figures in these years"
        else:
            continue
        held.setdefault(said, []).append(line.area if by_area else line.title)
    return [f"{joined(names)}: {said}." for said, names in held.items()]


def show(choice: Choice) -> None:
    """The comparison: of each chart the finding, its lines in words, the chart and its figures."""
    if not choice.places:
        return
    colours = palette()
    made = _comparison_of(choice, colours)
    if not made.charts:
        nothing("There are no figures to compare so.")
    for each in made.charts:
        st.subheader(as_text(each.finding))
        st.markdown(each.key)
        vega.draw(each.data, compare_charts.specification(colours), each.alt, each.height)
        with st.expander("The figures"):
            tables.draw(each.table if each.whole is None else each.whole, each.finding)
    if made.notes:
        st.markdown(made.notes)
    if made.charts:
        st.markdown(HOW_TO_READ)
        exports.buttons(partial(_export, snapshot.opened(), choice), "comparison")


def _export(shown: Snapshot, choice: Choice) -> Export:
    return comparison_export(shown, compared.compared(shown, choice.places, choice.grain, choice.first, choice.last))


HOW_TO_READ: Final = (
    "Gaps are missing figures. Hollow points are provisional, revised or otherwise marked figures, or those of a year"
    " before. Lines are not joined where the way of counting changed."
)
