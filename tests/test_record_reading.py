"""Files of records: read in blocks, checked, staged, and each record counted once."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from pipelines.areas import AreaIndex, Place
from pipelines.demonstration.files import Table as Written
from pipelines.demonstration.files import as_ods, as_workbook
from pipelines.inbox import InboxFile, sha256_of
from pipelines.problems import Code, Refused
from pipelines.read.grid import Cell, Grid, GridRow
from pipelines.read.opening import open_rows
from pipelines.read.rows import Rows
from pipelines.read.table import understand
from pipelines.records.blocks import BlockReader
from pipelines.records.loads import RecordLoad
from pipelines.records.reading import take_in_records
from pipelines.records.staging import Staging
from scorecard.catalogue import Source
from scorecard.errors import RunFailed

REPAIRS = """
title: Repairs
publisher: Housing
holds: records
files: ["Repairs *.csv"]
format: delimited
header: {containing: [Reference, Ward]}
ends_before: ["End of*"]
skip: [{column: priority, equal_to: [Total]}]
markers: {"..": x}
columns:
  reference: {header: Reference, required: true}
  ward: {header: Ward}
  priority: {header: Priority, allowed: [Emergency, Routine, Total]}
  reported: {header: Reported, type: date, required: true}
  cost: {header: Cost, type: number, minimum: 0}
  visits: {header: Visits, type: integer}
  note: {header: Note, optional: true, extract: "^([^(]*)"}
area: {column: ward, by: name}
period: {within: file_name, find: "Repairs (.*)\\\\.", forms: [financial_year]}
key: [reference]
"""
HEADINGS = "Reference,Ward,Priority,Reported,Cost,Visits\n"
Take = Callable[..., list[RecordLoad]]


def source(**changes: object) -> Source:
    """The contract of the repairs, with some of it changed."""
    return Source.model_validate({**YAML(typ="safe").load(REPAIRS), **changes})


@pytest.fixture
def areas() -> AreaIndex:
    """A council with two wards, and a council that ended."""
    index = AreaIndex()
    index.add(Place("X1", "Littleborough", "council"))
    index.add(Place("W1", "Northward", "ward", "X1"), names=("North Ward",))
    index.add(Place("W2", "Southward", "ward", "X1"))
    index.add(Place("O1", "Oldham End", "ward", "X1", date(2020, 4, 1), ("W2",)))
    index.home = "X1"
    return index


class Council:
    """An inbox, and a staging file to take it into."""

    def __init__(self, folder: Path, areas: AreaIndex, staging: Staging) -> None:
        self.folder, self.areas, self.staging = folder, areas, staging

    def put(self, name: str, content: str | bytes, age: int = 0) -> InboxFile:
        """A file of the inbox; the greater its age, the earlier it was changed."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        changed = datetime.fromtimestamp(1_700_000_000 - age, UTC)
        return InboxFile(name, path, sha256_of(path), path.stat().st_size, changed, ("repairs",))

    def take(self, *files: InboxFile, of: Source | None = None, **options: Any) -> list[RecordLoad]:
        """What comes of these files; accounted for, whatever they hold."""
        loads = take_in_records("repairs", of or source(), files, self.areas, self.staging, **options)
        for number, load in enumerate(loads):
            staged = self.ask(f"select count(*) from records_repairs where load_number = {number}")
            assert staged == [(load.rows_accepted - load.rows_replaced,)]
            assert load.refused or load.rows_accepted + load.rows_set_aside + load.rows_skipped == load.rows_found
            assert not load.refused or load.refused in load.problems
        return loads

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the staging file."""
        return self.staging.connection.execute(query).fetchall()


@pytest.fixture
def council(tmp_path: Path, areas: AreaIndex) -> Iterator[Council]:
    """An empty inbox and an open staging file."""
    (tmp_path / "inbox").mkdir()
    with Staging(tmp_path / "data") as staging:
        yield Council(tmp_path / "inbox", areas, staging)


MESSY = (
    "Repairs 2025-26\n\nReported by the contractor\n" + HEADINGS +
    'R1,Northward,Routine,31/03/2026,"1,204.50",2\n'
    'R2,,Emergency,2026-03-30,[x],..\n'
    'R3,North  ward,Routine,29/03/2026,5,1\n'
    'R4,Nowhere,Routine,29/03/2026,5,1\n'
    'R5,Southward,Routine,31/02/2026,5,1\n'
    'R6,Southward,Routine,01/03/2026,5\n'
    '\n'
    'R7,Oldham End,Routine,01/03/2026,-5,1\n'
    'R8,Oldham End,Routine,01/03/2026,£7.25 [p],1\n'
    ',,Total,,1231,7\n'
    'R9,Southward,Someday,01/03/2026,5,1.5\n'
    '"R10\nb",Southward,Routine,01/03/2026,5,1\n'
    ',Southward,Routine,01/03/2026,5,1\n'
    'End of list\n'
    'R99,Southward,Routine,01/03/2026,5,1\n'
)  # fmt: skip


@pytest.mark.parametrize("block_rows", [2, 7, 100_000])
def test_a_messy_file_comes_out_the_same_in_blocks_of_any_size(council: Council, block_rows: int) -> None:
    """Good rows are staged typed, bad ones kept with their reason, and the words tell of the file as a whole."""
    (load,) = council.take(council.put("Repairs 2025-26.csv", MESSY), block_rows=block_rows)
    assert (load.encoding, load.header_row, load.sheet, load.refused) == ("utf-8", 4, None, None)
    assert load.period is not None
    assert (load.period.start, load.period.end) == (date(2025, 4, 1), date(2026, 3, 31))
    assert council.ask("select * from records_repairs order by source_row") == [
        (0, 5, "W1", "R1", "Northward", "Routine", date(2026, 3, 31), Decimal("1204.5"), Decimal(2), None),
        (0, 6, "X1", "R2", None, "Emergency", date(2026, 3, 30), None, None, None),
        (0, 7, "W1", "R3", "North  ward", "Routine", date(2026, 3, 29), Decimal(5), Decimal(1), None),
        (0, 13, "W2", "R8", "Oldham End", "Routine", date(2026, 3, 1), Decimal("7.25"), Decimal(1), None),
        (0, 16, "W2", "R10\nb", "Southward", "Routine", date(2026, 3, 1), Decimal(5), Decimal(1), None),
    ]
    assert [(held.row, held.code.value) for held in load.held] == [
        (8, "area_unknown"), (9, "not_a_date"), (10, "ragged_row"), (12, "out_of_range"),
        (15, "not_allowed"), (18, "cell_missing"),
    ]  # fmt: skip
    assert load.held[1].cells == ("R5", "Southward", "Routine", "31/02/2026", "5", "1")
    assert load.held[1].sentence == "column 'Reported' is '31/02/2026' and must be a date."
    told = {problem.code.value: problem.sentence for problem in load.problems}
    assert told["area_unknown"] == (
        "Repairs 2025-26.csv, row 8, column 'Ward' ('Nowhere'): "
        "must be a place the catalogue knows and that existed then."
    )
    assert "(Oldham End)" in told["area_succeeded"]
    results = {(result.name, result.column): (result.passed, result.checked, result.failed) for result in load.results}
    assert results["ExpectColumnValuesToBeInSet", "priority"] == (False, 10, 1)
    assert results["ExpectCompoundColumnsToBeUnique", None] == (True, 10, 0)
    assert load.rows_found == len(MESSY.splitlines()) - 1


def test_words_and_counts_do_not_depend_on_the_size_of_a_block(council: Council) -> None:
    """Whether read in one block or one row at a time: the same problems, results and rows set aside."""
    doubled = MESSY.replace(
        "End of list", "R1,Southward,Routine,01/03/2026,5,1\nR2,,Emergency,2026-03-30,[x],..\nEnd of list"
    )
    first = None
    for block_rows in (100_000, 3):
        (load,) = council.take(council.put("Repairs 2025-26.csv", doubled), block_rows=block_rows)
        said = (load.problems, load.results, load.held, load.rows_accepted, load.rows_skipped)
        first = first or said
        assert said == first
        council.staging.connection.execute("drop table records_repairs")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(council: Council, encoding: str, end: str) -> None:
    """Text is decoded by what fits the whole file, however it ends its lines."""
    text = (HEADINGS + "R–1,Northward,Routine,01/03/2026,£5,1\n").replace("\n", end)
    (load,) = council.take(council.put("Repairs 2025-26.csv", text.encode(encoding)))
    assert (load.encoding, load.rows_accepted) == (encoding, 1)
    assert council.ask("select reference, cost from records_repairs") == [("R–1", Decimal(5))]


def row(reference: str, cost: str = "5", ward: str = "Northward") -> str:
    """One line of a file."""
    return f"{reference},{ward},Routine,01/03/2026,{cost},1\n"


@pytest.mark.parametrize("block_rows", [1, 2, 100_000])
def test_a_record_that_stands_twice_in_a_file(council: Council, block_rows: int) -> None:
    """Word for word the same is counted once; rows that disagree are all set aside, whichever block they are in."""
    rows = [row("R1"), row("R2"), row("R1"), row("R3"), row("R3", "6"), row("R3"), row("R4"), row("R4", "-1")]
    (load,) = council.take(council.put("Repairs 2025-26.csv", HEADINGS + "".join(rows)), block_rows=block_rows)
    assert council.ask("select source_row, reference from records_repairs order by 1") == [
        (2, "R1"), (3, "R2"), (8, "R4"),
    ]  # fmt: skip
    assert [(held.row, held.code.value) for held in load.held] == [
        (5, "duplicate_key"), (6, "duplicate_key"), (9, "out_of_range"),
    ]  # fmt: skip
    assert load.held[1].cells == ("R3", "Northward", "Routine", "01/03/2026", "6", "1")
    assert load.rows_skipped == 1 + 2
    told = {problem.code: problem.sentence for problem in load.problems}
    assert told[Code.duplicate_key].endswith("2 of 8 rows (5, 6): must stand once for each reference.")
    assert "2 rows repeat others word for word" in told[Code.identical_rows]


def test_a_later_file_replaces_records_of_an_earlier_one(council: Council) -> None:
    """The file changed last has the say; a note tells where they differ, and nothing is said where they do not."""
    later = council.put("Repairs 2026-27.csv", HEADINGS + row("R2") + row("R3", "7.00") + row("R4"))
    earlier = council.put("Repairs 2025-26.csv", HEADINGS + row("R1") + row("R2", "4") + row("R3", "7"), age=60)
    other = council.put("Repairs 2024-25.csv", HEADINGS + row("R2", "3") + row("R9"), age=90)
    loads = council.take(other, earlier, later)
    assert council.ask("select reference, load_number, cost from records_repairs order by 1") == [
        ("R1", 1, Decimal(5)), ("R2", 2, Decimal(5)), ("R3", 2, Decimal(7)), ("R4", 2, Decimal(5)),
        ("R9", 0, Decimal(5)),
    ]  # fmt: skip
    assert [load.rows_replaced for load in loads] == [1, 2, 0]
    assert [load.rows_accepted for load in loads] == [2, 3, 3]
    (problem,) = loads[1].problems
    assert (problem.code, problem.row, problem.rows) == (Code.record_replaced, 3, 1)
    assert problem.sentence == (
        "Repairs 2025-26.csv: 1 record stands again in Repairs 2026-27.csv, by reference, and differently; "
        "it is counted as the later file has it."
    )


def test_the_last_good_version_stands_in_with_its_own_age(council: Council) -> None:
    """A refused resend leaves the version before it, which does not overrule files that came after it."""
    bad = council.put("Repairs 2025-26.csv", "Reference,Ward\nR1,Northward\n")
    newer = council.put("Repairs 2026-27.csv", HEADINGS + row("R1", "9"), age=30)
    archived = council.put("archived 2025-26.csv", HEADINGS + row("R1", "1") + row("R2", "2"), age=60)
    stood_in = InboxFile(bad.path, archived.location, archived.sha256, 9, archived.modified_at, ("repairs",), False)
    loads = council.take(newer, bad, stand_in=lambda file: stood_in if file == bad else None)
    assert [load.refused.code if load.refused else None for load in loads] == [None, Code.column_missing, None]
    assert [load.file.in_inbox for load in loads] == [True, True, False]
    assert council.ask("select reference, cost from records_repairs order by 1") == [
        ("R1", Decimal(9)), ("R2", Decimal(2)),
    ]  # fmt: skip


OPEN_QUOTE = HEADINGS + row("R1") + row("R2") + '"R3,Northward,Routine,01/03/2026,5,1\nnot a row,\nnor this\n'
REFUSED: Mapping[str, tuple[str, str | bytes, str, str]] = {
    "an empty file": ("Repairs 2025-26.csv", "\r\n , ,\n", "empty_file", "no rows"),
    "no text": ("Repairs 2025-26.csv", b"a\x00\x81\n", "unreadable_encoding", "in no encoding of its contract"),
    "no headings": ("Repairs 2025-26.csv", "Ref\n" * 80, "header_missing", "in its first 50 rows."),
    "no headings in a short file": ("Repairs 2025-26.csv", "Ref\n" * 8, "header_missing", "in its 8 rows."),
    "no period": ("Repairs latest.csv", HEADINGS + row("R1"), "period_unreadable", "'Repairs latest.csv' does not"),
    "an open quotation mark": ("Repairs 2025-26.csv", OPEN_QUOTE, "broken_quoting", "row 4"),
    "headings only": ("Repairs 2025-26.csv", HEADINGS, "too_few_rows", "It has 0 records; at least 1 are"),
    "nothing usable": ("Repairs 2025-26.csv", HEADINGS + row("R1", "-1"), "nothing_usable", "its only row"),
    "all disagree": ("Repairs 2025-26.csv", HEADINGS + row("R1") + row("R1", "6"), "nothing_usable", "every row"),
}


@pytest.mark.parametrize("block_rows", [1, 100_000])
@pytest.mark.parametrize(("name", "content", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_a_refused_file_leaves_nothing_behind(
    council: Council, name: str, content: str | bytes, code: str, said: str, block_rows: int
) -> None:
    """Not even the rows before the place where it breaks off; the other file is none the worse."""
    bad, good = council.put(name, content), council.put("Repairs 2026-27.csv", HEADINGS + row("R8"))
    refused, load = council.take(bad, good, block_rows=block_rows)
    assert refused.refused is not None
    assert (refused.refused.code.value, refused.rows_accepted) == (code, 0)
    assert said in refused.refused.sentence
    assert name in refused.refused.sentence
    assert refused.refused.path == name
    assert load.rows_accepted == 1
    assert council.ask("select reference from records_repairs") == [("R8",)]


def test_a_file_that_cannot_be_opened_is_refused(council: Council) -> None:
    """It went away while the run was at work."""
    file = council.put("Repairs 2025-26.csv", HEADINGS)
    file.location.unlink()
    (load,) = council.take(file)
    assert load.refused is not None
    assert load.refused.code is Code.unreadable_file


def test_a_column_may_refuse_the_whole_file(council: Council) -> None:
    """on_fault: refuse holds for all blocks of a file, and its sentence counts them together."""
    columns = YAML(typ="safe").load(REPAIRS)["columns"]
    strict = source(columns={**columns, "cost": {**columns["cost"], "on_fault": "refuse"}})
    rows = row("R1") + row("R2", "many") + row("R3") + row("R4", "few")
    (load,) = council.take(council.put("Repairs 2025-26.csv", HEADINGS + rows), of=strict, block_rows=1)
    assert load.refused is not None
    assert "2 of 4 rows (3, 5), column 'Cost' ('many', 'few')" in load.refused.sentence


def test_too_many_faults_refuse_a_file(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not read to its end; the first rows set aside are kept, with what is most often wrong."""
    monkeypatch.setattr("pipelines.records.loads.MOST_HELD", 5)
    rows = "".join(row(f"R{at}", "tbc" if at % 2 else "5") for at in range(40))
    bad, good = (
        council.put("Repairs 2025-26.csv", HEADINGS + rows),
        council.put("Repairs 2026-27.csv", HEADINGS + row("R8")),
    )
    refused, load = council.take(bad, good, block_rows=4)
    assert refused.refused is not None
    assert refused.refused.code is Code.too_many_faults
    assert refused.refused.sentence == (
        "Repairs 2025-26.csv: more than 5 rows have a fault; most often: column 'Cost' must be a number."
    )
    assert (refused.rows_set_aside, refused.rows_found) == (5, 13)
    assert "not_a_number" in {problem.code.value for problem in refused.problems}
    assert (load.rows_accepted, council.ask("select count(*) from records_repairs")) == (1, [(1,)])


def test_a_number_too_long_for_its_column_is_set_aside(council: Council) -> None:
    """It is told as such rather than stopping the run."""
    rows = row("R1", "99999999999999") + row("R2", "100000000000000") + row("R3", "0.00004")
    (load,) = council.take(council.put("Repairs 2025-26.csv", HEADINGS + rows))
    assert council.ask("select cost from records_repairs order by 1") == [(Decimal(0),), (Decimal("99999999999999"),)]
    assert [held.sentence for held in load.held] == [
        "column 'Cost' is '100000000000000' and must have at most 14 digits."
    ]


def test_small_files_share_one_suite(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven files of a source cost as much to check as one."""
    from pipelines.check import suite

    runs: list[int] = []
    real = suite.run_suite

    def counted(name: str, frame: pd.DataFrame, expectations: list[Any]) -> Any:
        runs.append(len(frame))
        return real(name, frame, expectations)

    monkeypatch.setattr(suite, "run_suite", counted)
    files = [council.put(f"Repairs 20{year}-{year + 1}.csv", HEADINGS + row(f"R{year}")) for year in range(18, 25)]
    loads = council.take(*files)
    assert [load.rows_accepted for load in loads] == [1] * 7
    assert runs == [7]


@pytest.mark.parametrize("block_rows", [1, 100_000])
def test_the_first_of_a_key_may_stay(council: Council, block_rows: int) -> None:
    """repeated_key: keep_first sets aside the later rows that say something else; the same again is a repeat."""
    rows = [row("R1"), row("R1", "6"), row("R1"), row("R2", "-1"), row("R2"), row("R1", "7"), row("R3"), row("R3")]
    file = council.put("Repairs 2025-26.csv", HEADINGS + "".join(rows))
    (load,) = council.take(file, of=source(repeated_key="keep_first"), block_rows=block_rows)
    assert council.ask("select source_row, reference from records_repairs order by 1") == [
        (2, "R1"), (6, "R2"), (8, "R3"),
    ]  # fmt: skip
    assert [(held.row, held.code.value, held.cells[4]) for held in load.held] == [
        (3, "duplicate_key", "6"), (5, "out_of_range", "-1"), (7, "duplicate_key", "7"),
    ]  # fmt: skip
    assert load.rows_skipped == 1 + 2


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
def test_workbooks_come_sheet_by_sheet(council: Council, kind: str) -> None:
    """Dates and numbers of a spreadsheet are taken as they are; a sheet without a period is refused by itself."""
    headings = ["Reference", "Ward", "Priority", "Reported", "Cost", "Visits", "Note"]
    day = date(2026, 3, 1)
    sheets = {
        "2025-26": Written(
            headings,
            [
                ["R1", "Northward", "Routine", day, 5.5, 1, "ok (x)"],
                [7, None, "Routine", "02/03/2026", "[c]", 2.5, None],
            ],
            titles=["Repairs"],
        ),
        "2026-27": Written(headings, [["R1", "Southward", "Routine", day, 6, 1, None]]),
        "20 odd": Written(headings, [["R3", "Southward", "Routine", day, 6, 1, None]]),
    }
    book = source(
        files=[f"Repairs*.{kind}"], format="workbook", sheets=["20*"],
        period={"within": "sheet_name", "find": "(.*)", "forms": ["financial_year"]},
    )  # fmt: skip
    content = as_ods(sheets) if kind == "ods" else as_workbook(sheets)
    loads = council.take(council.put(f"Repairs.{kind}", content), of=book)
    assert [load.sheet for load in loads] == ["2025-26", "2026-27", "20 odd"]
    assert [load.refused.code.value if load.refused else None for load in loads] == [None, None, "period_unreadable"]
    assert [(held.row, held.code.value, held.cells) for held in loads[0].held] == [
        (5, "not_a_number", ("7", "", "Routine", "02/03/2026", "[c]", "2.5", "")),
    ]  # fmt: skip
    assert council.ask("select load_number, area_code, reported, cost, note from records_repairs") == [
        (1, "W2", day, Decimal(6), None),
    ]  # fmt: skip
    assert [problem.code for problem in loads[0].problems if problem.severity == "note"] == [Code.record_replaced]


def test_a_row_unaccounted_for_stops_the_run(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that dropped a row would be caught."""
    real = RecordLoad.add

    def forgetful(load: RecordLoad, verdict: Any) -> None:
        real(load, verdict)
        load.rows_skipped -= 1

    monkeypatch.setattr(RecordLoad, "add", forgetful)
    with pytest.raises(RunFailed, match=r"Repairs 2025-26\.csv has 2 rows, and 1 are accounted for"):
        council.take(council.put("Repairs 2025-26.csv", HEADINGS + row("R1")))


def test_the_staging_file_goes_whatever_happens(tmp_path: Path) -> None:
    """Also after a failure; and what a killed run left behind goes with the next."""
    (tmp_path / "staging-20200101.duckdb").write_bytes(b"left")
    (tmp_path / "staging-20200101.duckdb.spill").mkdir()
    (tmp_path / "staging-20200101.duckdb.spill" / "part").write_bytes(b"left")
    with pytest.raises(RunFailed), Staging(tmp_path) as staging:
        assert [path.name for path in tmp_path.iterdir()] == [staging.path.name]
        raise RunFailed("Something.")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RuntimeError):
        _ = staging.connection


CELLS = st.one_of(
    st.sampled_from(["", " ", "x", "[x]", "..", "5", "5.0", " 5", "£1,204.5", "12 [p]", "31/03/2026", "2026-02-30",
                     "46000", "2026-03-31", "29/02/2025", "0001-01-01", "#REF!", "Err:502", "Northward", "Nowhere",
                     "Total", "routine", "Emergency", "a (b)", "(7)", "-0", "1e3"]),
    st.text(alphabet="ab1.-, [x]é", max_size=4),
)  # fmt: skip
BOOK_CELLS = st.one_of(
    CELLS, st.booleans(), st.integers(-9, 99).map(float), st.sampled_from([0.5, 46000.0]),
    st.dates(date(2020, 1, 1), date(2027, 1, 1)), st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)),
)  # fmt: skip


def alike(left: pd.DataFrame, right: pd.DataFrame) -> None:
    """The same columns in any order, with the same cells; a missing one is missing, however pandas says so."""
    assert set(left.columns) == set(right.columns)
    for name in left.columns:
        one, other = ([None if pd.isna(cell) else cell for cell in frame[name]] for frame in (left, right))
        assert one == other, name
        assert [type(cell) for cell in one] == [type(cell) for cell in other], name


@settings(max_examples=80, deadline=None)
@given(st.data(), st.booleans(), st.integers(1, 5))
def test_blocks_give_what_understand_gives(data: st.DataObject, book: bool, block_rows: int) -> None:
    """Frame, rows held, cells and counts are those of the reader of small files, save that a blank place is home."""
    width = st.just(7) if book else st.sampled_from([7, 7, 7, 7, 6])
    lines: Sequence[list[Cell]] = data.draw(
        st.lists(width.flatmap(lambda cells: st.lists(BOOK_CELLS if book else CELLS, min_size=cells, max_size=cells)))
    )
    contract = source(
        minimum_rows=0,
        **({"format": "workbook", "sheets": ["2025-26"], "period": WITHIN_SHEET} if book else {}),
    )
    headings: list[Cell] = [*HEADINGS.strip().split(","), "Note"]
    rows = [GridRow(at, tuple(cells)) for at, cells in enumerate([["title"], headings, *lines], start=1)]
    areas = known_areas()
    grid = Grid(tuple(rows), sheet="2025-26" if book else None)
    opened = Rows(((one.number, one.cells) for one in rows), sheet=grid.sheet, is_ragged=book)
    reader = BlockReader(opened, "repairs", contract, "Repairs 2025-26.csv", "0", areas, block_rows)
    try:
        whole = understand(grid, "repairs", contract, "Repairs 2025-26.csv", "0", areas)
    except Refused as refused:
        with pytest.raises(Refused, match=re.escape(refused.problem.sentence)):
            list(reader)
        return
    blocks = list(reader)
    assert sum(block.rows_found for block in blocks) == whole.rows_found
    assert sum(block.rows_skipped for block in blocks) == whole.rows_skipped
    assert [held for block in blocks for held in block.held] == whole.held
    frames = [block.frame for block in blocks if len(block.frame)]
    assert sum(map(len, frames)) == len(whole.frame)
    if not frames:
        return
    found, expected = pd.concat(frames, ignore_index=True), whole.frame.copy()
    blank = expected["ward"].isna()
    expected.loc[blank, ["area_code", "area_text"]] = "X1"
    expected["succeeded"] = [False if one else two for one, two in zip(blank, expected["succeeded"], strict=True)]
    alike(found, expected)
    assert {number: block.raw[number] for block in blocks for number in block.raw} == whole.raw


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=6, max_size=8).filter(any), max_size=12), st.integers(1, 5), st.integers(1, 90)
)
def test_plain_text_gives_the_same_blocks_the_fast_way(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]], block_rows: int, stretch: int
) -> None:
    """Whether Arrow or the csv module splits a file: the same frame, rows held, cells, counts and totals."""
    file = tmp_path_factory.getbasetemp() / "Repairs 2025-26.csv"
    headings = [*HEADINGS.strip().split(","), "Note"]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([["title"], headings, *lines[:5], headings, [], *lines[5:]])
    total = {"column": "cost", "rows": {"column": "priority", "equal_to": ["Emergency"]}}
    contract, read = source(minimum_rows=0, checks={"totals": [total]}), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.records.arrays._SAMPLE", 1)
        patch.setattr("pipelines.records.fast_rows.STRETCH", stretch)
        for text in (file, None):
            (opened,) = open_rows(file, contract)
            reader = BlockReader(opened, "repairs", contract, file.name, "0", known_areas(), block_rows, text)
            blocks: list[Any] = []
            with suppress(Refused):  # for being mostly ragged, which the blocks before show alike
                blocks.extend(reader)
            read.append((blocks, reader.plain_lines))
    (fast, plain_lines), (slow, _) = read
    assert plain_lines == len(file.read_text(encoding="utf-8").splitlines())
    for figure in ("rows_found", "rows_skipped"):
        assert sum(getattr(block, figure) for block in fast) == sum(getattr(block, figure) for block in slow)
    assert sorted(_held(fast)) == sorted(_held(slow))
    assert {row: block.raw[row] for block in fast for row in block.raw} == {
        row: block.raw[row] for block in slow for row in block.raw
    }
    assert [block.raw.many(list(block.raw)) for block in fast] == [  # type: ignore[attr-defined]
        [block.raw[row] for row in block.raw] for block in fast
    ]
    assert {name: total for block in fast for name, total in block.stated_totals.items()} == {
        name: total for block in slow for name, total in block.stated_totals.items()
    }
    frames = [[block.frame for block in blocks if len(block.frame)] for blocks in (fast, slow)]
    assert bool(frames[0]) == bool(frames[1])
    if frames[0]:
        alike(*(pd.concat(each, ignore_index=True) for each in frames))


def _held(blocks: Sequence[Any]) -> list[tuple[object, ...]]:
    return [(held.row, held.code.value, held.sentence, held.cells) for block in blocks for held in block.held]


WITHIN_SHEET = {"within": "sheet_name", "find": "(.*)", "forms": ["financial_year"]}


def known_areas() -> AreaIndex:
    """Two places."""
    index = AreaIndex(home="X1")
    index.add(Place("X1", "Littleborough", "council"))
    index.add(Place("W1", "Northward", "ward", "X1"))
    return index


def test_only_what_is_asked_for_is_held_of_a_large_file(council: Council) -> None:
    """Opening a file reads none of its rows; they come one by one."""
    file = council.put("Repairs 2025-26.csv", HEADINGS + "".join(row(f"R{at}") for at in range(1000)))
    (opened,) = open_rows(file.location, source())
    assert next(opened.rows) == (1, HEADINGS.strip().split(","))
    assert next(opened.rows)[1][0] == "R0"
