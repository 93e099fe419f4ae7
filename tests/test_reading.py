"""Cells, headings and delimited text, as files really have them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_council import CATALOGUE

from pipelines.problems import Code, Refused
from pipelines.read.delimited import open_delimited
from pipelines.read.grid import Cell, Grid, GridRow, as_text
from pipelines.read.headings import find_headings, place_columns
from pipelines.read.rows import whole_grid
from pipelines.read.values import parse_number, read_value
from scorecard.catalogue import Column, HeaderPlace, Source, read_catalogue
from scorecard.markers import WORDS, take_marker

NUMBERS = {
    "1,234": 1234, "£1,234.50": 1234.5, "12%": 12, "(1,234)": -1234, "-5": -5, "\u22125": -5, "-£5": -5, " 7 ": 7,
    "0": 0,
    "1234567": 1234567, ".5": 0.5, "1e-05": 0.00001,
}  # fmt: skip


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_numbers_as_people_write_them(text: str, number: float) -> None:
    """Pounds, thousands, per cent, brackets for minus."""
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text", ["1,23", "12,34,567", "nan", "inf", "1e999", "", "-", "£", "1 2", "12 days", "0x1f", "--5", "%"]
)
def test_what_is_no_number_stays_unread(text: str) -> None:
    """A misplaced comma or a word is never bent into a figure."""
    assert parse_number(text) is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_survives_being_written_the_british_way(number: object) -> None:
    """Thousands separators and a pound sign change nothing."""
    assert parse_number(f"{number:,.2f}") == float(str(number))
    assert parse_number(f"£{number:,.2f}".replace("£-", "-£")) == float(str(number))


@pytest.mark.parametrize("code", WORDS)
def test_every_standard_marker_is_kept_and_is_no_figure(code: str) -> None:
    """Alone it is a missing figure with a reason; beside a number it qualifies it."""
    column = Column(header="x", type="number")
    alone, beside = read_value(f"[{code}]", column, {}), read_value(f"12.5 [{code}]", column, {})
    assert (alone.number, alone.marker, alone.unreadable) == (None, code, None)
    assert (beside.number, beside.marker, beside.unreadable) == (12.5, code, None)


def test_unknown_brackets_are_a_fault_not_a_marker() -> None:
    """[tbc] is words, and is told as such."""
    assert take_marker("[tbc]") == ("[tbc]", None)
    assert read_value("[tbc]", Column(header="x", type="number"), {}).unreadable == "[tbc]"


@pytest.mark.parametrize(("cell", "kind"), [(True, "number"), (4.5, "integer"), ("4.5", "integer"), ("12 May", "date")])
def test_a_cell_of_another_kind_is_unreadable(cell: Cell, kind: str) -> None:
    """TRUE is no number, 4.5 is not whole, a day without a year is no date."""
    column = Column.model_validate({"header": "x", "type": kind})
    assert read_value(cell, column, {}).unreadable == as_text(cell)


def test_part_of_a_cell_can_be_read() -> None:
    """A ratio written "7.14:1" is 7.14."""
    column = Column(header="Ratio", type="number", extract=r"([\d.]+):1")
    assert read_value("7.14:1", column, {}).number == 7.14
    assert read_value("about seven", column, {}).unreadable == "about seven"


def grid(*rows: list[Cell]) -> Grid:
    """Rows numbered from 1."""
    return Grid(tuple(GridRow(number, tuple(row)) for number, row in enumerate(rows, start=1)))


STACKED = grid(
    ["Table 1", "", "", "", "", ""],
    ["", "Total assessed1,2", "", "Bed and breakfast hotels", "", "Hostels3"],
    ["", "", "", "Total households", "With children", "Total households"],
    ["E92000001", 5.0, "", 1.0, 2.0, 3.0],
)


def test_stacked_headings_are_found_under_their_group() -> None:
    """Groups spread over the cells to their right; note numbers are forgiven; case and dashes too."""
    headings = find_headings(STACKED, HeaderPlace(above="E92000001"))
    places = place_columns(
        headings,
        {
            "code": Column(at="A"),
            "assessed": Column(header="total_ASSESSED"),
            "bb": Column(header="Bed and breakfast* > Total households"),
            "bb_children": Column(header="Bed and breakfast hotels > With children"),
            "hostels": Column(header="Hostels > Total households"),
            "absent": Column(header="Private sector", optional=True),
        },
    )
    assert places == {"code": 0, "assessed": 1, "bb": 3, "bb_children": 4, "hostels": 5, "absent": None}
    assert [row.number for row in headings.body] == [4]


def test_a_heading_that_fits_two_columns_is_refused_by_letter() -> None:
    """It is never guessed which was meant."""
    headings = find_headings(STACKED, HeaderPlace(above="E92000001"))
    with pytest.raises(Refused) as caught:
        place_columns(headings, {"total": Column(header="Total households")})
    assert caught.value.problem.code is Code.column_ambiguous
    assert "D and F" in caught.value.problem.sentence


def test_headings_below_title_rows_are_found_by_what_they_hold() -> None:
    """The number of title rows may change from month to month."""
    titled = grid(["Bins", "", ""], ["", "", ""], ["Month", "Missed_count", "Of"], ["Oct 2026", 4.0, 9.0])
    headings = find_headings(titled, HeaderPlace(containing=("month", "missed count")))
    assert (headings.row_number, len(headings.body)) == (3, 1)
    with pytest.raises(Refused) as caught:
        find_headings(titled, HeaderPlace(containing=("Ward",)))
    assert caught.value.problem.code is Code.header_missing


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The small council's CSV contract."""
    path = tmp_path_factory.mktemp("catalogue") / "metrics.yaml"
    path.write_text(CATALOGUE)
    return read_catalogue(path).sources["returns"]


ENDS = {"unix": "\n", "windows": "\r\n", "old mac": "\r"}
ENCODINGS = {"utf-8": "utf-8", "a byte-order mark": "utf-8-sig", "windows": "cp1252", "utf-16": "utf-16"}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("encoding", ENCODINGS.values(), ids=ENCODINGS)
def test_line_ends_and_encodings(tmp_path: Path, returns: Source, end: str, encoding: str) -> None:
    """The same table comes out whatever the program that wrote it; row numbers are those an editor shows."""
    rows = [["Place", "Cost – £"], ["Ynys Môn", 'a "quoted"\ncell'], ["St. Helens", "1,5"]]
    text = end.join(["Place,Cost – £", 'Ynys Môn,"a ""quoted""\ncell"', 'St. Helens,"1,5"'])
    (tmp_path / "returns.csv").write_bytes(text.encode(encoding))
    found = whole_grid(open_delimited(tmp_path / "returns.csv", returns))
    assert [list(row.cells) for row in found.rows] == rows
    assert [row.number for row in found.rows] == [1, 2, 4]


def test_a_file_name_is_never_a_pattern(tmp_path: Path, returns: Source) -> None:
    """ "[ab].csv" is read as itself, not as a.csv."""
    (tmp_path / "a.csv").write_text("wrong\n")
    (tmp_path / "[ab].csv").write_text("right\n")
    assert whole_grid(open_delimited(tmp_path / "[ab].csv", returns)).rows[0].cells == ("right",)
