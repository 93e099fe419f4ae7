"""The page of changes to measures: what was decided about them, since when, why and by whom."""

import csv
import io
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pages.components import downloads, summary
from scorecard.snapshot.changes import decisions, targets, year_began
from scorecard.snapshot.store import open_snapshot
from tests.pages_under_test import HOSTILE, council, empty_council, visit, words_of
from tests.small_snapshot import NAME, publish

__all__ = ["council", "empty_council"]


@pytest.mark.usefixtures("council")
def test_it_answers_first_and_for_this_financial_year() -> None:
    """Without an address it counts from 1 April, each decision by its name, breaks told apart."""
    app = visit("changes.py")
    said = words_of(app)
    assert (
        "Since 1 April 2026: **1 measure** proposed, **1** kept, **2** amended (one of them cannot be compared with"
        " earlier figures) and **1** removed." in said
    )
    assert len(app.table[0].value) == 5
    assert "Taken up" not in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_the_table_says_when_why_and_who_with_a_link() -> None:
    """Every column is filled, in words; a proposal that nobody agreed to says so."""
    frame = visit("changes.py").table[0].value
    assert list(frame["Date"].str.replace("\N{NO-BREAK SPACE}", " ")) == [
        "1 Oct 2026",
        "1 Sep 2026",
        "1 Jul 2026",
        "20 May 2026",
        "1 Apr 2026",
    ]
    assert list(frame["Decision"]) == ["Removed", "Proposed", "Amended", "Kept", "Amended"]
    assert list(frame["Comparable with before?"]) == ["–", "–", "Yes", "–", "No"]
    assert frame["Measure (opens in a new tab)"].iloc[0].endswith("(measure?measure=counter_visits)")
    assert frame["Approved by"].iloc[1] == "not agreed yet"
    assert frame["Reason"].iloc[2] == "Leasehold homes are left \\<out\\>."


@pytest.mark.usefixtures("council")
def test_filters_stand_in_the_address() -> None:
    """An earlier date, one kind of decision and words narrow the list; each can be shared."""
    app = visit("changes.py", since="2020-01-01", decision="live", search="cabinet contract")
    assert list(app.table[0].value["Decision"]) == ["Taken up"]
    app.text_input(key="filter_since").set_value("1 September 2026").run()
    assert app.query_params["since"] == "2026-09-01"
    assert "No decision fits these filters." in words_of(app)
    app.selectbox(key="filter_decision").select("").run()
    app.text_input(key="filter_search").set_value("").run()
    assert len(app.table[0].value) == 2


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("nonsense", [*HOSTILE, "2026-02-30", "0001-01-01", "9999-12-31", "20260401T00"])
def test_nonsense_in_the_address_falls_back_with_a_notice(nonsense: str) -> None:
    """A date that cannot be read or used, or an unknown decision, shows the usual view and says so."""
    app = visit("changes.py", since=nonsense, decision=nonsense)
    said = words_of(app)
    assert not app.exception
    assert "a date that cannot be used: showing 1 April 2026 instead" in said
    assert "a decision that is not here" in said
    assert len(app.table[0].value) == 5


@pytest.mark.usefixtures("council")
def test_a_date_that_cannot_be_read_is_told_when_it_is_typed() -> None:
    """The usual view comes back with a notice; an emptied field is the usual view without one."""
    app = visit("changes.py")
    app.text_input(key="filter_since").set_value("last spring").run()
    assert "a date that cannot be used" in words_of(app)
    assert app.text_input(key="filter_since").value == "01/04/2026"
    app.text_input(key="filter_since").set_value("").run()
    assert "cannot be used" not in words_of(app)
    assert "since" not in app.query_params


@pytest.mark.usefixtures("empty_council")
def test_without_decisions_it_says_so() -> None:
    """A catalogue without lifecycles is said in words, in the answer and below it."""
    said = words_of(visit("changes.py"))
    assert "Since 1 April 2026 nothing was decided about any measure." in said
    assert "The catalogue records no decision about any measure." in said


def test_what_is_still_to_come_is_not_counted_as_done(tmp_path: Path) -> None:
    """A removal from a later day stands in the list, but the sentence tells it apart."""
    path = publish(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "insert into lifecycle values ('agency', 0, 'removed', '2027-04-01', 'No longer needed', 'Cabinet', false)"
        )
        connection.execute("insert into target values ('agency', 1, 'fixed', '2027-04-01', '£3 million', 'Budget')")
    snapshot = open_snapshot(path)
    held = decisions(snapshot)
    assert bool(held.iloc[0]["is_to_come"])
    said = summary.of_decisions(held, date(2026, 4, 1))
    assert "**1** removed" in said
    assert said.endswith(" 1 decision is still to take effect.")
    aims = targets(snapshot).query("measure_id == 'agency'")
    assert list(aims["is_to_come"]) == [True, False]
    assert list(aims["is_in_force"]) == [False, True]
    snapshot.close()


def test_the_download_has_every_column_and_no_formula(tmp_path: Path) -> None:
    """CSV in the words of the page, with a cell that would be a formula made harmless."""
    snapshot = open_snapshot(publish(tmp_path, NAME))
    frame = decisions(snapshot)
    frame.loc[0, "reason"] = '=HYPERLINK("http://x")'
    rows = list(csv.DictReader(io.StringIO(downloads.decisions(frame).decode("utf-8-sig"))))
    snapshot.close()
    assert len(rows) == len(frame)
    assert rows[0] == {
        "date": "2026-10-01",
        "measure": "Visits to the service desk",
        "measure_id": "counter_visits",
        "decision": "Removed",
        "reason": '\'=HYPERLINK("http://x")',
        "approved_by": "Cabinet",
        "comparable_with_before": "–",
    }


@pytest.mark.parametrize(
    ("day", "began"),
    [
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2027, 3, 31), date(2026, 4, 1)),
        (date(2026, 3, 31), date(2025, 4, 1)),
    ],
)
def test_the_year_begins_in_april(day: date, began: date) -> None:
    """The first day of the financial year that contains a day; a pandas moment will do."""
    assert year_began(day) == began
    assert year_began(pd.Timestamp(day)) == began
