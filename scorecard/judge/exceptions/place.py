"""Where an exception is: the council, one of its wards, or one part of a breakdown."""

from datetime import date
from typing import NamedTuple

from scorecard.catalogue import Measure
from scorecard.periods import Period, between, month_index


class Place(NamedTuple):
    """What there is at most one exception of: a measure in an area, or in one part of its breakdown there."""

    measure_id: str
    area_code: str
    part: str = ""
    """A category of the breakdown, e.g. a trade; empty for the area as a whole."""


def periods_held(since: date, period: Period, measure: Measure) -> int:
    """How many of the measure's reporting periods lie between `since` and the end of `period`; at least 1."""
    months = month_index(period.end) - month_index(since) + 1
    return max(1, -(-months // measure.frequency.months))


def said_since(since: date, measure: Measure) -> str:
    """ "July 2026", or the quarter or year that begins then."""
    if measure.frequency.months == 1:
        return f"{since:%B %Y}"
    first = month_index(since)
    return between(first, first + measure.frequency.months - 1).label
