"""The page of one service: year end, what is late, which movements are real, and what must be put right."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pytest

from scorecard.snapshot import services
from scorecard.snapshot.store import open_snapshot
from tests.pages_under_test import HOSTILE, council, empty_council, visit, words_of
from tests.small_plan import add_registers
from tests.small_snapshot import HOME, NAME, insert

__all__ = ["council", "empty_council"]

FORECAST = (
    "Forecast for 2026/27: 98.2% (between 97.2% and 99.3%) against a target of 98.8%: more likely to miss than not."
    " Needs 19.6 percentage points a quarter for the rest of the year, has averaged 29.8."
)


@contextmanager
def changing(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The small snapshot, to be changed before a page reads it."""
    with duckdb.connect(str(data / "snapshots" / NAME)) as connection:
        yield connection


def _found(connection: duckdb.DuckDBPyConnection, measure_id: str, judgement: str, status: str, **more: object) -> None:
    values = {
        "measure_id": measure_id, "area_code": HOME, "judgement": judgement, "status": status, "strength": 1.0,
        "sentence": f"{judgement} of {measure_id}.", "evidence": "{}", "period_start": date(2026, 7, 1),
        "period_end": date(2026, 9, 30),
    }  # fmt: skip
    insert(connection, "finding", **{**values, **more})


@pytest.mark.usefixtures("council")
def test_services_are_listed_as_a_tree_to_choose_from() -> None:
    """Without one chosen each is listed with what lies below it, and what needs attention there."""
    app = visit("service.py")
    assert [title.value for title in app.title] == ["My service"]
    listed = app.table[0].value
    assert list(listed.iloc[:, 0])[:2] == [
        "[Place](service?service=place)",
        "\N{NO-BREAK SPACE}" * 4 + "[People and change](service?service=people)",
    ]
    place, waste = listed.iloc[0], listed[listed.iloc[:, 0].str.contains("=waste")].iloc[0]
    assert (place["Measures"], waste["Measures"]) == ("16 and 1 proposed", "3")
    assert waste["Off target"] == "**2**"
    assert waste["Submissions late"] == "**2**"
    options = list(app.selectbox[0].options)
    assert options[:3] == ["All services", "Place", "Place › People and change"]
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_it_answers_in_the_order_of_the_manager() -> None:
    """Year end, what is off target, what is late, what is to be put right: before any table."""
    app = visit("service.py", service="waste")
    said = words_of(app)
    answer = next(each.value for each in app.markdown if "late.**" in each.value)
    assert answer == (
        "**Of 1 forecast for year end, 1 is likely to miss.** **2 measures are off target now.**"
        " **2 submissions are late.** 1 measure has moved more than chance gives (for the worse)."
        " 3 exceptions need attention. To put right: 1 file is refused and 3 rows are set aside."
    )
    assert "Part of Place. Owner: Head of Waste." in said
    assert "2 submissions are late" in said
    assert "Add the column to the workbook" in said
    assert [button.proto.label for button in app.get("download_button")] == [
        "Download as CSV", "Download as workbook"] * 2  # fmt: skip
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_a_directorate_shows_all_below_it() -> None:
    """Measures of every service below stand in one table, each with its service; removed ones do not."""
    table = visit("service.py", service="place").table[0].value
    assert len(table) == 17
    named = "\n".join(table.iloc[:, 0])
    assert "Missed bin collections](measure?measure=missed_bins) (Waste and recycling)" in named
    assert "Repairs completed in target time" in named
    assert "Visits to the service desk" not in named
    assert table["Status"].iloc[0].endswith("Off target]")


def test_the_year_end_is_told_with_its_interval_chance_and_run_rate(council: Path) -> None:
    """The forecast's own figures, and the run-rate in the words of the finding."""
    evidence = {"forecast": 98.2, "low": 97.2, "high": 99.3, "target": 98.8, "target_high": 98.8, "chance": 0.25,
                "needed": 19.6, "averaged": 29.8, "year": "2026/27"}  # fmt: skip
    with changing(council) as connection:
        _found(connection, "foi", "forecast", "at_risk", sentence=FORECAST, evidence=json.dumps(evidence))
        _found(connection, "complaints", "forecast", "not_forecast", sentence="Not forecast: too few quarters.")
    table = visit("service.py", service="customers").table[0].value
    ends = {
        row.iloc[0].partition("measure=")[2].rstrip(")"): row["Where the year may end"] for _, row in table.iterrows()
    }
    assert ends["foi"].replace("\\", "") == (
        ":orange-badge[:material/change_history: At risk] 98.2% (97.2% to 99.3%) in 2026/27, target 98.8%."
        " About 2 chances in 10 of meeting it."
        " Needs 19.6 percentage points a quarter for the rest of the year, has averaged 29.8."
    )
    assert ends["complaints"].replace("\\", "") == "Not forecast: too few quarters."
    assert ends["satisfaction"] == "No forecast"


def test_real_movements_are_told_apart_from_chance(council: Path) -> None:
    """What moved is told in the words of its finding and since when; the others are only counted."""
    with changing(council) as connection:
        connection.execute("delete from finding")
        _found(connection, "foi", "variation", "special_cause_concern", adverse=True, sentence="Below the limits.",
               evidence='{"since": "2026-07-01"}')  # fmt: skip
        _found(connection, "complaints", "variation", "common_cause")
        _found(connection, "call_wait", "change", "no_change")
        _found(connection, "call_wait", "variation", "special_cause_improvement", adverse=False)
        _found(connection, "satisfaction", "variation", "not_charted")
    said = words_of(visit("service.py", service="customers"))
    bad = "Bad news] [Information requests answered in 20 days](measure?measure=foi): Below the limits. So since Q2"
    assert bad in said
    assert said.index("Bad news]") < said.index("variation of call_wait.")
    assert "1 measure moves within usual variation" in said
    assert "1 has too few or unfit figures to tell." in said
    assert "variation of complaints" not in said


def test_what_changed_is_told_of_its_own_measures(council: Path) -> None:
    """A published figure of another service that changed is not told here."""
    with changing(council) as connection:
        for measure_id, value in (("foi", 81.25), ("repairs", 77.75)):
            insert(
                connection, "restatement", measure_id=measure_id, area_code=HOME, period_start=date(2026, 7, 1),
                period_end=date(2026, 9, 30), period="Q2 2026/27", old_value=value, new_value=79.5,
                known_from=date(2026, 10, 1), known_to=date(2026, 11, 1), old_sha256="0" * 64, why="corrected_file",
            )  # fmt: skip
    said = words_of(visit("service.py", service="customers"))
    assert "81.2%" in said
    assert "77.8%" not in said


def test_the_public_is_told_that_problems_are_for_officers(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never that there are none; and no measure, nor any file or row, that is not meant for the public."""
    with changing(council) as connection:
        connection.execute("update measure set audience = 'officers' where measure_id = 'fly_tips'")
    monkeypatch.setenv("SCORECARD_AUDIENCE", "public")
    app = visit("service.py", service="waste")
    said = words_of(app)
    assert "shown to officers only" in said
    assert "To put right" not in said
    assert "repairs_October.xlsx" not in said
    assert "Fly-tips cleared" not in said
    assert not app.get("download_button")
    monkeypatch.setenv("SCORECARD_AUDIENCE", "officers")
    assert "Fly-tips cleared" in words_of(visit("service.py", service="waste"))


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("hostile", HOSTILE)
def test_nonsense_in_the_address_falls_back(hostile: str) -> None:
    """A service that is not here shows the list, with a notice."""
    app = visit("service.py", service=hostile)
    assert not app.exception
    assert "is not here: showing All services" in words_of(app)


@pytest.mark.usefixtures("council")
def test_nonsense_for_its_page_shows_the_first() -> None:
    """A page that is not there is not an error."""
    app = visit("service.py", service="waste", waste_page="99", files="-1")
    assert not app.exception
    assert len(app.table[0].value) == 3


@pytest.mark.usefixtures("empty_council")
def test_without_measures_there_is_nothing_to_choose() -> None:
    """An empty council says so."""
    app = visit("service.py")
    assert not app.exception
    assert "There are no measures yet" in words_of(app)


def test_it_says_that_the_figures_are_old(council: Path) -> None:
    """The page stands below the banner's warning when no run has looked for new files for long."""
    assert any("New files were last looked for" in each.value for each in visit("service.py", service="waste").warning)


def test_words_of_the_catalogue_stay_text(council: Path) -> None:
    """Markdown and links in titles, owners and sentences are shown as they are."""
    hostile = "[x](javascript:alert(1)) **b** `c` $d$"
    with changing(council) as connection:
        connection.execute("update measure set title = ? where measure_id = 'recycling'", [hostile])
        connection.execute("update service set title = ?, owner = ? where service_id = 'waste'", [hostile, hostile])
        connection.execute("update finding set sentence = ?", [hostile])
        connection.execute("update exception set sentence = ?, question = ?, owner = ?", [hostile] * 3)
        connection.execute("update source set title = ?, publisher = ?", [hostile, hostile])
    for address in ({"service": "waste"}, {"service": "place"}, {}):
        app = visit("service.py", **address)
        assert not app.exception
        shown = [str(each.value) for each in (*app.title, *app.subheader, *app.markdown, *app.caption)]
        shown += [str(cell) for table in app.table for cell in table.value.to_numpy().ravel()]
        assert [text for text in shown if hostile in text.replace("\\", "")]
        assert not [text for text in shown if hostile in text]


def test_sources_are_those_of_the_home_councils_figures(council: Path) -> None:
    """A source that gives only other councils' figures is none of the service's."""
    with changing(council) as connection:
        insert(connection, "source", source_id="club", title="Benchmarking club", publisher="A club")
        insert(connection, "load", load_id=9, sha256="9" * 64, path="club.csv", source_id="club", outcome="loaded",
               rows_found=1, rows_accepted=1, rows_set_aside=0, rows_skipped=0)  # fmt: skip
        connection.execute("update observation set load_id = 9 where area_code = 'E00000002'")
    snapshot = open_snapshot(council / "snapshots" / NAME)
    try:
        assert list(services.sources(snapshot, "waste")["source_id"]) == ["collections"]
        assert list(services.sources(snapshot, "")["source_id"]) == ["club", "collections"]
    finally:
        snapshot.close()


def test_items_of_registers_that_are_overdue_or_due_soon(council: Path) -> None:
    """Of the service and all below it, over all registers, the longest overdue first; with the goals it serves."""
    add_registers(council)
    app = visit("service.py", service="place")
    said = words_of(app)
    assert (
        "**2 items are overdue by the original date**, and 3 are due soon or predicted late, over all registers" in said
    )
    assert "States are as at 20 November 2026, the last day that the files cover." in said
    (items,) = [table.value for table in app.table if "Register" in table.value]
    assert [cell[1:4].strip("\\:") for cell in items["Item (opens in a new tab)"]] == ["A1", "I1", "P1", "A1b", "A2"]
    assert items["State"].iloc[0].endswith("Overdue] 51 days")
    assert items["Originally due"].iloc[0].replace("\N{NO-BREAK SPACE}", " ") == "30 Sep 2026, moved to 31 Jan 2027"
    assert "Goals of the council plan it serves:" in said
    assert not app.exception


def test_a_service_that_owes_nothing_is_told_so(council: Path) -> None:
    """An empty list says why it is empty."""
    add_registers(council)
    assert "Of the registers shown here, no item is overdue, predicted late or due soon." in words_of(
        visit("service.py", service="customers")
    )
