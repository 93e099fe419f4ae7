"""Delimited text as it is sent: any delimiter, mark, line end and encoding; what cannot be told apart is set aside."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.problems import Code, Refused
from pipelines.read.delimited import MOST_COLUMNS, open_delimited
from pipelines.read.grid import Grid, GridRow
from pipelines.read.headings import Headings, find_headings, place_columns, unknown_columns
from pipelines.read.text import look_over
from scorecard.catalogue import Column, HeaderPlace, Source

HEADINGS = ["id", "ward", "opened", "amount", "remark"]
CLEAN = [
    HEADINGS,
    ["1", "Northward", "01/03/2026", "12.50", "no answer, left a card"],
    ["2", "Southward", "02/03/2026", "7.00", 'he said "later"'],
    ["3", "Northward", "03/03/2026", "", "first line\nsecond line"],
    ["4", "Eastward", "04/03/2026", "3.25", "plain"],
    ["5", "Eastward", "05/03/2026", "1,200.00", ""],
]


def contract(**said: Any) -> Source:
    """A contract for files headed as HEADINGS."""
    columns = {name: {"header": name} for name in HEADINGS}
    told = {"title": "Visits", "publisher": "Place", "files": ["*"], "format": "delimited", "columns": columns}
    return Source.model_validate(told | said)


def read(content: bytes, folder: Path, **said: Any) -> tuple[list[tuple[int, list[Any]]], dict[int, Code]]:
    """Row numbers and cells of the rows that may be used, and the code of each row set aside."""
    file = folder / "visits.csv"
    file.write_bytes(content)
    opened = open_delimited(file, contract(**said))
    rows = [(number, list(cells)) for number, cells in opened.rows]
    sound = [(number, cells) for number, cells in rows if number not in opened.faults and any(cells)]
    return sound, {number: fault.code for number, fault in opened.faults.items()}


def refusal(content: bytes, folder: Path, **said: Any) -> tuple[Code, str]:
    """Why the file is refused."""
    with pytest.raises(Refused) as refused:
        read(content, folder, **said)
    return refused.value.problem.code, refused.value.problem.sentence


def written(rows: list[list[str]], **dialect: Any) -> str:
    """Rows as the csv module writes them."""
    out = io.StringIO(newline="")
    csv.writer(out, **({"lineterminator": "\n"} | dialect)).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "~", " ", "^"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_every_delimiter_line_end_and_way_of_quoting_gives_the_same_rows(
    delimiter: str, end: str, quoting: int, tmp_path: Path
) -> None:
    """The cells come back as they were written; row numbers are those of the lines."""
    rows = [[each.replace("\n", end) for each in row] for row in CLEAN]
    content = written(rows, delimiter=delimiter, lineterminator=end, quoting=quoting).encode()
    sound, aside = read(content, tmp_path, delimiter=delimiter)
    assert [cells for _, cells in sound] == rows
    assert [number for number, _ in sound] == [1, 2, 3, 4, 6, 7]
    assert not aside


@pytest.mark.parametrize(
    ("encoding", "wanted"),
    [
        ("utf-8", ["utf-8"]), ("utf-8-sig", ["cp1252"]), ("cp1252", ["utf-8", "cp1252"]), ("cp850", ["cp850"]),
        ("utf-16", ["utf-8"]), ("utf-16-le", ["utf-16-le"]), ("utf-16-be", ["utf-8", "utf-16-be"]),
    ],
)  # fmt: skip
def test_encodings_are_tried_strictly_in_the_order_of_the_contract(
    encoding: str, wanted: list[str], tmp_path: Path
) -> None:
    """A byte-order mark decides; else the first that fits the whole file."""
    rows = [*CLEAN, ["6", "Penrhôs", "06/03/2026", "£3", "é"]]
    sound, _ = read(written(rows).encode(encoding), tmp_path, encodings=wanted)
    assert [cells for _, cells in sound] == rows


def test_a_file_in_no_encoding_of_its_contract_says_where_and_what_to_name(tmp_path: Path) -> None:
    """The byte and its row; for two-byte text without a mark the encoding to name."""
    code, sentence = refusal(b"id,ward\n1,x\n2,caf\xe9\n", tmp_path, encodings=["utf-8"])
    assert (code, "byte e9 in row 3" in sentence) == (Code.unreadable_encoding, True)
    code, sentence = refusal(written(CLEAN).encode("utf-16-le"), tmp_path)
    assert (code, "utf-16-le" in sentence) == (Code.unreadable_encoding, True)


def test_other_marks_escapes_and_none(tmp_path: Path) -> None:
    """As the contract says: another quotation mark, a mark before the mark, or no quoting at all."""
    content = written(CLEAN, quotechar="'").encode()
    assert [cells for _, cells in read(content, tmp_path, quote="'")[0]] == CLEAN
    rows = [row for row in CLEAN if "\n" not in row[-1]] + [
        [
            "6",
            "x",
            "",
            "",
            'ends in \\ and "',
        ]
    ]
    content = written(rows, escapechar="\\", doublequote=False).encode()
    assert [cells for _, cells in read(content, tmp_path, escape="\\")[0]] == rows
    sound, aside = read(b'id,ward\n1,6" pipe\n2,"x\n', tmp_path, quote=None)
    assert (sound[1:], aside) == ([(2, ["1", '6" pipe']), (3, ["2", '"x'])], {})


def test_spaces_around_a_quoted_cell_are_no_part_of_it(tmp_path: Path) -> None:
    """Comma and space between cells, as some programs write."""
    sound, aside = read(b'id, ward, remark\n1, "a, b" , "c ""d"""\n', tmp_path)
    assert (sound[1][1], aside) == (["1", "a, b", 'c "d"'], {})


@pytest.mark.parametrize(
    "line", ['2,6" pipe,x', '2,"a"b,x', '2,a"b"c,x', '2,"a""b,x', '2,"abc,x', '2,abc,"x', '"2,abc,x', '2,"a "b" c",x']
)
def test_a_stray_mark_holds_its_row_and_no_other(line: str, tmp_path: Path) -> None:
    """The rows before and after stand as they are."""
    content = f'id,ward,remark\n1,"a, b",c\n{line}\n3,d,"e"\n4,f,g\n'.encode()
    sound, aside = read(content, tmp_path)
    assert [cells for _, cells in sound] == [
        ["id", "ward", "remark"], ["1", "a, b", "c"], ["3", "d", "e"], ["4", "f", "g"],
    ]  # fmt: skip
    assert aside == {3: Code.broken_quoting}


def test_an_open_mark_that_swallows_rows_is_found(tmp_path: Path) -> None:
    """Marks left open in two rows would make one row of all between them: each line is set aside instead."""
    content = b'id,ward,remark\n1,a,b\n2,"c,d\n3,e,f\n4,g",h\n5,i,j\n'
    sound, aside = read(content, tmp_path)
    assert [number for number, _ in sound] == [1, 2, 6]
    assert sorted(aside) == [3, 4, 5]


def test_where_nothing_is_certain_the_file_is_refused(tmp_path: Path) -> None:
    """An open mark above a cell of several lines: nobody can say where a row begins again."""
    code, sentence = refusal(b'id,ward,remark\n1,a,b\n2,"c,d\n3,e,"two\nlines"\n4,f,g\n', tmp_path)
    assert (code, sentence[:5]) == (Code.broken_quoting, "Row 3")


def damaged(line: str, at: int, how: str) -> str:
    """A line with a quotation mark or a delimiter too many, or one too few."""
    cells = next(csv.reader([line]))
    quoted = [f'"{cell}"' if "," in cell else cell for cell in cells]
    match how:
        case "mark before":
            quoted[at] = f'"{quoted[at]}'
        case "mark within":
            half = len(quoted[at]) // 2
            quoted[at] = f'{quoted[at][:half]}"{quoted[at][half:]}'
        case "mark after":
            quoted[at] = f'{quoted[at]}"'
        case "delimiter more":
            quoted.insert(at, "")
        case "delimiter less":
            quoted[at : at + 2] = ["".join(quoted[at : at + 2])]
    return ",".join(quoted)


@pytest.mark.parametrize("how", ["mark before", "mark within", "mark after", "delimiter more", "delimiter less"])
def test_no_damage_to_one_row_changes_another(how: str, tmp_path: Path) -> None:
    """Every row of a small file damaged in every cell: no row is read otherwise than it was written, none is lost."""
    rows = [row for row in CLEAN if "\n" not in row[-1] and '"' not in row[-1]] * 3
    lines = written(rows[:1] + [row for row in rows if row != HEADINGS]).splitlines()
    clean = [next(csv.reader([line])) for line in lines]
    for spoilt in range(1, len(lines)):
        for at in range(len(HEADINGS) - (how == "delimiter less")):
            text = "\n".join([*lines[:spoilt], damaged(lines[spoilt], at, how), *lines[spoilt + 1 :]])
            sound, aside = read(text.encode(), tmp_path)
            kept = [(number, cells) for number, cells in sound if len(cells) == len(HEADINGS)]
            assert kept == [(at + 1, row) for at, row in enumerate(clean) if at != spoilt]
            assert set(aside) <= {spoilt + 1}


cell = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], include_characters='",\n'), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.lists(cell, min_size=4, max_size=4), min_size=1, max_size=8),
    st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.lists(st.integers(0, 8), max_size=3),
)  # fmt: skip
def test_whatever_is_in_its_cells_a_well_written_file_comes_back_or_is_held(
    tmp_path: Path, rows: list[list[str]], delimiter: str, end: str, quoting: int, encoding: str, blanks: list[int]
) -> None:
    """Blank lines strewn in, any text in the cells: a row is as it was written or set aside, and none is made up."""
    texts = [["a", "b", "c", "d"], *([each.replace("\n", end) for each in row] for row in rows)]
    lines = [written([row], delimiter=delimiter, lineterminator=end, quoting=quoting) for row in texts]
    for at in blanks:
        lines.insert(1 + at % len(lines), end)
    sound, aside = read("".join(lines).encode(encoding), tmp_path, delimiter=delimiter)
    wanted = [row for row in texts if any(row)]
    if not aside:
        assert [cells for _, cells in sound] == wanted
    assert all(cells in wanted for _, cells in sound)


@pytest.mark.parametrize(("character", "named"), [("\x00", "null byte"), ("\x01", "0x01"), ("\x0b", "0x0b")])
def test_a_control_character_holds_its_row(character: str, named: str, tmp_path: Path) -> None:
    """A NUL too: the row is told by number and kind, the others stand."""
    file = tmp_path / "visits.csv"
    file.write_bytes(f"id,ward\n1,a{character}b\n2,c\n".encode() + b"3,d\n" * 20)
    opened = open_delimited(file, contract())
    assert len(list(opened.rows)) == 23
    assert [(number, fault.code, named in fault.sentence) for number, fault in opened.faults.items()] == [
        (2, Code.control_character, True)
    ]


def test_the_end_mark_of_old_programs_is_no_row(tmp_path: Path) -> None:
    """Ctrl-Z at the end of the file."""
    sound, aside = read(b"id,ward\r\n1,a\r\n\x1a", tmp_path)
    assert ([number for number, _ in sound], aside) == ([1, 2], {})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.empty_file), (b"\n\n,,\n", Code.empty_file), (b"PK\x03\x04rest", Code.format_mismatch),
        (b"\x1f\x8brest", Code.format_mismatch), (b"PAR1rest", Code.format_mismatch),
        (b"<!DOCTYPE html><html>", Code.format_mismatch), (b"\xff\xfe\x00\x00a\x00\x00\x00", Code.unreadable_encoding),
        (b"x," * (MOST_COLUMNS + 1), Code.too_many_columns), (b"id\n" + b"x" * 1_000_002, Code.file_too_large),
        (b'id\n"' + b"x" * 1_000_002 + b'"', Code.file_too_large), (b"y" * 21_000_000, Code.file_too_large),
        (b"id,b\n" + b'1,x"y\n' * 10_001, Code.too_many_faults),
        (b"id,b\n" + b"1,\x01\n" * 10_001, Code.too_many_faults),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_by_its_kind(content: bytes, code: Code, tmp_path: Path) -> None:
    """Empty, another format under a wrong name, too wide, too long."""
    assert refusal(content, tmp_path)[0] is code


def headed(*rows: list[Any]) -> Headings:
    """The first row as headings, the others below it."""
    return find_headings(
        Grid(tuple(GridRow(at, tuple(row)) for at, row in enumerate(rows, start=1))), HeaderPlace(row=1)
    )


def test_headings_that_the_contract_does_not_know_are_told_with_what_may_be_meant() -> None:
    """One problem for all, columns with cells and no heading among them; blank columns between are no matter."""
    found = headed(["id", "", "Remarks", "opend", "ward", ""], ["1", "", "x", "", "y", "z", "beyond"])
    source = contract(unknown_columns="refuse", columns={n: {"header": n, "optional": True} for n in HEADINGS})
    problem = unknown_columns(found, source, place_columns(found, source.columns))
    assert problem is not None
    assert (problem.code, problem.severity) == (Code.column_unknown, "refuse")
    assert problem.sentence == (
        "The contract does not know the headings 'Remarks' (did you mean 'remark'?) and 'opend' (did you mean "
        "'opened'?). Columns F and G have cells but no heading."
    )
    known = headed(["id", "", "ward"], ["1", "", "y"])
    assert unknown_columns(known, source, place_columns(known, source.columns)) is None


def test_only_words_long_enough_make_a_row_the_headings_again() -> None:
    """Headings repeated on every page are known; a date over dates or "A, B, C" are not taken for that."""
    assert headed(["Ward", "Month", "Count"], ["1", "2", "3"]).repeated == {("Ward", "Month", "Count")}
    assert headed(["A", "B", "C"], ["A", "B", "C"]).repeated == frozenset()
    assert headed([date(2021, 1, 1), "Number of visits"], [1, 2]).repeated == frozenset()


def test_columns_without_headings_are_found_by_their_letters() -> None:
    """Where the figures begin on the first row, it says how wide the table is."""
    rows = Grid((GridRow(1, ("7", "x", "y")), GridRow(2, ("8", "x", "z"))))
    found = find_headings(rows, HeaderPlace(above="7"))
    assert (found.width, found.row_number) == (3, 0)
    assert place_columns(found, {"last": Column(at="C")}) == {"last": 2}
    with pytest.raises(Refused):
        place_columns(found, {"beyond": Column(at="D")})


def test_a_plain_file_is_known_to_be_one(tmp_path: Path) -> None:
    """No quotation mark, no control character, no bare return: each line can be split at the delimiter."""
    for content, plain in [
        (b"a,b\n1,2\n", True),
        (b"a,b\r\n1,2\r\n", True),
        (b"a,b\r1,2\r", False),
        (b'a\n"1"', False),
    ]:
        (tmp_path / "x.csv").write_bytes(content)
        assert look_over(tmp_path / "x.csv", contract()).is_plain is plain
