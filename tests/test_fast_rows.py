"""The fast way through delimited text says what the slow one says, or leaves it to it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.problems import Refused
from pipelines.read.opening import open_rows
from pipelines.records import fast_rows
from pipelines.records.fast_rows import FastRows
from scorecard.catalogue import Source

PIECES = st.sampled_from(
    ["a", "b,", ",", '"', '""', '","', '"\n', "\n", "\n\n", "\r\n", "\r", '"x\ny"', '"x,y"', "é", " ", "\t", "\x00",
     "\x0b", "\u2028", ";", "'", "\\", "1,2,3\n", 'a,"b ""c""",d\n', "a,b,c\n", ",,\n",
     '"p",q,"r"\r\n', "\ufeff", "\x85"]
)  # fmt: skip


def contract(**changes: Any) -> Source:
    """A source of text with three columns."""
    return Source.model_validate(
        {
            "title": "t", "publisher": "p", "files": ["*.csv"], "format": "delimited", "area": {"home": True},
            "columns": {name: {"header": name} for name in "abc"}, "encodings": ["utf-8", "cp1252"],
            **changes,
        }
    )  # fmt: skip


def both(file: Path, source: Source, width: int) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Rows by their number: by the slow way as far as the fast one came, and by the fast one."""
    (opened,) = open_rows(file, source)
    fast = FastRows(file, source, opened.encoding, width)
    found: dict[int, list[str]] = {}
    for stretch in fast:
        cells = [column.to_pylist() for column in stretch.table.columns]
        found |= dict(zip(stretch.numbers.tolist(), map(list, zip(*cells, strict=True)), strict=True))
        found |= {number: [str(cell) for cell in row] for number, row in stretch.others}
    slow: dict[int, list[str]] = {}
    for number, row in opened.rows:
        if number > fast.lines:
            break
        slow[number] = [str(cell) for cell in row]
    return slow, found


def plain(rows: dict[int, list[str]]) -> dict[int, list[str]]:
    """However many cells a blank row has."""
    return {number: row if any(map(str.strip, row)) else [] for number, row in rows.items()}


@settings(max_examples=600, deadline=None)
@given(
    st.lists(PIECES, min_size=1, max_size=24).map("".join), st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    st.integers(2, 3), st.integers(1, 12),
)  # fmt: skip
@example('a,b,c\r\n"x",\r\n\r\ny,z,"w\r\nv"\r\n', "utf-8", 3, 7)
@example('a,b,c\n1,"2""",3\n4,5', "utf-8", 3, 5)
def test_it_declines_or_says_the_same(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str, width: int, stretch: int
) -> None:
    """Whatever the bytes: the rows, cells and line numbers are those of the csv module, none left out or added."""
    file = tmp_path_factory.getbasetemp() / "fast.csv"
    file.write_bytes(text.encode(encoding, "ignore"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast_rows, "STRETCH", stretch)
        try:
            slow, found = both(file, contract(), width)
        except Refused:
            return
    assert plain(found) == plain(slow)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_plain_files_are_read_to_their_end(tmp_path: Path, end: str) -> None:
    """Quoted delimiters, doubled marks, rows too long or short, blank lines and small stretches are no hindrance."""
    lines = ["a,b,c", '1,"x, y","say ""no"""', "", "1,2", "1,2,3,4", *(f"{at},é,{at}" for at in range(40)), '"",,""']
    for encoding, last in (("utf-8", ""), ("cp1252", end), ("utf-8-sig", end)):
        file = tmp_path / "plain.csv"
        file.write_bytes((end.join(lines) + last).encode(encoding))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fast_rows, "STRETCH", 50)
            slow, found = both(file, contract(), 3)
        assert plain(found) == plain(slow)
        assert len(found) == len(lines)
