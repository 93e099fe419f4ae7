"""The demonstration council's stories, as docs/demonstration.md tells them, on the snapshot that its files make."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.pages_under_test import visit, words_of

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "docs" / "demonstration.md").read_text(encoding="utf-8")
HOME = "X06000001"
OFF_TARGET = {
    "calls_abandoned": "high",
    "temporary_accommodation": "high",
    "agency_share": "high",
    "complaints_escalated": "high",
    "majors_in_time": "high",
    "appraisals": "medium",
    "policies_overdue": "medium",
    "sickness_in_month": "medium",
}
OVERDUE = ("care_home_admissions", "reablement")
CLOSE = {"business_rates_collected", "contact_satisfaction", "relet_days"}
THE_REST = """
    select j.measure_id from judgement j join measure m using (measure_id)
    where j.is_latest and j.area_code = 'X06000001' and m.stage = 'live' and j.status = ?
"""


@pytest.fixture(scope="module")
def snapshot(demonstration: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The demonstration's published snapshot."""
    with duckdb.connect(str(demonstration / "snapshots" / "current"), read_only=True) as connection:
        yield connection


class Judged(dict[str, tuple[Any, ...]]):
    """Period → value, status, against last period, against last year; in the order of the periods."""

    def statuses(self, *, since: str = "", until: str = "") -> list[str]:
        """The statuses from one period to another, by their names."""
        names = list(self)
        part = names[names.index(since) if since else 0 : names.index(until) + 1 if until else None]
        return [self[name][1] for name in part]

    def values(self, places: int = 1) -> list[float]:
        """The figures, rounded."""
        return [round(row[0], places) for row in dict.values(self) if row[0] is not None]


def judged(snapshot: duckdb.DuckDBPyConnection, measure: str, area: str = "Alderbrook Council") -> Judged:
    """Every period of a measure for an area, oldest first."""
    rows = snapshot.execute(
        "select j.period, j.value, j.status, j.last_period, j.last_year from judgement j join area a using (area_code)"
        " where j.measure_id = ? and a.name = ? order by j.period_start",
        [measure, area],
    ).fetchall()
    assert rows, f"{measure} has no periods in {area}"
    return Judged({period: tuple(rest) for period, *rest in rows})


def parts(snapshot: duckdb.DuckDBPyConnection, measure: str, dimension: str, period: str) -> dict[str, float]:
    """Category → figure, for one period of the council."""
    return dict(
        snapshot.execute(
            "select category, value from breakdown where measure_id = ? and dimension = ? and period = ? and area_code = ?",
            [measure, dimension, period, HOME],
        ).fetchall()
    )


def table(heading: str) -> list[list[str]]:
    """The rows of the table of docs/demonstration.md whose headings begin so, without bold and code marks."""
    lines = DOCUMENT.split(f"\n| {heading} |", 1)[1].splitlines()[2:]
    body = lines[: next((number for number, line in enumerate(lines) if not line.startswith("|")), len(lines))]
    return [[cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in body]


def test_the_exceptions_are_the_planted_ones_and_no_others(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Eight measures off target and two overdue, each with its concern, and all named in the document."""
    found = snapshot.execute("select measure_id, rule, severity from exception where area_code = ?", [HOME]).fetchall()
    expected = {(name, "off_target", severity) for name, severity in OFF_TARGET.items()}
    assert set(found) == expected | {(name, "data_missing", "medium") for name in OVERDUE}
    assert len(found) == 10
    assert all(f"`{measure}`" in DOCUMENT for measure, _, _ in found)


def test_the_healthy_majority_is_quiet(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Every other judged measure is on target, three of them close to it, and one has no target."""
    held = {
        status: {name for (name,) in snapshot.execute(THE_REST, [status]).fetchall()}
        for status in ("off_target", "overdue", "close", "no_target", "on_target", "activity_only", "unavailable")
    }
    assert (held["off_target"], held["overdue"]) == (set(OFF_TARGET), set(OVERDUE))
    assert (held["close"], held["no_target"], held["unavailable"]) == (CLOSE, {"election_turnout"}, set())
    assert (len(held["on_target"]), len(held["activity_only"])) == (126, 24)


def test_the_healthy_majority_has_been_quiet_for_two_years(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Since November 2024 nothing was off target but the stories."""
    found = snapshot.execute(
        "select distinct measure_id from judgement where area_code = ? and status = 'off_target' and period_start >= ?",
        [HOME, date(2024, 11, 1)],
    ).fetchall()
    assert {name for (name,) in found} == set(OFF_TARGET)


def test_repairs_slide_without_turning_red(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Worse nine months running and on target in each: sustained, not yet red."""
    repairs = judged(snapshot, "repairs_on_time")
    assert repairs.values()[-10:] == [94.4, 93.8, 93.5, 92.9, 92.7, 92.3, 91.9, 91.5, 91.1, 90.6]
    assert [row[2] for row in list(dict.values(repairs))[-9:]] == ["worse"] * 9
    assert set(repairs.statuses(since="Jan 2026")) == {"on_target"}


def test_repairs_slide_on_roofs(snapshot: duckdb.DuckDBPyConnection) -> None:
    """The breakdown by trade shows where: one trade falls to 58% and no other is below 90."""
    october = parts(snapshot, "repairs_on_time", "trade", "Oct 2026")
    january = parts(snapshot, "repairs_on_time", "trade", "Jan 2026")
    assert round(january["Roofing and gutters"]), round(october["Roofing and gutters"]) == (94, 58)
    assert min(value for trade, value in october.items() if trade != "Roofing and gutters") >= 90


def test_sickness_is_red_in_every_winter_and_in_no_summer(snapshot: duckdb.DuckDBPyConnection) -> None:
    """October to February of six years against a flat target; over twelve months on target throughout."""
    months = judged(snapshot, "sickness_in_month")
    winter = {"Oct", "Nov", "Dec", "Jan", "Feb"}
    assert len(months) == 66, "January 2025 has no figure: both of its rows are set aside"
    assert {name: row[1] == "off_target" for name, row in months.items()} == {
        name: name.split()[0] in winter for name in months
    }
    assert {row[1] for row in months.values()} if False else set(months.statuses()) == {"on_target", "off_target"}
    rolling = judged(snapshot, "sickness_days")
    assert set(rolling.statuses()) == {"on_target"}
    assert rolling.values()[-1] == 8.8


def test_appraisals_are_red_only_because_the_target_has_no_profile(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Off target from April to January of every year, met each March, and level with a year before."""
    months = judged(snapshot, "appraisals")
    expected = {"Feb": "close", "Mar": "on_target"}
    assert {name: row[1] for name, row in months.items()} == {
        name: expected.get(name.split()[0], "off_target") for name in months
    }
    assert abs(months["Oct 2026"][0] - months["Oct 2025"][0]) < 1


def test_calls_abandoned_spike_in_one_month_on_one_line(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Off target in October 2026 and in no month since December 2023; Waste and streets alone is beyond the tolerance."""
    months = judged(snapshot, "calls_abandoned")
    assert months.statuses(since="Dec 2023") == ["on_target"] * 34 + ["off_target"]
    lines = parts(snapshot, "calls_abandoned", "line", "Oct 2026")
    assert {line for line, value in lines.items() if value > 6} == {"Waste and streets"}
    assert judged(snapshot, "calls_wait")["Oct 2026"][1] == "on_target"


def test_fly_tips_are_cleared_sooner_since_the_second_crew(snapshot: duckdb.DuckDBPyConnection) -> None:
    """One step down in September 2024 that stays, marked with its reason, on target before and after."""
    months = judged(snapshot, "fly_tip_clearance")
    values, at = months.values(2), list(months).index("Sep 2024")
    assert min(values[:at]) - max(values[at:]) > 1
    assert max(values[:at]) - min(values[:at]) < 0.5 and max(values[at:]) - min(values[at:]) < 0.5
    assert set(months.statuses()) == {"on_target"}
    marked = snapshot.execute("select rebased_on, reason from rebase where measure_id = 'fly_tip_clearance'").fetchall()
    assert [(day, "second clearance crew" in why) for day, why in marked] == [(date(2024, 9, 1), True)]


def test_marsh_lane_is_bad_while_the_council_is_fine(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Off target in one ward since June 2026; the other 21 wards and the council are on target throughout."""
    wards = [name for (name,) in snapshot.execute("select name from area where level = 'ward'").fetchall()]
    assert len(wards) == 22
    for name in [*wards, "Alderbrook Council"]:
        since = judged(snapshot, "missed_collections", name).statuses(since="Jun 2026")
        assert set(since) == {"off_target" if name == "Marsh Lane" else "on_target"}, name
        assert len(since) == 5
    marsh = judged(snapshot, "missed_collections", "Marsh Lane")
    assert marsh.values(0)[-5:] == sorted(marsh.values(0)[-5:])


@pytest.mark.parametrize("measure", OVERDUE)
def test_adult_social_care_stopped_sending(measure: str, snapshot: duckdb.DuckDBPyConnection) -> None:
    """September is overdue, and the last figure is August's."""
    months = judged(snapshot, measure)
    assert (months["Aug 2026"][1], months["Sep 2026"][:2]) == ("on_target", (None, "overdue"))


def test_only_those_measures_of_adult_social_care_are_late(snapshot: duckdb.DuckDBPyConnection) -> None:
    """The service's other files came."""
    late = snapshot.execute(
        "select count(*), count(*) filter (j.status = 'overdue') from judgement j join measure m using (measure_id)"
        " where j.is_latest and j.area_code = ? and m.stage = 'live' and m.service_id = 'adult_social_care'",
        [HOME],
    ).fetchone()
    assert late is not None and late[0] > 5 and late[1] == 2


def test_the_quarter_of_repairs_is_restated(snapshot: duckdb.DuckDBPyConnection) -> None:
    """The resend's figures stand, and the arrears of the same months are marked revised."""
    repairs = judged(snapshot, "repairs_on_time")
    assert [round(repairs[f"{month} 2024"][0], 1) for month in ("Oct", "Nov", "Dec")] == [94.0, 94.9, 93.6]
    revised = snapshot.execute("select measure_id, period from observation where marker = 'r'").fetchall()
    assert set(revised) == {("rent_arrears", f"{month} 2024") for month in ("Oct", "Nov", "Dec")}


def test_majors_are_red_on_ten_decisions(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Seven of ten, after nine of nine; over two years far above the limit."""
    counts = snapshot.execute(
        "select numerator, denominator from observation where measure_id = 'majors_in_time' and area_code = ?"
        " order by period_start desc limit 2",
        [HOME],
    ).fetchall()
    assert [(int(done), int(whole)) for done, whole in counts] == [(7, 10), (9, 9)]
    assert judged(snapshot, "majors_in_time").statuses(since="Q1 2026/27") == ["on_target", "off_target"]
    assert set(judged(snapshot, "majors_two_years").statuses()) == {"on_target"}
    assert judged(snapshot, "majors_two_years").values()[-1] == 89.5
