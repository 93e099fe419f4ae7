"""Questions about registers: the answers agree with one another, and count from the original date."""

import io
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from scorecard.exports.csv_file import csv_bytes, metadata_bytes, zip_bytes
from scorecard.exports.register_items import items_export
from scorecard.exports.workbook import workbook_bytes
from scorecard.snapshot.registers import (
    ageing,
    burn_down,
    clocks,
    declared,
    flow,
    item,
    items,
    links,
    owners,
    ratings,
    scores,
    stages,
    tallies,
)
from scorecard.snapshot.registers.items import WANTED, Asked
from scorecard.snapshot.store import Snapshot, open_snapshot
from tests.small_registers import (
    HOSTILE_ID,
    HOSTILE_TITLE,
    JUDGED,
    add_item,
    publish_registers,
    publish_without_file,
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The small registers, opened."""
    return open_snapshot(publish_registers(tmp_path_factory.mktemp("registers")))


def test_registers_count_their_items(small: Snapshot) -> None:
    """In the catalogue's order; those awaiting sign-off past their date are overdue; no file means no count."""
    held = declared.registers(small).set_index("register_id")
    assert list(held.index) == ["audit", "complaints", "risks", "actions", "policies"]
    audit = held.loc["audit"]
    assert audit[["total", "open", "overdue", "due_soon", "predicted_late", "awaiting", "contradicted", "ended_lately"]
                 ].tolist() == [7, 6, 3, 1, 1, 1, 1, 1]  # fmt: skip
    assert pd.isna(held.loc["policies", "judged_on"])
    assert held.loc["policies", "total"] == 0
    assert declared.register(small, "no such register") == {}
    assert not any(declared.shape(small, "policies").values())


@pytest.mark.parametrize("state", WANTED)
def test_how_many_is_as_many_as_there_are(small: Snapshot, state: items.Wanted) -> None:
    """The count of every filter is the number of rows that it gives."""
    for register_id in ("audit", "complaints", "policies"):
        asked = Asked(state)
        assert items.how_many(small, register_id, asked) == len(items.items(small, register_id, asked))


def test_items_are_found_by_service_post_priority_and_words(small: Snapshot) -> None:
    """A service with all below it; every word somewhere, whatever its case; words are never a pattern."""

    def found(**asked: str) -> list[str]:
        return items.items(small, "audit", Asked(**asked))["item_id"].tolist()  # type: ignore[arg-type]

    assert found() == ["A1", "A3", "A2", "A5", "A4", HOSTILE_ID]
    assert found(service_id="waste") == ["A2"]
    assert len(found(service_id="place")) == 6
    assert found(owner="Head of Finance", priority="High") == ["A1", "A3", "A4"]
    assert found(words="STAFF left") == ["A1"]
    assert found(words="%") == found(words="a_") == []
    assert found(words="'; drop table register_item; --") == []
    assert found(state="closed") == ["A6"]


def test_pages_of_items_put_together_are_the_whole(small: Snapshot) -> None:
    """No item is on two pages and none is left out, though many are alike."""
    pages = [items.items(small, "complaints", Asked("every"), first, 25) for first in (0, 25, 50)]
    assert [len(page) for page in pages] == [25, 25, 10]
    assert len({one for page in pages for one in page["item_id"]}) == 60


def test_the_highest_scores_come_first(small: Snapshot) -> None:
    """Risks have no date to press by."""
    assert items.items(small, "risks")["residual"].tolist() == [20, 8, 6]


def test_stock_and_flow_reconcile_and_absent_months_stay_absent(small: Snapshot) -> None:
    """opening + added - closed = closing; a count after a gap says since when it runs."""
    held = flow.flow(small, "audit")
    counted = held.dropna(subset=["opening"])
    assert (counted["opening"] + counted["added"] - counted["closed"] == counted["closing"]).all()
    assert [f"{day:%Y-%m}" for day in held.loc[held["stock"] == "overdue", "counted_on"]] == [
        "2026-05", "2026-07", "2026-09", "2026-10",
    ]  # fmt: skip
    late = flow.latest(small).set_index(["register_id", "stock"]).loc[("audit", "overdue")]
    assert (late["closing"], late["highest"], bool(late["has_opened"])) == (3, 3, True)


def test_newly_overdue_are_those_the_flow_counts(small: Snapshot) -> None:
    """As many as the last count says were added, by name and post."""
    newly = flow.newly_overdue(small, "audit")
    assert newly[["item_id", "owner"]].values.tolist() == [["A2", "Head of Waste"]]
    late = flow.latest(small).set_index(["register_id", "stock"]).loc[("audit", "overdue")]
    assert len(newly) == late["added"]


def test_newly_overdue_at_the_edges(tmp_path: Path) -> None:
    """Late from the day after the date, or from the day it was opened; done on the due day is in time."""
    path = publish_registers(tmp_path)
    with duckdb.connect(str(path)) as connection:
        for name, due, more in (
            ("on the last day", date(2026, 10, 31), {}),
            ("the day before", date(2026, 10, 30), {}),
            ("in the count before", date(2026, 9, 29), {}),
            ("first day of the month", date(2026, 9, 30), {}),
            ("done in time", date(2026, 10, 10), {"ended": date(2026, 10, 10)}),
            ("done late in the month", date(2026, 10, 10), {"ended": date(2026, 10, 12)}),
            ("opened late", date(2026, 1, 1), {"opened": date(2026, 10, 5)}),
        ):
            state = "closed" if "ended" in more else "overdue"
            add_item(connection, "audit", name, state, dues=(due,), **more)
    newly = flow.newly_overdue(open_snapshot(path), "audit").set_index("item_id")
    assert set(newly.index) == {
        "A2", "the day before", "first day of the month", "done late in the month", "opened late",
    }  # fmt: skip
    assert newly.index[newly["is_ended"]].tolist() == ["done late in the month"]


def test_ageing_counts_from_the_original_date(small: Snapshot) -> None:
    """Every overdue item is in one band; re-dating moves it out of none."""
    bands = ageing.ageing(small, "audit")
    assert bands["items"].tolist() == [1, 1, 0, 1, 0]
    assert bands["items"].sum() == declared.register(small, "audit")["overdue"]
    assert bands["redated"].sum() == 2
    assert ageing.ageing(small, "policies")["items"].sum() == 0


def test_the_bands_meet_without_a_gap_or_an_overlap(tmp_path: Path) -> None:
    """30 and 31 days, 365 and 366: each in its own band."""
    path = publish_registers(tmp_path)
    edges = (1, 30, 31, 90, 91, 180, 181, 365, 366, 4000)
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from register_item where register_id = 'audit'")
        for late in edges:
            add_item(connection, "audit", f"{late}", "overdue", dues=(JUDGED,), days_late=late)
    assert ageing.ageing(open_snapshot(path), "audit")["items"].tolist() == [2, 2, 2, 2, 2]


def test_slippage_names_every_date_and_who_slips_again(small: Snapshot) -> None:
    """All due dates in order; posts and services with two or more items moved twice or more."""
    assert ageing.slippage(small, "audit")[["times", "items"]].values.tolist() == [[0, 3], [1, 1], [2, 2]]
    moved = ageing.moved_most(small, "audit", 10).set_index("item_id")
    assert moved.loc["A1", "dates"] == "2026-05-01,2026-08-01,2026-12-01"
    assert len(moved) == 3
    assert ageing.repeated(small, "audit")[["kind", "name", "again"]].values.tolist() == [
        ["service", "People and change", 2]
    ]


def test_one_item_leads_back_to_its_row(small: Snapshot) -> None:
    """File, sheet and row; every due date; None where there is none."""
    held = item.item(small, "audit", "A1")
    assert (held["path"], held["source_row"], held["whole"]) == ("collections.csv", 12, None)
    assert held["original"].startswith("archive/")
    assert item.dues(small, "audit", "A1")["position"].tolist() == [0, 1, 2]
    assert item.item(small, "actions", "P1b")["whole"] == "A cleaner town"
    assert item.parts(small, "actions", "P1")["item_id"].tolist() == ["P1a", "P1b"]
    assert item.reports(small, "risks", "R1")["residual"].tolist() == [20, 8]
    assert item.stages(small, "actions", "P1b")["title"].tolist() == ["Accepted", "Begun"]
    assert item.item(small, "audit", "R1") == {}
    assert item.item(small, "audit", HOSTILE_ID)["title"] == HOSTILE_TITLE


def test_links_run_both_ways(small: Snapshot) -> None:
    """What an item names, what names it, and which items name a measure."""
    forth = links.of_item(small, "audit", "A1")
    assert forth[["kind", "target", "state"]].values.tolist() == [
        ["measure", "foi", "exception"], ["register", "R1", "not_due"],
    ]  # fmt: skip
    back = links.of_item(small, "risks", "R1")
    assert back[["kind", "target", "to_register", "is_back"]].values.tolist() == [["register", "A1", "audit", True]]
    assert links.items_of(small, "measure", "foi")["item_id"].tolist() == ["A1"]
    assert links.items_of(small, "goal", "clean")["item_id"].tolist() == ["P1"]
    assert links.items_of(small, "register", "R1", "risks")["is_overdue"].tolist() == [True]


def test_a_post_has_its_open_items_and_exceptions(small: Snapshot) -> None:
    """Across registers, by date; what is done is not among them."""
    held = owners.of(small, "Head of People")
    assert held["item_id"].tolist() == ["P2", "A5", "P1b", HOSTILE_ID, "P1"]
    assert held["is_overdue"].tolist() == [True, False, False, False, False]
    assert held["is_this_month"].tolist() == [False, True, False, False, False]
    assert owners.of(small, "Director of Place")["is_red"].tolist() == [True, False, False]
    everyone = owners.owners(small).set_index("owner")
    assert everyone.loc["Head of People", ["open", "overdue"]].tolist() == [5, 1]
    assert everyone.loc["Head of Waste", "exceptions"] == len(owners.measures_of(small, "Head of Waste"))
    assert owners.of(small, "nobody").empty


def test_time_limits_kept_and_missed(small: Snapshot) -> None:
    """Passed and not met counts as missed, and an extension is told."""
    kept = clocks.kept(small, "complaints").iloc[0]
    assert (kept["met"], kept["missed"], kept["overdue"], kept["extended"]) == (57, 3, 2, 1)
    assert kept["share"] == pytest.approx(95.0)
    assert clocks.kept(small, "audit").empty


def test_the_length_of_a_limit_is_read_from_the_catalogue(tmp_path: Path) -> None:
    """In working days or in days, by its position; none for a register the catalogue has not."""
    path = publish_registers(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update council set catalogue = '{\"registers\": {\"complaints\": {\"clocks\": "
            "[{\"working_days\": 10, \"days\": null}, {\"days\": 1}]}}}'"
        )  # fmt: skip
    snapshot = open_snapshot(path)
    assert clocks.lengths(snapshot, "complaints") == {0: "10 working days", 1: "1 day"}
    assert clocks.lengths(snapshot, "audit") == {}


def test_steps_and_breakdowns_keep_their_year(small: Snapshot) -> None:
    """The latest year with the year before beside it."""
    assert tallies.tally(small, "complaints")["items"].tolist() == [13, 3, 2]
    themes = tallies.breakdowns(small, "complaints")
    assert themes[["category", "period", "opened", "period_before", "opened_before"]].values.tolist() == [
        ["Bins", "2025/26", 40, "2024/25", 40], ["Calls", "2025/26", 20, "2024/25", 20],
    ]  # fmt: skip


def test_risks_by_score(small: Snapshot) -> None:
    """Where they stand, which are stuck and above appetite, and the score of the report before."""
    assert scores.cells(small, "risks")["items"].sum() == 3
    held = scores.scored(small, "risks").set_index("item_id")
    assert held.loc["R1", ["is_stuck", "is_above", "before"]].tolist() == [True, True, 8]
    assert not held.loc["R3", "is_above"]
    assert scores.scored(small, "audit").empty


def test_ratings_against_the_report_before(small: Snapshot) -> None:
    """How many of each, what turned worse, and a whole that is worse than all its parts."""
    assert ratings.ratings(small, "actions").values.tolist() == [
        ["red", 1, 1], ["amber", 1, 0], ["green", 1, 2], ["complete", 1, 0],
    ]  # fmt: skip
    turned = ratings.turned(small, "actions")
    assert turned[["item_id", "has_worsened"]].values.tolist() == [["P1", True], ["P2", False]]
    against = ratings.against_parts(small, "actions")
    assert against[["item_id", "rating", "worst", "is_worse"]].values.tolist() == [["P1", "amber", "green", True]]


def test_a_green_whole_with_a_red_part_is_told(tmp_path: Path) -> None:
    """And one whose rating its worst part explains is not."""
    path = publish_registers(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update register_item set rating = 'green' where item_id = 'P1'")
        connection.execute("update register_item set rating = 'red' where item_id = 'P1b'")
    held = ratings.against_parts(open_snapshot(path), "actions")
    assert held[["item_id", "worst", "is_worse"]].values.tolist() == [["P1", "red", False]]
    with duckdb.connect(str(path)) as connection:
        connection.execute("update register_item set rating = 'red' where item_id = 'P1'")
    assert ratings.against_parts(open_snapshot(path), "actions").empty


def test_stages_and_the_backlog(small: Snapshot) -> None:
    """How many stand where and for how long; how much of the backlog is left."""
    assert stages.reached(small, "actions")[["title", "items", "standing"]].values.tolist() == [
        ["Accepted", 1, 0], ["Begun", 1, 1],
    ]  # fmt: skip
    assert stages.furthest(small, "actions", 5)["days"].tolist() == [(JUDGED - date(2026, 4, 1)).days]
    assert burn_down.burn(small, "audit")["left"].tolist() == [2, 1, 1]
    assert burn_down.burn(small, "risks").empty


def test_a_register_without_a_file_has_no_counts(tmp_path: Path) -> None:
    """It is there, and everything asked of it is empty."""
    snapshot = open_snapshot(publish_without_file(tmp_path))
    assert declared.registers(snapshot)["register_id"].tolist() == ["policies"]
    assert flow.flow(snapshot, "policies").empty
    assert flow.latest(snapshot).empty
    assert items.items(snapshot, "policies", Asked("every")).empty


def test_members_registers_are_not_read_for_the_public(tmp_path: Path) -> None:
    """Of what is meant for members, the public sees neither register nor item, count nor link."""
    public = open_snapshot(publish_registers(tmp_path), "public")
    assert declared.registers(public)["register_id"].tolist() == ["actions"]
    assert flow.latest(public).empty
    assert items.items(public, "audit", Asked("every")).empty
    assert item.item(public, "audit", "A1") == {}
    assert set(owners.of(public, "Head of People")["register_id"]) == {"actions"}


def test_a_register_can_be_taken_away(small: Snapshot) -> None:
    """Those asked for with every date, in three forms; columns that nothing fills are left out."""
    export = items_export(small, "audit", Asked("overdue", owner="Head of Finance"))
    names = [column.name for column in export.columns]
    assert "residual" not in names
    assert [row[names.index("item_id")] for row in export.rows] == ["A1", "A3"]
    assert export.rows[0][names.index("due")] == date(2026, 5, 1)
    said = csv_bytes(export).decode("utf-8-sig")
    assert "As at,31 October 2026" in said
    assert "Which,state: overdue; owner: Head of Finance" in said
    assert b"csvw" in metadata_bytes(export)
    assert zipfile.ZipFile(io.BytesIO(zip_bytes(export))).namelist() == ["audit.csv", "audit.csv-metadata.json"]
    assert workbook_bytes(export)[:2] == b"PK"
    assert items_export(small, "policies", Asked()).rows == ()
    with pytest.raises(KeyError):
        items_export(small, "nowhere", Asked())
