"""The page of the board's month: what is late, how far the period has come by its dates, and what comes next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages_under_test import HOSTILE, council, empty_council, nothing_published, visit, words_of
from tests.test_cycles import with_cycles

__all__ = ["council", "empty_council", "nothing_published"]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppTest]:
    """The page of a council with cycles, run once; not to be changed."""
    data = tmp_path_factory.mktemp("cycles")
    with_cycles(data)
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("SCORECARD_DATA", str(data))
        yield visit("cycle.py")


@pytest.fixture
def cycles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose council has cycles, in which October is being reported on 20 November."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    return with_cycles(tmp_path)


def test_the_answer_says_what_is_late_where_the_period_stands_and_what_comes_next(page: AppTest) -> None:
    """By the dates only: that a day has passed says nothing of what was decided."""
    answer = words_of(page).split("What is wrong or turning")[0]
    assert "5 measures are late" in answer
    assert "of 5 measures and 1 register for Oct 2026" in answer
    assert "Oct 2026 is past “Services send their returns” (16 November 2026)" in answer
    assert "**Next: Portfolio holders review** for Oct 2026 (Portfolio holders), on 20 November 2026, today." in answer
    assert not page.exception


def test_the_steps_stand_with_day_who_and_state(page: AppTest) -> None:
    """Today's, the next, those to come, those passed, and what is not in the calendar yet; returns by what has come."""
    table = page.table[0].value
    assert list(table.columns) == [
        "Step, and who takes it", "Oct 2026, being reported", "Nov 2026, next", "Sep 2026, the one before",
    ]  # fmt: skip
    asked, sent, review, team, cabinet = table["Oct 2026, being reported"]
    assert "Date passed" in asked
    assert "5 late" in sent
    assert "Today" in review
    assert "To come" in team
    assert "To come" in cabinet
    assert "Not in the calendar yet" in str(table["Nov 2026, next"].iloc[-1])
    assert "Performance team" in str(table.iloc[0, 0])


def test_late_ones_are_named_with_owner_and_service(page: AppTest) -> None:
    """Each with the day it was due and how late that is, in working days."""
    said = words_of(page)
    assert "Missed bin collections" in said
    assert "was due 15 November 2026, late by 5 working days" in said
    assert "Head of Waste" in said
    assert "Waste and recycling" in said
    assert "1 came late" in said


def test_the_council_s_dates_are_told_in_working_days(page: AppTest) -> None:
    """The next meetings of bodies and committees."""
    table = page.table[-1].value
    assert list(table["Meeting"])[:3] == [
        "Cabinet",
        "Management Team",
        "[Place Scrutiny Committee](scrutiny?committee=place)",
    ]
    assert list(table["Working days"])[:3] == ["today", "in 2 working days", "in 7 working days"]


@pytest.mark.usefixtures("cycles")
def test_another_cycle_stands_in_the_address() -> None:
    """A plan has steps and no returns."""
    app = visit("cycle.py", cycle="long")
    said = words_of(app)
    assert "Our plan 2026 is past “The plan is adopted”" in said
    assert "this cycle has no returns to wait for" in said
    assert app.selectbox(key="filter_cycle").value == "long"
    assert not app.exception


@pytest.mark.usefixtures("cycles")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_nonsense_in_the_address_falls_back_with_a_notice(nonsense: str) -> None:
    """The first cycle is shown, and it is said."""
    app = visit("cycle.py", cycle=nonsense)
    said = words_of(app)
    assert "asks for a cycle that is not here: showing Monthly board instead" in said
    assert nonsense not in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_without_a_cycle_it_says_what_to_declare() -> None:
    """A designed empty state."""
    app = visit("cycle.py")
    assert "The catalogue declares no cycle yet." in words_of(app)
    assert not app.exception


@pytest.mark.usefixtures("nothing_published")
def test_before_the_first_run_it_says_what_to_do() -> None:
    """A plain card, never a stack trace."""
    app = visit("cycle.py")
    assert "No figures have been published yet." in words_of(app)
    assert not app.exception
