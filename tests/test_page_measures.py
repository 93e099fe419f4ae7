"""The page of all measures: browsing and searching them, and comparing several through time."""

import re
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from scorecard.snapshot.compared import Line, compared, years
from scorecard.snapshot.recent import recent
from scorecard.snapshot.store import Snapshot, open_snapshot
from tests.pages_under_test import HOSTILE, council, empty_council, visit, words_of
from tests.small_snapshot import HOME, publish

__all__ = ["council", "empty_council"]

HARBOUR, HILL, ASHBY = "E05000001", "E05000002", "E00000002"


def visited(**address: str | list[str]) -> AppTest:
    """The page at an address."""
    return visit("measures.py", **address)  # type: ignore[arg-type]  # several values are given as a list


def browsed(app: AppTest) -> list[str]:
    """The titles of the table of measures, from the top."""
    table = app.table[-1].value
    return [re.sub(r"\[(.*)\]\(.*", r"\1", each) for each in table["Measure (opens in a new tab)"]]


@pytest.mark.usefixtures("council")
def test_it_answers_first_and_lists_every_measure_in_use() -> None:
    """How all stand in a sentence; then those off target first, each with figure, target, picture and link."""
    app = visited()
    assert "Of 16 measures:" in app.markdown[0].value
    assert "**17 measures** of 18." in words_of(app)
    table = app.table[0].value
    assert len(table) == 17
    assert "Off target" in table["Status"].iloc[0]
    assert "Proposed" in table["Status"].iloc[-1]
    bins = table[table["Measure (opens in a new tab)"].str.contains("missed_bins")].iloc[0]
    assert bins["Latest figure"] == "**92 per 100,000 collections**"
    assert bins["Measure (opens in a new tab)"] == "[Missed bin collections](measure?measure=missed_bins)"
    assert bins["Target"] == "60 per 100,000 collections"
    assert bins["Lately"].startswith("![The last 7 figures\\: from 61 to 92, lowest 58, highest 92]")
    assert "data:image/svg+xml" in bins["Lately"]
    assert not app.exception


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ({"search": "BIN missed"}, ["Missed bin collections"]),
        ({"theme": "compliance_and_risk", "status": "close"}, ["Homes with a gas safety certificate"]),
        ({"service": "housing", "critical": "yes", "frequency": "month", "status": "off_target"}, []),
        ({"kind": "outcome"}, ["Information requests answered in 20 days"]),
        ({"stage": "removed"}, ["Visits to the service desk"]),
        ({"stage": "proposed"}, ["Journeys by shared bicycle"]),
        ({"frequency": "month", "theme": "citizen_intelligence"}, ["Average wait on the telephone"]),
    ],
)
def test_filters_stand_in_the_address(address: dict[str, str], titles: list[str]) -> None:
    """Words, theme, service, status, class, stage, frequency and the critical few each narrow the list."""
    app = visited(**address)
    assert not app.exception
    if titles:
        assert browsed(app) == titles
    else:
        assert "No measure fits." in words_of(app)


@pytest.mark.usefixtures("council")
def test_measures_of_one_unit_share_a_chart() -> None:
    """The finding first, each line's latest figure with the change since a year before, and the figures in a table."""
    app = visited(compare=["fly_tips", "gas_safety"])
    said = words_of(app)
    assert "In Oct 2026 Homes with a gas safety certificate was highest (99.7%)" in said
    assert "Fly-tips cleared in two days was lowest (95.0%)." in said
    assert "![solid line, circles]" in said
    assert "![dashed line, squares]" in said
    assert len(charts(app)) == 1
    table = app.table[0].value
    assert list(table.columns) == ["Period", "Fly-tips cleared in two days", "Homes with a gas safety certificate"]
    assert list(table.iloc[0]) == ["Oct 2026", "95.0%", "99.7%"]
    assert list(table.iloc[-1]) == ["May 2026", "91.0%", "–"]
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_other_units_get_charts_of_their_own() -> None:
    """Two measures in per cent and one in minutes are two charts, one below the other, never two axes."""
    app = visited(compare=["fly_tips", "call_wait", "gas_safety"])
    assert len(charts(app)) == 2
    assert "Average wait on the telephone: 3.1 minutes in Oct 2026." in words_of(app)


@pytest.mark.usefixtures("council")
def test_areas_of_one_measure_are_compared() -> None:
    """Only where one measure is chosen; home among them or not, as asked."""
    app = visited(compare="missed_bins", areas=[HOME, HARBOUR, HILL])
    said = words_of(app)
    assert "Missed bin collections: in Oct 2026 Harbour ward was highest (101 per 100,000 collections)" in said
    assert "Hill ward was lowest (87 per 100,000 collections)" in said
    assert list(app.table[0].value.columns)[1:] == [
        f"{name}, per 100,000 collections" for name in ("Exampleton Council", "Harbour ward", "Hill ward")
    ]
    both = visited(compare=["fly_tips", "gas_safety"], areas=[HARBOUR])
    assert "Areas can be compared for one measure at a time" in words_of(both)
    assert "areas" not in both.query_params


@pytest.mark.usefixtures("council")
def test_figures_are_put_together_or_refused_in_words() -> None:
    """Quarters of a monthly share are recomputed; a rate without counts and a yearly measure are refused."""
    app = visited(compare=["fly_tips", "agency"], grain="quarter")
    said = words_of(app)
    assert "Fly-tips cleared in two days: each quarter is worked out anew from all its numerators" in said
    assert "Spend on agency staff: cannot be told so: it is reported once a year." in said
    assert "Fly-tips cleared in two days: 92.5% in Q2 2026/27." in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_the_year_before_stands_beside() -> None:
    """Each measure in a chart of its own, with figure, year before and difference in its table."""
    app = visited(compare=["recycling", "turnover"], last_year="yes")
    assert len(charts(app)) == 2
    assert "44.8% (provisional) in 2025/26, 1.1 percentage points higher than a year before." in words_of(app)
    assert list(app.table[0].value.iloc[0]) == [
        "2025/26", "44.8% \\(provisional\\)", "43.7%", "1.1 percentage points higher"
    ]  # fmt: skip
    assert list(app.table[1].value.iloc[0])[2:] == ["–", "–"]


@pytest.mark.usefixtures("council")
def test_years_are_picked_and_checked() -> None:
    """Financial years from and to; years the wrong way round show all of them and say so."""
    app = visited(compare="recycling", **{"from": "2022", "to": "2023"})
    assert app.table[0].value["Period"].tolist() == ["2023/24", "2022/23"]
    wrong = visited(compare="recycling", **{"from": "2024", "to": "2022"})
    assert "2024/25 comes after 2022/23: showing all years instead." in words_of(wrong)
    assert len(wrong.table[0].value) == 7


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_nonsense_in_the_address_falls_back_with_a_notice(nonsense: str) -> None:
    """Whatever is asked for that is not there is left out, said so, and never shown."""
    names = ("theme", "service", "status", "kind", "stage", "frequency", "grain", "from", "to", "last_year")
    app = visited(compare=["fly_tips", nonsense], **dict.fromkeys(names, nonsense))
    said = words_of(app)
    assert not app.exception
    assert "a measure to compare (six at most) that is not here, or for too many: they were left out." in said
    assert "a time grain that is not here" in said
    assert "a from year that is not here" in said
    assert nonsense not in said
    assert app.query_params["compare"] in ("fly_tips", ["fly_tips"])
    app.query_params["page"] = nonsense
    assert not app.run().exception
    areas = visited(compare="fly_tips", areas=[nonsense])
    assert "area to compare (six at most) that is not here" in words_of(areas)


@pytest.mark.usefixtures("council")
def test_six_are_compared_and_a_seventh_is_left_out() -> None:
    """More lines could not be told apart."""
    many = ["fly_tips", "gas_safety", "repairs", "recycling", "foi", "major_apps", "turnover"]
    app = visited(compare=many)
    assert "for too many: they were left out" in words_of(app)
    assert app.multiselect(key="filter_compare").value == many[:6]
    assert not app.exception


@pytest.mark.usefixtures("empty_council")
def test_without_measures_it_says_so() -> None:
    """An empty catalogue is said in words."""
    assert "There are no measures yet." in words_of(visited())


def charts(app: AppTest) -> list[object]:
    """The charts of a page."""
    return list(app.get("vega_lite_chart"))


@pytest.fixture
def small(tmp_path: Path) -> Snapshot:
    """The small snapshot, opened."""
    return open_snapshot(publish(tmp_path))


def one(snapshot: Snapshot, measure_id: str, area: str = HOME, grain: str = "") -> Line:
    """One line compared."""
    return compared(snapshot, ((measure_id, area),), grain, None, None)[0]


def test_a_line_keeps_gaps_and_breaks(small: Snapshot) -> None:
    """A missing month is a row without a figure; the break begins a new segment."""
    line = one(small, "missed_bins")
    assert line.figures["value"].isna().tolist() == [False] * 4 + [True] + [False] * 7
    assert line.figures["segment"].iloc[0] == 0
    assert line.figures["segment"].iloc[-1] == 1
    assert (line.way, line.refused, line.frequency) == ("", "", "month")


def test_a_stretch_is_whole_or_missing(small: Snapshot) -> None:
    """Missed bins of the quarter with a missing month have no figure; home's and a ward's are each their own."""
    home, ward = one(small, "missed_bins", grain="quarter"), one(small, "missed_bins", HARBOUR, "quarter")
    assert home.figures["period"].tolist() == ["Q4 2025/26", "Q1 2026/27", "Q2 2026/27"]
    assert home.figures["value"].isna().tolist() == [True, False, False]
    assert home.figures["value"].iloc[-1] == pytest.approx((66 + 72 + 80) / 3)
    assert ward.figures["value"].iloc[-1] == pytest.approx((66 + 72 + 80) / 3 * 1.1)


def test_years_reach_from_the_first_figure_to_the_last(small: Snapshot) -> None:
    """Of all places together, without gaps; none where there are no figures."""
    assert years(small, (("recycling", HOME), ("fly_tips", HOME))) == tuple(range(2019, 2027))
    assert years(small, (("satisfaction", HOME),)) == ()


def test_pictures_stop_at_a_break_and_show_gaps(tmp_path: Path) -> None:
    """Only what is counted alike is joined; a missing month among the last thirteen is a gap."""
    path = publish(tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from observation where measure_id = 'fly_tips' and period = 'Jul 2026'")
    held = recent(open_snapshot(path))
    assert held["missed_bins"] == (61.0, 58.0, 63.0, 66.0, 72.0, 80.0, 92.0)
    assert held["fly_tips"].count(None) == 1
    assert "satisfaction" not in held


def test_what_is_not_meant_for_the_audience_cannot_be_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A measure for members is not offered to the public, and an address that asks for it finds nothing."""
    publish(tmp_path)
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    monkeypatch.setenv("SCORECARD_AUDIENCE", "public")
    app = visited(compare=["audit_actions", "fly_tips"])
    said = words_of(app)
    assert "Audit actions" not in said
    assert "that is not here, or for too many: they were left out." in said
    assert "audit_actions" not in app.multiselect(key="filter_compare").options
