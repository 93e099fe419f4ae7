"""Files tried without being loaded: what would become of them, and what a file is that no source expects."""

import gzip
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from small_council import CATALOGUE, GOOD, write_council, write_homes
from small_repairs import write_repairs

from pipelines.__main__ import main
from pipelines.trial.draft import draft
from pipelines.trial.known import what_is_known
from pipelines.trial.tried import Tried
from pipelines.trial.trying import expecting, try_files
from scorecard.catalogue import read_catalogue
from scorecard.catalogue.reading import examine
from scorecard.settings import Settings

BAD = """\
Place,Month,Code,Count,Out of,Remark
Littleborough,Oct 2026,missed,95,100000,
Littleborough,Oct 2026,calls,12x,..,
Nowhere,Oct 2026,calls,9,..,
Littleborough,Sep 2026,calls,9,..,6" pipe
"""
LEISURE = """\
Leisure visits

Centre;Ward;Month;Visits;Paid;Opened;Card no
Baths;Northward;Oct 2026;1,204;£3,100.50;31.03.2020;007
Park;Northward;Oct 2026;..;£12.00;01.04.2021;008
Baths;Northward;Nov 2026;980;£2,950.00;31.03.2020;009
"""


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Settings]:
    """The small council, with nothing loaded and an empty inbox."""
    yield write_council(tmp_path, {})


def tried(settings: Settings, *files: Path, source: str | None = None) -> list[Tried]:
    """What is found of the files."""
    catalogue = read_catalogue(settings.catalogue)
    return [one for one, _ in try_files(list(files), catalogue, what_is_known(catalogue, settings), source)]


def test_what_would_become_of_a_file_is_told_as_a_run_would_have_it(council: Settings, tmp_path: Path) -> None:
    """Loaded, loaded in part with each row's reason, or refused."""
    good, bad, wrong = (tmp_path / name for name in ("returns.csv", "returns bad.csv", "returns wrong.csv"))
    good.write_text(GOOD)
    bad.write_text(BAD)
    wrong.write_text("Place;Month\nx;y\n")
    found = tried(council, good, bad, wrong)
    assert [(one.outcome, one.source_id) for one in found] == [
        ("load", "returns"), ("quarantine", "returns"), ("refuse", "returns"),
    ]  # fmt: skip
    loaded, partly, refused = found
    assert (loaded.rows_found, loaded.rows_accepted, loaded.rows_skipped, loaded.encoding) == (6, 5, 1, "utf-8")
    assert partly.rows_found == partly.rows_accepted + partly.rows_set_aside + partly.rows_skipped == 5
    assert [(held.row, held.code) for held in partly.held] == [
        (3, "not_a_number"), (4, "area_unknown"), (5, "broken_quoting"),
    ]  # fmt: skip
    assert [problem.code for problem in refused.problems] == ["column_missing"]
    assert (refused.encoding, refused.delimiter) == ("utf-8", ",")
    assert not council.data.exists()


def test_every_sheet_of_a_workbook_that_a_source_reads_is_told(council: Settings, tmp_path: Path) -> None:
    """The hidden one is not read."""
    write_homes(tmp_path / "homes.xlsx")
    (one,) = tried(council, tmp_path / "homes.xlsx")
    assert (one.outcome, one.sheet, one.rows_accepted) == ("load", "Quarter Q2 2026-27", 2)


def test_records_are_tried_as_a_run_takes_them_in(tmp_path: Path) -> None:
    """With the rows set aside, records that stand twice among them; nothing is staged or kept."""
    settings = write_repairs(tmp_path / "council")
    lines = [
        "Job,Ward,Priority,Tenant,Reported,Completed,Cost", "1,Northward,Routine,A,01/09/2026,02/09/2026,10",
        "2,Southward,Routine,A,01/09/2026,02/09/2026,10,", "3,Southward,Soon,A,01/09/2026,02/09/2026,10",
        "4,Southward,Routine,A,01/09/2026,02/09/2026,10", "4,Southward,Routine,A,01/09/2026,03/09/2026,10", "",
        '5,Southward,Routine,"A",01/09/2026,02/09/2026,"1,200"', '6,Southward,Routine,A"B,01/09/2026,02/09/2026,10',
    ]  # fmt: skip
    (tmp_path / "repairs Sep 2026.csv").write_text("\n".join(lines))
    (one,) = tried(settings, tmp_path / "repairs Sep 2026.csv")
    assert (one.outcome, one.rows_found, one.rows_accepted, one.rows_skipped) == ("quarantine", 9, 2, 2)
    assert [(held.row, held.code) for held in one.held] == [
        (3, "ragged_row"), (4, "not_allowed"), (5, "duplicate_key"), (6, "duplicate_key"),
        (9, "broken_quoting"),
    ]  # fmt: skip


def test_a_file_is_known_by_its_name_wherever_it_lies(council: Settings, tmp_path: Path) -> None:
    """By its name alone or with its last folders; another name needs --source."""
    catalogue = read_catalogue(council.catalogue)
    assert expecting("/home/x/returns oct.csv", catalogue) == ("returns",)
    assert expecting("/home/returns/oct.csv", catalogue) == ("returns",)  # "*" stands for any text, "/" too
    assert expecting("/home/x/oct.csv", catalogue) == ()
    (tmp_path / "oct.csv").write_text(GOOD)
    assert [one.outcome for one in tried(council, tmp_path / "oct.csv", source="returns")] == ["load"]


def test_packed_files_are_tried_one_by_one(council: Settings, tmp_path: Path) -> None:
    """A .zip gives a finding for each file in it, a .gz one; a damaged pack is refused."""
    with zipfile.ZipFile(tmp_path / "october.zip", "w") as pack:
        pack.writestr("returns.csv", GOOD)
        pack.writestr("notes.txt", "Hello; this is no table.")
    with gzip.open(tmp_path / "returns.csv.gz", "wt") as stream:
        stream.write(GOOD)
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04" + b"x" * 50)
    found = tried(council, tmp_path / "october.zip", tmp_path / "returns.csv.gz", tmp_path / "broken.zip")
    assert [(Path(one.path).name, one.outcome) for one in found] == [
        ("returns.csv", "load"), ("notes.txt", "refuse"), ("returns.csv", "load"), ("broken.zip", "refuse"),
    ]  # fmt: skip


def test_a_file_that_no_source_expects_is_described(council: Settings, tmp_path: Path) -> None:
    """Its format, encoding, delimiter, headings, and what each column seems to hold."""
    (tmp_path / "leisure.csv").write_bytes(LEISURE.encode("cp1252"))
    (one,) = tried(council, tmp_path / "leisure.csv")
    assert (one.outcome, one.encoding, one.delimiter, one.header_row) == ("refuse", "cp1252", ";", 3)
    assert one.look is not None
    seen = {each.heading: each for each in one.look.columns}
    assert {name: each.type for name, each in seen.items()} == {
        "Centre": "text", "Ward": "text", "Month": "text", "Visits": "integer", "Paid": "number", "Opened": "date",
        "Card no": "text",
    }  # fmt: skip
    assert (seen["Ward"].area_by, seen["Month"].period_form) == ("name", "month")
    assert (seen["Visits"].marks, seen["Opened"].date_forms) == (("..",), ("%d.%m.%Y",))


def _described(content: bytes, name: str, council: Settings, tmp_path: Path) -> str:
    (tmp_path / name).write_bytes(content)
    (one,) = tried(council, tmp_path / name)
    assert one.outcome == "refuse"
    return one.problems[0].sentence


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"a,b,a\n1,2,3\n", "x.csv", "Duplicate headings: 'a'"),
        (b"a,,c\n1,2,3\n", "x.csv", "The heading is blank over column B"),
        (b"1,2,3\n4,5,6\n", "x.csv", "No row of it looks like headings"),
        (b'a,b\n1,2\n"x"y,3\n', "x.csv", "Row 3 has a quotation mark"),
        (b"", "x.csv", "empty"),
        (b"%PDF-1.4", "report.csv", "a PDF document"),
        (b"[1, 2", "x.json", "JSON"),
    ],
)
def test_what_stands_in_the_way_of_an_unexpected_file_is_said(
    content: bytes, name: str, said: str, council: Settings, tmp_path: Path
) -> None:
    """Duplicate or blank headings, no headings, stray marks, another format than its name says."""
    assert said in _described(content, name, council, tmp_path)


def _workbook(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Visits 2026")
        page.write_row(0, 0, ["Rate > all", "Rate > all", "Rate*", "Year"])
        page.write_row(1, 0, [1.5, 2, "x", 2024])
        page.write_row(2, 0, [2.5, 3, "y", 2025])


def test_a_drafted_source_passes_check_and_loads_its_file(council: Settings, tmp_path: Path) -> None:
    """Pasted into the catalogue it has no fault, expects the file and loads every row: of text and of a workbook."""
    (tmp_path / "leisure.csv").write_text(LEISURE)
    (tmp_path / "bare 2026.csv").write_text("1,a\n2,b\n")
    _workbook(tmp_path / "visits.xlsx")
    for name, rows in [("leisure.csv", 3), ("bare 2026.csv", 2), ("visits.xlsx", 2)]:
        places = what_is_known(read_catalogue(council.catalogue), council).areas
        (one,) = tried(council, tmp_path / name)
        assert one.look is not None
        block = draft(one.look, tmp_path / name, name, places)
        council.catalogue.write_text(CATALOGUE.replace("sources:\n", block, 1))
        assert examine(council.catalogue)[1] == []
        (again,) = tried(council, tmp_path / name)
        assert (again.outcome, again.rows_accepted, bool(again.source_id)) == ("load", rows, True)
        council.catalogue.write_text(CATALOGUE)


def test_a_draft_names_period_and_place_where_every_row_has_one(council: Settings, tmp_path: Path) -> None:
    """With as many key columns as it takes for no row to repeat another."""
    (tmp_path / "leisure.csv").write_text(LEISURE)
    (one,) = tried(council, tmp_path / "leisure.csv")
    assert one.look is not None
    block = draft(
        one.look,
        tmp_path / "leisure.csv",
        "leisure.csv",
        what_is_known(read_catalogue(council.catalogue), council).areas,
    )
    assert "column: ward" in block
    assert "forms: [month]" in block
    assert "key: [centre]" in block


def test_the_command_tells_people_and_programs(
    council: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 when all would load, 3 when something would not, 2 when nothing was started; --json is a list."""
    options = ["--catalogue", str(council.catalogue), "--inbox", str(council.inbox), "--data", str(council.data)]
    (tmp_path / "returns.csv").write_text(GOOD)
    (tmp_path / "returns bad.csv").write_text(BAD)
    (tmp_path / "leisure.csv").write_text(LEISURE)
    assert main(["try", *options, str(tmp_path / "returns.csv")]) == 0
    assert "would be loaded by source 'returns'" in capsys.readouterr().out
    assert main(["try", *options, str(tmp_path / "returns bad.csv"), str(tmp_path / "leisure.csv"), "--draft"]) == 3
    said = capsys.readouterr().out
    assert "What to do: Correct the cell" in said
    assert "sources:" in said
    assert main(["try", *options, str(tmp_path / "returns bad.csv"), "--json"]) == 3
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["outcome"], told["source"], told["header_row"], told["delimiter"]) == ("quarantine", "returns", 1, ",")
    assert told["rows"] == {"found": 5, "accepted": 1, "set_aside": 3, "skipped": 1}
    assert {problem["code"] for problem in told["problems"]} >= {"not_a_number", "area_unknown", "broken_quoting"}
    assert all(problem["fix"] for problem in told["problems"])
    assert told["set_aside"][0]["cells"][3] == "12x"
    assert main(["try", *options, str(tmp_path / "gone.csv")]) == 2
    assert main(["try", *options, str(tmp_path / "returns.csv"), "--source", "retruns"]) == 2
    assert "Did you mean 'returns'?" in capsys.readouterr().err
    assert not council.data.exists()


def test_cells_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in a row set aside is shown without the characters that a terminal obeys."""
    settings = write_council(tmp_path, {"returns.csv": GOOD + "Littleborough,Oct 2026,m\x1b[31missed,4,9\n"})
    options = ["--catalogue", str(settings.catalogue), "--data", str(settings.data)]
    main(["try", str(settings.inbox / "returns.csv"), *options])
    said = capsys.readouterr().out
    assert "[31missed" in said
    assert "\x1b" not in said
