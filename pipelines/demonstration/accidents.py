"""Accidents and near misses at work: one CSV a financial year, with a quarter a row."""

from typing import Final

from pipelines.demonstration.figures import Count, Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import Span, in_file_name, quarter_label

REPORTABLE: Final = Count(Series("reportable_accidents", 2.1, 0.9))
NEAR_MISSES: Final = Ratio(
    Series("near_misses", 1.7, 0.15, changes=(drift("2021-04", 0.06, "2023-03"),)), Series("accidents", 62, 5), per=1
)
RENAMED: Final = 2023
"""The financial year from which the heading is no longer "RIDDOR"."""


def accidents(span: Span) -> dict[str, bytes]:
    """A file for each financial year that has a quarter."""
    return {
        f"health and safety/Accidents and near misses {in_file_name(year)}.csv": _file(span, year)
        for year in span.financial_years
        if span.quarters(year)
    }


def _file(span: Span, year: int) -> bytes:
    reportable = "Reportable to HSE" if year >= RENAMED else "RIDDOR"
    titles = ("Accident book: summary by quarter, schools left out",)
    rows = [_row(ends, span.seed) for ends in span.quarters(year)]
    return as_csv(Table(("Quarter", reportable, "Accidents", "Near misses"), rows, titles))


def _row(ends: int, seed: int) -> Row:
    near, accidents_reported = NEAR_MISSES.at(ends, seed)
    return [quarter_label(ends), REPORTABLE.at(ends, seed)[0], accidents_reported, near]
