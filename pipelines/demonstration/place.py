"""What Place reports once a year: unit costs, new homes and the condition of roads."""

from typing import Final

from pipelines.demonstration.annual import finished_years
from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.returns import HEADINGS as RETURN_HEADINGS
from pipelines.demonstration.returns import pounds
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import Span
from scorecard.periods import year_label

WASTE: Final = Ratio(
    Series("waste_cost", 60.5, 0.4, changes=(drift("2021-04", 0.12),)),
    Series("dwellings", 97_600, changes=(drift("2021-04", 35),)),
    per=1,
)
PLANNING: Final = Ratio(
    Series("planning_cost", 905, 9, changes=(drift("2021-04", 2.0),)), Series("decisions", 1_560, 25), per=1
)
DWELLINGS: Final = Series("net_dwellings", 428, 9)
A_ROADS: Final = (Series("a_roads", 2.9, 0.12), 168.4)
BC_ROADS: Final = (Series("bc_roads", 5.5, 0.2), 241.7)
"""Per cent in need of repair, and kilometres surveyed."""
HEADINGS: Final = (*RETURN_HEADINGS[:2], "Year", *RETURN_HEADINGS[3:])


def place(span: Span) -> dict[str, bytes]:
    """One file with five rows for each finished financial year; the last year's homes are provisional."""
    years = finished_years(span)
    rows = [row for year in years for row in _year(year, span.seed, provisional=year == years[-1])]
    titles = ("Place: yearly figures for the council plan",)
    notes = ("Notes", "[p] provisional until the national housing return is closed")
    return {"place/Place yearly figures.csv": as_csv(Table(HEADINGS, rows, titles, notes))}


def _year(year: int, seed: int, *, provisional: bool) -> list[Row]:
    march, label = year * 12 + 14, year_label(year)
    spent, homes = WASTE.at(march, seed)
    net, decisions = PLANNING.at(march, seed)
    dwellings = f"{round(DWELLINGS.at(march, seed)):,}{' [p]' if provisional else ''}"
    return [
        ["PL1", "Net spending on waste collection; dwellings", label, pounds(spent), f"{homes:,}"],
        ["PL2", "Net spending on development control; decisions", label, pounds(net), f"{decisions:,}"],
        ["PL3", "Net additional dwellings", label, dwellings, None],
        _road("PL4", "A roads in the red category; surveyed (km)", label, A_ROADS, march, seed),
        _road("PL5", "B and C roads in the red category; surveyed (km)", label, BC_ROADS, march, seed),
    ]


def _road(code: str, title: str, label: str, road: tuple[Series, float], march: int, seed: int) -> Row:
    share, surveyed = road
    return [code, title, label, f"{surveyed * share.at(march, seed) / 100:.1f}", f"{surveyed:.1f}"]
