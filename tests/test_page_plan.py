"""The council plan's page: whether it is on course, the golden thread both ways, gaps, and the report of a year."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.pages_under_test import HOSTILE, council, empty_council, visit, words_of
from tests.small_plan import add_registers, item, link
from tests.small_snapshot import NAME

__all__ = ["council", "empty_council"]


@pytest.fixture
def planned(council: Path) -> Path:
    """The small council with its registers."""
    add_registers(council)
    return council


@contextmanager
def changing(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The small snapshot, to be changed before a page reads it."""
    with duckdb.connect(str(data / "snapshots" / NAME)) as connection:
        yield connection


@pytest.mark.usefixtures("planned")
def test_the_answer_comes_first() -> None:
    """How many actions are late, how many are rated red and amber and how that has moved, and what the measures say."""
    app = visit("plan.py")
    assert app.title[0].value == "Is the council plan on course?"
    assert app.markdown[0].value.replace("\\", "") == (
        "**On 20 November 2026, of 4 actions for the 2 goals of Our plan 2026, 1 is late, and 1 more predicted to be**;"
        " 1 is on course and 1 is complete. Their owners rate **1** red and **1** amber, as many as on 30 June 2026. Of"
        " 1 measure, **none** is on target and **1** is off target."
    )
    said = words_of(app)
    assert "**4 actions** :red-badge[:material/event_busy: 1 late]" in said
    assert "Rated red **1**, amber **1** (no change since 30 June 2026)" in said
    assert "**No action is shown for it.**" in said
    assert not app.exception


@pytest.mark.usefixtures("planned")
def test_a_goal_is_followed_to_its_actions_measures_and_services() -> None:
    """Why it stands so, the way forward, milestones to be done, each measure with its figure; the late ones first."""
    app = visit("plan.py", goal="clean")
    assert app.title[0].value == "Clean streets"
    cards = [each.value.replace("\\", "") for each in app.markdown if each.value.startswith("**[")]
    assert [card[3:5] for card in cards] == ["A1", "A2", "A4"]
    first = cards[0]
    for words in (
        "[A1: Collect bins <on> their day](register?register=plan&item=A1)", "Red] was amber", "Overdue]",
        "[Head of Waste](owner?owner=Head%20of%20Waste)", "[Waste and recycling](service?service=waste)",
        "due 30 September 2026, moved to 31 January 2027", "60% done", "**Why:** Two vehicles are off the road.",
        "**Agreed way forward:** Hire two until March.", "**Milestones:** 1 of 2 done", "Buy two vehicles, due",
        "[Missed bin collections](measure?measure=missed_bins): **92 per 100,000 collections** in Oct 2026",
        "data:image/svg+xml", "[Household waste recycled](measure?measure=recycling)",
    ):  # fmt: skip
        assert words in first, words
    assert "Draw the rounds anew" not in first
    assert "**No way forward has been agreed.**" in cards[1]
    assert "**No measure is shown for it.**" in cards[2]
    assert "1 action complete or withdrawn" in [each.label for each in app.expander]


@pytest.mark.usefixtures("planned")
def test_gaps_in_the_thread_are_told() -> None:
    """Of all goals; and of one goal only its own."""
    said = words_of(visit("plan.py"))
    assert "**1 goal has no action:**\n- Moving about" in said
    assert "**1 action serves no goal:**\n- [A5: Mend the town clock]" in said
    assert "**1 action has no measure that shows whether it works:**\n- [A4: Plant a thousand trees]" in said
    own = words_of(visit("plan.py", goal="clean"))
    assert "serves no goal" not in own
    assert "A4: Plant a thousand trees" in own


def test_a_whole_thread_has_no_gap(planned: Path) -> None:
    """It is said, so that an empty list is not read as a fault."""
    with changing(planned) as connection:
        link(connection, "plan/A4", "measure", "recycling")
    assert "None was found." in words_of(visit("plan.py", goal="clean"))


@pytest.mark.usefixtures("planned")
def test_the_report_has_each_sentence_beside_its_figures() -> None:
    """A draft: what it says of measures, actions, ratings and risks stands beside the figures it rests on."""
    app = visit("plan.py", goal="clean")
    statement, measures, actions = (each.value for each in app.table)
    told = dict(zip(statement["Draft sentence"], statement["The figures it rests on"], strict=True))
    assert told["Of 1 measure, 1 has a figure in 2026/27\\: 1 is off target."] == "Off target\\: Missed bin collections"
    assert "Late\\: Collect bins \\<on\\> their day, 51 days past 30 September 2026" in " ".join(told.values())
    assert (
        "1 open risk bears on it, 1 of them scored red, 1 of them stuck\\: red for longer than the register allows."
        in told
    )
    assert "1 measure rests on small counts, so that one case more or fewer moves the figure." in told
    assert measures["Target"].to_list() == ["60 per 100,000 collections"]
    assert actions["Came to"].iloc[0].endswith("Complete] 51 days")
    said = words_of(app)
    assert "This is a draft for the goal's owner to edit" in said
    assert (
        "[R1: The waste contract fails](register?register=risks&item=R1): 16 (4 × 4), red since 31 March 2025" in said
    )
    assert app.get("download_button")


@pytest.mark.usefixtures("council")
def test_without_registers_it_says_that_no_action_serves_the_plan() -> None:
    """The goals and their measures are there all the same."""
    said = words_of(visit("plan.py"))
    assert "**No action is shown for the 2 goals of Our plan 2026.**" in said
    assert "Of 1 measure, **none** is on target" in said
    goal = visit("plan.py", goal="clean")
    assert "No action of a register is shown for this goal." in words_of(goal)
    assert not goal.exception


@pytest.mark.usefixtures("empty_council")
def test_without_measures_it_still_works() -> None:
    """There is nothing to report, and that is said."""
    app = visit("plan.py")
    assert "There is nothing to report yet" in words_of(app)
    assert not app.exception


def test_without_a_plan_it_says_so(planned: Path) -> None:
    """A catalogue need not have one."""
    with changing(planned) as connection:
        connection.execute("delete from goal")
    app = visit("plan.py")
    assert "The catalogue has no council plan with goals." in words_of(app)
    assert not app.exception


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize("hostile", HOSTILE)
def test_nonsense_in_the_address_falls_back(hostile: str) -> None:
    """Goal, year and page: the first is shown with a notice."""
    app = visit("plan.py", goal=hostile, year=hostile)
    assert not app.exception
    assert not visit("plan.py", goal="clean", clean_page=hostile).exception
    assert app.title[0].value == "Is the council plan on course?"
    assert "that is not here: showing All goals instead." in words_of(app)


def test_what_stands_in_files_stays_text(planned: Path) -> None:
    """Titles, reasons and ways forward make neither links nor headings."""
    with changing(planned) as connection:
        item(connection, "plan", "A9", "[x](javascript:alert(1))", reason="**bold** # no", rating="red",
             way_forward="<b>now</b>", service_id=None, owner=None, due=None)  # fmt: skip
        link(connection, "plan/A9", "goal", "clean")
    app = visit("plan.py", goal="clean")
    card = next(each.value for each in app.markdown if "A9" in each.value)
    assert "\\[x\\]\\(javascript\\:alert\\(1\\)\\)" in card
    assert "\\*\\*bold\\*\\* \\# no" in card
    assert "\\<b\\>now" in card
    assert "**no owner** · no due date" in card
    assert not app.exception


def test_many_actions_are_paged(planned: Path) -> None:
    """A dozen stand on a page; the address names the page."""
    with changing(planned) as connection:
        for number in range(20):
            item(connection, "plan", f"B{number:02}", f"More {number}", due=date(2027, 1, 1))
            link(connection, f"plan/B{number:02}", "goal", "clean")
    app = visit("plan.py", goal="clean", clean_page="2")
    cards = [each.value for each in app.markdown if each.value.startswith("**[")]
    assert len(cards) == 11
    assert not app.exception


@pytest.mark.usefixtures("planned")
def test_the_public_is_told_of_no_action_meant_for_members(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the audience may not see is not counted either."""
    monkeypatch.setenv("SCORECARD_AUDIENCE", "public")
    app = visit("plan.py", goal="clean")
    said = words_of(app)
    assert "Collect bins" not in said
    assert "Looked at is only what is meant for everyone." in said
    assert "no action" not in said
    assert not app.exception
