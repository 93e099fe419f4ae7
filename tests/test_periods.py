"""Periods as councils count them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.period_forms import parse_date, parse_period
from scorecard.periods import (
    Frequency,
    Period,
    between,
    ending,
    financial_year_of,
    latest_complete,
    missing_between,
    month_index,
)

WRITTEN = [
    ("2013/14", "financial_year", date(2013, 4, 1), date(2014, 3, 31), "2013/14"),
    ("2019-20", "financial_year", date(2019, 4, 1), date(2020, 3, 31), "2019/20"),
    ("1999/2000", "financial_year", date(1999, 4, 1), date(2000, 3, 31), "1999/00"),
    ("2020-23", "financial_years", date(2020, 4, 1), date(2023, 3, 31), "2020/21 to 2022/23"),
    ("2022/23 Q3", "financial_quarter", date(2022, 10, 1), date(2022, 12, 31), "Q3 2022/23"),
    ("Q4 2023-24", "financial_quarter", date(2024, 1, 1), date(2024, 3, 31), "Q4 2023/24"),
    ("Nov 2023", "month", date(2023, 11, 1), date(2023, 11, 30), "Nov 2023"),
    ("February 2024", "month", date(2024, 2, 1), date(2024, 2, 29), "Feb 2024"),
    ("2023-11", "month", date(2023, 11, 1), date(2023, 11, 30), "Nov 2023"),
    ("2011-04-01/P1Y", "iso_interval", date(2011, 4, 1), date(2012, 3, 31), "2011/12"),
    ("2018-03-31", "year_ending", date(2017, 4, 1), date(2018, 3, 31), "2017/18"),
    ("202303", "quarter_ending", date(2023, 1, 1), date(2023, 3, 31), "Q4 2022/23"),
    ("31/10/2024", "month_ending", date(2024, 10, 1), date(2024, 10, 31), "Oct 2024"),
]


@pytest.mark.parametrize(("text", "form", "start", "end", "label"), WRITTEN)
def test_the_ways_a_period_is_written(text: str, form: str, start: date, end: date, label: str) -> None:
    """Each form gives its first and last day and is told as council papers tell it."""
    period = parse_period(text, [form])
    assert period == Period(start, end)
    assert period.label == label


@pytest.mark.parametrize(
    "text", ["2013/15", "2013-2013", "Q5 2023/24", "2022/23 Q0", "Octember 2023", "2023-13", "", "2024"]
)
def test_what_is_no_period_is_not_guessed(text: str) -> None:
    """A year that does not follow, a fifth quarter or a thirteenth month is nothing."""
    assert parse_period(text, ["financial_year", "financial_quarter", "month"]) is None


@pytest.mark.parametrize(
    "text", ["2024-03-31", "31/03/2024", "31/03/24", "31-Mar-24", "31 March 2024", "31 Mar 2024", "45382", "45382.0"]
)
def test_six_ways_to_write_a_day_and_a_spreadsheet_s_own(text: str) -> None:
    """All of them are 31 March 2024; day comes before month, as in Britain."""
    assert parse_date(text) == date(2024, 3, 31)


days = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
frequencies = st.sampled_from(list(Frequency))


@given(days, frequencies)
def test_the_latest_complete_period_has_passed_and_the_next_has_not(day: date, frequency: Frequency) -> None:
    """It ended before the day; the one after it had not; its length and financial quarter are right."""
    period = latest_complete(day, frequency)
    assert period.end < day <= period.shifted(frequency.months).end
    assert period.months == frequency.months
    if frequency is Frequency.year:
        assert (period.start.month, financial_year_of(period.end)) == (4, period.start.year)
    if frequency is Frequency.quarter:
        assert period.start.month in (1, 4, 7, 10)


@given(days, st.integers(-600, 600))
def test_moving_a_period_there_and_back_is_the_same_period(day: date, months: int) -> None:
    """Months of different length never make a period drift by a day."""
    period = ending(day, Frequency.quarter)
    assert period.shifted(months).shifted(-months) == period
    assert month_index(period.shifted(months).start) == month_index(period.start) + months


@given(st.sets(st.integers(24_000, 24_060), min_size=2))
def test_missing_months_are_exactly_those_not_held(held: set[int]) -> None:
    """Held and missing together fill the span from first to last, without overlap."""
    missing = missing_between([between(month, month) for month in held], Frequency.month)
    gone = {month_index(period.start) for period in missing}
    assert gone.isdisjoint(held)
    assert gone | held == set(range(min(held), max(held) + 1))


def test_an_overlapping_series_has_no_gaps_that_can_be_named() -> None:
    """Three-year survey spans a year apart overlap; nothing between them is missing."""
    spans = [parse_period(text, ["financial_years"]) for text in ("2018-21", "2020-23")]
    assert missing_between([span for span in spans if span], Frequency.year) == []
