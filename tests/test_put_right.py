"""Rows set aside, downloaded in the submitter's own shape, mended, sent back, and then no longer told."""

import csv
import io
import os
import zipfile
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from small_council import CATALOGUE, load, write_council
from test_record_runs import HEADINGS as RECORD_HEADINGS
from test_record_runs import RECORD_CATALOGUE

from pages.components.downloads import held_csv, held_workbook
from scorecard.set_aside import HEADINGS, download_name, originals_of
from scorecard.settings import Settings
from scorecard.snapshot.folder import current
from scorecard.snapshot.held_rows import HeldSheet, held_rows
from scorecard.snapshot.store import close_all, open_current

HEADER = "Place,Month,Code,Count,Out of\n"
BAD = (
    HEADER
    + "Littleborough,Aug 2026,missed,50,100000\n"
    + "Littleborough,Sep 2026,missed,ninety,100000\n"
    + "Littlebro,Oct 2026,missed,95,100000\n"
)


def ask(settings: Settings, query: str) -> list[tuple[object, ...]]:
    """Rows of the snapshot being served."""
    with duckdb.connect(str(current(settings.data)), read_only=True) as connection:
        return connection.execute(query).fetchall()


def held(settings: Settings, path: str) -> list[HeldSheet]:
    """What the page would offer for one file."""
    found = held_rows(open_current(settings.data), path)
    close_all()
    return found


def problems(settings: Settings) -> list[tuple[object, ...]]:
    """Code, severity and path of every problem of rows."""
    return ask(settings, "select code, severity, path from problem where rows > 0 order by problem_id")


def older(*paths: Path) -> None:
    """These files were changed an hour ago: what comes back now was changed after them."""
    for path in paths:
        moment = path.stat().st_mtime - 3600
        os.utime(path, (moment, moment))


def mended(download: bytes, *changes: tuple[str, str]) -> bytes:
    """The download with some of its words replaced."""
    text = download.decode("utf-8-sig")
    for wrong, right in changes:
        assert text.count(wrong) == 1, wrong
        text = text.replace(wrong, right)
    return text.encode("utf-8-sig")


def test_a_whole_file_sent_again_under_its_name_clears_its_rows(tmp_path: Path) -> None:
    """The ordinary way: corrected where it is kept, exported again, same name. The reasons may still stand in it."""
    settings = write_council(tmp_path, {"returns.csv": BAD})
    load(settings)
    assert problems(settings) == [
        ("not_a_number", "quarantine", "returns.csv"), ("area_unknown", "quarantine", "returns.csv"),
    ]  # fmt: skip
    download = mended(held_csv(held(settings, "returns.csv")), (",ninety,", ",90,"), ("Littlebro,", "Littleborough,"))
    first_row = b"Littleborough,Aug 2026,missed,50,100000,,,,\r\n"
    (settings.inbox / "returns.csv").write_bytes(download + first_row)
    load(settings)
    assert problems(settings) == []
    assert ask(settings, "select count(*) from quarantined_row") == [(0,)]
    assert ask(settings, "select period, value from observation where area_code = 'X1' order by period_start") == [
        ("Aug 2026", 50.0), ("Sep 2026", 90.0), ("Oct 2026", 95.0),
    ]  # fmt: skip


def test_the_mended_download_beside_the_file_clears_its_rows_and_adds_them(tmp_path: Path) -> None:
    """Dropped in under the name it was downloaded with: its rows are used, the others of the file stay."""
    settings = write_council(tmp_path, {"returns.csv": BAD})
    older(settings.inbox / "returns.csv")
    load(settings)
    download = held_csv(held(settings, "returns.csv"))
    name = download_name("returns.csv", ".csv")
    (settings.inbox / name).write_bytes(mended(download, (",ninety,", ",90,"), ("Littlebro,", "Littleborough,")))
    load(settings)
    assert [severity for _, severity, _ in problems(settings)] == ["note", "note"]
    assert ask(settings, "select distinct put_right_in from quarantined_row") == [(name,)]
    assert held(settings, "returns.csv") == []
    assert ask(settings, "select period, value from observation where area_code = 'X1' order by period_start") == [
        ("Aug 2026", 50.0), ("Sep 2026", 90.0), ("Oct 2026", 95.0),
    ]  # fmt: skip
    assert ask(settings, "select count(*) from problem where code = 'column_unknown'") == [(0,)]


def test_the_download_under_the_files_own_name_is_refused(tmp_path: Path) -> None:
    """It would take the place of the whole file; the sound rows stay, and the name it should have is told."""
    settings = write_council(tmp_path, {"returns.csv": BAD})
    load(settings)
    download = held_csv(held(settings, "returns.csv"))
    (settings.inbox / "returns.csv").write_bytes(mended(download, (",ninety,", ",90,"), ("Littlebro,", "Northward,")))
    assert load(settings).refused == 1
    ((sentence,),) = ask(settings, "select sentence from problem where severity = 'refuse'")
    assert sentence == (
        "returns.csv: it has only the 2 rows that were set aside, and would take the place of the 3 sent before; "
        "put it beside that file, as 'returns (rows set aside).csv'."
    )
    assert ask(settings, "select period, value from observation") == [("Aug 2026", 50.0)]


def test_a_row_that_is_still_wrong_is_told_where_it_stands_now(tmp_path: Path) -> None:
    """Half mended: one problem, of the file that was sent back, and once only."""
    settings = write_council(tmp_path, {"returns.csv": BAD})
    older(settings.inbox / "returns.csv")
    load(settings)
    name = download_name("returns.csv", ".csv")
    download = mended(held_csv(held(settings, "returns.csv")), (",ninety,", ",90,"))
    (settings.inbox / name).write_bytes(download)
    load(settings)
    assert [each for each in problems(settings) if each[1] == "quarantine"] == [("area_unknown", "quarantine", name)]
    assert [sheet.rows[0].code for sheet in held(settings, name)] == ["area_unknown"]


def test_a_download_older_than_the_file_clears_nothing(tmp_path: Path) -> None:
    """A new version of the file has other rows under the same numbers, so what was sent back before it is stale."""
    settings = write_council(tmp_path, {"returns.csv": BAD})
    load(settings)
    name = download_name("returns.csv", ".csv")
    back = settings.inbox / name
    back.write_bytes(
        mended(held_csv(held(settings, "returns.csv")), (",ninety,", ",90,"), ("Littlebro,", "Northward,"))
    )
    older(back)
    load(settings)
    assert [severity for _, severity, path in problems(settings) if path == "returns.csv"] == ["quarantine"] * 2


def test_records_come_back_for_the_months_of_their_file(tmp_path: Path) -> None:
    """The name without "(rows set aside)" says which months; the record stands in the counts."""
    rows = "C1,,Web,02/04/2026,13/04/2026\nC2,,Fax,03/04/2026,13/04/2026\n"
    settings = write_council(tmp_path, {"Cases Apr 2026 to Jun 2026.csv": RECORD_HEADINGS + rows})
    settings.catalogue.write_text(RECORD_CATALOGUE, encoding="utf-8")
    older(settings.inbox / "Cases Apr 2026 to Jun 2026.csv")
    load(settings)
    assert [code for code, _, _ in problems(settings)] == ["not_allowed"]
    name = download_name("Cases Apr 2026 to Jun 2026.csv", ".csv")
    download = held_csv(held(settings, "Cases Apr 2026 to Jun 2026.csv"))
    (settings.inbox / name).write_bytes(mended(download, (",Fax,", ",Web,")))
    load(settings)
    assert [(code, severity) for code, severity, _ in problems(settings)] == [("not_allowed", "note")]
    counted = (
        "select value from observation where measure_id = 'cases_opened' and period = 'Apr 2026' and area_code = 'X1'"
    )
    assert ask(settings, counted) == [(2.0,)]


def test_a_workbook_comes_back_as_a_workbook_with_its_own_sheet(tmp_path: Path) -> None:
    """Stacked headings and title rows stand in it as they did, so that the same contract reads it."""
    settings = write_council(tmp_path, {})
    settings.catalogue.write_text(CATALOGUE.replace("lets: {", "lets: {required: true, "), encoding="utf-8")
    path = settings.inbox / "homes.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Quarter Q2 2026-27")
        page.write(0, 0, "Table H1")
        page.write_row(1, 2, ["Lettings", "", "Lettings"])
        page.write_row(2, 2, ["Total", "", "Days"])
        page.write_row(3, 0, ["X1", "Littleborough", "forty", "", 1200])
        page.write_row(4, 0, ["E92000001", "England", 50000, "", 2000000.5])
    older(path)
    load(settings)
    assert [code for code, _, _ in problems(settings)] == ["not_a_number"]
    name = download_name("homes.xlsx", ".xlsx")
    (found,) = sheets_of(held_workbook(held(settings, "homes.xlsx"))).items()
    assert found[0] == "Quarter Q2 2026-27"
    assert found[1][2][-4:] == list(HEADINGS)
    with xlsxwriter.Workbook(str(settings.inbox / name)) as book:
        page = book.add_worksheet(found[0])
        for down, row in enumerate(found[1]):
            page.write_row(down, 0, [40 if cell == "forty" else cell for cell in row])
    load(settings)
    assert [(code, severity) for code, severity, _ in problems(settings)] == [("not_a_number", "note")]
    assert ask(settings, "select value from observation where measure_id = 'let_days' and area_code = 'X1'") == [
        (30.0,)
    ]


def sheets_of(made: bytes) -> dict[str, list[list[object]]]:
    """The cells of a workbook by sheet, as another program reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


HOSTILE = ("=HYPERLINK(1)", "+1+cmd", "-2+3", "@sum(a1)", "\t=1", "-4.5", "-", "plain, with a comma", 'and a "quote"')


def sheet(cells: tuple[str, ...]) -> HeldSheet:
    """One row of a file with these cells."""
    from scorecard.snapshot.held_rows import HeldRow

    return HeldSheet(None, ";", (("Title",), ("A", "=B")), (HeldRow(17, "not_a_number", "why", "mend it", cells),))


def test_the_download_has_the_files_own_shape_and_no_formula() -> None:
    """Own delimiter, own rows above, own cells; the reasons last; formulas are defused, numbers and dashes are not."""
    rows = list(csv.reader(io.StringIO(held_csv([sheet(HOSTILE)]).decode("utf-8-sig")), delimiter=";"))
    width = len(HOSTILE)
    assert rows[0] == ["Title", *[""] * (width - 1 + 4)]
    assert rows[1] == ["A", "'=B", *[""] * (width - 2), *HEADINGS]
    assert rows[2][:width] == [*(f"'{cell}" for cell in HOSTILE[:5]), *HOSTILE[5:]]
    assert rows[2][width:] == ["17", "not_a_number", "why", "mend it"]


def test_the_workbook_has_only_text() -> None:
    """The very cells, none of them a formula, read by another program."""
    made = held_workbook([sheet(HOSTILE)])
    (rows,) = sheets_of(made).values()
    assert rows[2][: len(HOSTILE)] == list(HOSTILE)
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        page = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert page.count("<c ") == page.count(' t="s"')


@pytest.mark.parametrize(
    ("path", "originals"),
    [
        ("a/returns (rows set aside).csv", ("a/returns.csv",)),
        ("returns (rows set aside) (2).csv", ("returns.csv",)),
        ("x (rows set aside).xlsx", ("x.xlsx", "x.xls", "x.xlsb", "x.ods")),
        ("returns.csv", ()),
        ("(rows set aside)/returns.csv", ()),
    ],
)
def test_what_is_sent_back_is_known_by_its_name(path: str, originals: tuple[str, ...]) -> None:
    """Also as a browser names a second download; a folder of that name means nothing."""
    assert originals_of(path) == originals
