"""Workbooks as spreadsheet programs write them: errors, unfinished formulas, hidden sheets, locks, bombs."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from struct import pack

import pytest
import xlsxwriter

from pipelines.demonstration.files import Table, as_ods
from pipelines.problems import Code, Refused
from pipelines.read.biff import errors_in_xls, errors_in_xlsb, sheet_relations
from pipelines.read.opening import open_rows
from pipelines.read.rows import whole_grid
from pipelines.read.workbook import Workbook
from scorecard.catalogue import Source

BADINPUT = Path(__file__).resolve().parents[2] / "shared" / "badinput" / "files"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def source(**more: object) -> Source:
    """A workbook source that reads every sheet."""
    contract = {"title": "T", "publisher": "P", "files": ["*"], "format": "workbook", "sheets": ["*"]}
    return Source.model_validate(contract | {"columns": {"ward": {"header": "Ward"}}} | more)


def cells(file: Path) -> list[list[object]]:
    """The cells of the first sheet that can be seen."""
    return [list(row) for _, row in open_rows(file, source())[0].rows]


def refusal(file: Path) -> Refused:
    """Why a file is refused."""
    with pytest.raises(Refused) as caught:
        cells(file)
    return caught.value


def xlsx(file: Path, rows: str, before: str = "", dimension: str = "") -> Path:
    """The smallest XLSX around the XML of some rows."""
    folder = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{folder}"><Relationship Id="a" Type="{RELATIONS}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="S" sheetId="1"'
        ' r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{folder}"><Relationship Id="b"'
        f' Type="{RELATIONS}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{MAIN}">{dimension}<sheetData>{rows}</sheetData>'
        "</worksheet>",
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file


def ods(file: Path, rows: str) -> Path:
    """The smallest ODS around the XML of some rows."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        spaces = " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text"))
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:'
            f'xmlns:calcext:1.0"><office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OASIS}:manifest:1.0"/>')
    return file


def test_errors_in_xlsx_are_never_blanks(tmp_path: Path) -> None:
    """#N/A and #DIV/0! come as what the cell shows; a formula that gives no text is a blank, as it shows."""
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name in ("First", "Second & <last>"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Ward", "Count"])
        sheet.write_row(1, 0, ["North", 0.1 + 0.2])
        sheet.write(2, 0, "South")
        sheet.write_formula(2, 1, "=NA()", None, "#N/A")
        sheet.write_formula(3, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(5, 3, "=B2*2", None, 10)
    book.close()
    found = [["Ward", "Count", "", ""], ["North", 0.3, "", ""], ["South", "#N/A", "", ""], ["#DIV/0!", "", "", ""], []]
    for sheet_rows in open_rows(tmp_path / "a.xlsx", source()):
        rows = [list(row) for _, row in sheet_rows.rows]
        assert rows == [*found, ["", "", "", 10.0]]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2"><f>SUM(A1)</f></c>', '<c r="B2"><f>SUM(A1)</f><v></v></c>', '<c r="B2"><f>SUM(A1)</f> <v/> </c>',
        '<c r="B2"><f t="shared" si="0"/></c>',
    ],
)  # fmt: skip
def test_a_formula_never_worked_out_is_no_blank(tmp_path: Path, cell: str) -> None:
    """Programs that write a formula and not its value leave it to Excel; until then there is no figure."""
    head = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert cells(xlsx(tmp_path / "a.xlsx", f'{head}<row r="2">{cell}</row>'))[1] == ["", "#formula without a value"]


def test_a_formula_that_gives_no_text_is_a_blank(tmp_path: Path) -> None:
    """=IF(A1="","",…) is how people keep cells empty."""
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><v>2</v></c></row>'
    assert cells(xlsx(tmp_path / "a.xlsx", rows)) == [[1.0, "", 2.0]]


def test_errors_are_found_where_cells_and_rows_are_not_numbered(tmp_path: Path) -> None:
    """Some programs leave the references out; then cells stand one after another."""
    rows = '<row><c><v>1</v></c></row><row><c><v>2</v></c><c t="e"><v>#REF!</v></c></row>'
    assert cells(xlsx(tmp_path / "a.xlsx", rows)) == [[1.0, ""], [2.0, "#REF!"]]


def test_errors_in_ods(tmp_path: Path) -> None:
    """As LibreOffice writes them, repeated ones too; a note on a cell that speaks of #N/A is no error."""
    error = 'table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"'
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1">'
        "<office:annotation><text:p>#N/A</text:p></office:annotation><text:p>1</text:p></table:table-cell>"
        f'<table:table-cell table:number-columns-repeated="2" {error}><text:p>#N/A</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=IF(1;&quot;&quot;)"><text:p/></table:table-cell>'
        '<table:table-cell table:formula="of:=[.A1]"/></table:table-row>'
    )
    row = [1.0, "#N/A", "#N/A", "", "#formula without a value"]
    assert cells(ods(tmp_path / "a.ods", rows)) == [row, row]


def test_errors_in_xls(tmp_path: Path) -> None:
    """A cell that is an error, and a formula whose last result is one; those of a chart within the sheet are not."""

    def record(kind: int, body: bytes) -> bytes:
        return pack("<HH", kind, len(body)) + body

    start, end = record(0x0809, b"\0" * 16), record(0x000A, b"")
    formula = pack("<HHHBBBBBBHHIH", 3, 2, 0, 2, 0, 0x2A, 0, 0, 0, 0xFFFF, 0, 0, 0)
    number = pack("<HHHdHIH", 4, 2, 0, 7.0, 0, 0, 0)
    inner = start + record(0x0205, pack("<HHHBB", 9, 9, 0, 7, 1)) + end
    cells_there = record(0x0205, pack("<HHHBB", 1, 0, 0, 0x17, 1)) + record(0x0205, pack("<HHHBB", 1, 1, 0, 1, 0))
    sheet = start + cells_there + inner + record(0x0006, formula) + record(0x0006, number) + end
    length = len(start) + 2 * (4 + 8) + len(end)
    bound = [record(0x0085, pack("<IHBB", at, 0, 0, 0)) for at in (length, length + len(start) + len(end))]
    (tmp_path / "a.xls").write_bytes(start + b"".join(bound) + end + start + end + sheet)
    assert errors_in_xls(str(tmp_path / "a.xls"), 0) == {}
    assert errors_in_xls(str(tmp_path / "a.xls"), 1) == {1: {0: "#REF!"}, 3: {2: "#N/A"}}


def test_errors_in_xlsb() -> None:
    """Rows and cells of the binary format, whose records have lengths of their own."""
    row, error = bytes([0, 4]) + pack("<I", 6), bytes([3, 9]) + pack("<IIB", 2, 0, 0x07)
    formula = bytes([11, 12]) + pack("<IIB", 5, 0, 0x1D) + b"\0\0\0"
    assert errors_in_xlsb(b"\x81\x01\x00" + row + error + formula) == {6: {2: "#DIV/0!", 5: "#NAME?"}}
    texts = b"".join(pack("<I", len(text)) + text.encode("utf-16-le") for text in ("rId1", "Ward"))
    assert sheet_relations(bytes([0x9C, 0x01, 8 + len(texts)]) + b"\0" * 8 + texts) == {"Ward": "rId1"}


def test_dates_times_and_hidden_sheets(tmp_path: Path) -> None:
    """Both date systems give the day that the sheet shows; what nobody can see is not read."""
    for system in (False, True):
        book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"date_1904": system})
        forms = [book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", "[h]:mm")]
        book.add_worksheet("Old").very_hidden()
        sheet = book.add_worksheet("Now")
        sheet.activate()
        sheet.write_datetime(0, 0, date(2026, 3, 31), forms[0])
        sheet.write_datetime(0, 1, datetime(2026, 3, 31, 13, 30), forms[1])
        sheet.write_datetime(0, 2, timedelta(hours=30), forms[2])
        sheet.write_row(0, 3, ["2026-03-31", True, 46000])
        book.add_worksheet("Hidden").hide()
        book.close()
        opened = Workbook(tmp_path / "a.xlsx")
        assert opened.sheets == ["Now"]
        (rows,) = opened.rows(source())
        moment = [date(2026, 3, 31), datetime(2026, 3, 31, 13, 30), timedelta(hours=30)]
        assert next(rows.rows)[1] == [*moment, "2026-03-31", True, 46000.0]


def test_one_workbook_feeds_many_sources(tmp_path: Path) -> None:
    """Its sheets can be asked for again and in any order, half-read ones too."""
    sheets = {name: Table(["Ward"], [[f"{name} {at}"] for at in range(30_000)]) for name in ("A", "B")}
    (tmp_path / "a.ods").write_bytes(as_ods(sheets))
    opened = Workbook(tmp_path / "a.ods")
    first, second = opened.rows(source())
    assert next(first.rows)[1] == ["Ward"]
    assert [number for number, _ in second.rows] == list(range(1, 30_002))
    assert [row[0] for _, row in first.rows][-1] == "A 29999"
    assert [row[0] for _, row in opened.rows(source(sheets=["b"]))[0].rows][-1] == "B 29999"


def test_the_blank_tail_of_libreoffice_is_no_bomb(tmp_path: Path) -> None:
    """A million repeated blank rows below the table are nothing; a row below them still has its number."""
    cell = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    tail = f'<table:table-row table:number-rows-repeated="1048575">{blank}</table:table-row>'
    head = f"<table:table-row>{cell}</table:table-row>"
    assert cells(ods(tmp_path / "a.ods", head + tail)) == [[1.0]]
    gap = tail.replace("1048575", "5000")
    assert whole_grid(open_rows(ods(tmp_path / "b.ods", head + gap + head), source())[0]).rows[-1].number == 5002


BOMBS = {
    "a row a million times": lambda at: ods(
        at / "a.ods",
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000"'
        ' office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>',
    ),
    "a cell in the last corner": lambda at: xlsx(
        at / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    ),
}


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_a_small_file_that_stands_for_billions_of_cells_is_refused(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    """And the reader reads the next file as if nothing had been."""
    assert refusal(make(tmp_path)).problem.code in (Code.file_too_large, Code.reader_gave_up)
    assert cells(xlsx(tmp_path / "b.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')) == [[1.0]]


def test_a_false_dimension_is_no_matter(tmp_path: Path) -> None:
    """What a sheet says of its size is not believed."""
    rows, dimension = "<row><c><v>1</v></c></row>", '<dimension ref="A1:XFD1048576"/>'
    file = xlsx(tmp_path / "a.xlsx", rows, dimension=dimension)
    assert cells(file) == [[1.0]]


def test_too_many_columns_and_bytes(tmp_path: Path) -> None:
    """A stray paste far to the right, and a pack that unpacks to gigabytes, are named as such."""
    wide = xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c><c r="BYA1"><v>1</v></c></row>')
    assert refusal(wide).problem.code is Code.too_many_columns
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(16):
            archive.writestr(f"xl/{part}.xml", b" " * 100_000_000)
    assert refusal(tmp_path / "b.xlsx").problem.code is Code.file_too_large


def test_declared_entities_are_refused(tmp_path: Path) -> None:
    """They are how a few lines of XML become gigabytes; no spreadsheet program writes them."""
    declared = '<!DOCTYPE x [<!ENTITY x "#N/A">]>'
    file = xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="e"><v>&x;</v></c></row>', declared)
    assert refusal(file).problem.code is Code.damaged_workbook


OTHERS = {
    "csv": (b"Ward,Count\nNorth,5\n", Code.format_mismatch, "text, such as CSV"),
    "html": (b"<html><table><tr><td>5</td></tr></table></html>", Code.format_mismatch, "web page"),
    "pdf": (b"%PDF-1.7\n", Code.format_mismatch, "PDF"),
    "parquet": (b"PAR1abcPAR1", Code.format_mismatch, "Parquet"),
    "nothing": (b"", Code.empty_file, "empty"),
    "half a zip": (b"PK\x03\x04" + b"\0" * 60, Code.damaged_workbook, "damaged"),
    "half an old one": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, Code.damaged_workbook, "damaged"),
}


@pytest.mark.parametrize(("content", "code", "said"), OTHERS.values(), ids=OTHERS)
def test_a_file_of_another_kind_is_told(tmp_path: Path, content: bytes, code: Code, said: str) -> None:
    """By its first bytes, whatever its name says, in words for whoever sent it."""
    (tmp_path / "a.xlsx").write_bytes(content)
    refused = refusal(tmp_path / "a.xlsx")
    assert refused.problem.code is code
    assert said in str(refused)


def test_a_zip_that_is_no_spreadsheet_is_told(tmp_path: Path) -> None:
    """A folder packed and renamed."""
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("notes.txt", "n")
    assert refusal(tmp_path / "a.ods").problem.code is Code.format_mismatch


def test_an_empty_sheet_and_a_missing_one(tmp_path: Path) -> None:
    """Each is said as what it is, with the sheets there are."""
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("Leer")
    book.close()
    assert refusal(tmp_path / "a.xlsx").problem.code is Code.empty_file
    with pytest.raises(Refused, match="no sheet named 'Wards'; it has Leer") as caught:
        open_rows(tmp_path / "a.xlsx", source(sheets=["Wards"]))
    assert caught.value.problem.code is Code.sheet_missing


@pytest.mark.skipif(not BADINPUT.is_dir(), reason="the shared collection of bad files is not on this machine")
@pytest.mark.parametrize(
    "name",
    ["messytables/horror/encrypted_no_password.xls", "poi/test-data/spreadsheet/password.xls",
     "poi/test-data/spreadsheet/protected_passtika.xlsx"],
)  # fmt: skip
def test_a_locked_workbook_is_told(name: str) -> None:
    """Both the old kind of lock and the new one."""
    assert refusal(BADINPUT / name).problem.code is Code.password_protected
