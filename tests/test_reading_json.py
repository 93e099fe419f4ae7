"""JSON and JSON Lines: read exactly, or refused with the line; never half a table."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.problems import Code, Refused
from pipelines.read.grid import as_text
from pipelines.read.opening import open_rows
from scorecard.catalogue import Source


def source(form: str = "json", **more: object) -> Source:
    """A JSON source."""
    contract = {"title": "T", "publisher": "P", "files": ["*"], "format": form, "columns": {"a": {"header": "a"}}}
    return Source.model_validate(contract | more)


def read(file: Path, text: str | bytes, form: str = "json", **more: object) -> list[list[object]]:
    """The rows of a file with this content."""
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    (rows,) = open_rows(file, source(form, **more))
    return [list(cells) for _, cells in rows.rows]


def refusal(file: Path, text: str | bytes, form: str = "json", **more: object) -> Refused:
    """Why a file with this content is refused."""
    with pytest.raises(Refused) as caught:
        read(file, text, form, **more)
    return caught.value


def test_objects_are_rows_under_their_keys(tmp_path: Path) -> None:
    """Keys in the order in which they first come; one that is missing is a blank; numbers as they were written."""
    text = '[{"a": 1, "b": 0.10}, {"c": true, "a": 9007199254740993}, {"b": 1e400, "a": null, "c": {"x": [1]}}]'
    assert read(tmp_path / "a.json", text) == [
        ["a", "b", "c"], [1, "0.10", None], ["9007199254740993", None, True], [None, "1e400", '{"x": [1]}'],
    ]  # fmt: skip


def test_the_way_to_the_list_is_the_contract_s(tmp_path: Path) -> None:
    """What stands beside it is looked at, too: a fault there refuses the file."""
    text = '{"total": 1, "data": {"page": [1], "rows": [{"a": "x"}]}, "next": null}'
    assert read(tmp_path / "a.json", text, records_at="data.rows") == [["a"], ["x"]]
    assert "no 'list'" in str(refusal(tmp_path / "a.json", text, records_at="data.list"))
    assert "it has 'page' and 'rows'" in str(refusal(tmp_path / "a.json", text, records_at="data.list"))
    assert "records_at" in str(refusal(tmp_path / "a.json", text))
    broken = text.replace("null", "NaN")
    assert refusal(tmp_path / "a.json", broken, records_at="data.rows").problem.code is Code.malformed_json


def test_lists_are_rows_as_they_stand(tmp_path: Path) -> None:
    """The first may be the headings, as the contract says."""
    assert read(tmp_path / "a.json", '[["a", "b"], [1, "x"]]') == [["a", "b"], [1, "x"]]


@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_lines(tmp_path: Path, mark: str) -> None:
    """An object a line, blank lines between, any line end, any encoding that JSON can have."""
    text = '{"a": "Môn", "b": 1}\r\n\r\n{"b": 2}\n'
    assert read(tmp_path / "a.jsonl", text.encode(mark), "json_lines") == [["a", "b"], ["Môn", 1], [None, 2]]


FAULTS = {
    "a key twice": ('[{"a": 1, "b": 2, "a": 3}]', "'a' stands twice"),
    "a key twice within": ('[{"a": {"x": 1, "x": 2}}]', "'x' stands twice"),
    "no number": ('[{"a": NaN}]', "NaN is no number"),
    "infinity": ('[{"a": -Infinity}]', "Infinity"),
    "more after the end": ('[{"a": 1}] x', "more text"),
    "two lists": ('[{"a": 1}][{"a": 2}]', "more text"),
    "cut off": ('[{"a": 1}, {"a": ', "no valid JSON"),
    "cut off between": ('[{"a": 1},', "no valid JSON"),
    "a comma too many": ('[{"a": 1},]', "no valid JSON"),
    "no comma": ('[{"a": 1} {"a": 2}]', "comma"),
    "one quotation mark": ("[{'a': 1}]", "no valid JSON"),
    "nested without end": ("[" * 100_000, "nested too deeply"),
    "a number among objects": ('[{"a": 1}, 7]', "Item 2 of the list is a number"),
    "a list among objects": ('[{"a": 1}, [7]]', "one shape"),
    "an object among lists": ('[[7], {"a": 1}]', "one shape"),
    "texts": ('["a", "b"]', "is a text"),
    "an object": ('{"a": 1}', "no list of records"),
    "half a character": ('[{"a": "\\ud800"}]', "half a character"),
    "half a character in a key": ('[{"\\udc00": 1}]', "half a character"),
    "a null byte": ('[{"a": "\x00"}]', "no valid JSON"),
    "not UTF-8": (b'[{"a": "M\xf4n"}]', "not UTF-8"),
    "a number of 5,000 digits in a key's place": ("[{" + "1" * 5000 + ": 1}]", "no valid JSON"),
}


@pytest.mark.parametrize(("text", "said"), FAULTS.values(), ids=FAULTS)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, text: str | bytes, said: str) -> None:
    """With its line, before a single row is given."""
    refused = refusal(tmp_path / "a.json", text)
    assert refused.problem.code is Code.malformed_json
    assert said in str(refused)
    assert refused.problem.row == 1


LINE_FAULTS = {
    "two objects on a line": ('{"a": 1}\n{"a": 2} {"a": 3}\n', 2),
    "a line cut off": ('{"a": 1}\n{"a":', 2),
    "an object over two lines": ('{"a": 1}\n{"a":\n 2}', 3),
    "a list of all": ('[{"a": 1}, {"a": 2}]', 1),
    "a word": ('{"a": 1}\n\nnull\n', 3),
}


@pytest.mark.parametrize(("text", "line"), LINE_FAULTS.values(), ids=LINE_FAULTS)
def test_json_lines_are_one_object_a_line(tmp_path: Path, text: str, line: int) -> None:
    """Else the line that is at fault is named."""
    refused = refusal(tmp_path / "a.jsonl", text, "json_lines")
    assert (refused.problem.code, refused.problem.row) == (Code.malformed_json, line)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", Code.empty_file),
        (b" \n ", Code.empty_file),
        (b"[]", Code.empty_file),
        (b"PK\x03\x04", Code.format_mismatch),
    ],
)
def test_nothing_and_something_else(tmp_path: Path, text: bytes, code: Code) -> None:
    """An empty list is an empty file; a workbook under the name is no JSON."""
    assert refusal(tmp_path / "a.json", text).problem.code is code


VALUES = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abcd"), VALUES, min_size=1), min_size=1, max_size=8), st.booleans())
def test_what_any_program_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list, lines: bool
) -> None:
    """Every value comes back as its text, under its key, in its row."""
    file = tmp_path_factory.getbasetemp() / "hypothesis.json"
    text = "\n".join(map(json.dumps, rows)) if lines else json.dumps(rows, indent=1, ensure_ascii=False)
    names, *found = read(file, text, "json_lines" if lines else "json")
    assert set(names) == {key for row in rows for key in row}
    for row, cells in zip(rows, found, strict=True):
        for name, cell in zip(names, cells, strict=True):
            assert as_text(cell) == as_text(row.get(str(name)))
