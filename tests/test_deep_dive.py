"""What the page of a measure reads and draws: marks, wards, linked measures, memory, forecasts, drawings."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pages.components import plotted, signs
from scorecard.drawing import Ink, Sheet, Words, small, ticks, trend
from scorecard.questions import Grounds, questions
from scorecard.snapshot.areas_within import areas_within
from scorecard.snapshot.concerns import concerns, earlier
from scorecard.snapshot.confidence import standing
from scorecard.snapshot.linked import linked
from scorecard.snapshot.outlook import outlook, past_forecasts
from scorecard.snapshot.series import series
from scorecard.snapshot.store import Snapshot, open_snapshot
from tests.small_snapshot import HOME, publish

INK = Ink("#111111", "#222222", "#333333", "#444444")
MEMORY = "insert into exception_memory values ('missed_bins', '{area}', '', 'performance', '{day}', 'off_target',"
FORECAST = {"forecast": 410.0, "low": 400.0, "high": 420.0, "target": 450.0, "needed": 412.0, "averaged": 380.0,
            "periods_left": 5, "year": "2026/27"}  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The small snapshot with a provisional, a revised and a changed figure, forecasts and a memory of exceptions."""
    path = publish(Path(tmp_path_factory.mktemp("deep")))
    with duckdb.connect(str(path)) as connection:
        for statement in _more():
            connection.execute(statement)
    opened = open_snapshot(path)
    yield opened
    opened.close()


def _more() -> Iterator[str]:
    home = f"measure_id = 'missed_bins' and area_code = '{HOME}'"
    yield f"update observation set marker = 'p' where {home} and period = 'Oct 2026'"
    yield f"update observation set marker = 'r' where {home} and period = 'Sep 2026'"
    changed = "period_start, period_end, period, 70, value, 0, 0, 0, 0, null, null"
    yield (
        f"insert into restatement select measure_id, area_code, {changed}, '2026-09-01', '2026-10-01', 'a', 'b',"
        f" 'a.csv', 'b.csv', 'corrected_file' from observation where {home} and period = 'Aug 2026'"
    )
    for area, days in (
        (HOME, ("2026-06-30", "2026-07-31", "2026-09-30", "2026-10-31")),
        ("E05000001", ("2026-08-31",)),
    ):
        for day in days:
            yield f"{MEMORY.format(area=area, day=day)} 'new', '2026-06-01', '2026-06-30', 1, 1.0)"
    yield f"update finding set evidence = '{json.dumps(FORECAST)}' where {home} and judgement = 'forecast'"
    for year, outturn in ((2025, 405), (2024, 430)):
        yield (
            f"insert into forecast values ('missed_bins', '{HOME}', '{year}-10-31', {year}, 'level', 410, 400, 420,"
            f" null, null, true, {outturn})"
        )


def test_provisional_and_revised_figures_are_told_apart(snapshot: Snapshot) -> None:
    """Provisional is hollow, revised is ringed, whether its file says so or what was published has changed."""
    frame = series(snapshot, "missed_bins", HOME)
    data = plotted.columns(frame, "per 100,000 collections", 0).set_index("period")
    assert list(data.index[data["hollow"]]) == ["Oct 2026"]
    assert list(data.index[data["ringed"]]) == ["Aug 2026", "Sep 2026"]
    assert data.at["Aug 2026", "before"] == "70"
    assert plotted.key(frame) == [
        "Hollow: provisional, so it may still change.",
        "Ringed: revised since it was first published.",
    ]
    assert data["label"].dropna().to_dict() == {"Oct 2026": "92"}


def test_a_figure_that_builds_up_has_a_line_for_each_year(tmp_path: Path) -> None:
    """March and April are not joined, where the figure begins anew."""
    path = publish(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update measure set basis = 'year_to_date' where measure_id = 'missed_bins'")
        connection.execute("delete from lifecycle")
    opened = open_snapshot(path)
    frame = series(opened, "missed_bins", HOME).set_index("period")
    opened.close()
    assert frame.groupby("segment")["year"].unique().map(list).to_dict() == {0: [2025], 1: [2026]}
    assert list(frame.index[frame["segment"].diff() == 1]) == ["Apr 2026"]


def test_the_target_is_named_where_there_is_room() -> None:
    """Neither on a line of figures nor on the limit of the tolerance."""
    frame = pd.DataFrame(
        {"value": [51.0, 52.0, 70.0, 90.0], "target_high": 50.0, "target_low": 50.0, "limit_low": 45.0}
    )
    frame = frame.assign(limit_high=None, usual=None, usual_low=None, usual_high=None, lower=None, upper=None)
    data = plotted._with_goal(pd.DataFrame({"target": ["50"] * 4}), frame.astype(float))
    assert data["goal"].dropna().to_dict() == {3: "Target 50"}
    assert (data["goal_align"].iloc[0], data["goal_dy"].iloc[0]) == ("right", -10)


def test_areas_within_are_by_name_with_their_gaps(snapshot: Snapshot) -> None:
    """The wards of the council, each with every period; a hidden one is marked; a peer has no areas within."""
    frame = areas_within(snapshot, "missed_bins", HOME)
    assert list(frame["name"].unique()) == ["Harbour ward", "Hill ward"]
    assert frame.groupby("area_code")["period"].nunique().nunique() == 1
    assert frame.loc[frame["is_hidden"], "name"].unique().tolist() == ["Harbour ward"]
    assert areas_within(snapshot, "missed_bins", "E00000002").empty


def test_linked_measures_begin_with_the_counter_measure(snapshot: Snapshot) -> None:
    """Then those of the same service, off target first; removed and proposed ones are not among them."""
    frame = linked(snapshot, "missed_bins")
    assert frame["link"].tolist()[0] == "counter"
    assert frame["measure_id"].tolist()[0] == "recycling"
    assert frame["values"].iloc[0] == [41.2, 42.0, 43.1, 41.9, 44.0, 43.7, 44.8]
    assert "missed_bins" not in set(frame["measure_id"])
    assert set(linked(snapshot, "sickness")["stage"]) == {"live"}


def test_earlier_listings_are_told_by_their_runs(snapshot: Snapshot) -> None:
    """A month without it ends a run; the run of today is not an earlier one."""
    frame = earlier(snapshot, "missed_bins")
    assert frame[["place", "listed"]].to_numpy().tolist() == [["Harbour ward", 1], ["", 2]]
    assert str(frame["first_listed"].iloc[1].date()) == "2026-06-30"
    assert earlier(snapshot, "recycling").empty
    assert set(concerns(snapshot, "missed_bins")["place"]) >= {"", "Harbour ward"}


def test_the_outlook_has_the_run_rate_and_its_record(snapshot: Snapshot) -> None:
    """Evidence of the forecast as figures, and earlier forecasts with whether they held."""
    found = outlook(snapshot, "missed_bins", HOME)
    assert (found["needed"], found["averaged"], found["status"]) == (412.0, 380.0, "will_miss")
    assert past_forecasts(snapshot, "missed_bins", HOME)["held"].tolist() == [True, False]
    assert outlook(snapshot, "recycling", "nowhere") == {}


def test_what_is_known_of_the_figures_is_counted(snapshot: Snapshot) -> None:
    """Marks, changed figures and the mark of the latest one."""
    known = standing(snapshot, "missed_bins", HOME)
    assert (known["provisional"], known["revised"], known["restated"], known["marker"]) == (1, 1, 1, "p")
    assert standing(snapshot, "satisfaction", HOME)["figures"] == 0


@pytest.mark.parametrize(
    ("judgement", "status", "adverse", "said"),
    [
        ("variation", "special_cause_concern", True, ("red", "warning", "Worse than usual")),
        ("assurance", "fail", True, ("red", "dangerous", "Reliably missed")),
        ("direction", "falling", False, ("green", "trending_down", "Falling, for the better")),
        ("direction", "not_judged", None, None),
        ("forecast", "at_risk", None, ("orange", "change_history", "At risk")),
        ("variation", "not_charted", None, None),
    ],
)
def test_signs_have_a_symbol_and_words(
    judgement: str, status: str, adverse: bool | None, said: tuple[str, str, str] | None
) -> None:
    """What was not judged has no sign."""
    assert signs.sign_of(judgement, status, adverse) == said


GROUNDS = Grounds(
    title="Visits", unit="visits", decimals=0, frequency="month", period="Oct 2026", marker=None, findings={},
    exceptions=(), outlook={}, broken=None, counter=None, restated=0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({"exceptions": [("", "sudden", "What happened?")]}, "What happened?"),
        ({"outlook": {**FORECAST, "status": "will_miss"}},
         "2026/27 is forecast to end at 410 visits against a target of 450: what will be different in the 5 months that"
         " are left?"),
        ({"findings": {("parts", "Marsh Lane"): ("hidden", True, "")}},
         "The figure of the whole hides Marsh Lane: what is different there, and who is looking into it?"),
        ({"findings": {("peers", ""): ("worst_quarter", True, "")}},
         "Three councils in four like ours do better: what do they do that we do not?"),
        ({"marker": "p"},
         "The figure of Oct 2026 is provisional: when is it final, and how far did earlier ones move?"),
        ({"broken": ("1 April 2026", "A new rule")},
         "It is counted differently since 1 April 2026 (A new rule): what would it be, counted as before?"),
        ({"counter": ("Waiting", "off_target")},
         "‘Waiting’, to be read beside it, is off target: is the one paid for by the other?"),
        ({}, "What keeps ‘Visits’ where it is, and what could change that?"),
    ],
)  # fmt: skip
def test_each_question_comes_from_what_was_found(more: dict[str, object], asked: str) -> None:
    """And without anything found there is one to begin with."""
    assert questions(replace(GROUNDS, **more)) == (asked,)  # type: ignore[arg-type]


def test_questions_are_few_and_none_is_asked_without_a_figure() -> None:
    """Those of the exceptions come first."""
    many = [("", "sudden", f"Question {number}?") for number in range(9)]
    assert questions(replace(GROUNDS, exceptions=many)) == tuple(f"Question {number}?" for number in range(6))
    assert questions(replace(GROUNDS, period="")) == ()


def test_drawings_keep_gaps_and_escape_their_words() -> None:
    """Two lines where a figure is missing, and no word of a file becomes a mark."""
    drawn = small([1.0, 2.0, None, 3.0, 4.0], [2.0] * 5, Sheet(100, 40, 0, 5, 5), INK)
    assert drawn.count(f"stroke='{INK.figure}'") == 2
    assert drawn.count("stroke-dasharray") == 1
    words = Words(["<Oct>", "Nov"], "5 <b>", "Target 4")
    said = trend([1.0, 5.0], [4.0, 4.0], words, Sheet(200, 100, 0, 5, 2, left=40), INK)
    assert "<b>" not in said
    assert "&lt;Oct&gt;" in said
    assert small([None, None], [None, None], Sheet(100, 40, 0, 0, 2), INK).count("circle") == 0


@pytest.mark.parametrize(
    ("low", "high", "held"), [(0, 100, [0, 25, 50, 75, 100]), (90, 96, [90, 92, 94, 96]), (5, 5, [4, 6])]
)
def test_a_scale_is_of_round_figures(low: float, high: float, held: list[float]) -> None:
    """From below the lowest to above the highest."""
    found = ticks(low, high)
    assert found[0] <= low
    assert found[-1] >= high
    assert 2 <= len(found) <= 7
    if low != high:
        assert found == held
