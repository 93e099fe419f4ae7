"""Files checked as wholes: how long, how full, how fresh, how spread, and whether they add up."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from pipelines.check.facts import Facts
from pipelines.check.past import Batch, Past, read_past
from pipelines.check.spread import FEWEST_ROWS, Cells, read, written
from pipelines.check.whole import Found, Whole, check_wholes
from pipelines.problems import Code
from pipelines.read.table import Table
from scorecard.catalogue import Severity, Source

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
ALL = {
    "usual_rows": {"within_percent": 50},
    "blanks": [{"column": "ward", "at_most_percent": 5}],
    "fresh": {"within_days": 40},
    "drift": [{"column": "channel"}, {"column": "days", "severity": "refuse"}],
    "totals": [{"column": "days", "rows": {"column": "ward", "equal_to": ["Total"]}, "within": 0.5}],
}


def source(checks: dict[str, Any]) -> Source:
    """A source of calls with these checks."""
    columns = {
        "ward": {"header": "Ward"}, "channel": {"header": "Channel"}, "days": {"header": "Days", "type": "number"},
    }  # fmt: skip
    return Source.model_validate(
        {
            "title": "Calls", "publisher": "Customer Services", "files": ["calls*.csv"], "format": "delimited",
            "columns": columns, "checks": checks,
        }
    )  # fmt: skip


def table(
    days: Sequence[float | None], channel: Sequence[str | None] | None = None, ward: Sequence[str | None] | None = None,
    ends: date = date(2026, 10, 31), stated: dict[str, float] | None = None,
) -> Table:  # fmt: skip
    """A table of so many rows as the reader gives it."""
    frame = pd.DataFrame(
        {
            "source_row": range(2, len(days) + 2),
            "period_end": [ends] * len(days),
            "ward": ward or ["Hill"] * len(days),
            "channel": channel or ["Phone"] * len(days),
            "days": [None if day is None else f"{day:g}" for day in days],
            "days__value": days,
        }
    )
    made = Table("calls", "calls.csv", "0", None, "utf-8", 1, len(days) + 1, frame, [], {}, 1)
    made.stated_totals = stated or {}
    return made


def whole(name: str, *blocks: Table, checks: dict[str, Any] | None = None, on: date = date(2026, 11, 10)) -> Whole:
    """A file made of these blocks."""
    of, facts = source(ALL if checks is None else checks), Facts()
    for block in blocks:
        facts.add(of, block)
    return Whole("calls", of, name, None, name, on, date(2026, 10, 31), facts)


def accepted(*rows: int) -> Past:
    """Files of so many rows, accepted in earlier months."""
    return Past(
        tuple(
            Batch("calls", f"calls {at}.csv", None, str(at), datetime(2026, at, 5, tzinfo=UTC), date(2026, at, 1), each)
            for at, each in enumerate(rows, start=1)
        )
    )


def one(of: Whole, past: Past | None = None) -> Found:
    """What is found of one file."""
    (found,) = check_wholes([of], past or Past(), NOW)
    return found


def told(found: Found) -> list[tuple[Code, Severity, str]]:
    """Code, severity and sentence of each problem."""
    return [(each.code, each.severity, each.sentence) for each in found.problems]


def test_a_file_that_asks_for_nothing_is_not_checked() -> None:
    """No check, no result, no cost."""
    assert one(whole("calls.csv", table([1.0]), checks={})) == Found()


def test_far_fewer_rows_than_usual() -> None:
    """Measured and usual stand together; three files must have been accepted before; the limit itself is allowed."""
    short = whole("calls now.csv", table([1.0] * 40))
    assert told(one(short, accepted(100, 90, 300))) == [
        (
            Code.rows_unusual, Severity.note,
            "calls now.csv: it has 40 rows, 60.0% fewer than usual (the middle of the 3 files accepted before is 100); "
            "the limit is 50% either way.",
        )
    ]  # fmt: skip
    assert told(one(short, accepted(100, 90))) == []
    assert told(one(whole("calls now.csv", table([1.0] * 50)), accepted(100, 90, 300))) == []
    (problem,) = one(whole("calls now.csv", table([1.0] * 151)), accepted(100, 90, 300)).problems
    assert "51.0% more than usual" in problem.sentence


def test_an_earlier_version_counts_as_a_file_before_but_not_the_file_itself() -> None:
    """A file of the same name and other content is another file accepted before; the very same one is not."""
    past = accepted(100, 100, 100)
    same = Batch("calls", "calls now.csv", None, "calls now.csv", NOW, date(2026, 10, 31), 1)
    results = one(whole("calls now.csv", table([1.0] * 100)), Past((*past.batches, same))).results
    assert "the middle of the 3 files" in next(each.sentence for each in results if each.name == "usual_rows")
    later = Batch("calls", "calls 9.csv", None, "9", datetime(2027, 1, 1, tzinfo=UTC), None, 1)
    assert told(one(whole("calls now.csv", table([1.0] * 100)), Past((*past.batches, same, later)))) == []


def test_files_of_one_run_follow_one_another() -> None:
    """The fourth of four files is held against the three before it, by the period they reach."""
    files = [whole(f"calls {at}.csv", table([1.0] * rows)) for at, rows in enumerate((10, 10, 10, 30))]
    found = check_wholes(files, Past(), NOW)
    assert [[code for code, _, _ in told(each)] for each in found] == [[], [], [], [Code.rows_unusual]]


def test_too_many_blanks() -> None:
    """A share of blank cells above the limit refuses the file; a marker is no blank, the limit itself is allowed."""
    found = one(whole("calls.csv", table([1.0] * 10, ward=[None, "[x]", *["Hill"] * 8])))
    assert told(found) == [
        (
            Code.too_many_blanks, Severity.refuse,
            "calls.csv: 1 of 10 rows, 10.0%, has no 'Ward'; the limit is 5%.",
        )
    ]  # fmt: skip
    assert found.refused is found.problems[0]
    assert told(one(whole("calls.csv", table([1.0] * 20, ward=[None, *["Hill"] * 19])))) == []


def test_blanks_are_counted_over_all_blocks() -> None:
    """A large file is read in blocks, and its share is that of the whole."""
    blocks = [table([1.0] * 10, ward=[None] * blank + ["Hill"] * (10 - blank)) for blank in (2, 0)]
    (problem,) = one(whole("calls.csv", *blocks)).problems
    assert "2 of 20 rows, 10.0%, have no 'Ward'" in problem.sentence


def test_old_figures() -> None:
    """The newest figure against the day the file was changed, on which it may be as old as the limit."""
    of = table([1.0], ends=date(2026, 9, 30))
    assert told(one(whole("calls.csv", of, on=date(2026, 11, 9)))) == []
    (problem,) = one(whole("calls.csv", of, on=date(2026, 11, 10))).problems
    assert (problem.code, problem.severity) == (Code.figures_old, Severity.note)
    assert problem.sentence == (
        "calls.csv: its newest period ends on 30 September 2026, 41 days before the file was last changed; "
        "the limit is 40 days."
    )


def test_a_stated_total() -> None:
    """The rows must make up the total, within what the contract allows for rounding."""
    assert told(one(whole("calls.csv", table([10.25, 20.25], stated={"days": 31.0})))) == []
    assert told(one(whole("calls.csv", table([10.25, 20.25], stated={"days": 33.0})))) == [
        (
            Code.total_disagrees, Severity.refuse,
            "calls.csv: the rows under 'Days' add up to 30.5 and the file states 33, 2.5 apart; the limit is 0.5.",
        )
    ]  # fmt: skip


def test_a_total_with_a_figure_withheld_is_not_judged() -> None:
    """Where a marker stands for a number the rows cannot make up the total, and nobody is to blame."""
    hidden = table([10.0, None], stated={"days": 50.0})
    hidden.frame["days"] = ["10", "[c]"]
    assert one(whole("calls.csv", hidden)).problems == ()


def spread_of(values: Sequence[float]) -> Cells:
    """The cells of a column of numbers."""
    cells = Cells()
    cells.add(pd.Series([f"{value:g}" for value in values]), pd.Series(values, dtype="float64"))
    return cells


def test_the_index_is_the_population_stability_index() -> None:
    """Against a calculation by hand over shares of 0.5/0.5 and 0.8/0.2, with one word that is new."""
    then, now = Cells(), Cells()
    then.add(pd.Series(["Phone"] * 500 + ["Web"] * 500), None)
    now.add(pd.Series(["Phone"] * 800 + ["Web"] * 200 + [None] * 50), None)
    earlier = then.spread()
    assert earlier is not None
    by_hand = 0.3 * np.log(0.8 / 0.5) - 0.3 * np.log(0.2 / 0.5)
    assert now.index(earlier) == pytest.approx(by_hand)
    assert then.index(earlier) == 0.0
    renamed = Cells()
    renamed.add(pd.Series(["Telephone"] * 500 + ["Web"] * 500), None)
    assert (renamed.index(earlier) or 0) > 1


def test_numbers_in_other_units_are_seen_and_chance_is_not() -> None:
    """Days become hours: the index is large. Two samples of the same thing: it is not."""
    generator = np.random.default_rng(20261120)
    then, same = (spread_of(generator.gamma(2, 5, 400).tolist()) for _ in range(2))
    hours = spread_of((24 * generator.gamma(2, 5, 400)).tolist())
    earlier = then.spread()
    assert earlier is not None
    assert (same.index(earlier) or 0) < 0.1
    assert (hours.index(earlier) or 0) > 1
    assert read(written({"days": earlier})) == {"days": earlier}


def test_few_cells_are_not_judged() -> None:
    """Of fewer than FEWEST_ROWS nothing is kept and nothing is said; the number of distinct values is no matter."""
    few = spread_of([1.0] * (FEWEST_ROWS - 1))
    assert few.spread() is None
    constant = spread_of([1.0] * FEWEST_ROWS).spread()
    assert constant is not None
    assert few.index(constant) is None
    assert spread_of([1.0] * FEWEST_ROWS).index(constant) == 0.0


def test_a_long_column_is_thinned_evenly() -> None:
    """A million numbers are held against the limit with a sample of them, whatever the blocks."""
    cells = Cells()
    for block in np.array_split(np.arange(1_000_000, dtype=float), 7):
        series = pd.Series(block)
        cells.add(series.astype(str), series)
    spread = cells.spread()
    assert spread is not None
    assert sum(map(len, cells.numbers)) <= 100_000
    assert spread.edges == pytest.approx(np.arange(100_000, 1_000_000, 100_000), abs=100)


def test_drift_is_told_with_the_file_it_is_held_against() -> None:
    """The last file accepted before, by name; a change of unit refuses where the contract says so."""
    first = whole("calls Sep.csv", table(np.linspace(1, 30, 600).tolist(), ["Phone"] * 300 + ["Web"] * 300))
    past = Past((first.batch(datetime(2026, 10, 5, tzinfo=UTC)),))
    found = one(whole("calls Oct.csv", table(np.linspace(24, 720, 600).tolist(), ["Call"] * 300 + ["Web"] * 300)), past)
    assert [(code, severity) for code, severity, _ in told(found)] == [
        (Code.spread_changed, Severity.note),
        (Code.spread_changed, Severity.refuse),
    ]
    assert "'Days' is spread differently from calls Sep.csv, accepted before it, by an index of" in told(found)[1][2]
    assert found.refused is found.problems[1]


def test_what_is_kept_can_be_read_back() -> None:
    """The table of a snapshot gives back what was put into it; a snapshot without the table gives nothing."""
    first = whole("calls Sep.csv", table(np.linspace(1, 30, 600).tolist()))
    past = Past((first.batch(NOW),))
    with duckdb.connect() as connection:
        assert read_past(connection) == Past()
        accepted_batch = past.table()
        assert len(accepted_batch) == 1
        connection.execute("create table accepted_batch as select * from accepted_batch")
        assert read_past(connection) == past


def test_a_clock_set_back_does_not_turn_the_order_round() -> None:
    """What is accepted now comes after all that was accepted before."""
    past, early = accepted(100, 100, 100), datetime(2020, 1, 1, tzinfo=UTC)
    (found,) = check_wholes([whole("calls now.csv", table([1.0] * 10))], past, early)
    assert [code for code, _, _ in told(found)] == [Code.rows_unusual]
