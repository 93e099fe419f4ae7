"""The demonstration council's stories, as docs/demonstration.md tells them, on the snapshot that its files make."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = (ROOT / "docs" / "demonstration.md").read_text(encoding="utf-8")
HOME = "X06000001"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MARSH_LANE = "X05000017"
EXCEPTIONS = [
    # measure, area, part, rule, state, severity, periods, confirmed, in the order of the list
    ("temporary_accommodation", HOME, "", "off_target", "continuing", "high", 10, True),
    ("agency_share", HOME, "", "off_target", "continuing", "high", 7, True),
    ("calls_abandoned", HOME, "", "off_target", "new", "high", 1, False),
    ("complaints_escalated", HOME, "", "off_target", "continuing", "high", 4, False),
    ("missed_collections", MARSH_LANE, "", "hidden_part", "continuing", "medium", 5, False),
    ("repairs_on_time", HOME, "", "sustained", "continuing", "medium", 7, True),
    ("appraisals", HOME, "", "off_target", "continuing", "medium", 7, False),
    ("calls_wait", HOME, "", "sudden", "new", "medium", 1, False),
    ("repairs_on_time", HOME, "Roofing and gutters", "hidden_part", "continuing", "medium", 7, False),
    ("policies_overdue", HOME, "", "off_target", "improving", "medium", 40, False),
    ("sickness_in_month", HOME, "", "off_target", "new", "medium", 1, False),
    ("contact_satisfaction", HOME, "", "sudden", "new", "medium", 1, False),
    ("care_home_admissions", HOME, "", "data_missing", "new", "medium", 1, False),
    ("reablement", HOME, "", "data_missing", "new", "medium", 1, False),
    ("complaints_on_time", HOME, "", "improved", "continuing", "low", 7, False),
]
ALSO = {
    "temporary_accommodation": {"sustained", "forecast"},
    "agency_share": {"sustained", "forecast"},
    "calls_abandoned": {"sudden"},
    "complaints_escalated": {"forecast"},
    "policies_overdue": {"forecast"},
}
"""The other rules that the same exceptions meet; those not named here meet only the one."""
OFF_TARGET = {name for name, _, _, rule, *_ in EXCEPTIONS if rule == "off_target"}
OVERDUE = ("care_home_admissions", "reablement")
CLOSE = {"business_rates_collected", "contact_satisfaction", "relet_days"}
TOO_FEW = {"consultation_feedback", "majors_in_time", "ombudsman_remedied", "ombudsman_upheld_share"}
THE_REST = """
    select j.measure_id from judgement j join measure m using (measure_id)
    where j.is_latest and j.area_code = 'X06000001' and m.stage = 'live' and j.status = ?
"""


@pytest.fixture(scope="module")
def snapshot(demonstration: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The demonstration's published snapshot."""
    with duckdb.connect(str(demonstration / "snapshots" / "current"), read_only=True) as connection:
        yield connection


class Period(NamedTuple):
    """One period of a measure as it was judged."""

    value: float | None
    status: str
    target: float | None
    last_period: str
    last_year: str


Judged = dict[str, Period]
"""The periods of a measure by their names, oldest first."""


def judged(snapshot: duckdb.DuckDBPyConnection, measure: str, area: str = "Alderbrook Council") -> Judged:
    """Every period of a measure for an area, oldest first."""
    rows = snapshot.execute(
        "select j.period, j.value, j.status, j.target_low, j.last_period, j.last_year"
        " from judgement j join area a using (area_code)"
        " where j.measure_id = ? and a.name = ? order by j.period_start",
        [measure, area],
    ).fetchall()
    assert rows, f"{measure} has no periods in {area}"
    return {period: Period(*rest) for period, *rest in rows}


def since(months: Judged, first: str) -> list[Period]:
    """The periods from one on."""
    return list(months.values())[list(months).index(first) :]


def values(periods: Iterable[Period], places: int = 1) -> list[float]:
    """The figures there are, rounded."""
    return [round(period.value, places) for period in periods if period.value is not None]


def statuses(periods: Iterable[Period]) -> set[str]:
    """Every status that occurs."""
    return {period.status for period in periods}


def parts(snapshot: duckdb.DuckDBPyConnection, measure: str, dimension: str, period: str) -> dict[str, float]:
    """Category → figure, for one period of the council."""
    return dict(
        snapshot.execute(
            "select category, value from breakdown"
            " where measure_id = ? and dimension = ? and period = ? and area_code = ?",
            [measure, dimension, period, HOME],
        ).fetchall()
    )


def told(snapshot: duckdb.DuckDBPyConnection, measure: str, part: str = "") -> tuple[str, str]:
    """The sentence and the question of an exception."""
    rows = snapshot.execute(
        "select sentence, question from exception where measure_id = ? and part = ?", [measure, part]
    ).fetchall()
    assert len(rows) == 1, f"{measure} has {len(rows)} exceptions"
    return rows[0][0], rows[0][1]


def test_the_exceptions_are_the_planted_ones_and_no_others(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Fourteen and one piece of good news, in this order, each by its rule, and all named in the document."""
    found = snapshot.execute(
        "select measure_id, area_code, part, rule, state, severity, periods, confirmed from exception order by position"
    ).fetchall()
    assert found == EXCEPTIONS
    adverse = snapshot.execute("select count(*) filter (adverse), count(*) from exception").fetchone()
    assert adverse == (14, 15)
    assert all(f"`{measure}`" in DOCUMENT for measure, *_ in found)


def test_other_rules_are_met_only_where_the_story_says_so(snapshot: duckdb.DuckDBPyConnection) -> None:
    """A spike is not called lasting, a slide is not called off target, a red of the season is that alone."""
    rows = snapshot.execute("select measure_id, rule from exception_evidence where role = 'also'").fetchall()
    found: dict[str, set[str]] = {}
    for measure, rule in rows:
        found.setdefault(measure, set()).add(rule)
    assert found == ALSO


def test_the_healthy_majority_is_quiet(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Every other judged measure is on target, three of them close to it, four too few to call; one has no target."""
    held = {
        status: {name for (name,) in snapshot.execute(THE_REST, [status]).fetchall()}
        for status in (
            "off_target", "overdue", "close", "too_few", "no_target", "on_target", "activity_only", "unavailable",
        )
    }  # fmt: skip
    assert (held["off_target"], held["overdue"]) == (OFF_TARGET, set(OVERDUE))
    assert (held["close"], held["no_target"], held["unavailable"]) == (CLOSE, {"election_turnout"}, set())
    assert held["too_few"] == TOO_FEW
    assert (len(held["on_target"]), len(held["activity_only"])) == (124, 27)


def test_nothing_but_the_stories_has_changed_or_will_miss(snapshot: duckdb.DuckDBPyConnection) -> None:
    """No adverse change, forecast, assurance, comparison or hidden part outside the stories, by the tests' own word."""
    found = snapshot.execute(
        "select distinct measure_id from finding join measure using (measure_id)"
        " where adverse and stage = 'live' and judgement not in ('target', 'variation', 'direction')",
    ).fetchall()
    assert {name for (name,) in found} == {name for name, *_, in EXCEPTIONS} - {
        "appraisals", "sickness_in_month", "complaints_on_time",
    }  # fmt: skip


def test_the_list_says_how_many_chance_would_flag(snapshot: duckdb.DuckDBPyConnection) -> None:
    """About one of the measures of which a change can be told from chance."""
    row = snapshot.execute("select sentence, concerns, improvements from exception_summary").fetchone()
    assert row is not None and row[1:] == (14, 1)
    assert re.match(r"Of 112 measures judged, about (0\.9|1\.[0-2]) would be flagged by chance alone", row[0])


def test_the_healthy_majority_has_been_quiet_for_two_years(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Since November 2024 nothing was off target but the stories."""
    found = snapshot.execute(
        "select distinct measure_id from judgement where area_code = ? and status = 'off_target' and period_start >= ?",
        [HOME, date(2024, 11, 1)],
    ).fetchall()
    assert {name for (name,) in found} == OFF_TARGET


def test_repairs_slide_without_turning_red(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Worse nine months running and on target in each: sustained, not yet red."""
    slide = since(judged(snapshot, "repairs_on_time"), "Feb 2026")
    assert values(slide) == [93.8, 93.5, 92.9, 92.7, 92.3, 91.9, 91.5, 91.1, 90.6]
    assert {(period.status, period.target, period.last_period) for period in slide} == {("on_target", 90, "worse")}


def test_repairs_slide_on_roofs(snapshot: duckdb.DuckDBPyConnection) -> None:
    """The breakdown by trade shows where: one trade falls to 58% and no other is below 90."""
    january, october = (parts(snapshot, "repairs_on_time", "trade", f"{month} 2026") for month in ("Jan", "Oct"))
    assert (round(january["Roofing and gutters"]), round(october.pop("Roofing and gutters"))) == (94, 58)
    assert min(october.values()) >= 90


def test_the_slide_is_the_exception_and_the_roofs_stand_beside_it(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Lastingly worse leads, though the last figure is sudden too; it says that it is still on target."""
    slide, _ = told(snapshot, "repairs_on_time")
    assert re.sub(r"once in \d00", "once in N", slide) == (
        "Routine repairs done on time: 90.6% in Oct 2026, worse since April 2026, on average 91.8% where 94.2% was "
        "usual, which chance alone gives about once in N months; still on target; "
        "two tests agree that this is not chance."
    )
    roofs, question = told(snapshot, "repairs_on_time", "Roofing and gutters")
    assert roofs.startswith("Routine repairs done on time, Roofing and gutters: 57.7% (45 of 78) in Oct 2026")
    assert question.startswith("What is different in Roofing and gutters since April 2026")


def test_sickness_is_red_in_every_winter_and_in_no_summer(snapshot: duckdb.DuckDBPyConnection) -> None:
    """October to February of six years against a flat target; over twelve months on target throughout."""
    months = judged(snapshot, "sickness_in_month")
    winter = ("Oct", "Nov", "Dec", "Jan", "Feb")
    assert {name: period.status for name, period in months.items()} == {
        name: "off_target" if name.startswith(winter) else "on_target" for name in months
    }
    assert len(months) == 66 and "Jan 2025" not in months, "both rows of January 2025 are set aside"
    rolling = judged(snapshot, "sickness_days")
    assert statuses(rolling.values()) == {"on_target"}
    assert values(rolling.values())[-1] == 8.8


@pytest.mark.parametrize("measure", ["sickness_in_month", "appraisals"])
def test_a_red_of_the_season_is_said_to_be_one(measure: str, snapshot: duckdb.DuckDBPyConnection) -> None:
    """The sentence says that it is usual for the time of year, and the question doubts the target."""
    sentence, question = told(snapshot, measure)
    assert sentence.endswith("better than a year before, as usual for the time of year.")
    assert question.startswith("Is the target of")


def test_appraisals_are_red_only_because_the_target_has_no_profile(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Off target from April to January of every year, met each March, and level with a year before."""
    months = judged(snapshot, "appraisals")
    expected = {"Feb": "close", "Mar": "on_target"}
    assert {name: period.status for name, period in months.items()} == {
        name: expected.get(name.split()[0], "off_target") for name in months
    }
    assert {period.target for period in months.values()} == {95}
    assert [values([months[f"Oct {year}"]]) for year in (2025, 2026)] == [[55.1], [55.6]]


def test_calls_abandoned_spike_in_one_month_on_one_line(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Off target in October 2026 and in no month since December 2023; one line alone is beyond the tolerance."""
    months = since(judged(snapshot, "calls_abandoned"), "Dec 2023")
    assert [period.status for period in months] == ["on_target"] * 34 + ["off_target"]
    lines = parts(snapshot, "calls_abandoned", "line", "Oct 2026")
    assert {line for line, value in lines.items() if value > 6} == {"Waste and streets"}
    assert judged(snapshot, "calls_wait")["Oct 2026"].status == "on_target"


def test_the_spike_is_told_as_one(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Three measures of one cause: new, sudden, and asked about as such; nothing is called lasting."""
    sentence, question = told(snapshot, "calls_abandoned")
    assert sentence == (
        "Calls abandoned: 13.0% in Oct 2026 against a target of 5.0%, worse than a year before; "
        "also a sudden change for the worse (4.1% is usual)."
    )
    assert question == "What took ‘Calls abandoned’ off target in October 2026, and when will it be back?"
    assert "where 2.6 is usual" in told(snapshot, "calls_wait")[0]
    assert told(snapshot, "contact_satisfaction")[0].endswith("still within the tolerance of its target.")


def test_fly_tips_are_cleared_sooner_since_the_second_crew(snapshot: duckdb.DuckDBPyConnection) -> None:
    """One step in September 2024 that stays, marked with its reason, on target before and after."""
    months = judged(snapshot, "fly_tip_clearance")
    after = values(since(months, "Sep 2024"), 2)
    before = values(months.values(), 2)[: -len(after)]
    assert (min(before), max(before), min(after), max(after)) == (3.44, 3.76, 2.04, 2.36)
    assert statuses(months.values()) == {"on_target"}
    marked = snapshot.execute("select rebased_on, reason from rebase where measure_id = 'fly_tip_clearance'").fetchall()
    assert [(day, "second clearance crew" in why) for day, why in marked] == [(date(2024, 9, 1), True)]
    found = snapshot.execute(
        "select status from finding where measure_id = 'fly_tip_clearance' and judgement = 'change' and area_code = ?",
        [HOME],
    ).fetchall()
    assert found == [("no_change",)], "a step that the council decided on is no change"


def test_marsh_lane_is_bad_while_the_council_is_fine(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Off target in one ward since June 2026 and rising; the other 21 wards and the council are on target."""
    wards = [name for (name,) in snapshot.execute("select name from area where level = 'ward'").fetchall()]
    assert len(wards) == 22
    for name in [*wards, "Alderbrook Council"]:
        summer = since(judged(snapshot, "missed_collections", name), "Jun 2026")
        assert [period.status for period in summer] == ["off_target" if name == "Marsh Lane" else "on_target"] * 5, name
    marsh = values(since(judged(snapshot, "missed_collections", "Marsh Lane"), "May 2026"), 0)
    assert marsh == [37, 185, 189, 200, 203, 207]


@pytest.mark.parametrize("measure", OVERDUE)
def test_adult_social_care_stopped_sending(measure: str, snapshot: duckdb.DuckDBPyConnection) -> None:
    """September is overdue, and the last figure is August's."""
    months = judged(snapshot, measure)
    assert months["Aug 2026"].status == "on_target"
    assert (months["Sep 2026"].value, months["Sep 2026"].status) == (None, "overdue")


def test_only_one_file_of_adult_social_care_is_late(snapshot: duckdb.DuckDBPyConnection) -> None:
    """The service's other measures have come."""
    late = snapshot.execute(
        "select count(*), count(*) filter (j.status = 'overdue') from judgement j join measure m using (measure_id)"
        " where j.is_latest and j.area_code = ? and m.stage = 'live' and m.service_id = 'adult_social_care'",
        [HOME],
    ).fetchone()
    assert late is not None and late[0] > 5 and late[1] == 2


def test_the_quarter_of_repairs_is_restated(snapshot: duckdb.DuckDBPyConnection) -> None:
    """The resend's figures stand, and the arrears of the same months are marked revised."""
    quarter = [f"{month} 2024" for month in ("Oct", "Nov", "Dec")]
    repairs = judged(snapshot, "repairs_on_time")
    assert values(repairs[month] for month in quarter) == [94.0, 94.9, 93.6]
    revised = snapshot.execute("select measure_id, period from observation where marker = 'r'").fetchall()
    assert set(revised) == {("rent_arrears", month) for month in quarter}


def test_majors_are_too_few_to_call_on_ten_decisions(snapshot: duckdb.DuckDBPyConnection) -> None:
    """Seven of ten, after nine of nine; over two years far above the limit."""
    counts = snapshot.execute(
        "select numerator, denominator from observation where measure_id = 'majors_in_time' and area_code = ?"
        " order by period_start desc limit 2",
        [HOME],
    ).fetchall()
    assert counts == [(7, 10), (9, 9)]
    quarters = since(judged(snapshot, "majors_in_time"), "Q1 2026/27")
    assert [period.status for period in quarters] == ["on_target", "too_few"]
    two_years = list(judged(snapshot, "majors_two_years").values())
    assert statuses(two_years) == {"on_target"} and values(two_years)[-1] == 89.5


FORECASTS = {
    "temporary_accommodation": ("will_miss", "253 households (between 245 and 260) against a target of 210"),
    "agency_share": ("will_miss", "6.3% (between 6.0% and 6.5%) against a target of 5.0%"),
    "complaints_escalated": ("will_miss", "14.3% (between 13.4% and 15.2%) against a target of 10.0%"),
    "policies_overdue": ("at_risk", "15 policies (between 13 and 17) against a target of 12"),
    "appraisals": ("on_track", "97.0% (between 94.8% and 99.1%) against a target of 95.0%"),
    "sickness_in_month": ("on_track", "0.74 days"),
    "repairs_on_time": ("on_track", "91.6% (between 91.2% and 91.9%) against a target of 90.0%: likely to meet it"),
    "majors_in_time": ("on_track", "87%"),
}
"""Measure → how its forecast for the year stands, and what it says."""


@pytest.mark.parametrize("measure", FORECASTS)
def test_the_year_is_forecast_as_the_story_goes_on(measure: str, snapshot: duckdb.DuckDBPyConnection) -> None:
    """What lasts will miss; what is only of the season, of ten decisions or sliding slowly will not."""
    rows = snapshot.execute(
        "select status, sentence from finding where measure_id = ? and area_code = ? and judgement = 'forecast'",
        [measure, HOME],
    ).fetchall()
    status, words = FORECASTS[measure]
    assert [row[0] for row in rows] == [status] and words in rows[0][1]


def test_answers_are_on_time_and_come_back(snapshot: duckdb.DuckDBPyConnection) -> None:
    """The measure is better than ever; its counter-measure passes its limit in June and is off target from July."""
    on_time = judged(snapshot, "complaints_on_time")
    hurried = since(on_time, "Apr 2026")
    assert statuses(hurried) == {"on_target"} and min(values(hurried)) >= 97
    assert max(values(on_time.values())[: -len(hurried)]) < 95
    back = [period.status for period in since(judged(snapshot, "complaints_escalated"), "May 2026")]
    assert back == ["on_target", "close", *["off_target"] * 4]
    in_ten_days = values(judged(snapshot, "complaints_in_ten_days").values())
    assert max(in_ten_days[-7:]) < min(in_ten_days[-10:-7])
    paired = snapshot.execute("select counter_measure from measure where measure_id = 'complaints_on_time'").fetchone()
    assert paired == ("complaints_escalated",)


OTHERS = {
    "temporary_accommodation": ("Jul 2026", ["off_target"] * 4, [226, 232, 238, 246]),
    "agency_share": ("Mar 2026", ["on_target", *["off_target"] * 7], [4.2, 6.0, 6.4, 6.5, 6.5, 6.2, 6.4, 6.2]),
    "policies_overdue": ("Sep 2026", ["off_target"] * 2, [19, 18]),
    "policies_dealt_with": ("Oct 2026", ["on_target"], [84.5]),
    "contact_satisfaction": ("Oct 2026", ["close"], [78.9]),
    "council_tax_collected": ("Q2 2026/27", ["on_target"], [58.4]),
    "ombudsman_upheld": ("2022/23", ["on_target", "off_target", "on_target", "on_target"], [5, 8, 4, 5]),
    "invoices_on_time": ("Oct 2026", ["on_target"], [96.1]),
    "relet_days": ("Sep 2026", ["on_target", "close"], [23.8, 25.2]),
}
"""Measure → a period, the statuses from it on, and the figures."""


@pytest.mark.parametrize("measure", OTHERS)
def test_the_other_stories_end_as_they_are_told(measure: str, snapshot: duckdb.DuckDBPyConnection) -> None:
    """Each of the further stories of the document, by its last periods."""
    first, expected, figures = OTHERS[measure]
    last = since(judged(snapshot, measure), first)
    assert ([period.status for period in last], values(last)) == (expected, figures)


def test_earlier_months_keep_the_target_of_their_day(snapshot: duckdb.DuckDBPyConnection) -> None:
    """A stricter target holds from its day on and for nothing before."""
    tips, audits = (judged(snapshot, measure) for measure in ("fly_tip_clearance", "audit_actions_overdue"))
    assert [tips[month].target for month in ("Mar 2025", "Apr 2025")] == [4, 3]
    assert [audits[month].target for month in ("Mar 2025", "Apr 2025")] == [22, 10]


EARLIER = {
    "statutory_posts": {"Q2 2023/24", "Q3 2023/24", "Q4 2023/24"},
    "gas_safety": {"Dec 2022", "Jan 2023", "Feb 2023"},
    "families_bed_breakfast": {"Q3 2022/23", "Q4 2022/23", "Q1 2023/24"},
    "missed_collections": {"Sep 2021", "Oct 2021"},
    "ombudsman_complied": {"2022/23"},
    "library_visits": set(),
    "recycling_rate": set(),
    "temporary_families": set(),
    "foi_on_time": {f"{month} 2021" for month in MONTHS[3:]} | {"Jan 2022", "Feb 2022", "Mar 2022", "Jun 2022"},
}
"""Measure → every period in which the council was off target."""


@pytest.mark.parametrize("measure", EARLIER)
def test_stories_that_are_over_were_only_then(measure: str, snapshot: duckdb.DuckDBPyConnection) -> None:
    """Off target in the periods told and in no other."""
    found = {name for name, period in judged(snapshot, measure).items() if period.status == "off_target"}
    assert found == EARLIER[measure]
