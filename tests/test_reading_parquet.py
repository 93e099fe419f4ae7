"""Parquet: every type as a cell without loss, and files that are none refused in words."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.problems import Code, Refused
from pipelines.read.opening import open_rows
from scorecard.catalogue import Source

SOURCE = Source.model_validate(
    {"title": "T", "publisher": "P", "files": ["*"], "format": "parquet", "columns": {"a": {"header": "a"}}}
)


def read(file: Path) -> list[tuple[int, list[object]]]:
    """Row numbers and cells."""
    (rows,) = open_rows(file, SOURCE)
    return [(number, list(cells)) for number, cells in rows.rows]


COLUMNS = {
    "int": (pa.array([2**63 - 1, None]), [2**63 - 1, None]),
    "double": (pa.array([0.1, float("nan")]), [0.1, "nan"]),
    "single": (pa.array([1.1, float("inf")], pa.float32()), [1.1, "inf"]),
    "money": (pa.array([Decimal("12345678901234567890.10"), Decimal("-0.05")]), ["12345678901234567890.10", "-0.05"]),
    "day": (pa.array([date(2026, 3, 31), None]), [date(2026, 3, 31), None]),
    "moment": (pa.array([datetime(2026, 3, 31, 13, 30), None]), [datetime(2026, 3, 31, 13, 30), None]),
    "zone": (pa.array([datetime(2026, 6, 1, 12, tzinfo=UTC), None], pa.timestamp("us", "Europe/London")),
             [datetime(2026, 6, 1, 13), None]),
    "exact": (pa.array([1_774_963_800_000_000_001, 1_774_963_800_000_000_000], pa.timestamp("ns")),
              ["2026-03-31 13:30:00.000000001", datetime(2026, 3, 31, 13, 30)]),
    "clock": (pa.array([time(13, 30), None]), [time(13, 30), None]),
    "length": (pa.array([timedelta(hours=30), None]), ["1 day, 6:00:00", None]),
    "text": (pa.array(["Môn", ""]), ["Môn", ""]),
    "bytes": (pa.array([b"text", b"\xff\x00"]), ["text", "0xff00"]),
    "list": (pa.array([["a", "b"], None]), ['["a", "b"]', None]),
    "object": (pa.array([{"x": 1, "on": date(2026, 3, 31)}, None]), ['{"x": 1, "on": "2026-03-31"}', None]),
    "category": (pa.array(["n", "s"]).dictionary_encode(), ["n", "s"]),
    "truth": (pa.array([True, False]), [True, False]),
    "nothing": (pa.nulls(2), [None, None]),
}  # fmt: skip


def test_every_type_becomes_a_cell_without_loss(tmp_path: Path) -> None:
    """The columns' names are row 1; a number too long for a cell, or a time too fine, is text with every digit."""
    pq.write_table(pa.table({name: array for name, (array, _) in COLUMNS.items()}), tmp_path / "a.parquet")
    head, *rows = read(tmp_path / "a.parquet")
    assert head == (1, list(COLUMNS))
    for at, (number, cells) in enumerate(rows):
        assert number == at + 2
        assert dict(zip(COLUMNS, cells, strict=True)) == {name: found[at] for name, (_, found) in COLUMNS.items()}


def test_many_rows_come_in_their_order(tmp_path: Path) -> None:
    """Over row groups and portions alike."""
    pq.write_table(pa.table({"a": list(range(25_000))}), tmp_path / "a.parquet", row_group_size=700)
    assert [cells for _, cells in read(tmp_path / "a.parquet")[1:]] == [[at] for at in range(25_000)]


def test_files_that_are_no_parquet_or_not_whole(tmp_path: Path) -> None:
    """Each is said as what it is."""
    whole = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": list(range(1000))}), whole)
    content = whole.read_bytes()
    for bad, code in (
        (b"a,b\n1,2\n", Code.format_mismatch), (content[:-50], Code.damaged_parquet), (b"", Code.empty_file),
        (content[:40] + b"\xff" * 400 + content[440:], Code.damaged_parquet), (b"PAR1", Code.damaged_parquet),
    ):  # fmt: skip
        whole.write_bytes(bad)
        with pytest.raises(Refused) as caught:
            read(whole)
        assert caught.value.problem.code is code


def test_too_many_columns(tmp_path: Path) -> None:
    """The limit is that of any file."""
    pq.write_table(pa.table({f"c{at}": [1] for at in range(2_001)}), tmp_path / "a.parquet")
    with pytest.raises(Refused) as caught:
        read(tmp_path / "a.parquet")
    assert caught.value.problem.code is Code.too_many_columns
