"""Street lights: repairs and the change to LED, one CSV a financial year."""

from typing import Final

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Cell, Row, Table, as_csv
from pipelines.demonstration.series import Series, step
from pipelines.demonstration.span import Span, in_file_name, month_label

REPAIRED: Final = Ratio(
    Series("lights", 93.2, 0.7),
    Series("lights_out", 240, 9, (60.0, 40.0, 10.0, -20.0, -50.0, -70.0, -70.0, -50.0, -10.0, 40.0, 60.0, 60.0)),
)
PROGRAMME_BEGAN: Final = 2024
"""Before this financial year there was nothing to report about LED."""
LANTERNS: Final = {2024: 5_400, 2025: 6_200, 2026: 7_000}
DONE: Final = Series(
    "led",
    0,
    0.35,
    (83.0, 91.4, 99.0, 8.5, 17.0, 25.5, 34.5, 43.5, 53.0, 62.0, 70.5, 76.5),
    (step("2026-04", 0.4),),
)
"""Per cent of the year's lanterns fitted by the end of January to December."""
HEADINGS: Final = (
    "Month",
    "Faults repaired",
    "Repaired in 5 working days",
    "LED lanterns planned for the year",
    "LED lanterns fitted since April",
)


def lighting(span: Span) -> dict[str, bytes]:
    """A file for each financial year."""
    return {
        f"highways/Street lighting {in_file_name(year)}.csv": as_csv(
            Table(HEADINGS, [_row(month, year, span.seed) for month in span.months(year)])
        )
        for year in span.financial_years
    }


def _row(month: int, year: int, seed: int) -> Row:
    in_time, repairs = REPAIRED.at(month, seed)
    led: list[Cell] = ["[z]", "[z]"]
    if year >= PROGRAMME_BEGAN:
        planned = LANTERNS[year]
        led = [f"{planned:,}", f"{round(planned * DONE.at(month, seed) / 100):,}"]
    return [month_label(month), repairs, in_time, *led]
