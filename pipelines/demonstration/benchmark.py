"""Peers' yearly figures as a benchmarking club sends them, one file a year when all councils have answered."""

from dataclasses import dataclass
from random import Random
from statistics import NormalDist
from typing import Final

from pipelines.demonstration.annual import finished_years
from pipelines.demonstration.files import Cell, Row, Table, as_csv
from pipelines.demonstration.series import Change, Series, drift, step
from pipelines.demonstration.span import Span, in_file_name
from scorecard.periods import year_label

COUNCILS: Final = (
    "Ashcombe",
    "Brackenford",
    "Calderwick",
    "Dunsley Vale",
    "Eastmere",
    "Fenbridge",
    "Garrowdale",
    "Harwell Cross",
    "Inchford",
    "Kestrel Bay",
    "Lindworth",
    "Marlhampton",
)


@dataclass(frozen=True)
class Compared:
    """A measure of the club: the middle council's level, how far councils lie apart, and how the level moves."""

    level: float
    spread: float
    """Standard deviation between councils, who lie within 1.73 of them; years of a council differ by a tenth of one."""
    decimals: int = 1
    changes: tuple[Change, ...] = ()


MEASURES: Final = {
    "ombudsman_upheld_share": Compared(66, 6, 0, (step("2022-04", 14),)),
    "ombudsman_upheld_rate": Compared(4.2, 1.0),
    "ombudsman_remedied": Compared(11, 4, 0),
    "resident_satisfaction": Compared(63.5, 3.0, 1, (drift("2021-04", -0.07),)),
    "value_for_money": Compared(47.5, 2.6, 1, (drift("2021-04", -0.03),)),
    "council_trusted": Compared(55.5, 3.0, 1, (drift("2021-04", -0.03),)),
    "local_area_satisfaction": Compared(76.0, 3.2, 1, (drift("2021-04", -0.02),)),
    "library_visits_rate": Compared(2_300, 260, 0, (drift("2021-04", 6.0),)),
    "COUNCIL_TAX_COST": Compared(8.9, 0.63, 2),
    "DEBT_SERVICE": Compared(8.0, 1.4),
    "RESERVES": Compared(26, 6.5),
    "DIRECT_PAYMENTS": Compared(26, 2),
    "CARE_QUALITY_OF_LIFE": Compared(18.9, 0.25),
    "CARE_INFORMATION": Compared(67.5, 2.5),
    "a_roads": Compared(4.3, 1.2),
    "bc_roads": Compared(6.8, 1.5),
    "waste_cost_household": Compared(67.5, 9.0, 2, (drift("2021-04", 0.16),)),
    "planning_cost_application": Compared(1_050, 190, 0, (drift("2021-04", 2.2),)),
}
"""What the club calls a measure, and what councils like Alderbrook report."""
NOT_A_PEER: Final = 2024, "Westmarsh"
"""The year in whose file stands a council that the catalogue does not know, and its name."""
REFUSED_TO_SAY: Final = ("Lindworth", "ombudsman_remedied")
HEADINGS: Final = ("Council", "Measure", "Year", "Figure")


def benchmark(span: Span) -> dict[str, bytes]:
    """A file for each finished financial year; the last is provisional."""
    years = finished_years(span)
    return {
        f"benchmark/Peer figures {in_file_name(year)}.csv": as_csv(_table(year, span.seed, is_last=year == years[-1]))
        for year in years
    }


def _table(year: int, seed: int, *, is_last: bool) -> Table:
    mark = " [p]" if is_last else ""
    rows: list[Row] = [
        [council, measure, year_label(year), _figure(council, measure, year, seed, mark)]
        for measure in MEASURES
        for council in COUNCILS
    ]
    if year == NOT_A_PEER[0]:
        rows.append([NOT_A_PEER[1], "library_visits_rate", year_label(year), "2,310"])
    titles = ("Midshires Benchmarking Club", f"Peer figures {year_label(year)}, for members only")
    notes = ("Notes", "[p] provisional until all members have signed", "[x] not sent") if is_last else ()
    return Table(HEADINGS, rows, titles, notes)


def _figure(council: str, measure: str, year: int, seed: int, mark: str) -> Cell:
    if mark and (council, measure) == REFUSED_TO_SAY:
        return "[x]"
    compared = MEASURES[measure]
    level = compared.level + compared.spread * _standing(council, measure)
    series = Series(f"{measure}/{council}", level, compared.spread / 10, changes=compared.changes)
    value = max(0.0, series.at(year * 12 + 14, seed))
    return f"{value:,.{compared.decimals}f}{mark}"


def _standing(council: str, measure: str) -> float:
    """How many standard deviations a council lies from the middle one: its own place for each measure, whatever the
    seed, so that the middle and the best quarter of the twelve stay where the level and spread put them."""
    order = list(COUNCILS)
    Random(measure).shuffle(order)
    return NormalDist().inv_cdf((order.index(council) + 0.5) / len(order))
