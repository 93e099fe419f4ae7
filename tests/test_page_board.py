"""The board's page: its standing agenda, what must be decided, and how each item stands."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from scorecard.snapshot.registers import board, declared, failure
from scorecard.snapshot.registers.plan import ratings
from scorecard.snapshot.store import Snapshot, open_snapshot
from tests.pages_under_test import HOSTILE, council, empty_council, nothing_published, visit, words_of
from tests.small_snapshot import insert, publish

__all__ = ["council", "empty_council", "nothing_published"]

REGISTERS = (
    ("plan", "Plan actions", "action", "actions", "actions"),
    ("audit", "Audit recommendations", "recommendation", "recommendations", "audit"),
    ("policies", "Policies and strategies", "review", "reviews", "policies"),
    ("ombudsman", "Ombudsman cases", "case", "cases", "complaints"),
    ("risks", "Strategic risks", "risk", "risks", "risks"),
)
"""register_id, title, what one and several of its items are called, agenda."""
JUDGED = "2026-10-31"
DEFAULTS: dict[str, object] = {
    "times_redated": 0, "state": "not_due", "sentence": "In hand.", "days_late": 0, "is_stuck": False, "details": "{}",
    "load_id": 1, "source_row": 2,
}  # fmt: skip
ITEMS: tuple[dict[str, object], ...] = (
    {"register_id": "plan", "item_id": "A1", "title": "Open the depot", "owner": "Head of Waste", "rating": "red",
     "service_id": "waste", "reason": "The site <flooded>.", "way_forward": None, "rating_since": "2026-10-15"},
    {"register_id": "plan", "item_id": "A2", "title": "Build 40 homes", "owner": "Head of Housing", "rating": "amber",
     "service_id": "housing", "reason": "Short of steel.", "way_forward": "A second supplier by May."},
    {"register_id": "plan", "item_id": "A3", "title": "New call centre", "rating": "green", "service_id": "customers"},
    {"register_id": "plan", "item_id": "A3.1", "title": "Tender", "rating": "red", "part_of": "A3"},
    {"register_id": "audit", "item_id": "R1", "title": "Stock checks", "owner": "Head of Waste", "due": "2026-10-12",
     "service_id": "waste", "state": "overdue", "days_late": 19, "times_redated": 2, "priority": "High"},
    {"register_id": "audit", "item_id": "R2", "title": "Access rights", "owner": "Head of People", "due": "2026-03-01",
     "state": "awaiting_sign_off", "days_late": 244, "contradicted": "Reported done, not signed off."},
    {"register_id": "audit", "item_id": "R3", "title": "Payroll controls", "due": "2026-12-31", "state": "due_soon",
     "opened": "2026-10-05"},
    {"register_id": "audit", "item_id": "R4", "title": "Grants", "due": "2026-05-31", "ended": "2026-05-01",
     "state": "closed"},
    {"register_id": "policies", "item_id": "P1", "title": "Tree care", "due": "2025-01-31", "state": "overdue",
     "days_late": 273},
    {"register_id": "ombudsman", "item_id": "O1", "title": "Missed bins", "opened": "2026-05-01", "ended": "2026-09-01",
     "state": "closed", "details": json.dumps({"Learning": "Tell crews of assisted bins."})},
    {"register_id": "risks", "item_id": "K1", "title": "Cyber attack", "owner": "Director of Resources", "residual": 20,
     "residual_likelihood": 4, "residual_impact": 5, "appetite": 10, "is_stuck": True, "red_since": "2025-03-31"},
    {"register_id": "risks", "item_id": "K2", "title": "Flood", "residual": 6, "appetite": 10},
)  # fmt: skip
REPORTS = (
    ("plan", "A1", "2026-06-30", "green", None), ("plan", "A1", "2026-10-31", "red", None),
    ("plan", "A2", "2026-06-30", "amber", "Ask for a second supplier."), ("plan", "A2", "2026-10-31", "amber", None),
    ("plan", "A3", "2026-09-15", "red", "Sign the lease."), ("plan", "A3", "2026-10-31", "green", None),
)  # fmt: skip
MORE = (
    "insert into register_flow values ('audit', 'open', '2026-09-30', null, null, null, null, 3),"
    " ('audit', 'open', '2026-10-31', '2026-09-30', 3, 1, 1, 3),"
    " ('audit', 'overdue', '2026-10-31', '2026-09-30', 1, 1, 0, 2)",
    "insert into register_burn values ('policies', '2024-07-23', 127, 0), ('policies', '2026-10-31', 127, 25)",
    "insert into register_breakdown values ('policies', 'risk', 'Risk of being out of date', 'High', '2026/27',"
    " '2027-03-31', 0, 0, 1, 1)",
    "insert into register_tally values ('ombudsman', 'made', 0, 'Made', '2026/27', '2027-03-31', 13, null, null, null,"
    " null, null), ('ombudsman', 'upheld', 1, 'Upheld', '2026/27', '2027-03-31', 2, 3, 'Decided', 66.7, 9.4, 99.2)",
    "insert into register_clock values ('ombudsman', 'O1', 0, 'Remedy made', '2026-08-01', null, '2026-07-30',"
    " 'in_time'), ('ombudsman', 'O2', 0, 'Remedy made', '2026-09-01', null, null, 'overdue')",
    "insert into register_link values ('risks', 'K1', 'register', 'R1', 'audit'), ('risks', 'K1', 'measure',"
    " 'missed_bins', null)",
    "insert into failure_indicator values ('interims', 0, 'Interim statutory officers', 'Leadership', 'audit', true, 2,"
    " 1, '2 posts are held by an interim.', 'When are they filled?'), ('it', 1, 'IT strategy expired', 'Resources',"
    " 'policies', false, 0, 1, 'In date.', 'Who renews it?'), ('plan', 2, 'No plan', 'Leadership', 'plan', null, 0, 1,"
    " 'The register has no count.', 'Where is it?')",
)  # fmt: skip

ENDED = tuple(
    f"insert into register_item by name select 'plan' as register_id, '{name}' as item_id, 'Old' as title, 0 as"
    f" times_redated, date '{on}' as ended, '{state}' as state, '' as sentence, 0 as days_late, false as is_stuck,"
    f" 'red' as rating, '{{}}' as details, 1 as load_id, 9 as source_row;"
    f" insert into register_report (register_id, item_id, reported_on, rating) values ('plan', '{name}', '2026-06-30',"
    " 'red')"
    for name, on, state in (("E1", "2026-07-31", "withdrawn"), ("E2", "2026-10-05", "closed"))
)
"""An action that ended before the end of the quarter, and one that ended since; both were red."""


def with_registers(data: Path, *more: str) -> Path:
    """The small snapshot with a register for most items of the agenda, judged as at 31 October 2026."""
    path = publish(data)
    with duckdb.connect(str(path)) as connection:
        for position, (register_id, title, one, several, agenda) in enumerate(REGISTERS):
            insert(connection, "register", register_id=register_id, position=position, title=title, item=one,
                   items=several, question="?", source_id="collections", service_id="people", agenda=agenda,
                   audience="members", due_soon_days=45, needs_sign_off=register_id == "audit", counted_to=JUDGED,
                   judged_on=JUDGED, red_from=15 if agenda == "risks" else None)  # fmt: skip
        for item in ITEMS:
            insert(connection, "register_item", **{**DEFAULTS, **item})
        for register_id, item_id, on, rating, agreed in REPORTS:
            insert(connection, "register_report", register_id=register_id, item_id=item_id, reported_on=on,
                   rating=rating, way_forward=agreed)  # fmt: skip
        for statement in (*MORE, *more):
            connection.execute(statement)
    return path


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppTest]:
    """The page of a council that keeps registers, run once; not to be changed."""
    data = tmp_path_factory.mktemp("registers")
    with_registers(data)
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("SCORECARD_DATA", str(data))
        yield visit("board.py")


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """The same, opened."""
    return open_snapshot(with_registers(tmp_path))


def table_of(app: AppTest, heading: str) -> str:
    """The words of the first table with a column of that name."""
    found: str = next(each.value for each in app.table if heading in each.value.columns).to_string().replace("\\", "")
    return found


def test_the_whole_council_is_counted_as_the_registers_themselves_are(snapshot: Snapshot) -> None:
    """Two readers, one answer: open, overdue, due soon and awaiting sign-off of every register."""
    columns = ["register_id", "open", "overdue", "due_soon", "predicted_late", "awaiting", "contradicted"]
    ours, theirs = board.standing(snapshot, "")[columns], declared.registers(snapshot)[columns]
    assert ours.to_dict("records") == theirs.to_dict("records")
    snapshot.close()


def test_a_directorate_has_its_own_items_and_those_below_it(snapshot: Snapshot) -> None:
    """Items of no service belong to none; Waste lies within Place."""
    whole, place, waste = (board.standing(snapshot, each).set_index("register_id") for each in ("", "place", "waste"))
    assert (whole.at["audit", "overdue"], place.at["audit", "overdue"], waste.at["audit", "overdue"]) == (2, 1, 1)
    assert (whole.at["audit", "newly"], whole.at["audit", "ended"], whole.at["audit", "in_time"]) == (1, 1, 1)
    assert waste.at["plan", "amber"] == 0
    assert board.standing(snapshot, "nonsense")["open"].sum() == 0
    snapshot.close()


def test_ratings_are_compared_with_the_end_of_the_quarter_before(snapshot: Snapshot) -> None:
    """Reports of this quarter do not count as before; milestones are told with their action."""
    frame = board.rated(snapshot, "actions", "").set_index("item_id")
    assert list(frame.index) == ["A1", "A2", "A3"]
    assert (frame.at["A1", "rating"], frame.at["A1", "rating_then"], bool(frame.at["A1", "has_turned"])) == (
        "red", "green", True,
    )  # fmt: skip
    assert (frame.at["A3", "rating_then"], frame.at["A3", "way_forward_then"]) == ("red", "Sign the lease.")
    assert set(frame["before_on"].dt.date.astype(str)) == {"2026-09-30"}
    snapshot.close()


def test_the_board_and_the_plan_count_the_same_red_and_amber_actions(tmp_path: Path) -> None:
    """Now and at the end of the quarter before: what had ended by then is in neither, nor are milestones."""
    snapshot = open_snapshot(with_registers(tmp_path, *ENDED))
    plan = ratings(snapshot).set_index("goal_id", drop=False)
    whole = plan[plan["goal_id"].isna()].iloc[0]
    held = board.rated(snapshot, "actions", "")
    for rating in ("red", "amber"):
        assert (held["rating"] == rating).sum() == whole[rating]
        assert (held["rating_then"] == rating).sum() == whole[f"{rating}_before"]
    assert whole["red_before"] == 2  # the one that ended in October, and A3
    snapshot.close()


def test_indicators_come_with_their_register(snapshot: Snapshot) -> None:
    """True, False, or None where there is no count."""
    frame = failure.indicators(snapshot)
    assert list(frame["register"]) == ["Audit recommendations", "Policies and strategies", "Plan actions"]
    assert list(frame["shown"].astype(object).where(frame["shown"].notna(), None)) == [True, False, None]
    snapshot.close()


def test_the_answer_says_what_the_board_must_decide(page: AppTest) -> None:
    """At most four sentences: the actions without a way forward first."""
    answer = words_of(page).split("1. Actions of the plan](")[0]
    assert "In November 2026 the board is asked to:" in answer
    assert "1. **Agree a way forward** for 1 red or amber action that has none: Open the depot." in answer
    assert "2. **Ask why 1 recommendation has become overdue** since 30 September 2026 (Head of Waste)." in answer
    assert "3. **Choose what to take up in depth**" in answer
    assert "4. **Look again at the score of 1 risk**: Cyber attack." in answer
    assert "5. **" not in answer


def test_every_item_of_the_agenda_says_how_it_stands(page: AppTest) -> None:
    """Each from its register, with the day as at which it is judged."""
    said = words_of(page)
    assert (
        "**1 red and 1 amber** of 3 open actions, as many as at 30 September 2026. 1 has turned for the worse since. "
        "With their parts, none is overdue as at 31 October 2026." in said
    )
    assert "**3 recommendations outstanding, 2 overdue**, 1 awaiting sign-off, as at 31 October 2026." in said
    assert "Since 30 September 2026: 1 was opened and 1 was signed off; of the overdue, 1 became overdue" in said
    assert "The dates contradict the status reported of 1 recommendation." in said
    assert "Of 127 that were overdue at 23 July 2024, **25 have been dealt with** (20%) by 31 October 2026." in said
    assert "Of the overdue, Risk of being out of date: 1 High." in said
    assert "In 2026/27 so far: Made **13**; Upheld **2 of 3** (67%, 95% interval 9% to 99%)." in said
    assert "Tell crews of assisted bins." in said
    assert "Of 2 risks, **1 above appetite** and **1 stuck in red**, as at 31 October 2026. 1 score should" in said
    assert "**1** of 3 indicators of potential failure shows: Interim statutory officers." in said
    assert "Of 1 it cannot be said: the register has no count." in said
    assert "<flooded>" in table_of(page, "Why")
    assert not page.exception


def test_tables_link_to_the_item_the_measure_and_the_owner(page: AppTest) -> None:
    """From the agenda to what it rests on."""
    late = table_of(page, "Original due date")
    assert "(register?register=audit&item=R1)" in late
    assert "(owner?owner=Head%20of%20Waste)" in late
    assert "re-dated 2 times" in late
    again = table_of(page, "Because of")
    assert "(measure?measure=missed_bins)" in again
    assert "(register?register=audit&item=R1)" in again


def test_a_way_forward_that_was_agreed_is_told_when_it_worked(page: AppTest) -> None:
    """Two were agreed by the end of September; one of the two actions is green now."""
    table = next(each.value for each in page.table if "Which means" in each.value.columns)
    row = table[table["What"].str.startswith("Way forwards agreed by 30 September 2026:")].iloc[0]
    assert (row["Of"], row["Done"]) == ("2", "**1** (50%)")


def test_a_directorate_stands_in_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted for the whole council only is said to be."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    with_registers(tmp_path, "update service set within = null where service_id = 'housing'")
    said = words_of(visit("board.py", directorate="housing"))
    assert "**0 red and 1 amber** of 1 open action" in said
    assert "Time limits, and what was upheld, are counted for the whole council." in said
    assert "Stock checks" not in said


@pytest.mark.usefixtures("council")
def test_an_item_without_a_register_says_what_to_declare() -> None:
    """Measures and peers need none."""
    app = visit("board.py")
    said = words_of(app)
    for agenda in ("actions", "audit", "policies", "complaints", "risks"):
        assert f"declare a register in the catalogue with agenda: {agenda};" in said
    assert "need attention" in said
    assert "can be compared" in said
    assert not app.exception


def test_readers_who_may_not_see_a_register_are_not_told_to_declare_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor of anything in it."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    monkeypatch.setenv("SCORECARD_AUDIENCE", "public")
    with_registers(tmp_path)
    app = visit("board.py")
    said = words_of(app)
    assert "No register that is open to all readers of these pages is taken here." in said
    assert "declare a register" not in said
    assert "Open the depot" not in said
    assert not app.exception


def test_a_register_without_a_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is counted as nought for want of a file."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    with_registers(
        tmp_path, "update register set counted_to = null, judged_on = null", "delete from register_item",
        "delete from register_report", "delete from register_flow", "delete from register_burn",
    )  # fmt: skip
    app = visit("board.py")
    said = words_of(app)
    for _, title, *_ in REGISTERS:
        assert f"No file for “{title}” has come yet, so there is nothing to count." in said
    assert "overdue**" not in said
    assert not app.exception


def test_a_fault_in_one_item_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The agenda is drawn item by item."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    with_registers(tmp_path, "drop table register_burn")
    app = visit("board.py")
    said = words_of(app)
    assert "The snapshot 2026-11-20T093000Z.duckdb cannot be read." in said
    assert "3 recommendations outstanding" in said
    assert "Does the framework work?" in said
    assert not app.exception


@pytest.mark.parametrize("nonsense", HOSTILE)
def test_nonsense_in_the_address_falls_back_with_a_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nonsense: str
) -> None:
    """All directorates are shown, and it is said."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    with_registers(tmp_path)
    app = visit("board.py", directorate=nonsense)
    said = words_of(app)
    assert "asks for a directorate that is not here: showing All directorates instead" in said
    assert nonsense not in said
    assert not app.exception


@pytest.mark.usefixtures("empty_council")
def test_without_measures_and_registers_it_says_so() -> None:
    """A designed empty state for every item."""
    app = visit("board.py")
    said = words_of(app)
    assert "Nothing waits for a decision" in said
    assert "No exception needs attention." in said
    assert not app.exception


@pytest.mark.usefixtures("nothing_published")
def test_before_the_first_run_it_says_what_to_do() -> None:
    """A plain card, never a stack trace."""
    app = visit("board.py")
    assert "No figures have been published yet." in words_of(app)
    assert not app.exception
