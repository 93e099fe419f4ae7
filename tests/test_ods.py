"""OpenDocument spreadsheets of the demonstration: the same bytes each time, and read back as they were written."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from pipelines.demonstration.files import Table, as_ods

SHEETS = {
    "Q1 & Q2": Table(
        ["Reference", "Reported", "Cost"],
        [["R 1", date(2026, 3, 31), 12.5], ["<R>  2\nlong", None, -4], ["", date(1999, 12, 1), 0.1]],
        titles=["Repairs – “all”"],
        notes=["Note 1"],
    ),
    "Empty": Table(["Reference"], []),
}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """Text with spaces, line ends and signs, numbers, dates, blanks and blank rows come back in their places."""
    (tmp_path / "a.ods").write_bytes(as_ods(SHEETS))
    book = CalamineWorkbook.from_path(str(tmp_path / "a.ods"))
    assert book.sheet_names == ["Q1 & Q2", "Empty"]
    rows = book.get_sheet_by_name("Q1 & Q2").to_python(skip_empty_area=False)
    assert rows == [
        ["Repairs – “all”", "", ""],
        ["", "", ""],
        ["Reference", "Reported", "Cost"],
        ["R 1", date(2026, 3, 31), 12.5],
        ["<R>  2\nlong", "", -4.0],
        ["", date(1999, 12, 1), 0.1],
        ["", "", ""],
        ["Note 1", "", ""],
    ]
    assert type(rows[3][1]) is date


def test_the_same_tables_make_the_same_bytes() -> None:
    """No clock and no order of a set is in them; the kind of file is told by the first bytes."""
    first = as_ods(SHEETS)
    assert first == as_ods(dict(SHEETS))
    assert first[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet")
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(2026, 11, 20, 9, 0, 0)}
        assert archive.testzip() is None
