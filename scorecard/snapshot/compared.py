"""Several measures, or one measure in several areas, made ready to be put beside one another."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from scorecard.grain import Way, rolled_up, way_of
from scorecard.periods import Frequency, financial_year_of
from scorecard.snapshot.measures import definition
from scorecard.snapshot.series import series
from scorecard.snapshot.store import Snapshot, first_row
from scorecard.year_before import with_year_before

GRAINS: Final = ("month", "quarter", "year")


@dataclass(frozen=True)
class Line:
    """One measure in one area."""

    measure_id: str
    area_code: str
    title: str
    area: str
    unit: str
    decimals: int
    frequency: str
    """How often the figures are told here: as reported, or the grain they were put together into."""
    figures: pd.DataFrame
    """One row per period, oldest first: period_start, period_end, period, value, marker, segment, before and
    before_marker (the same period a year before); empty where it is refused."""
    way: str = ""
    """How the figures were put together, in words; empty as they were reported."""
    refused: str = ""
    """Why they cannot be told so, in words."""


def compared(
    snapshot: Snapshot, places: tuple[tuple[str, str], ...], grain: str, first: int | None, last: int | None
) -> tuple[Line, ...]:
    """One line for each measure and area of `places`, in their order.

    `grain` is month, quarter or year, or empty for figures as they are reported. `first` and `last` are the calendar
    years in which the first and the last financial year begin that are kept; None keeps all.
    """
    return tuple(_line(snapshot, measure_id, area_code, grain, first, last) for measure_id, area_code in places)


def years(snapshot: Snapshot, places: tuple[tuple[str, str], ...]) -> tuple[int, ...]:
    """The financial years that the figures of these places reach, from the first to the last, without gaps."""
    held: list[int] = []
    for measure_id, area_code in places:
        found = first_row(
            snapshot.query(
                "select min(period_end) as first, max(period_end) as last from observation"
                " where measure_id = ? and area_code = ?",
                [measure_id, area_code],
            )
        )
        held += [financial_year_of(day) for day in found.values() if day is not None]
    return tuple(range(min(held), max(held) + 1)) if held else ()


def _line(snapshot: Snapshot, measure_id: str, area_code: str, grain: str, first: int | None, last: int | None) -> Line:
    measure = definition(snapshot, measure_id)
    area = first_row(snapshot.query("select name from area where area_code = ?", [area_code]))
    figures, every = series(snapshot, measure_id, area_code), Frequency(measure["frequency"])
    # What builds up begins a segment each year, so that no line joins two: it is counted alike all the same.
    stretches = figures["segment"]
    figures = figures.assign(segment=(figures["change"] == "break").cumsum())
    way, into = Way("last", ""), every
    if grain and Frequency(grain) is not every:
        into = Frequency(grain)
        way = _way(snapshot, measure_id, area_code, measure, figures, into)
        figures = figures.iloc[:0] if way.how == "not" else rolled_up(figures, way, every, into)
    whole = with_year_before(figures)
    if into is every:
        whole = whole.assign(segment=stretches)
    return Line(
        measure_id, area_code, measure["title"], area["name"], measure["unit"], int(measure["decimals"]), into.value,
        _within(whole, first, last), way.words if way.how != "not" else "", way.words if way.how == "not" else "",
    )  # fmt: skip


def _way(
    snapshot: Snapshot, measure_id: str, area_code: str, measure: dict[str, object], figures: pd.DataFrame,
    into: Frequency,
) -> Way:  # fmt: skip
    every = Frequency(str(measure["frequency"]))
    if into.months < every.months:
        return Way("not", f"it is reported once a {every.value}")
    if not _is_regular(figures, every):
        return Way("not", "its periods are uneven or overlap")
    records = snapshot.query(
        "select value, numerator::double as numerator, denominator::double as denominator, records::double as records"
        " from observation where measure_id = ? and area_code = ?",
        [measure_id, area_code],
    )
    return way_of(str(measure["basis"]), str(measure["unit"]), str(measure["kind"]), records)


def _is_regular(figures: pd.DataFrame, every: Frequency) -> bool:
    ends = figures["period_end"].dt.year * 12 + figures["period_end"].dt.month
    starts = figures["period_start"].dt.year * 12 + figures["period_start"].dt.month
    return bool((ends - starts + 1 == every.months).all() and (ends.diff().dropna() == every.months).all())


def _within(figures: pd.DataFrame, first: int | None, last: int | None) -> pd.DataFrame:
    kept = [
        (first is None or year >= first) and (last is None or year <= last)
        for year in map(financial_year_of, figures["period_end"])
    ]
    return figures[pd.Series(kept, index=figures.index, dtype=bool)].reset_index(drop=True)
