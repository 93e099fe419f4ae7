"""Clean tables made messy as senders do, in every format; reading must give the clean table back."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.demonstration.files import Table as Sheet
from pipelines.demonstration.files import as_ods
from pipelines.problems import Code
from pipelines.read.opening import open_rows
from pipelines.read.rows import whole_grid
from pipelines.read.table import Table, understand
from scorecard.catalogue import Source

Cheap = settings(max_examples=40, deadline=None)
NAMES = ("ward", "count", "opened")
HEADINGS = {"ward": "Ward name", "count": "Net amount", "opened": "Date opened"}
MARKS = {"..": "x", ":": "z"}
TOTAL = "Total for all"


@dataclass(frozen=True)
class Row:
    """What a row says, however it is written."""

    ward: str
    number: float | None
    mark: str | None
    opened: date | None


@dataclass(frozen=True)
class Mess:
    """How a table is written: everything that a contract may leave to the sender."""

    delimiter: str
    end: str
    encoding: str
    all_quoted: bool
    order: tuple[str, ...]
    heading: Callable[[str], str]
    titles: int
    notes: int
    spacers: tuple[int, ...]
    total_after: int | None
    repeat_after: int | None
    blank_after: int | None


WARDS = (
    st.text("abcÉö£&;,|\"'- x1\t", min_size=1, max_size=12).map(str.strip).filter(lambda text: text not in ("", "-"))
)
NUMBERS = st.decimals(min_value=-9_999_999, max_value=9_999_999, places=2).map(float)
DAYS = st.dates(date(2000, 1, 1), date(2049, 12, 31))
ROWS = st.lists(
    st.builds(
        lambda ward, number, mark, day: Row(ward, None if mark else number, mark, day),
        WARDS, st.none() | NUMBERS, st.none() | st.none() | st.sampled_from(["c", "x", "z", "low"]), st.none() | DAYS,
    ),
    min_size=1, max_size=8,
)  # fmt: skip
HEADING_HABITS = [
    str,
    str.upper,
    str.lower,
    lambda text: text.replace(" ", "_"),
    lambda text: f"  {text} \n".strip("\n"),
]
PLACES = st.none() | st.integers(0, 7)
MESSES = st.builds(
    Mess,
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"]),
    all_quoted=st.booleans(),
    order=st.permutations(NAMES).map(tuple),
    heading=st.sampled_from(HEADING_HABITS),
    titles=st.integers(0, 3),
    notes=st.integers(0, 2),
    spacers=st.lists(st.integers(0, 3), max_size=2).map(tuple),
    total_after=PLACES,
    repeat_after=PLACES,
    blank_after=PLACES,
)
DAY_FORMS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%b-%y", "%d %B %Y", "serial"]


def source(form: str, mess: Mess, **more: object) -> Source:
    """The contract, which knows the delimiter and where the table ends, and nothing else of the mess."""
    columns = {name: {"header": HEADINGS[name]} for name in NAMES}
    contract: dict[str, Any] = {
        "title": "T", "publisher": "P", "files": ["*"], "format": form, "markers": MARKS,
        "header": {"containing": list(HEADINGS.values())}, "ends_before": ["Notes*"],
        "skip": [{"column": "ward", "equal_to": [TOTAL]}],
        "columns": {**columns, "count": columns["count"] | {"type": "number"},
                    "opened": columns["opened"] | {"type": "date"}},
    }  # fmt: skip
    if form == "workbook":
        contract["sheets"] = ["Figures"]
    if form == "delimited":
        wide = ["utf-16-le"] if mess.encoding == "utf-16-le" else []
        contract |= {"delimiter": mess.delimiter, "encodings": [*wide, "utf-8", "cp1252"]}
    return Source.model_validate(contract | more)


def as_written(number: float, at: int) -> str:
    """A number in one of the ways in which people write it."""
    plain, size = f"{number:.2f}", f"{abs(number):,.2f}"
    minus = "-" if number < 0 else ""
    brackets = f"({size})" if number < 0 else size
    ways = [
        plain,
        f"{minus}£{size}",
        f"{minus}{size}",
        brackets,
        f"£{size}" if number >= 0 else f"(£{size})",
        f"{plain}%",
    ]
    return [*ways, f" {plain} ", plain.replace("-", "\u2212")][at % 8]


def day_written(day: date, at: int) -> str:
    """A day in one of six ways."""
    form = DAY_FORMS[at % len(DAY_FORMS)]
    return str((day - date(1899, 12, 30)).days) if form == "serial" else day.strftime(form)


def mark_written(mark: str, at: int) -> str:
    """A standard mark, or an older one that the contract declares."""
    older = next((old for old, new in MARKS.items() if new == mark), None)
    return older if older and at % 2 else f"[{mark}]"


def texts(row: Row, at: int) -> dict[str, str]:
    """The cells of a row as text."""
    count = mark_written(row.mark, at) if row.mark else "" if row.number is None else as_written(row.number, at)
    return {"ward": row.ward, "count": count, "opened": day_written(row.opened, at) if row.opened else ""}


def lines(mess: Mess, rows: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """Everything that stands in the file, with what is no figure."""

    def laid_out(cells: dict[str, Any]) -> list[Any]:
        line = [cells[name] for name in mess.order]
        for at in mess.spacers:
            line.insert(at, "")
        return line

    head = laid_out({name: mess.heading(heading) for name, heading in HEADINGS.items()})
    blank = [""] * len(head)
    titles = [["Spend over £250", *blank[1:]], blank, ["Corporate", *blank[1:]]]
    notes = [["Notes", *blank[1:]], ["1. None, really", *blank[1:]]]
    found = [*titles[: mess.titles], head]
    for at, row in enumerate(rows):
        found.append(laid_out(row))
        if at == mess.total_after:
            found.append(laid_out({"ward": TOTAL, "count": "999", "opened": ""}))
        if at == mess.repeat_after:
            found.append(head)
        if at == mess.blank_after:
            found.append(blank)
    return [*found, *notes[: mess.notes]]


def read(file: Path, contract: Source) -> Table:
    """The table, with every row accounted for."""
    (rows,) = open_rows(file, contract)
    found = understand(whole_grid(rows), "s", contract, "a", "0", None)
    assert len(found.frame) + len(found.held) + found.rows_skipped == found.rows_found
    return found


def said(table: Table) -> list[Row]:
    """What each row of the table says."""
    rows = []
    for row in table.frame.to_dict("records"):
        number, day = row["count__value"], row["opened__value"]
        assert not row["count__unreadable"] or row["count__unreadable"] != row["count__unreadable"]
        day = None if day is None or day != day else day.date() if isinstance(day, datetime) else day
        mark = row["count__marker"]
        rows.append(
            Row(
                row["ward"],
                None if number is None or number != number else number,
                mark if isinstance(mark, str) else None,
                day,
            )
        )
    return rows


def encodable(rows: Sequence[Row], encoding: str) -> bool:
    """Whether the text can be written so; the minus sign of typesetters cannot in every code page."""
    return encoding != "cp1252" or "\u2212" not in "".join(texts(row, at)["count"] for at, row in enumerate(rows))


@Cheap
@given(rows=ROWS, mess=MESSES)
def test_delimited_files(tmp_path_factory: pytest.TempPathFactory, rows: list[Row], mess: Mess) -> None:
    """Any delimiter, quoting, encoding and line end; titles, notes, totals, spacers and order are no matter."""
    assume(encodable(rows, mess.encoding))
    text = io.StringIO()
    writer = csv.writer(
        text, delimiter=mess.delimiter, lineterminator=mess.end,
        quoting=csv.QUOTE_ALL if mess.all_quoted else csv.QUOTE_MINIMAL,
    )  # fmt: skip
    written = lines(mess, [texts(row, at) for at, row in enumerate(rows)])
    writer.writerows(written)
    file = tmp_path_factory.getbasetemp() / "messy.csv"
    file.write_bytes(text.getvalue().encode(mess.encoding))
    found = read(file, source("delimited", mess))
    assert said(found) == rows
    assert (found.held, found.rows_found) == ([], len(written))


@Cheap
@given(rows=ROWS, mess=MESSES, faults=st.sets(st.integers(0, 7), max_size=3))
def test_rows_with_a_fault_are_held_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], mess: Mess, faults: set[int]
) -> None:
    """A cell too many, an error of a spreadsheet or a null byte: that row is held, the others are read."""
    assume(encodable(rows, mess.encoding) and len(rows) > 2 * len([at for at in faults if at < len(rows)]))
    kinds = [Code.ragged_row, Code.spreadsheet_error, Code.control_character]
    cells = [texts(row, at) for at, row in enumerate(rows)]
    expected = []
    for at in sorted(each for each in faults if each < len(rows)):
        kind = kinds[at % 3]
        expected.append((rows[at], kind))
        if kind is Code.spreadsheet_error:
            cells[at]["count"] = "#DIV/0!"
        elif kind is Code.control_character:
            cells[at]["ward"] += "\x00"
    written = lines(mess, cells)
    first = next(
        at for at, line in enumerate(written) if set(map(str.strip, line)) >= {mess.heading("Ward name").strip()}
    )
    for line in written[first + 1 :]:
        for row, kind in expected:
            if kind is Code.ragged_row and row.ward in line and texts(row, rows.index(row))["count"] in line:
                line.append("one too many")
                break
    ragged = sum(line[-1] == "one too many" for line in written)
    assume(ragged == sum(kind is Code.ragged_row for _, kind in expected))
    text = io.StringIO()
    csv.writer(text, delimiter=mess.delimiter, lineterminator=mess.end).writerows(written)
    file = tmp_path_factory.getbasetemp() / "faulty.csv"
    file.write_bytes(text.getvalue().encode(mess.encoding))
    found = read(file, source("delimited", mess))
    assert sorted(held.code for held in found.held) == sorted(kind for _, kind in expected)
    assert said(found) == [row for row in rows if all(row is not faulty for faulty, _ in expected)]


@Cheap
@given(rows=ROWS, mess=MESSES, typed=st.booleans())
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_workbooks(
    tmp_path_factory: pytest.TempPathFactory, ending: str, rows: list[Row], mess: Mess, typed: bool
) -> None:
    """Numbers and days as a spreadsheet keeps them, or typed in as text; hidden sheets are passed over."""
    cells = [texts(row, at) for at, row in enumerate(rows)]
    for row, each in zip(rows, cells, strict=True) if typed else ():
        if row.number is not None:
            each["count"] = row.number  # type: ignore[assignment]
        if row.opened is not None:
            each["opened"] = row.opened  # type: ignore[assignment]
    written = lines(mess, cells)
    file = tmp_path_factory.getbasetemp() / f"messy.{ending}"
    if ending == "ods":
        file.write_bytes(as_ods({"Cover": Sheet(["Contents"], []), "figures": Sheet(written[0], written[1:])}))
    else:
        book = xlsxwriter.Workbook(str(file))
        book.add_worksheet("Cover")
        sheet, day = book.add_worksheet("FIGURES"), book.add_format({"num_format": "dd/mm/yyyy"})
        book.add_worksheet("Figures (2)").hide()
        for number, line in enumerate(written):
            for at, cell in enumerate(line):
                if isinstance(cell, date):
                    sheet.write_datetime(number, at, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(number, at, cell)
                else:
                    sheet.write_number(number, at, cell)
        book.close()
    found = read(file, source("workbook", mess))
    assert said(found) == [Row(row.ward, row.number, row.mark, row.opened) for row in rows]
    assert found.held == []


@Cheap
@given(rows=ROWS, mess=MESSES)
@pytest.mark.parametrize("form", ["json", "json_lines", "parquet"])
def test_records_of_other_programs(
    tmp_path_factory: pytest.TempPathFactory, form: str, rows: list[Row], mess: Mess
) -> None:
    """Keys in any order and spelling, blanks left out or null."""
    cells = [texts(row, at) for at, row in enumerate(rows)]
    records = [{mess.heading(HEADINGS[name]): each[name] or None for name in mess.order} for each in cells]
    file = tmp_path_factory.getbasetemp() / f"messy.{form}"
    if form == "parquet":
        names = [mess.heading(HEADINGS[name]) for name in mess.order]
        pq.write_table(
            pa.table({name: pa.array([each[name] for each in records], pa.string()) for name in names}), file
        )
    else:
        first, *rest = records
        sparse = [first, *({key: value for key, value in each.items() if value is not None} for each in rest)]
        file.write_text("\n".join(map(json.dumps, sparse)) if form == "json_lines" else json.dumps(sparse))
    found = read(file, source(form, mess))
    assert said(found) == rows
    assert (found.rows_found, found.held) == (len(rows) + 1, [])


@Cheap
@given(
    figures=st.lists(st.lists(st.none() | NUMBERS, min_size=12, max_size=12), min_size=1, max_size=4),
    months=st.integers(1, 12),
    form=st.sampled_from(["%b %Y", "%B %Y", "%b-%y", "%Y-%m"]),
    mess=MESSES,
)
def test_wide_tables_say_what_long_ones_say(
    tmp_path_factory: pytest.TempPathFactory, figures: list[list[float | None]], months: int, form: str, mess: Mess
) -> None:
    """A column a month, in whatever order, gives a row a ward and month."""
    days = [date(2026, month, 1) for month in range(1, months + 1)]
    head = ["", *(day.strftime(form) for day in reversed(days)), "Ward"]
    body = [
        ["", *("" if each is None else as_written(each, at) for each in reversed(row[:months])), f"w{at}"]
        for at, row in enumerate(figures)
    ]
    file = tmp_path_factory.getbasetemp() / "wide.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter=mess.delimiter, lineterminator=mess.end).writerows([head, *body])
    wide = {
        "title": "T", "publisher": "P", "files": ["*"], "format": "delimited", "delimiter": mess.delimiter,
        "columns": {"ward": {"header": "Ward"}, "count": {"per_period": True, "type": "number"}},
        "period": {"within": "heading", "forms": ["month"]},
    }  # fmt: skip
    found = read(file, Source.model_validate(wide))
    frame = found.frame
    told = {
        (ward, day): None if number != number else number
        for ward, day, number in zip(frame["ward"], frame["period_start"], frame["count__value"], strict=True)
    }
    assert told == {(f"w{at}", day): row[day.month - 1] for at, row in enumerate(figures) for day in days}
    assert len(frame) == len(figures) * months
