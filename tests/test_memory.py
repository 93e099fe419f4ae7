"""The memory of exceptions: what a sequence of runs makes of one, and that a second run changes nothing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from pipelines.before import read_before
from pipelines.exception_rows import exception_tables
from scorecard.judge.exceptions import Attention, ExceptionList, Memory, Place, Remembered, exceptions
from scorecard.judge.exceptions.memory import FORGOTTEN_AFTER, MOST_PERIODS
from scorecard.judge.finding import Finding
from scorecard.periods import between, month_index
from tests.test_attention import HIDDEN, LEVEL, WARD, council, finding, off_target

HOME = "X1"
SLIDE = finding(
    "change", "sustained", chance=0.002, false_alarms=0.009, since="2026-03-01", usual=4.0, now=8.0, value=9.0
)
START = month_index(date(2026, 1, 1))


class Council:
    """A council that runs once a month or more, with `bins` and what is found of it."""

    def __init__(self, **measure: Any) -> None:
        self.catalogue = council(bins=measure)
        self.memory = Memory()

    def run(self, month: int, *found: Finding, area: str = HOME, day: int = 20) -> ExceptionList:
        """The list of the month numbered `month`, 0 being January 2026, as the month after is running."""
        period = between(START + month, START + month)
        as_at = between(START + month + 1, START + month + 1).start.replace(day=day)
        series: dict[tuple[str, str], Sequence[Finding]] = {("bins", HOME): [], ("bins", area): found}
        listed = exceptions(
            self.catalogue, series, self.memory, as_at, home=HOME, periods={("bins", HOME): period}
        )  # fmt: skip
        self.memory = listed.memory
        return listed

    def one(self, month: int, *found: Finding, **more: Any) -> Attention:
        """The one entry of a run."""
        (entry,) = self.run(month, *found, **more).entries
        return entry


def off(month: int, since: int, distance: float = 2.0) -> Finding:
    """Off target since a month, as at another."""
    period = between(START + month, START + month)
    return off_target(distance, since=between(START + since, START + since).start.isoformat(), period=period.label)


ON_TARGET = finding("target", "on_target", False, 0.0, value=4.0, target_low=5.0, tolerances_off=-1.0)


def test_the_life_of_an_exception() -> None:
    """New, still new when the run is repeated, continuing, improving, resolved for one period, gone, relapsed."""
    bins = Council(exceptions={"better": "off"})
    bins.run(0, ON_TARGET)
    said = [bins.one(1, off(1, 1)), bins.one(1, off(1, 1)), bins.one(2, off(2, 1)), bins.one(3, off(3, 1, 1.2))]
    assert [(each.state, each.periods) for each in said] == [
        ("new", 1), ("new", 1), ("continuing", 2), ("improving", 3),
    ]  # fmt: skip
    assert said[-1].sentence.endswith("; now getting better.")
    ended = bins.one(4, ON_TARGET)
    assert (ended.state, ended.counts, ended.periods) == ("resolved", False, 3)
    assert ended.sentence == "Bins: no longer an exception after 3 months: target says on_target."
    assert bins.one(4, ON_TARGET) == ended, "a second run of the same month says the same"
    assert bins.run(5, ON_TARGET).entries == ()
    back = bins.one(8, off(8, 8))
    assert (back.state, back.periods, back.since) == ("relapsed", 1, date(2026, 9, 1))
    assert bins.memory.rows[-1].times == 2
    assert back.sentence.endswith("; back after it had been resolved.")
    assert bins.one(9, off(9, 8)).state == "continuing"


def test_a_relapse_is_within_a_year() -> None:
    """Back after more than twelve months it is a new exception."""
    bins = Council(exceptions={"better": "off"})
    bins.run(0, ON_TARGET, off(0, 0))
    bins.run(1, ON_TARGET)
    assert bins.one(14, off(14, 14)).state == "new"


def test_without_memory_since_tells_the_state() -> None:
    """On the first run of all, what began earlier is continuing, and stays so when the run is repeated."""
    bins = Council()
    first = bins.one(5, off(5, 1))
    assert (first.state, first.periods) == ("continuing", 5)
    assert bins.one(5, off(5, 1)) == first
    assert Council().one(5, off(5, 5)).state == "new"
    bettering = finding("variation", "special_cause_improvement", False)
    better = Council()
    assert [better.one(5, off(5, 1), bettering).state for _ in range(2)] == ["improving", "improving"]


def test_with_memory_what_joins_the_list_is_new() -> None:
    """However long it has been going on: leadership sees it for the first time."""
    bins = Council(exceptions={"off": {"for_periods": 3}})
    bins.run(0, ON_TARGET)
    bins.run(0, LEVEL)
    bins.run(1, ON_TARGET, finding("data", "late"))
    assert bins.run(2, LEVEL).entries[0].state in {"continuing", "relapsed"}
    other = Council(exceptions={"off": {"for_periods": 3}})
    other.run(0, finding("data", "late"))
    joined = other.one(3, off(3, 1))
    assert (joined.state, joined.periods) == ("new", 3)


def test_corrected_figures_are_judged_as_if_the_first_had_not_been() -> None:
    """A slip of the pen that made an exception leaves no trace; one that hid it neither."""
    bins = Council(exceptions={"better": "off"})
    bins.run(0, ON_TARGET)
    bins.run(1, off(1, 1))
    assert bins.run(1, ON_TARGET).entries == (), "it was never on an earlier month's list"
    assert bins.run(2, ON_TARGET).entries == () and bins.memory.rows == ()
    bins.run(3, off(3, 3))
    assert bins.one(4, ON_TARGET).state == "resolved"
    assert bins.one(4, off(4, 3)).state == "continuing", "the same month again, with the right figure"


def test_a_change_of_the_leading_rule_does_not_begin_anew() -> None:
    """First it drifts, then it is off target as well: one concern, since it began to drift."""
    bins = Council()
    bins.run(0, ON_TARGET)
    bins.run(8, SLIDE)
    lead = bins.one(9, off(9, 9, 8.0), SLIDE)
    assert (lead.rule, lead.state, lead.since, lead.periods) == ("off", "continuing", date(2026, 3, 1), 8)
    only = bins.one(10, off(10, 9, 7.0))
    assert (only.state, only.since) == ("continuing", date(2026, 3, 1))


def test_small_changes_are_no_improvement() -> None:
    """A fall of less than half a tolerance, or than a quarter of the distance, is wobble."""
    for before, now, state in [(2.0, 1.6, "continuing"), (8.0, 6.5, "continuing"), (8.0, 5.9, "improving")]:
        bins = Council()
        bins.run(1, off(1, 1, before))
        assert bins.one(2, off(2, 1, now)).state == state


def test_accepted_until_it_passes() -> None:
    """While it is accepted it is remembered, so that it comes back as what it is."""
    accepted = {"rule": "off", "until": "2026-03-25", "reason": "New lorries", "approved_by": "Cabinet"}
    bins = Council(accepted=[accepted])
    bins.run(0, ON_TARGET)
    assert [bins.one(1, off(1, 1), day=20).state for _ in range(2)] == ["accepted", "accepted"]
    back = bins.one(2, off(2, 1), day=20)
    assert (back.state, back.periods, back.first_seen) == ("continuing", 2, date(2026, 2, 28))


def test_late_data_does_not_resolve_anything() -> None:
    """While no new figure comes the last one stands; lateness is remembered by itself and counted by the calendar."""
    bins = Council()
    bins.run(1, off(1, 1))
    late = finding("data", "late", since="2026-03-01")
    series = {("bins", HOME): [off(1, 1), late]}
    listed = []
    for month in (3, 4, 4):
        as_at = between(START + month, START + month).start.replace(day=20)
        period = between(START + 1, START + 1)
        found = exceptions(bins.catalogue, series, bins.memory, as_at, home=HOME, periods={("bins", HOME): period})
        bins.memory = found.memory
        listed.append(found.entries[0])
    assert [(one.rule, one.also, one.state, one.periods) for one in listed] == [("off", ("late",), "new", 1)] * 3
    states = [(row.concern, row.period_end.month, row.state) for row in bins.memory.rows]
    assert states == [("data", 3, "new"), ("data", 4, "continuing"), ("performance", 2, "new")]
    silent = {("bins", HOME): [finding("target", "overdue", None, 0.0)]}
    as_at = date(2026, 5, 20)
    none = exceptions(bins.catalogue, silent, bins.memory, as_at, home=HOME, periods={("bins", HOME): period})
    assert [one.rule for one in none.entries] == ["late"]
    assert ("performance", "new") in [(row.concern, row.state) for row in none.memory.rows]


def test_back_on_target_is_good_news_after_a_time() -> None:
    """Resolved after three periods off target or more is an improvement; after fewer it is only resolved."""
    bins = Council()
    bins.run(0, ON_TARGET)
    for month in (1, 2, 3):
        bins.run(month, off(month, 1))
    back = bins.one(4, ON_TARGET)
    assert (back.rule, back.adverse, back.state, back.periods) == ("better", False, "resolved", 3)
    assert back.sentence == "Bins: 4.0% in May 2026, back on target after 3 months off it."
    short = Council()
    short.run(2, off(2, 2))
    assert (short.one(3, ON_TARGET).adverse, short.memory.rows[-1].state) == (True, "resolved")


def test_a_place_is_remembered_by_itself() -> None:
    """A ward that is no longer hidden is resolved, though nothing is found there any more."""
    bins = Council()
    bins.run(6, HIDDEN, area=WARD)
    ended = bins.one(7)
    assert (ended.place, ended.state) == (Place("bins", WARD), "resolved")
    assert ended.sentence == "Bins: X2, no longer an exception after 2 months."


def test_turning_a_rule_off_resolves_nothing() -> None:
    """The council no longer asks; the service has not mended anything."""
    bins = Council()
    bins.run(1, off(1, 1))
    bins.catalogue = council(bins={"exceptions": {"off": "off"}})
    assert bins.run(2, off(2, 1)).entries == ()


def test_memory_is_bounded() -> None:
    """At most so many periods of each exception, and none for long after its end."""
    bins = Council()
    for month in range(MOST_PERIODS + 6):
        bins.run(month, off(month, 0))
    assert len(bins.memory.rows) == MOST_PERIODS
    last = MOST_PERIODS + 5
    bins.run(last + FORGOTTEN_AFTER, ON_TARGET)
    bins.run(last + 2 * FORGOTTEN_AFTER + 12, ON_TARGET)
    assert bins.memory.rows == ()


SCHEMA = Path(__file__).parent.parent / "scorecard" / "snapshot" / "schema.sql"


def written(listed: ExceptionList, path: Path) -> None:
    """A database with the tables of schema.sql and the list in them."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        for name, frame in exception_tables(listed).items():
            if len(frame):
                connection.register("incoming", frame)
                columns = ", ".join(f'"{column}"' for column in frame.columns)
                connection.execute(f'insert into "{name}" ({columns}) select {columns} from incoming')


def test_the_snapshot_carries_the_memory_to_the_next_run(tmp_path: Path) -> None:
    """What is written is what is read; every row fits its table, keys and all."""
    bins = Council(accepted=[{"rule": "drift", "until": "2027-01-01", "reason": "R", "approved_by": "C"}])
    bins.run(3, off(3, 1), LEVEL, finding("data", "late"))
    listed = bins.run(4, off(4, 1), SLIDE, finding("data", "late"), HIDDEN)
    written(listed, tmp_path / "a.duckdb")
    with duckdb.connect(str(tmp_path / "a.duckdb"), read_only=True) as connection:
        assert read_before(connection).memory == listed.memory
        (summary,) = connection.execute("select judged, concerns, improvements from exception_summary").fetchall()
        roles = connection.execute("select role from exception_evidence where part = '' order by position").fetchall()
    assert summary == (1, len(listed.concerns), 0)
    assert roles[0] == ("leading",) and ("accepted",) in roles


@pytest.mark.parametrize("table", [None, "create table exception_memory (measure_id varchar)"])
def test_an_earlier_form_of_the_snapshot_has_no_memory(tmp_path: Path, table: str | None) -> None:
    """Snapshots from before there was a memory, or of another form, are as if nothing was remembered."""
    with duckdb.connect(str(tmp_path / "a.duckdb")) as connection:
        if table:
            connection.execute(table)
        assert read_before(connection).memory == Memory()


def test_tables_of_a_list_without_exceptions() -> None:
    """Nothing to say is one row of summary and three empty tables."""
    tables = exception_tables(Council().run(0, ON_TARGET))
    assert {name: len(frame) for name, frame in tables.items()} == {
        "exception": 0, "exception_evidence": 0, "exception_memory": 0, "exception_summary": 1,
    }  # fmt: skip
    assert isinstance(tables["exception"], pd.DataFrame)
    assert Remembered.__doc__
