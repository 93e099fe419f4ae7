"""What is wrong with the items of registers: each a stated problem, nothing stops, no row is lost, the dates win."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.registers.likeness import are_alike
from scorecard.settings import Settings
from tests.register_files import AUDIT, Declared, ask, audit, council, csv, loaded, problems

MEASURES = "select item_id, state, contradicted from register_item order by item_id"
REPORTED = Declared(
    {
        "ref": "text", "told": "date", "title": "text", "opened": "date", "due": "date", "rating": "text",
        "helps": "text", "whole": "text", "closed": "date",
    },
    {
        "title": "title", "opened": "opened", "due": "due", "rating": "rating", "reported": "told",
        "closed": "closed", "part_of": "whole", "links": [{"column": "helps", "kind": "measure"}],
    },
    {"item": "action", "items": "actions", "ratings": {"R": "red", "G": "green", "C": "complete"}},
    ("ref", "told"),
)  # fmt: skip
JAN, DUE = date(2026, 1, 5), date(2026, 9, 30)


def told(folder: Path, *rows: Mapping[str, object], **more: Mapping[str, object]) -> dict[str, list[str]]:
    """Code → sentences stated of one file of recommendations."""
    settings = council(folder, {"audits": AUDIT}, {"audits Jan 2026 to Oct 2026.csv": audit(*rows)}, **more)
    loaded(settings, "select 1")
    return problems(settings)


def actions(folder: Path, *rows: tuple[object, ...]) -> Settings:
    """A loaded council whose actions are reported anew each time."""
    files = {"plan Jan 2026 to Oct 2026.csv": csv(REPORTED.columns, ((*row, None) for row in rows))}
    settings = council(folder, {"plan": REPORTED}, files)
    loaded(settings, "select 1")
    return settings


def test_every_fault_is_stated_nothing_stops_and_no_row_is_lost(tmp_path: Path) -> None:
    """All at once: a problem of each kind with its item and row, every row an item, and the states by the dates."""
    rows: list[dict[str, object]] = [
        {"ref": "closed early", "due": DUE, "closed": date(2025, 12, 30), "signed": date(2025, 12, 31)},
        {"ref": "due early", "due": date(2025, 11, 3)},
        {"ref": "owner", "owner": "Director of Plaice", "due": date(2027, 1, 1)},
        {"ref": "nobody", "owner": None, "due": date(2027, 1, 1)},
        {"ref": "service", "service": "Plaice", "due": date(2027, 1, 1)},
        {"ref": "no service", "service": None, "due": date(2027, 1, 1)},
        {"ref": "status", "status": "On trak", "due": date(2027, 1, 1)},
        {"ref": "not on track", "status": "On track", "due": DUE},
        {"ref": "not done", "status": "Done", "due": DUE},
        {"ref": "sound", "status": "On track", "due": date(2027, 1, 1)},
    ]
    found = told(tmp_path, *rows)
    path = "audits Jan 2026 to Oct 2026.csv: "
    assert found["closed_before_opened"] == [
        f"{path}1 recommendation is closed before it was opened: closed early (row 2: opened 5 January 2026, closed "
        "30 December 2025). That date is not believed: what is closed by it stays open."
    ]
    assert "due early (row 3: opened 5 January 2026, due 3 November 2025)" in found["due_before_opened"][0]
    unknown, nobody = found["unknown_owner"]
    assert "owner (row 4: 'Director of Plaice'. Did you mean 'Director of Place'?)" in unknown
    assert "1 recommendation is open without an owner: nobody (row 5)" in nobody
    unknown, missing = found["unknown_service"]
    assert "service (row 6: 'Plaice'. Did you mean 'Place'?)" in unknown
    assert "no service (row 7)" in missing
    assert "status (row 8: 'On trak'. Did you mean 'On track'?)" in found["unknown_status"][0]
    (contradicted,) = found["status_contradicted"]
    assert contradicted.startswith(f"{path}2 recommendations are reported with a status that the dates contradict: ")
    assert "not on track (row 9: Reported as on course, but 31 days past" in contradicted
    assert "not done (row 10: Reported as closed, but" in contradicted
    assert "sound" not in str(found)
    settings = Settings(tmp_path / "metrics.yaml", tmp_path / "inbox", tmp_path / "data", None, 26)
    states = {item: state for item, state, _ in ask(settings, MEASURES)}
    assert len(states) == len(rows)
    assert {item for item, state in states.items() if state == "overdue"} == {
        "closed early", "due early", "not on track", "not done",
    }  # fmt: skip
    assert ask(settings, "select sum(rows_set_aside), sum(rows_accepted) from load") == [(0, len(rows))]
    assert set(ask(settings, "select distinct severity from problem")) == {("note",)}


def test_many_of_one_kind_are_one_problem_with_the_first_three(tmp_path: Path) -> None:
    """A thousand unknown owners are one note, which says how many and where the first stand."""
    found = told(tmp_path, *({"ref": f"A{at}", "owner": f"Nobody {at}"} for at in range(1000)))
    (sentence,) = found["unknown_owner"]
    assert "1,000 recommendations name an owner who is no post of the catalogue: A0 (row 2: " in sentence
    assert "A2 (row 4: 'Nobody 2') and 997 more." in sentence


def test_the_posts_of_the_catalogue_are_those_of_services_measures_leaders_and_the_register(tmp_path: Path) -> None:
    """Each of them may own an item; capitals count."""
    owners = ["Director of Place", "Chief Executive", "Head of Calls", "Auditor", "auditor"]
    declared = Declared(AUDIT.columns, AUDIT.means, {**AUDIT.more, "owners": ["Auditor"]})
    rows: list[dict[str, object]] = [{"ref": f"A{at}", "owner": owner} for at, owner in enumerate(owners)]
    settings = council(
        tmp_path, {"audits": declared}, {"audits Oct 2026.csv": audit(*rows)},
        council={"leadership": ["Chief Executive"]}, measures={"more_calls": MORE_CALLS},
    )  # fmt: skip
    loaded(settings, "select 1")
    (sentence,) = problems(settings)["unknown_owner"]
    assert "1 recommendation names" in sentence
    assert "A4 (row 6: 'auditor'. Did you mean 'Auditor'?)" in sentence


MORE_CALLS = {
    "title": "More calls", "definition": "Calls taken.", "theme": "health", "service": "place", "unit": "calls",
    "owner": "Head of Calls", "kind": "volumetric", "decimals": 0, "polarity": "neutral", "frequency": "month",
    "figures": {"source": "returns", "where": {"code": "calls"}, "value": "count"},
}  # fmt: skip


def test_a_key_that_a_later_file_gives_to_something_else_is_stated(tmp_path: Path) -> None:
    """By its title or the day it was opened; a rewording, a new status or a closing date is no other item."""
    first: list[dict[str, object]] = [
        {"ref": "1", "title": "Review the reserves policy"},
        {"ref": "2", "title": "Publish the asset list"},
        {"ref": "3", "title": "Train new members"},
        {"ref": "4", "title": "Close dormant accounts"},
    ]
    second: list[dict[str, object]] = [
        {"ref": "1", "title": "Buy fire doors, phase 2"},
        {"ref": "2", "title": "Publish the list of assets", "status": "On track"},
        {"ref": "3", "title": "Train new members", "opened": date(2026, 6, 1)},
        {"ref": "4", "title": "Close dormant accounts", "closed": DUE, "signed": DUE},
    ]
    files = {"audits Sep 2026.csv": audit(*first), "audits Oct 2026.csv": audit(*second)}
    settings = council(tmp_path, {"audits": AUDIT}, files)
    items = loaded(settings, "select item_id, title, opened from register_item order by item_id")
    (sentence,) = problems(settings)["key_reused"]
    assert sentence == (
        "audits Oct 2026.csv: 2 recommendations stand under a key that audits Sep 2026.csv has for something else: "
        "1 (row 2: before 'Review the reserves policy', now 'Buy fire doors, phase 2'), "
        "3 (row 4: opened 1 June 2026, and before 5 January 2026). "
        "What stood there before has no line of its own any more."
    )
    assert problems(settings)["record_replaced"], "that they differ at all is said of the earlier file as ever"
    assert items[0] == ("1", "Buy fire doors, phase 2", JAN)
    assert len(items) == 4


def test_an_original_due_date_written_over_is_stated(tmp_path: Path) -> None:
    """Another date in the column of the first one, or none; a date in the column for revised ones is re-dating."""
    first: list[dict[str, object]] = [{"ref": at, "due": DUE} for at in "123"]
    second: list[dict[str, object]] = [
        {"ref": "1", "due": date(2027, 3, 31)}, {"ref": "2", "due": None},
        {"ref": "3", "due": DUE, "revised": date(2027, 3, 31)},
    ]  # fmt: skip
    files = {"audits Sep 2026.csv": audit(*first), "audits Oct 2026.csv": audit(*second)}
    settings = council(tmp_path, {"audits": AUDIT}, files)
    late = loaded(settings, "select item_id from register_item where state = 'overdue'")
    assert late == [("3",)], "the register holds no other date of the two"
    assert problems(settings)["due_rewritten"] == [
        "audits Oct 2026.csv: 2 recommendations have another original due date than in audits Sep 2026.csv: 1 (row 2: "
        "before 30 September 2026, now 31 March 2027), 2 (row 3: before 30 September 2026, now none). What is late is "
        "counted from the date that stands there now."
    ]
    assert "key_reused" not in problems(settings)


def test_a_key_twice_in_one_file_is_set_aside_and_said(tmp_path: Path) -> None:
    """Two rows for one key that disagree: neither is believed, both are kept aside with the reason."""
    found = told(tmp_path, {"ref": "1", "title": "One thing"}, {"ref": "1", "title": "Another"}, {"ref": "2"})
    assert found["duplicate_key"]
    settings = Settings(tmp_path / "metrics.yaml", tmp_path / "inbox", tmp_path / "data", None, 26)
    assert ask(settings, "select count(*) from quarantined_row") == [(2,)]
    assert ask(settings, "select item_id from register_item") == [("2",)]


def test_a_key_that_a_later_report_gives_to_something_else_is_stated(tmp_path: Path) -> None:
    """The opening day of the first report stays, the title is the last one's; a new rating is no other item."""
    settings = actions(
        tmp_path,
        ("1", date(2026, 3, 31), "Plant trees", JAN, DUE, "G", None, None),
        ("1", date(2026, 6, 30), "Plant trees", date(2026, 5, 1), DUE, "R", None, None),
        ("2", date(2026, 3, 31), "Mend the roof", JAN, DUE, "G", None, None),
        ("2", date(2026, 6, 30), "Sell the yacht", JAN, DUE, "G", None, None),
        ("3", date(2026, 3, 31), "Open the hub", JAN, DUE, "G", None, None),
        ("3", date(2026, 6, 30), "Open the hub", JAN, DUE, "R", None, None),
    )
    (sentence,) = problems(settings)["key_reused"]
    assert "2 actions are told under the same key as something else before: " in sentence
    assert "1 (row 3: opened 1 May 2026, and before 5 January 2026)" in sentence
    assert "2 (row 5: before 'Mend the roof', now 'Sell the yacht')" in sentence
    assert ask(settings, "select count(*), min(opened) from register_item") == [(3, JAN)]


def test_links_and_wholes_that_are_not_there_are_stated_and_left_out(tmp_path: Path) -> None:
    """A measure is found by id or title, another is not; nothing is part of itself, nor in a circle."""
    on, red = date(2026, 6, 30), "G"
    settings = actions(
        tmp_path,
        ("1", on, "One", JAN, DUE, red, "calls; Missed collections; let_dayz", None),
        ("2", on, "Two", JAN, DUE, red, "nothing of ours", "1"),
        ("3", on, "Three", JAN, DUE, red, None, "11"),
        ("4", on, "Four", JAN, DUE, red, None, "4"),
        ("5", on, "Five", JAN, DUE, red, None, "6"),
        ("6", on, "Six", JAN, DUE, red, None, "5"),
    )
    found = problems(settings)
    assert (
        "2 actions link to something that is not there: 1 (row 2: 'let_dayz'. Did you mean 'let_days'?), 2 (row 3: "
        in (found["link_unknown"][0])
    )
    (parts,) = found["part_unknown"]
    assert "4 actions are part of" in parts
    assert "3 (row 4: '11'. Did you mean '1'?), 4 (row 5: it would be part of itself), 5 (row 6: it would be" in parts
    links = ask(settings, "select item_id, target from register_link order by all")
    assert links == [("1", "calls"), ("1", "missed_collections")]
    assert ask(settings, "select count(*) from register_item") == [(6,)]


def test_an_unknown_rating_of_any_report_is_stated(tmp_path: Path) -> None:
    """Each report's word counts, not only the last one's."""
    settings = actions(
        tmp_path,
        ("1", date(2026, 3, 31), "One", JAN, DUE, "Amberish", None, None),
        ("1", date(2026, 6, 30), "One", JAN, DUE, "G", None, None),
    )
    (sentence,) = problems(settings)["unknown_status"]
    assert "1 action has a rating whose meaning the catalogue does not say: 1 (row 2: 'Amberish')" in sentence


def test_an_item_open_in_two_registers_is_stated_once(tmp_path: Path) -> None:
    """By its key, or by its title and owner. A bare number, a closed item and one that links to its like are not."""
    linking = Declared(
        {**AUDIT.columns, "other": "text"},
        {**AUDIT.means, "links": [{"column": "other", "kind": "register", "to": "audits"}]},
        {**AUDIT.more, "agenda": "actions"},
    )
    usual = {"service": "place", "opened": JAN}
    mine: list[dict[str, object]] = [
        {"ref": "AR-1", "title": "Reserves"}, {"ref": "AR-2", "title": "Assets"}, {"ref": "3", "title": "Doors"},
        {"ref": "AR-4", "title": "Done", "closed": DUE, "signed": DUE}, {"ref": "AR-5", "title": "Roof"},
    ]  # fmt: skip
    theirs: list[dict[str, object]] = [
        {"ref": "ar-1", "title": "Look at reserves"}, {"ref": "P-9", "title": "ASSETS"},
        {"ref": "3", "title": "Boats"}, {"ref": "AR-4", "title": "Not the same"},
        {"ref": "AR-5", "title": "Roof", "other": "AR-5"},
    ]  # fmt: skip
    owner = {"owner": "Director of Place"}
    rows = [[{**usual, **owner, **row}.get(name) for name in linking.columns] for row in theirs]
    files = {"audits Oct 2026.csv": audit(*mine), "plans Oct 2026.csv": csv(linking.columns, rows)}
    settings = council(tmp_path, {"audits": AUDIT, "plans": linking}, files)
    loaded(settings, "select 1")
    (sentence,) = problems(settings)["claimed_twice"]
    assert sentence.startswith(
        "audits Oct 2026.csv: 2 recommendations are open in the register 'Plans' too: AR-1 (row 2: there ar-1, "
        "'Look at reserves'), AR-2 (row 3: there P-9, 'ASSETS')."
    )


def test_days_out_of_all_reason_stop_nothing(tmp_path: Path) -> None:
    """Dates at the ends of the calendar, and an opening after the council's day, load and reconcile."""
    rows: list[dict[str, object]] = [
        {"ref": "1", "opened": date(1901, 1, 1), "due": date(1902, 1, 1)},
        {"ref": "2", "opened": date(2026, 1, 5), "due": date(2100, 12, 31)},
        {"ref": "3", "opened": date(2090, 1, 5), "due": date(2026, 2, 1)},
        {"ref": "4", "opened": None, "due": None, "closed": date(2099, 1, 1)},
    ]
    settings = council(tmp_path, {"audits": AUDIT}, {"audits Jan 2026 to Oct 2026.csv": audit(*rows)})
    ((rows_lost,),) = loaded(settings, "select count(*) from register_flow where opening + added - closed <> closing")
    assert rows_lost == 0
    held = ask(settings, "select count(*) from quarantined_row")[0][0]
    assert ask(settings, "select count(*) from register_item") == [(4 - held,)]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Review the reserves policy", "Review of reserves policy", True),
        ("Review the reserves policy", "review  the RESERVES policy", True),
        ("Policy", "Policy on reserves, as agreed with the auditors in March", True),
        ("Review the reserves policy", "Buy fire doors", False),
        ("", "Buy fire doors", True),
    ],
)
def test_titles_are_alike_when_they_can_be_wordings_of_one_thing(one: str, other: str, alike: bool) -> None:
    """Spaces, capitals, a few letters, or one within the other make no other item; a missing title says nothing."""
    assert are_alike(one, other) is alike
    assert are_alike(other, one) is alike


def test_a_sign_off_before_the_opening_leaves_it_open_from_the_start(tmp_path: Path) -> None:
    """It is in the stock on every day after it was opened, and late from its date on."""
    row = {"ref": "1", "opened": JAN, "due": date(2026, 3, 31), "signed": JAN - timedelta(days=1)}
    settings = council(tmp_path, {"audits": AUDIT}, {"audits Jan 2026 to Apr 2026.csv": audit(row)})
    flow = "select stock, closing from register_flow order by stock, counted_on"
    assert loaded(settings, flow) == [("open", 1)] * 4 + [("overdue", 0)] * 3 + [("overdue", 1)]
