"""The data quality page: what was read, what was refused, what to put right."""

from pathlib import Path

import duckdb
import pytest

from pages.components.downloads import defused
from tests.pages_under_test import council, empty_council, visit, words_of
from tests.small_snapshot import NAME

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
        "Service returns: 3 rows set aside",
        "3 rows and why each was set aside",
        "The calendar of 1 source",
        "2 files loaded",
        "1 file not recognised",
        "1 limit kept",
        "2 checks passed",
        "1 run, the latest first",
    ]


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
        (-3, -3),
        (None, None),
    ],
)
def test_the_download_cannot_carry_a_formula(cell: object, safe: object) -> None:
    """Text that a spreadsheet would run gets a quote before it; real numbers do not."""
    assert defused(cell) == safe
