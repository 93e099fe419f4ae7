"""What the first pages count: measures by how they stand now and a month before, courses, and how fresh figures are."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from scorecard.snapshot.attention import SETTLED, every, exceptions, grounds
from scorecard.snapshot.freshness import freshness
from scorecard.snapshot.standing import STANDINGS, standing
from scorecard.snapshot.store import Snapshot, open_snapshot
from scorecard.snapshot.trends import trends
from tests.small_snapshot import HOME, insert, publish


def counts(snapshot: Snapshot) -> dict[tuple[str, str], tuple[int, int]]:
    """Theme and standing to the number of measures now and before, where either is one."""
    rows: list[Any] = list(standing(snapshot).itertuples(index=False))
    return {(one.theme_id, one.standing): (one.measures, one.before) for one in rows if one.measures or one.before}


def changed(data: Path, *statements: str) -> Snapshot:
    """The small snapshot after these changes."""
    path = publish(data)
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return open_snapshot(path)


def test_each_live_measure_is_counted_once_a_month(tmp_path: Path) -> None:
    """Sixteen live measures, at both ends of month; proposed and removed ones are left out."""
    snapshot = changed(tmp_path)
    frame = standing(snapshot)
    assert (frame["measures"].sum(), frame["before"].sum()) == (16, 16)
    assert list(frame["standing"].unique()) == list(STANDINGS)
    assert set(frame["month_end"]) == {pd.Timestamp(2026, 10, 31)}
    assert set(frame["before_end"]) == {pd.Timestamp(2026, 9, 30)}
    held = counts(snapshot)
    assert held["citizen_intelligence", "on_target"] == (0, 1), "the wait was 2.9 minutes in September, 3.1 in October"
    assert held["citizen_intelligence", "close"] == (1, 0)
    assert held["citizen_intelligence", "no_figure"] == (1, 1), "the survey is overdue"


@pytest.mark.parametrize(
    ("as_at", "month_end", "before_end"),
    [("2026-11-01", date(2026, 10, 31), date(2026, 9, 30)), ("2026-03-31", date(2026, 2, 28), date(2026, 1, 31))],
)
def test_a_month_counts_when_it_is_over(tmp_path: Path, as_at: str, month_end: date, before_end: date) -> None:
    """The last whole month before the council's day, and the month before that."""
    frame = standing(changed(tmp_path, f"update council set as_at = '{as_at}'"))
    assert frame["month_end"].iloc[0].date() == month_end
    assert frame["before_end"].iloc[0].date() == before_end


def test_later_figures_wait_for_their_month(tmp_path: Path) -> None:
    """As at 20 October the figures of September are the latest; measures with none by then have no figure."""
    held = counts(changed(tmp_path, "update council set as_at = '2026-10-20'"))
    assert held["citizen_intelligence", "on_target"] == (1, 1)
    assert sum(now for now, _ in held.values()) == 16


def test_the_list_of_every_exception_has_its_directorate(tmp_path: Path) -> None:
    """The top of the services above the measure's own; those to act on are the same, less good news and settled."""
    snapshot = changed(tmp_path)
    whole = every(snapshot)
    assert set(whole["directorate"]) == {"Place"}
    to_act_on = whole[whole["adverse"] & ~whole["state"].isin(SETTLED)]
    assert list(to_act_on["sentence"]) == list(exceptions(snapshot)["sentence"])
    assert list(grounds(snapshot)["exception_rule"].unique()) == ["off_target", "data_missing"]


def test_a_course_is_its_last_figures_with_gaps_and_breaks(tmp_path: Path) -> None:
    """The last so many, oldest first; what is missing before a figure is counted, and a break is marked once."""
    frame = trends(changed(tmp_path), 8)
    held = frame[(frame["measure_id"] == "missed_bins") & (frame["area_code"] == HOME) & (frame["part"] == "")]
    assert list(held["period"]) == [
        "Feb 2026", "Apr 2026", "May 2026", "Jun 2026", "Jul 2026", "Aug 2026", "Sep 2026", "Oct 2026",
    ]  # fmt: skip
    assert list(held["missing"]) == [0, 1, 0, 0, 0, 0, 0, 0], (
        "March is missing; what lies before the first is not shown"
    )
    assert list(held["is_break"]) == [False, True, *[False] * 6]
    assert set(held["target_high"]) == {60.0}


def test_a_part_has_the_course_of_its_breakdown(tmp_path: Path) -> None:
    """A category's own figures, without a target; of two dimensions with the same name the first."""
    path = publish(tmp_path)
    with duckdb.connect(str(path)) as connection:
        for dimension, value in (("bin", 31.0), ("round", 99.0)):
            insert(
                connection, "breakdown", measure_id="missed_bins", area_code=HOME, dimension=dimension,
                dimension_title=dimension, category="Garden waste", period_start=date(2026, 10, 1),
                period_end=date(2026, 10, 31), period="Oct 2026", value=value,
            )  # fmt: skip
    frame = trends(open_snapshot(path), 24)
    held = frame[frame["part"] == "Garden waste"]
    assert list(zip(held["value"], held["period"], strict=True)) == [(31.0, "Oct 2026")]
    assert held["target_low"].isna().all()


def test_freshness_counts_what_is_newest_late_and_left_out(tmp_path: Path) -> None:
    """Of live measures with a figure, not of those only judged to be late."""
    held = freshness(changed(tmp_path))
    assert (held["latest"], held["latest_measures"]) == ("Oct 2026", 5)
    assert (held["measures"], held["with_figures"]) == (16, 15)
    assert (held["late"], held["late_sources"]) == (2, "Service returns")
    assert (held["refused"], held["rows_set_aside"]) == (1, 3)
    nothing = freshness(changed(tmp_path / "none", "delete from observation", "delete from submission"))
    assert (nothing["latest"], nothing["with_figures"], nothing["expected"], nothing["late"]) == (None, 0, 0, 0)
