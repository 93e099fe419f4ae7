"""Stock and flow of registers: whatever the dates, opening + added - closed = closing, and closing is what there is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.registers.counts import STOCKS, count_rows
from pipelines.registers.rows import RegisterRows
from pipelines.registers.tables import judge_registers
from scorecard.catalogue import Catalogue, Register, Source
from scorecard.periods import between, month_index
from scorecard.registers.flow import Count, Stock, stock_and_flow
from scorecard.registers.item import Item
from tests.register_files import AUDIT, Declared
from tests.small_snapshot import EXAMPLES, catalogue_of

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
DAYS = st.dates(FIRST, LAST)
MAYBE = st.none() | DAYS
MONTHS = st.sets(st.integers(month_index(FIRST), month_index(LAST)), min_size=1, max_size=12).map(sorted)
"""Months that files cover, most often with gaps."""
AS_AT = date(2026, 11, 20)


@st.composite
def an_item(draw: st.DrawFn) -> Item:
    """An item whose dates stand in any order, or are missing."""
    return Item(
        "1", "One", draw(MAYBE), tuple(draw(st.lists(DAYS, max_size=4))), draw(MAYBE), draw(MAYBE),
        draw(st.sampled_from([None, "open", "closed", "withdrawn", "overdue"])),
        needs_sign_off=draw(st.booleans()), told_done_on=draw(MAYBE), missing_since=draw(MAYBE),
    )  # fmt: skip


def ends(months: Sequence[int]) -> list[date]:
    """The last day of each month."""
    return [between(month, month).end for month in months]


def check(counts: Sequence[Count], days: Sequence[date]) -> None:
    """One count a day, each running from the count before, and each adding up."""
    assert [count.counted_on for count in counts] == list(days)
    assert (counts[0].since, counts[0].opening, counts[0].added, counts[0].closed) == (None, None, None, None)
    for before, count in pairwise(counts):
        assert (count.since, count.opening) == (before.counted_on, before.closing)
        assert count.opening is not None
        assert count.added is not None
        assert count.closed is not None
        assert min(count.added, count.closed) >= 0
        assert count.opening + count.added - count.closed == count.closing


@settings(deadline=None, max_examples=150)
@given(st.lists(an_item(), max_size=12), MONTHS)
def test_stock_and_flow_reconcile_and_are_what_a_count_of_that_day_finds(items: list[Item], months: list[int]) -> None:
    """For both stocks, at every count, whatever months are missing and in whatever order the dates stand."""
    days = ends(months)
    for stock in STOCKS:
        counts = stock_and_flow(items, stock, days)
        check(counts, days)
        there: Callable[[Item, date], bool] = Item.is_open if stock == "open" else Item.is_overdue
        assert [count.closing for count in counts] == [sum(there(item, day) for item in items) for day in days]


@settings(deadline=None, max_examples=300)
@given(an_item(), DAYS, DAYS)
def test_a_new_date_never_lowers_lateness_nor_clears_what_is_overdue(item: Item, new: date, day: date) -> None:
    """Agreeing another date, earlier or later, changes nothing about how late an item with a date is."""
    moved = replace(item, dues=(*item.dues, new))
    if item.dues:
        assert moved.days_late(day) == item.days_late(day)
        assert moved.is_overdue(day) == item.is_overdue(day)
        assert moved.times_redated == item.times_redated + 1
    else:
        assert moved.days_late(day) >= item.days_late(day) == 0


@settings(deadline=None, max_examples=200)
@given(an_item(), DAYS)
def test_what_is_overdue_is_open_and_late(item: Item, day: date) -> None:
    """Nothing is overdue that is not open; and it is late by a day at least, from its own date or its opening on."""
    if item.is_overdue(day):
        assert item.is_open(day)
        assert item.days_late(day) > 0


@settings(deadline=None, max_examples=200)
@given(st.lists(an_item(), max_size=12), MONTHS, st.data())
def test_a_month_left_out_changes_no_other_count(items: list[Item], months: list[int], data: st.DataObject) -> None:
    """The stock at a count does not hang on which other months were counted, and flows over a gap add up."""
    some = sorted(data.draw(st.sets(st.sampled_from(months), min_size=1)))
    for stock in STOCKS:
        every = {count.counted_on: count for count in stock_and_flow(items, stock, ends(months))}
        fewer = stock_and_flow(items, stock, ends(some))
        assert all(every[count.counted_on].closing == count.closing for count in fewer)
        for count in fewer[1:]:
            assert count.since is not None
            between_them = [one for day, one in every.items() if count.since < day <= count.counted_on]
            assert count.added == sum(one.added or 0 for one in between_them)
            assert count.closed == sum(one.closed or 0 for one in between_them)


REPORTED = Declared(
    {
        "ref": "text", "told": "date", "title": "text", "opened": "date", "due": "date", "moved": "date",
        "closed": "date",
    },
    {
        "title": "title", "opened": "opened", "due": "due", "revised": ["moved"], "closed": "closed",
        "reported": "told",
    },
    key=("ref", "told"),
)  # fmt: skip


def judged_flow(declared: Declared, rows: Sequence[Mapping[str, Any]], months: Sequence[int]) -> pd.DataFrame:
    """register_flow of one register that holds these rows, its files covering these months."""
    source = Source.model_validate(declared.source("audits"))
    register = Register.model_validate(declared.register("audits"))
    catalogue = catalogue_of(EXAMPLES)
    catalogue = catalogue.model_copy(
        update={"sources": {**catalogue.sources, "audits": source}, "registers": {"audits": register}}
    )
    usual: dict[str, Any] = dict.fromkeys(declared.columns)
    frame = pd.DataFrame(
        [{"load_number": 0, "source_row": at + 2, **usual, "title": "One", **row} for at, row in enumerate(rows)],
        dtype=object,
    )
    held = RegisterRows(frame, months, {0: ends(months)[-1]})
    one = judge_registers(catalogue, {"audits": held}, AS_AT)["audits"]
    return pd.DataFrame(count_rows(one, held)["register_flow"])


def closings(flow: pd.DataFrame, stock: Stock) -> dict[date, int]:
    """Day → closing of a stock; checks that it reconciles on the way."""
    mine = flow[flow["stock"] == stock] if len(flow) else flow
    counts = (
        [Count(*row) for row in mine.drop(columns=["register_id", "stock"]).itertuples(index=False)]
        if len(mine)
        else []
    )
    if counts:
        check([replace(each, since=None, opening=None, added=None, closed=None) for each in counts[:1]]
              + [replace(each, opening=int(each.opening or 0), added=int(each.added or 0), closed=int(each.closed or 0))
                 for each in counts[1:]], [each.counted_on for each in counts])  # fmt: skip
    return {each.counted_on: each.closing for each in counts}


def is_there(stock: Stock, day: date, opened: date | None, due: date | None, ended: date | None) -> bool:
    """By the words of the definition: opened and not done by then, and for what is overdue its date has passed."""
    if opened and ended and ended < opened:
        ended = None
    is_open = (opened is None or opened <= day) and (ended is None or ended > day)
    return is_open and (stock == "open" or (due is not None and due < day))


ROW = st.fixed_dictionaries(
    {
        "opened": MAYBE, "due": MAYBE, "revised": MAYBE, "closed": MAYBE, "signed": MAYBE,
        "status": st.sampled_from([None, "On track", "Done", "Late", "???"]),
    }
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(ROW, min_size=1, max_size=8), MONTHS)
def test_a_register_with_sign_off_counts_what_its_rows_say(rows: list[dict[str, Any]], months: list[int]) -> None:
    """From the rows of a file to its counts: done is what is signed off, late is by the first date there is."""
    rows = [{"ref": str(at), **row} for at, row in enumerate(rows)]
    flow = judged_flow(AUDIT, rows, months)
    counted = [day for day in ends(months) if day <= AS_AT]
    for stock in STOCKS:
        assert closings(flow, stock) == {
            day: sum(is_there(stock, day, row["opened"], row["due"] or row["revised"], row["signed"]) for row in rows)
            for day in counted
        }


REPORT = st.fixed_dictionaries(
    {"ref": st.sampled_from("abc"), "told": DAYS, "opened": MAYBE, "due": MAYBE, "moved": MAYBE, "closed": MAYBE}
)


@settings(deadline=None, max_examples=60)
@given(st.lists(REPORT, min_size=1, max_size=9, unique_by=lambda row: (row["ref"], row["told"])), MONTHS)
def test_a_register_told_anew_each_time_counts_what_its_reports_say(
    rows: list[dict[str, Any]], months: list[int]
) -> None:
    """An item opens when first said, is due by the first date given, and ends when last said or when left out.

    Nothing that is reported after the last day covered is known.
    """
    day_known = min(AS_AT, ends(months)[-1])
    known = sorted((row for row in rows if row["told"] <= day_known), key=lambda row: row["told"])
    told_on = sorted({row["told"] for row in known})
    items = []
    for ref in {row["ref"] for row in known}:
        mine = [row for row in known if row["ref"] == ref]
        opened = next((row["opened"] for row in mine if row["opened"]), None)
        due = next((row["due"] or row["moved"] for row in mine if row["due"] or row["moved"]), None)
        left_out = next((day for day in told_on if day > mine[-1]["told"]), None)
        items.append((opened, due, mine[-1]["closed"] or left_out))
    flow = judged_flow(REPORTED, rows, months)
    for stock in STOCKS:
        assert closings(flow, stock) == {
            day: sum(is_there(stock, day, *item) for item in items) for day in ends(months) if day <= day_known
        }


@pytest.fixture(scope="module")
def snapshot(demonstration: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The demonstration council's snapshot."""
    with duckdb.connect(str(demonstration / "snapshots" / "current"), read_only=True) as connection:
        yield connection


def test_every_register_of_the_demonstration_reconciles_in_every_month(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Both stocks of each register that has a file, at every count; each opening is the closing before."""
    wrong = snapshot.execute(
        """with told as (
            select *, lag(closing) over before as closing_before, lag(counted_on) over before as day_before
            from register_flow window before as (partition by register_id, stock order by counted_on))
        select * from told where day_before is not null
            and (opening + added - closed is distinct from closing or opening is distinct from closing_before
                or since is distinct from day_before or least(opening, added, closed, closing) < 0)"""
    ).fetchall()
    assert wrong == []
    counted = snapshot.execute("select register_id, count(distinct stock) from register_flow group by all").fetchall()
    assert dict(counted) == {name: 2 for (name,) in snapshot.execute("select register_id from register").fetchall()}


def test_the_last_count_of_the_demonstration_is_what_its_items_say(snapshot: duckdb.DuckDBPyConnection) -> None:
    """What is open and what is overdue at the last count is as many as the register lists in those states."""
    told = snapshot.execute(
        """select f.register_id, f.stock, f.closing, count(i.item_id)
        from register_flow f join register r using (register_id) left join register_item i
            on i.register_id = f.register_id and i.ended is null and (i.opened is null or i.opened <= f.counted_on)
            and (f.stock = 'open' or i.days_late > 0)
        where f.counted_on = r.judged_on group by all order by all"""
    ).fetchall()
    assert told
    assert [row for row in told if row[2] != row[3]] == []


def test_measures_counted_from_a_register_say_what_its_flow_says(snapshot: duckdb.DuckDBPyConnection) -> None:
    """The closing stock of a month is the figure of the measure that counts it, wherever both are told."""
    ((text, home),) = snapshot.execute("select catalogue, area_code from council").fetchall()
    catalogue = Catalogue.model_validate_json(text)
    compared = []
    for name, measure in catalogue.measures.items():
        asked = measure.of_register
        if asked is None or asked.count not in STOCKS or asked.where:
            continue
        rows = snapshot.execute(
            """select counted_on, closing, value from register_flow join observation on period_end = counted_on
            where register_id = ? and stock = ? and measure_id = ? and area_code = ?
                and closing is distinct from value""",
            [asked.register_, asked.count, name, home],
        ).fetchall()
        assert rows == [], name
        compared += snapshot.execute("select count(*) from observation where measure_id = ?", [name]).fetchall()
    assert sum(rows for (rows,) in compared) > 0
