"""Admissions to leisure centres: one CSV a financial year, a row a centre and one for all of them."""

from typing import Final

from pipelines.demonstration.figures import Count
from pipelines.demonstration.files import Cell, Row, Table, as_csv
from pipelines.demonstration.series import Series, drift, month_of
from pipelines.demonstration.span import Span, in_file_name, month_label

NEW_YEAR: Final = (1.9, 0.9, 0.7, -0.2, -0.4, -0.5, -0.1, -0.9, 0.1, 0.3, 0.1, -1.9)
CENTRES: Final = {"Alder Pool": 21_500, "Foundry Sports Centre": 16_800, "Northgate Leisure Centre": 13_200}


def _centre(name: str, level: float) -> Count:
    recovery, growth = drift("2021-04", level * 0.009, "2023-03"), drift("2023-04", level * 0.003)
    season = tuple(each * level * 0.1 for each in NEW_YEAR)
    return Count(Series(f"leisure/{name}", level, level * 0.006, season, (recovery, growth)))


BY_CENTRE: Final = {name: _centre(name, level) for name, level in CENTRES.items()}
TURNSTILES_DOWN: Final = month_of("2022-03")
"""The tills were replaced and nobody was counted."""
HEADINGS: Final = ("Month", "Centre", "Admissions")


def leisure(span: Span) -> dict[str, bytes]:
    """A file for each financial year."""
    return {
        f"leisure/Leisure centres {in_file_name(year)}.csv": as_csv(
            Table(HEADINGS, [row for month in span.months(year) for row in _month(month, span.seed)])
        )
        for year in span.financial_years
    }


def _month(month: int, seed: int) -> list[Row]:
    counts = {name: count.at(month, seed)[0] for name, count in BY_CENTRE.items()}
    counts["All centres"] = sum(counts.values())
    return [[month_label(month), name, _written(count, month)] for name, count in counts.items()]


def _written(count: int, month: int) -> Cell:
    return "[x]" if month == TURNSTILES_DOWN else f"{count:,}"
