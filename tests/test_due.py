"""When submissions are due, and what became of each: in time, late, never come, soon due."""

from datetime import date

import pytest

from scorecard.catalogue import Expected
from scorecard.judge.due import Arrival, next_due, submissions
from scorecard.judge.status import Status

AS_AT = date(2026, 11, 20)


def monthly(**within: int) -> Expected:
    """Monthly figures, due so many days or working days after the month."""
    return Expected.model_validate({"every": "month", **within})


def told(expected: Expected, came: dict[date, date | None], as_at: date = AS_AT) -> list[tuple[str, str]]:
    """Period and state of each line of the calendar."""
    return [(each.period.label, each.state.value) for each in submissions(expected, came, as_at)]


def test_each_state_of_a_submission() -> None:
    """In time on its very day, late a day after, never come once a later one is here, and the next to end."""
    came = {
        date(2026, 6, 30): None,
        date(2026, 7, 31): date(2026, 8, 15),
        date(2026, 8, 31): date(2026, 9, 16),
        date(2026, 10, 31): date(2026, 11, 2),
    }
    assert told(monthly(within_days=15), came) == [
        ("Nov 2026", "to_come"),
        ("Oct 2026", "in_time"),
        ("Sep 2026", "never_came"),
        ("Aug 2026", "came_late"),
        ("Jul 2026", "in_time"),
        ("Jun 2026", "came"),
    ]


def test_late_only_after_its_day() -> None:
    """On the day it is due it is due soon; the day after it is late, as the exception rule for late data has it."""
    came = {date(2026, 9, 30): date(2026, 10, 1)}
    expected = monthly(within_days=15)
    for as_at, state, status in (
        (date(2026, 11, 15), "due_soon", Status.awaiting),
        (date(2026, 11, 16), "late", Status.overdue),
    ):
        assert ("Oct 2026", state) in told(expected, came, as_at)
        held = submissions(expected, came, as_at)[-1].period
        due = next_due(expected, held, as_at)
        assert due is not None
        assert (due.status, due.on) == (status, date(2026, 11, 15))


def test_working_days_pass_over_weekends_and_bank_holidays() -> None:
    """Ten working days after December: New Year's Day and two weekends lie between."""
    (line, *_) = submissions(monthly(within_working_days=10), {date(2026, 11, 30): None}, date(2026, 12, 20))
    assert (line.period.label, line.due_on, line.state) == ("Dec 2026", date(2027, 1, 15), Arrival.to_come)
    (line, *_) = submissions(monthly(within_working_days=10), {date(2026, 11, 30): None}, date(2026, 12, 31))
    assert (line.period.label, line.state) == ("Dec 2026", Arrival.due_soon)


def test_nothing_was_promised_before_the_first_figures() -> None:
    """A source that never sent anything is asked for the last period and the next; an old one for thirteen."""
    assert told(monthly(within_days=15), {}) == [("Nov 2026", "to_come"), ("Oct 2026", "late")]
    long_ago: dict[date, date | None] = {date(2020, 1, 31): None, date(2026, 10, 31): None}
    calendar = told(monthly(within_days=15), long_ago)
    assert len(calendar) == 14
    assert calendar[-1] == ("Oct 2025", "never_came")


@pytest.mark.parametrize(
    ("every", "end", "as_at", "first_two"),
    [
        ("quarter", date(2026, 6, 30), AS_AT, ["Q3 2026/27", "Q2 2026/27"]),
        ("year", date(2025, 3, 31), AS_AT, ["2026/27", "2025/26"]),
        ("year", date(2025, 8, 31), AS_AT, ["Sep 2026 to Aug 2027", "Sep 2025 to Aug 2026"]),
        ("year", date(2025, 8, 31), date(2026, 8, 31), ["Sep 2025 to Aug 2026", "Sep 2024 to Aug 2025"]),
        ("year", date(2025, 8, 31), date(2026, 9, 1), ["Sep 2026 to Aug 2027", "Sep 2025 to Aug 2026"]),
        ("month", date(2026, 2, 28), date(2028, 3, 1), ["Mar 2028", "Feb 2028"]),
    ],
)
def test_the_calendar_counts_as_the_source_does(every: str, end: date, as_at: date, first_two: list[str]) -> None:
    """Quarters, financial years and school years, a period that ends today, and 29 February."""
    expected = Expected.model_validate({"every": every, "within_days": 40})
    assert [label for label, _ in told(expected, {end: None}, as_at)][:2] == first_two
