"""Cycles as rows: which rounds are told, and the day of each step."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipelines.cycle_rows import cycle_rows
from pipelines.tables import catalogue_tables
from scorecard.catalogue import Catalogue, Committee, read_catalogue
from scorecard.catalogue.council import Plan
from scorecard.catalogue.cycle import Body, Cycle
from tests.small_snapshot import EXAMPLES, catalogue_of

ROOT = Path(__file__).resolve().parent.parent
AS_AT = date(2026, 11, 20)
CABINET = {"title": "Cabinet", "meetings": [date(2026, 11, 17), date(2026, 9, 15), date(2026, 10, 20)]}
SCRUTINY = {
    "title": "Scrutiny", "services": ["place"],
    "meetings": [date(2026, 9, 15), date(2026, 11, 3), date(2026, 11, 24)],
}  # fmt: skip
GOALS = {"homes": {"title": "Homes", "promise": "More homes."}}


def cycle(every: str, **steps: dict[str, Any]) -> Cycle:
    """A cycle of these steps."""
    told = {name: {"title": name.title(), "who": "Performance team", **step} for name, step in steps.items()}
    return Cycle.model_validate({"title": "Round", "every": every, "purpose": "To look.", "steps": told})


def with_cycle(one: Cycle, plan: dict[str, Any] | None = None) -> Catalogue:
    """The small catalogue with this cycle, Cabinet and a committee."""
    return catalogue_of(EXAMPLES).model_copy(
        update={
            "cycles": {"round": one},
            "calendar": {"cabinet": Body.model_validate(CABINET)},
            "committees": {"scrutiny": Committee.model_validate(SCRUTINY)},
            "plan": Plan.model_validate({"title": "Plan", "goals": GOALS, **plan}) if plan else None,
        }
    )


def days_of(one: Cycle, period: str, plan: dict[str, Any] | None = None) -> list[date | None]:
    """The day of each step of one round."""
    rows = cycle_rows(with_cycle(one, plan), AS_AT)["cycle_step"]
    return [row["due_on"] for row in rows if row["period"] == period]


@pytest.mark.parametrize(
    ("every", "first", "last", "rounds"),
    [("month", "Sep 2025", "Mar 2027", 19), ("quarter", "Q2 2025/26", "Q4 2026/27", 7),
     ("year", "2025/26", "2026/27", 2)],
)  # fmt: skip
def test_rounds_are_told_from_a_year_back_to_the_next_ones(every: str, first: str, last: str, rounds: int) -> None:
    """From fourteen months before the council's day to four after it, the earliest first."""
    rows = cycle_rows(with_cycle(cycle(every, ask={"days": 1})), AS_AT)["cycle_step"]
    assert [rows[0]["period"], rows[-1]["period"], len(rows)] == [first, last, rounds]
    assert all(before["period_end"] < after["period_start"] for before, after in pairwise(rows))


def test_days_are_counted_from_the_end_of_the_period() -> None:
    """Days as they come, working days without weekends and bank holidays; the day of the end itself is day nought."""
    one = cycle("month", now={"days": 0}, ask={"days": 10}, send={"working_days": 3}, fixed={"on": date(2026, 2, 2)})
    assert days_of(one, "Dec 2025") == [date(2025, 12, 31), date(2026, 1, 10), date(2026, 1, 6), date(2026, 2, 2)]


def test_a_meeting_is_the_first_after_the_step_before() -> None:
    """Of the calendar or of a committee; never on the very day of the step before."""
    one = cycle("month", send={"days": 15}, cabinet={"body": "cabinet"}, scrutiny={"body": "scrutiny"})
    assert days_of(one, "Aug 2026") == [date(2026, 9, 15), date(2026, 10, 20), date(2026, 11, 3)]
    first = cycle("month", scrutiny={"body": "scrutiny"}, again={"body": "scrutiny"})
    assert days_of(first, "Oct 2026") == [date(2026, 11, 3), date(2026, 11, 24)]


def test_a_meeting_not_in_the_calendar_yet_has_no_day_and_nor_has_any_meeting_after_it() -> None:
    """Cabinet of December is not fixed: the committee's day after it cannot be told, a day that is counted can."""
    one = cycle("month", cabinet={"body": "cabinet"}, scrutiny={"body": "scrutiny"}, publish={"days": 40})
    assert days_of(one, "Oct 2026") == [date(2026, 11, 17), date(2026, 11, 24), date(2026, 12, 10)]
    assert days_of(one, "Nov 2026") == [None, None, date(2027, 1, 9)]
    assert days_of(cycle("month", c={"body": "cabinte"}), "Oct 2026") == [None], "no such body"


def test_the_plan_is_one_round_and_its_days_are_counted_from_its_end() -> None:
    """With an end, days count from it; without one they have none, and fixed days and meetings after them do."""
    one = cycle("plan", draft={"on": date(2026, 9, 1)}, cabinet={"body": "cabinet"}, look={"days": 30})
    ends = {"since": date(2023, 4, 1), "until": date(2027, 3, 31)}
    assert days_of(one, "2023/24 to 2026/27", ends) == [date(2026, 9, 1), date(2026, 9, 15), date(2027, 4, 30)]
    assert days_of(one, "From Apr 2023", {"since": date(2023, 4, 1)}) == [date(2026, 9, 1), date(2026, 9, 15), None]
    assert cycle_rows(with_cycle(one), AS_AT)["cycle_step"] == [], "no plan, no round"


@pytest.mark.parametrize("step", [{"days": 10**12}, {"days": 10**7}, {"working_days": 10**7}])
def test_a_day_beyond_the_calendar_is_no_day(step: dict[str, int]) -> None:
    """A slip of the pen in the catalogue stops nothing."""
    assert days_of(cycle("month", far=step), "Oct 2026") == [None]


def test_calendar_and_cycles_are_rows_in_the_columns_of_the_snapshot() -> None:
    """A body with its meetings by day, a cycle with its place, and steps that know their round."""
    tables = cycle_rows(with_cycle(cycle("quarter", ask={"days": 1}, send={"days": 15, "returns": True})), AS_AT)
    assert tables["body"] == [{"body_id": "cabinet", "title": "Cabinet"}]
    assert [row["held_on"] for row in tables["body_meeting"]] == [
        date(2026, 9, 15), date(2026, 10, 20), date(2026, 11, 17),
    ]  # fmt: skip
    assert tables["cycle"] == [
        {"cycle_id": "round", "position": 0, "title": "Round", "every": "quarter", "purpose": "To look."}
    ]
    assert tables["cycle_step"][1] == {
        "cycle_id": "round", "position": 1, "step": "send", "title": "Send", "who": "Performance team",
        "is_return": True, "period": "Q2 2025/26", "period_start": date(2025, 7, 1), "period_end": date(2025, 9, 30),
        "due_on": date(2025, 10, 15),
    }  # fmt: skip
    assert all(not rows for rows in cycle_rows(catalogue_of(EXAMPLES), AS_AT).values())


def test_the_demonstration_knows_what_comes_next() -> None:
    """Every cycle of the example has a step to come on or after its council's day, and each meeting asked for is held.

    Its tables have the rows, one a step and round.
    """
    catalogue = read_catalogue(ROOT / "metrics.yaml")
    if not catalogue.cycles:
        pytest.skip("the example has no cycles yet")
    today = catalogue.council.as_at
    assert today is not None
    rows = catalogue_tables(catalogue, today)["cycle_step"]
    assert not rows.duplicated(["cycle_id", "step", "period_end"]).any()
    for name in catalogue.cycles:
        mine = rows[rows["cycle_id"] == name]
        assert (mine["due_on"].dropna() >= today).any()
        past = mine[mine["period_end"] < today.replace(year=today.year - 1)]
        assert past["due_on"].notna().all()
