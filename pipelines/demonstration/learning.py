"""What became of adult learners: one CSV with a row for each college year."""

from typing import Final

from pipelines.demonstration.figures import Ratio
from pipelines.demonstration.files import Row, Table, as_csv
from pipelines.demonstration.series import Series, drift
from pipelines.demonstration.span import LAST_FINANCIAL_YEAR, Span, month_label

HALF_INTERVAL: Final = 2.8
"""Points either side at 95 per cent, with about 920 answers."""
WENT_ON: Final = Ratio(Series("went_on", 73.6, 0.6, changes=(drift("2022-08", 0.03),)), Series("answered", 920, 25))
HEADINGS: Final = (
    "College year",
    "Learners who answered",
    "In work or learning three months on",
    "Lower limit (%)",
    "Upper limit (%)",
)


def learning(span: Span) -> dict[str, bytes]:
    """One file; the year runs from August to July."""
    over = range(min(span.financial_years[0], LAST_FINANCIAL_YEAR - 1), LAST_FINANCIAL_YEAR)
    return {"learning/Adult learning outcomes.csv": as_csv(Table(HEADINGS, [_year(year, span.seed) for year in over]))}


def _year(year: int, seed: int) -> Row:
    july = year * 12 + 18
    went_on, answered = WENT_ON.at(july, seed)
    share = went_on / (answered or 1) * 100
    limits = [f"{share - HALF_INTERVAL:.1f}", f"{share + HALF_INTERVAL:.1f}"]
    return [f"{month_label(july - 11)} to {month_label(july)}", answered, went_on, *limits]
