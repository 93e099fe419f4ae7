"""What registers say beyond themselves: proposals to re-score, what a service owes, work programmes, and the thread."""

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from scorecard.snapshot import goal_years, goals
from scorecard.snapshot.registers import linked_items, plan, plan_gaps, plan_years, proposals, work_programme
from scorecard.snapshot.store import Snapshot, open_snapshot
from tests.small_plan import add_registers, link, report
from tests.small_snapshot import NAME, publish


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The small snapshot with its registers."""
    publish(tmp_path)
    add_registers(tmp_path)
    return tmp_path / "snapshots" / NAME


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The same as it is, opened for officers."""
    folder = tmp_path_factory.mktemp("linked")
    publish(folder)
    add_registers(folder)
    return open_snapshot(folder / "snapshots" / NAME)


def change(path: Path, sql: str) -> None:
    """Change the snapshot before it is opened."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)


def test_a_risk_is_to_be_scored_again_for_each_cause(shown: Snapshot) -> None:
    """A linked measure that is an exception, and items linked either way that are overdue; other risks are left."""
    found = proposals.proposals(shown)
    assert list(zip(found["item_id"], found["cause"], found["cause_id"], strict=True)) == [
        ("R1", "measure", "missed_bins"), ("R1", "item", "A1"), ("R1", "item", "I1"),
    ]  # fmt: skip
    said = list(found["sentence"])
    assert said[0].startswith("“Missed bin collections” is an exception: Missed bin collections were 92")
    assert said[0].endswith("The score of 16 (4 × 4) is of 30 September 2026, after that began: see whether it still"
                            " holds.")  # fmt: skip
    assert said[1] == (
        "The action “Collect bins <on> their day” (Head of Waste) is 51 days past its original date of 30 September"
        " 2026. The score of 16 (4 × 4) has not changed since: look at it again."
    )


def test_a_late_figure_or_a_settled_exception_is_no_cause(path: Path) -> None:
    """Want of data says nothing of a risk, nor does what is resolved or accepted, nor an item that is done."""
    change(path, "update exception set state = 'accepted' where measure_id = 'missed_bins'")
    change(path, "update register_item set state = 'closed', days_late = 0 where item_id in ('A1', 'I1')")
    with duckdb.connect(str(path)) as connection:
        link(connection, "risks/R2", "measure", "satisfaction")
    assert proposals.proposals(open_snapshot(path)).empty


def test_a_closed_risk_is_not_scored_again_and_one_without_a_score_gets_one(path: Path) -> None:
    """Only open risks are proposed; the sentence of one without a score says so."""
    change(path, "update register_item set residual = null, residual_likelihood = null where item_id = 'R1'")
    assert all(each.endswith("The risk has no score: give it one.")
               for each in proposals.proposals(open_snapshot(path))["sentence"])  # fmt: skip
    change(path, "update register_item set state = 'closed' where item_id = 'R1'")
    assert proposals.proposals(open_snapshot(path)).empty


def test_a_service_owes_what_is_overdue_first(shown: Snapshot) -> None:
    """Of itself and all below it, over all registers; what is in hand or done is not owed."""
    owed = linked_items.items_due(shown, "place")
    assert list(owed["item_id"]) == ["A1", "I1", "P1", "A1b", "A2"]
    assert list(owed["is_overdue"]) == [True, True, False, False, False]
    assert linked_items.items_due(shown, "housing").empty


def test_registers_at_a_glance(shown: Snapshot) -> None:
    """Overdue counts those that await sign-off past their date; stuck ones are counted."""
    held = linked_items.pressing(shown).set_index("register_id")
    assert list(held.loc["audit", ["open", "overdue"]]) == [1, 1]
    assert list(held.loc["risks", ["open", "stuck"]]) == [2, 1]


def test_a_committee_has_what_names_it(shown: Snapshot) -> None:
    """As its owner or in a detail; with the stage reached and the next one."""
    found = work_programme.work_programme(shown, "town")
    assert list(zip(found["item_id"], found["stage"], found["next_stage"], strict=True)) == [
        ("P1", "Accepted", "Examined"), ("P2", "Examined", None),
    ]  # fmt: skip


def test_actions_serve_the_goals_that_they_or_their_milestones_name(path: Path) -> None:
    """An action stands once for each of its goals; its milestones' measures are its own."""
    with duckdb.connect(str(path)) as connection:
        link(connection, "plan/A1b", "goal", "moving")
    found = plan.actions(open_snapshot(path))
    a1 = found[found["item_id"] == "A1"]
    assert sorted(a1["goal_id"]) == ["clean", "moving"]
    assert a1["measures"].iloc[0] == ["missed_bins", "recycling"]
    assert (a1["milestones"].iloc[0], a1["milestones_done"].iloc[0]) == (2, 1)
    assert found.loc[found["item_id"] == "A5", "goal_id"].isna().all()


def test_what_ended_before_the_plan_began_is_no_part_of_it(path: Path) -> None:
    """A register may go back to an earlier plan."""
    change(path, "update register_item set ended = '2026-03-31' where item_id = 'A3'")
    shown = open_snapshot(path)
    assert "A3" not in set(plan.actions(shown)["item_id"])
    whole = plan.ratings(shown)
    assert whole.loc[whole["goal_id"].isna(), "actions"].iloc[0] == 4


def test_items_that_are_part_of_one_another_do_no_harm(path: Path) -> None:
    """Neither is an action; everything else is as before."""
    change(path, "update register_item set part_of = 'A5' where item_id = 'A4'")
    change(path, "update register_item set part_of = 'A4' where item_id = 'A5'")
    assert sorted(set(plan.actions(open_snapshot(path))["item_id"])) == ["A1", "A2", "A3"]


def test_red_and_amber_are_held_against_the_quarter_before(shown: Snapshot) -> None:
    """By the latest report up to its end; those that had ended by then, or have now, are not counted."""
    found = plan.ratings(shown).set_index("goal_id")
    assert list(found.loc["clean", ["red", "amber", "red_before", "amber_before"]]) == [1, 1, 0, 2]
    assert list(found.loc["*", ["actions", "red", "amber"]]) == [4, 1, 1]
    assert found.loc["clean", "before_on"] == pd.Timestamp(2026, 6, 30)


def test_without_a_report_a_quarter_old_no_increase_is_told(path: Path) -> None:
    """Nothing is known, so nothing is said."""
    change(path, "delete from register_report where reported_on < '2026-07-01'")
    found = plan.ratings(open_snapshot(path))
    assert found[["before_on", "red_before", "amber_before"]].isna().all(axis=None)


def test_monthly_reports_are_held_against_the_end_of_the_quarter_not_the_month(path: Path) -> None:
    """In November the quarter before ended in September."""
    with duckdb.connect(str(path)) as connection:
        report(connection, "plan/A2", date(2026, 10, 31), "red")
        report(connection, "plan/A2", date(2026, 11, 20), "red")
    found = plan.ratings(open_snapshot(path)).set_index("goal_id")
    assert found.loc["clean", "before_on"] == pd.Timestamp(2026, 9, 30)
    assert list(found.loc["clean", ["red_before", "amber_before"]]) == [1, 1]


def test_gaps_in_the_thread(path: Path) -> None:
    """A goal without action or measure, actions without a goal or a measure, measures without an action."""
    change(path, "delete from register_link where target = 'missed_bins' and register_id = 'plan'")
    found = plan_gaps.gaps(open_snapshot(path))
    told = {kind: list(part["title"]) for kind, part in found.groupby("kind")}
    assert told == {
        "goal_without_action": ["Moving about"], "goal_without_measure": ["Moving about"],
        "action_without_goal": ["Mend the town clock"], "action_without_measure": ["Plant a thousand trees"],
        "measure_without_action": ["Missed bin collections"],
    }  # fmt: skip


def test_an_action_of_a_year_stands_as_at_its_end(path: Path) -> None:
    """Late at the end of a year that is over though it was done since; what ended before the year is no part of it."""
    change(path, "update register_item set opened = '2024-04-01', due = '2025-01-31', ended = '2025-06-03',"
                 " days_late = 123 where item_id = 'A3'")  # fmt: skip
    shown = open_snapshot(path)
    before = plan_years.year_actions(shown, date(2024, 4, 1), date(2025, 3, 31)).set_index("item_id")
    assert list(before.loc["A3", ["came_to", "days_late"]]) == ["late", 59]
    after = plan_years.year_actions(shown, date(2025, 4, 1), date(2026, 3, 31)).set_index("item_id")
    assert list(after.loc["A3", ["came_to", "days_late"]]) == ["complete", 123]
    now = plan_years.year_actions(shown, date(2026, 4, 1), date(2027, 3, 31)).set_index("item_id")
    assert list(now["came_to"]) == ["late", "predicted_late", "on_course"]


def test_a_risk_bears_on_a_goal_through_its_measures_and_actions(path: Path) -> None:
    """Linked either way; not when only another goal's things are linked."""
    change(path, "delete from register_link where target = 'missed_bins' and register_id = 'risks'")
    found = plan_years.goal_risks(open_snapshot(path))
    assert list(zip(found["goal_id"], found["item_id"], found["band"], strict=True)) == [("clean", "R1", "red")]


def test_figures_of_a_year_keep_their_gaps(shown: Snapshot) -> None:
    """Since the break in comparability; a missing period is none, and peers are those of that time."""
    found = goal_years.year_measures(shown, date(2026, 4, 1), date(2027, 3, 31)).set_index("measure_id")
    one = found.loc["missed_bins"]
    assert (one["period"], one["value"], one["status"], one["is_of_year"]) == ("Oct 2026", 92, "off_target", True)
    assert one["figures"] == [61, 58, 63, 66, 72, 80, 92]
    assert (one["peers_period"], one["peers"]) == ("Oct 2026", 4)
    before = goal_years.year_measures(shown, date(2025, 4, 1), date(2026, 3, 31)).set_index("measure_id")
    assert before.loc["missed_bins", "figures"] == [48, 52, 57, 55]
    assert before.loc["missed_bins", "period"] == "Feb 2026"
    none = goal_years.year_measures(shown, date(2019, 4, 1), date(2020, 3, 31)).set_index("measure_id")
    assert not none.loc["missed_bins", "is_of_year"]


def test_goals_are_found_from_measures_and_services(shown: Snapshot) -> None:
    """The thread back: a measure's goal, and those that a service serves with measures or actions."""
    assert goals.goal_of(shown, "missed_bins") == "clean"
    assert goals.goal_of(shown, "sickness") is None
    assert goals.goals_of_service(shown, "place") == ["clean", "moving"]
    assert goals.goals_of_service(shown, "housing") == []


def test_the_public_sees_nothing_of_registers_meant_for_members(path: Path) -> None:
    """Every reader is narrowed with the connection."""
    public = open_snapshot(path, "public")
    assert plan.actions(public).empty
    assert proposals.proposals(public).empty
    assert linked_items.items_due(public, "place").empty
    assert work_programme.work_programme(public, "town").empty
    assert set(plan_gaps.gaps(public)["kind"]) == {"goal_without_measure"}
