"""Street cleanliness: an ODS with the sites surveyed each quarter and how many were below standard."""

from typing import Final

from pipelines.demonstration.files import Row, Table, as_ods
from pipelines.demonstration.series import Series
from pipelines.demonstration.span import Span, quarter_label

SITES: Final = Series("sites", 300, 6)
BELOW: Final = (Series("litter", 3.9, 0.35), Series("detritus", 6.8, 0.6), Series("graffiti", 1.9, 0.3))
"""Of every hundred sites."""
HEADINGS: Final = (
    "Quarter",
    "Sites surveyed",
    "Below standard for litter",
    "Below standard for detritus",
    "Below standard for graffiti",
)


def streets(span: Span) -> dict[str, bytes]:
    """One file with every quarter."""
    rows = [_row(ends, span.seed) for ends in span.all_quarters()]
    titles = ("Street cleanliness surveys", "Alderbrook Council, Waste and Street Scene")
    notes = ("A site is 50 metres of street or an open space, graded by two inspectors.",)
    return {"streets/Street cleanliness surveys.ods": as_ods({"Surveys": Table(HEADINGS, rows, titles, notes)})}


def _row(ends: int, seed: int) -> Row:
    sites = round(SITES.at(ends, seed))
    return [quarter_label(ends), sites, *(round(sites * below.at(ends, seed) / 100) for below in BELOW)]
