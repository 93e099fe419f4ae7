"""The data quality page: what was read, what was refused, what to put right."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from scorecard.exports.formulas import defused
from tests.pages_under_test import HOSTILE, council, empty_council, visit, words_of
from tests.small_snapshot import NAME, insert

__all__ = ["council", "empty_council"]


@pytest.mark.usefixtures("council")
def test_it_says_what_to_put_right() -> None:
    """Each problem with what, where, why and what to do; the gravest first."""
    app = visit("data_quality.py")
    said = words_of(app)
    assert "3 files were read and 1 was refused" in said
    assert said.index("there is no column 'Completed on'") < said.index("that is not a whole number")
    assert "**What to do:** Add the column to the workbook" in said
    assert "File refused" in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_it_lists_files_and_checks() -> None:
    """Every file with its outcome, every rule with its result, every row that was set aside."""
    app = visit("data_quality.py")
    said = words_of(app)
    for words in (
        "repairs_October.xlsx",
        "1 file refused",
        "notes to self.docx",
        "2 of 242",
        "Is a whole number",
        "19",
    ):
        assert words in said
    folded = [expander.label.replace("\\", "") for expander in app.expander]
    assert folded == [
        "3 rows and why each was set aside",
        "The calendar of 1 source",
        "How 1 sender keeps its dates, by name",
        "1 owner answers for measures that figures do not come for",
        "2 files loaded",
        "1 file not recognised",
        "1 limit kept",
        "2 checks passed",
        "1 run, the latest first",
        "Words used here",
    ]


@pytest.mark.usefixtures("council")
def test_the_answer_comes_first() -> None:
    """What is refused, set aside and late in one sentence, then the last run."""
    first = [each.value for each in visit("data_quality.py").markdown][:2]
    assert first[0] == "**1 file is refused, 3 rows are set aside in 2 files and 2 submissions are late.**"
    assert first[1].startswith("**The last run:** 3 files were read and 1 was refused")


def _other_source(data: Path, source_id: str, *, publisher: str = "Planning", used_by: str | None = None) -> None:
    """One more source with a file of its own, one row set aside and one late submission."""
    with duckdb.connect(str(data / "snapshots" / NAME)) as connection:
        number = int(connection.execute("select max(load_id) + 1 from load").fetchall()[0][0])
        path = f"{source_id}.csv"
        insert(connection, "source", source_id=source_id, title=f"The {source_id}", publisher=publisher)
        insert(
            connection,
            "source_file",
            sha256=source_id,
            path=path,
            bytes=1,
            modified_at="2026-11-01",
            first_seen_at="2026-11-01",
            outcome="loaded",
            in_inbox=True,
        )
        insert(
            connection,
            "load",
            load_id=number,
            sha256=source_id,
            path=path,
            source_id=source_id,
            outcome="loaded",
            rows_found=3,
            rows_accepted=1,
            rows_set_aside=1,
            rows_skipped=1,
        )
        insert(
            connection,
            "check_result",
            load_id=number,
            check_name="key",
            rule=f"{source_id} is unique",
            severity="quarantine",
            passed=False,
            checked=7,
            failed=1,
            sentence="One is not.",
        )
        insert(
            connection,
            "quarantined_row",
            load_id=number,
            source_row=2,
            code="duplicate_key",
            sentence=f"{source_id} is there twice.",
            cells="[]",
        )
        insert(
            connection,
            "problem",
            problem_id=100 + number,
            code="duplicate_key",
            severity="quarantine",
            source_id=source_id,
            path=path,
            rows=1,
            sentence=f"{path}: a row is there twice.",
            fix="Send one.",
        )
        insert(
            connection,
            "submission",
            source_id=source_id,
            period_start="2026-09-01",
            period_end="2026-09-30",
            period="Sep 2026",
            due_on="2026-10-20",
            state="late",
        )
        if used_by:
            connection.execute("update observation set load_id = ? where measure_id = ?", [number, used_by])


def test_one_source_can_be_looked_at_alone(council: Path) -> None:
    """Its problems, rows, dates, files and checks, and nobody else's."""
    _other_source(council, "appeals")
    app = visit("data_quality.py", source="appeals")
    said = words_of(app)
    assert "**1 row is set aside in 1 file and 1 submission is late.**" in said
    for own in (
        "appeals.csv: a row is there twice.",
        "Planning has not sent everything that is due",
        "Appeals is unique",
    ):
        assert own in said
    for others in ("repairs_October.xlsx", "collections.csv", "Is a whole number", "Waste and recycling"):
        assert others not in said
    assert len(app.get("download_button")) == 2


def test_a_service_has_the_sources_of_its_measures(council: Path) -> None:
    """Only they can be chosen with it; a source of another service falls back to all of its own."""
    _other_source(council, "appeals", used_by="major_apps")
    app = visit("data_quality.py", service="planning", source="collections")
    assert list(app.selectbox[1].options) == ["All its sources", "The appeals"]
    assert "is not here: showing All its sources" in words_of(app)
    assert "1 row is set aside in 1 file" in words_of(app)
    assert "Service returns" in list(visit("data_quality.py", service="waste").selectbox[1].options)


def test_many_sources_are_listed_with_links(council: Path) -> None:
    """Rather than shown whole: each with its counts; its own page has the problems and the downloads."""
    for name in ("appeals", "benefits", "calls"):
        _other_source(council, name)
    app = visit("data_quality.py")
    listed = app.table[0].value
    assert listed.iloc[1].to_dict() == {
        "Source (opens in a new tab)": "[The appeals](data_quality?source=appeals)",
        "Files": "1",
        "Rows set aside": "1",
        "What is wrong": "Duplicate key",
    }
    assert len(listed) == 4
    assert not app.get("download_button")


def test_engagement_counts_what_came_in_time(council: Path) -> None:
    """By name; who has not sent for how long, what never came, and whose measures get no figures."""
    _other_source(council, "zoning", publisher="Area team")
    app = visit("data_quality.py")
    said = words_of(app)
    assert "0 of 2 senders have sent everything that is due." in said
    assert "Something is late from Area team and Waste and recycling." in said
    assert "Of 4 submissions of the last thirteen periods, 1 came in time." in said
    table = next(each.value for each in app.table if "Late now" in each.value.columns)
    assert table["Sent by"].tolist() == ["Area team", "Waste and recycling"]
    assert table["Late now"].tolist() == ["1 (has not sent for 1 period)", "2 (has not sent for 2 periods)"]
    assert table["In the last thirteen periods"].tolist() == ["0 of 1 in time", "1 of 3 in time"]
    assert table["Last came"].tolist()[0] == "day not known"
    assert "Head of Customer Services**: 1 that no figure ever came for, of 4 live measures" in said
    assert "1 source feeds no measure in use" in "".join(each.label for each in app.expander)


def test_of_a_first_run_it_does_not_say_what_came_in_time(council: Path) -> None:
    """Of what was here before arrivals were recorded only that it came is known, and the page says so."""
    with duckdb.connect(str(council / "snapshots" / NAME)) as connection:
        connection.execute("update submission set state = 'came', came_on = null where state in ('in_time', 'late')")
    app = visit("data_quality.py")
    said = words_of(app)
    assert "Waste and recycling has sent everything that is due." in said
    assert "Whether what is here came in time is known from the second run on." in said
    assert "not known yet" in said
    assert not any("In the last thirteen periods" in pd.DataFrame(each.value).columns for each in app.table)


@pytest.mark.parametrize("audience", ["public", "members"])
@pytest.mark.usefixtures("council")
def test_below_officers_problems_are_not_called_absent(audience: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong, the rows and the names of files are for officers, and the page says so."""
    monkeypatch.setenv("SCORECARD_AUDIENCE", audience)
    app = visit("data_quality.py")
    said = words_of(app)
    assert "shown to officers only" in said
    assert "2 files loaded" in said
    for hidden in ("nothing to put right", "Nothing has to be put right", "notes to self.docx", "repairs_October.xlsx"):
        assert hidden not in said
    assert not app.get("download_button")
    assert not app.exception


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("hostile", HOSTILE)
def test_nonsense_in_the_address_falls_back(hostile: str) -> None:
    """A service or source that is not here shows all, with a notice."""
    app = visit("data_quality.py", service=hostile, source=hostile, files=hostile)
    assert not app.exception
    said = words_of(app)
    assert "showing All services" in said
    assert "showing All sources" in said


@pytest.mark.usefixtures("council")
def test_whole_files_are_measured_against_their_limits() -> None:
    """What was measured and the limit stand together; what a file says stays text."""
    said = words_of(visit("data_quality.py"))
    assert "21 of 240 rows, 8.8%, have no '<b>Ward</b>'; the limit is 5%" in said


@pytest.mark.usefixtures("council")
def test_it_says_what_is_late_and_what_is_due_from_whom() -> None:
    """The longest late first, and what is due in the next ten working days."""
    said = words_of(visit("data_quality.py"))
    assert "2 submissions are late" in said
    assert said.index("Sep 2026") < said.index("Oct 2026 (Waste and recycling)")
    assert "was due 15 October 2026, late by 36 days" in said
    assert "Nov 2026 (Waste and recycling): due 4 December 2026" in said
    assert "1 of 3" in said


@pytest.mark.usefixtures("council")
def test_each_file_with_rows_set_aside_has_its_downloads() -> None:
    """Both kinds, under the name by which they are known when they come back."""
    app = visit("data_quality.py")
    buttons = app.get("download_button")
    assert [button.proto.label for button in buttons] == ["Download as CSV", "Download as workbook"] * 2


@pytest.mark.parametrize(
    "hostile", ["=1+1", "<script>alert(1)</script>", "[x](javascript:alert(1))", "**bold** `code` $x$"]
)
def test_what_stands_in_files_stays_text(council: Path, hostile: str) -> None:
    """Formulas, script and markdown in names, sentences and reasons are shown as they are."""
    with duckdb.connect(str(council / "snapshots" / NAME)) as connection:
        for table in ("load", "source_file", "problem"):
            connection.execute(f"update {table} set path = path || ?", [hostile])
        connection.execute("update problem set sentence = ?", [hostile])
        connection.execute("update quarantined_row set sentence = ?", [hostile])
        connection.execute("update check_result set sentence = ?, rule = ?", [hostile, hostile])
    app = visit("data_quality.py")
    assert not app.exception
    shown = [str(each.value) for each in (*app.markdown, *app.caption)]
    shown += [str(cell) for table in app.table for cell in table.value.to_numpy().ravel()]
    told = [text for text in shown if hostile in text.replace("\\", "")]
    assert told
    assert [text for text in told if hostile in text and hostile != "=1+1"] == []


@pytest.mark.usefixtures("empty_council")
def test_without_measures_it_still_works() -> None:
    """What was read is shown even when no measure uses it."""
    assert not visit("data_quality.py").exception


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@sum(a1)", "'@sum(a1)"),
        ("+1+cmd", "'+1+cmd"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("-4.5", "-4.5"),
        ("+44", "+44"),
        ("-1,204", "-1,204"),
        ("-", "-"),
        ("-5%", "-5%"),
        ("+inf", "'+inf"),
        ("-nan", "'-nan"),
        ("plain", "plain"),
    ],
)
def test_the_download_cannot_carry_a_formula(cell: str, safe: str) -> None:
    """Text that a spreadsheet would run gets a quote before it; real numbers do not."""
    assert defused(cell) == safe
