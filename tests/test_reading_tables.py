"""Tables understood: wide ones, a period in a cell, totals among the rows, errors, repeated headings, wrong widths."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.inbox import InboxFile
from pipelines.problems import Code, Problem, Refused
from pipelines.read.files import OpenFile, read_for
from pipelines.read.grid import Cell, Fault, Grid, GridRow
from pipelines.read.rows import MOST_CELLS, Rows, whole_grid
from pipelines.read.table import Table, understand
from scorecard.catalogue import Severity, Source

COLUMNS = {"ward": {"header": "Ward", "required": True}, "count": {"header": "Count", "type": "number"}}
WIDE = {
    "columns": {"ward": {"header": "Ward"}, "count": {"per_period": True, "type": "number"}},
    "period": {"within": "heading", "forms": ["month"]},
}


def source(**more: object) -> Source:
    """A contract for a CSV of wards and counts."""
    return Source.model_validate(
        {"title": "T", "publisher": "P", "files": ["*"], "format": "delimited", "columns": COLUMNS} | more
    )


def grid(*rows: list[Cell], faults: dict[int, Fault] | None = None) -> Grid:
    """Rows numbered from 1."""
    return Grid(tuple(GridRow(at, tuple(row)) for at, row in enumerate(rows, start=1)), faults=faults or {})


def table(of: Grid, contract: Source) -> Table:
    """Understood, with every row accounted for."""
    found = understand(of, "s", contract, "a.csv", "0", None)
    assert len(found.frame) + len(found.held) + found.rows_skipped == found.rows_found
    kept = len(found.frame) // found.periods_a_row
    assert kept + len(found.held) + found.rows_skipped == len(of.rows)
    return found


def refusal(of: Grid, contract: Source) -> Problem:
    """Why a grid is refused."""
    with pytest.raises(Refused) as caught:
        understand(of, "s", contract, "a.csv", "0", None)
    return caught.value.problem


def test_a_column_a_period_is_a_row_a_period() -> None:
    """Each row of a wide table gives a figure for each of its periods; other columns stand beside each."""
    found = table(
        grid(
            ["Ward", "Apr 2026", "Note", "May-26"], ["North", "1", "n", "[c]"], ["", "", "", ""], ["South", "", "", "4"]
        ),
        source(**WIDE),
    )
    said = found.frame[["source_row", "ward", "period_start", "count__value", "count__marker"]]
    assert said.astype(object).where(said.notna(), None).to_numpy().tolist() == [
        [2, "North", date(2026, 4, 1), 1, None], [2, "North", date(2026, 5, 1), None, "c"],
        [4, "South", date(2026, 4, 1), None, None], [4, "South", date(2026, 5, 1), 4, None],
    ]  # fmt: skip
    assert (found.periods_a_row, found.rows_found, found.rows_skipped) == (2, 6, 2)
    assert [note.code for note in found.notes] == [Code.column_unknown]
    assert "'Note'" in found.notes[0].sentence


def test_headings_that_are_dates_are_their_months() -> None:
    """A spreadsheet keeps "Apr 2026" as a day; part of a heading may say the period."""
    dated = grid(["Ward", date(2026, 4, 1), date(2026, 5, 31)], ["North", 1.0, 2.0])
    found = table(dated, source(**WIDE, format="workbook", sheets=["*"]))
    assert found.frame["period_start"].tolist() == [date(2026, 4, 1), date(2026, 5, 1)]
    rule = {"within": "heading", "find": "^Missed (.*)$", "forms": ["month"]}
    found = table(grid(["Ward", "Missed Apr 2026", "Of Apr 2026"], ["N", "1", "9"]), source(**WIDE | {"period": rule}))
    assert found.frame["count__value"].tolist() == [1]


def test_wide_tables_whose_headings_cannot_be_told() -> None:
    """No period among the headings, or one of them twice, refuses the file."""
    assert refusal(grid(["Ward", "April"], ["North", "1"]), source(**WIDE)).code is Code.column_missing
    twice = grid(["Ward", "Apr 2026", "April 2026"], ["North", "1", "2"])
    assert refusal(twice, source(**WIDE)).code is Code.column_ambiguous


@pytest.mark.parametrize("cell", ["Oct 2026", "Return for Oct 2026", date(2026, 10, 1)])
def test_the_period_may_stand_in_a_cell(cell: Cell) -> None:
    """Text, part of a text, or a day that a spreadsheet shows as its month."""
    rule = {"within": "cell", "cell": "B2", "find": r"(\w+ \d{4})$", "forms": ["month"]}
    contract = source(period=rule, header={"containing": ["Ward"]}, format="workbook", sheets=["*"])
    found = table(grid(["Title"], ["Period:", cell], ["Ward", "Count"], ["North", 3.0]), contract)
    assert found.frame["period_start"].tolist() == [date(2026, 10, 1)]


@pytest.mark.parametrize(
    ("row", "said"), [(["x", ""], "B2, which is blank"), (["x"], "blank"), (["x", "soon"], "'soon'")]
)
def test_a_cell_that_says_no_period_refuses(row: list[Cell], said: str) -> None:
    """By its name and with what it holds."""
    rule = {"within": "cell", "cell": "B2", "forms": ["month"]}
    problem = refusal(grid(["Ward", "Count"], row, ["North", "3"]), source(period=rule, header={"row": 1}))
    assert problem.code is Code.period_unreadable
    assert said in problem.sentence


def test_rows_that_state_a_total_are_no_figures_but_kept() -> None:
    """They are counted as skipped, and what they state is there to be checked; an unreadable one states nothing."""
    totals = [{"column": "count", "rows": {"column": "ward", "equal_to": ["Total", "All wards"]}}]
    contract = source(checks={"totals": totals})
    found = table(grid(["Ward", "Count"], ["North", "3"], ["South", "4"], ["TOTAL", "£7"]), contract)
    assert (found.stated_totals, found.rows_skipped, len(found.frame)) == ({"count": 7}, 2, 2)
    found = table(grid(["Ward", "Count"], ["North", "3"], ["All wards", "[c]"]), contract)
    assert found.stated_totals == {}
    wide = source(**WIDE, checks={"totals": totals})
    found = table(grid(["Ward", "Apr 2026", "May 2026"], ["North", "3", "4"], ["Total", "3", "4"]), wide)
    assert found.stated_totals == {"count": 7}


def test_errors_and_control_characters_set_their_row_aside() -> None:
    """Only under headings of the contract; a row declared to be skipped is skipped first."""
    rows: list[list[Cell]] = [
        ["Ward", "Count", "Note"], ["North", "#N/A", ""], ["So\x00uth", "2", ""], ["East", "3", "#REF!"],
        ["Err:502", "4", ""], ["West", "#formula without a value", ""], ["#1 depot", "5", ""], ["skip", "#N/A", ""],
    ]  # fmt: skip
    contract = source(skip=[{"column": "ward", "equal_to": ["skip"]}])
    found = table(grid(*rows), contract)
    error, control = Code.spreadsheet_error, Code.control_character
    assert [(held.row, held.code) for held in found.held] == [(2, error), (3, control), (5, error), (6, error)]
    assert found.held[0].sentence == "Row 2 shows the error #N/A under 'Count', so there is no value."
    assert found.held[0].cells == ("North", "#N/A", "")
    assert "never worked out" in found.held[3].sentence
    assert found.frame["ward"].tolist() == ["East", "#1 depot"]
    marked = table(grid(*rows[:2]), source(markers={"#N/A": "x"}))
    assert (marked.held, marked.frame["count__marker"].tolist()) == ([], ["x"])


def test_a_row_at_fault_in_the_reader_is_held_and_headings_refuse() -> None:
    """Its reason comes before its width is looked at."""
    fault = Fault(Code.broken_quoting, "Row 3 has a stray quotation mark.")
    found = table(grid(["Ward", "Count"], ["North", "1"], ["whole line"], ["South", "1"], faults={3: fault}), source())
    assert [(held.row, held.code, held.sentence) for held in found.held] == [(3, fault.code, fault.sentence)]
    assert refusal(grid(["Ward", "Count"], ["N", "1"], faults={1: fault}), source()).code is Code.broken_quoting


def test_headings_repeated_on_every_page_are_no_rows() -> None:
    """Word for word the same; a row that differs, or headings too short to be sure of, are rows."""
    head: list[Cell] = ["Ward", "Count", "What was counted"]
    found = table(grid(head, ["N", "1", ""], head, ["S", "2", ""], [*head[:2], "x"]), source())
    assert found.frame["ward"].tolist() == ["N", "S", "Ward"]
    found = table(grid(["Ward", "Count"], ["N", "1"], ["Ward", "Count"]), source())
    assert found.frame["ward"].tolist() == ["N", "Ward"]


def test_a_row_of_nulls_is_a_row_where_programs_write() -> None:
    """A blank line is left for the eye in text and workbooks only; a null byte is damage in text only."""
    rows = grid(["Ward", "Count"], [None, None], ["a\x00b", 1])
    assert table(rows, source(format="parquet")).frame["ward"].tolist()[1] == "a\x00b"
    assert len(table(rows, source(format="parquet")).frame) == 2
    assert len(table(rows, source(format="json")).frame) == 1
    assert table(rows, source()).rows_skipped == 2


def test_a_file_that_is_mostly_of_another_width_is_refused() -> None:
    """A wrong delimiter lets a few rows through by chance; one ragged row among many is set aside alone."""
    problem = refusal(grid(["Ward", "Count"], ["a"], ["b"], ["c", "1"]), source())
    assert (problem.code, problem.severity) == (Code.ragged_row, Severity.refuse)
    assert "2 of 3 rows" in problem.sentence
    assert len(table(grid(["Ward", "Count"], ["a"], ["b", "1"], ["c", "1"]), source()).held) == 1


def test_unknown_headings_refuse_where_the_contract_says_so() -> None:
    """With the heading that may be meant."""
    rows = grid(["Ward", "Count", "Counts of"], ["N", "1", "2"])
    assert refusal(rows, source(unknown_columns="refuse")).code is Code.column_unknown


def test_a_file_of_figures_is_held_whole_up_to_a_limit() -> None:
    """Beyond it the file is refused before memory is short."""
    endless = Rows((number, [""] * 10_000) for number in range(1, 10**9))
    with pytest.raises(Refused) as caught:
        whole_grid(endless)
    assert caught.value.problem.code is Code.file_too_large
    assert f"{MOST_CELLS:,}" in str(caught.value)


def test_each_sheet_has_its_table_or_its_problem(tmp_path: Path) -> None:
    """A sheet that cannot be used takes no other with it, and notes say where they belong."""
    from pipelines.demonstration.files import Table as Sheet
    from pipelines.demonstration.files import as_ods

    sheets = {"A": Sheet(["Ward", "Count", "Extra"], [["N", 1, 2]]), "B": Sheet(["Wrd"], [["N"]])}
    (tmp_path / "a.ods").write_bytes(as_ods(sheets))
    file = InboxFile("in/a.ods", tmp_path / "a.ods", "0", 1, date(2026, 1, 1), ("s",))  # type: ignore[arg-type]
    good, bad = read_for(file, OpenFile(file.location), "s", source(format="workbook", sheets=["*"]), None)
    assert isinstance(good, Table)
    assert good.notes[0].sentence.startswith("in/a.ods, sheet 'A': The contract does not know the heading 'Extra'")
    assert isinstance(bad, Problem)
    assert (bad.code, bad.sheet) == (Code.column_missing, "B")
