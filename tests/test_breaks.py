"""Breaks, breakdowns, counted figures and stages: what the snapshot answers and how the charts and tables show it."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pages.components import breakdowns as parts
from pages.components import charts, plotted, strips
from pages.components.palette import DARK, LIGHT
from scorecard.snapshot import breakdowns
from scorecard.snapshot.measures import definition, latest, themes
from scorecard.snapshot.peers import comparison
from scorecard.snapshot.receipt import counted_files, receipt
from scorecard.snapshot.series import series
from scorecard.snapshot.store import Snapshot, open_snapshot
from tests.small_snapshot import HOME, publish


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[Snapshot]:
    """The small snapshot, opened."""
    opened = open_snapshot(publish(tmp_path))
    yield opened
    opened.close()


def altered(folder: Path, *statements: str) -> Snapshot:
    """The small snapshot with something changed before it is opened."""
    path = publish(folder)
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return open_snapshot(path)


def test_a_break_begins_a_new_segment(snapshot: Snapshot) -> None:
    """The first period on or after the day is marked, gaps counted, and a rebase leaves the line whole."""
    frame = series(snapshot, "missed_bins", HOME).set_index("period")
    assert list(frame["segment"]) == [0] * 5 + [1] * 7
    assert dict(frame["change"].dropna()) == {"Apr 2026": "break", "Aug 2026": "rebase"}
    assert frame.at["Apr 2026", "change_label"] == "Counted differently from Apr 2026"
    assert frame.at["Apr 2026", "change_sentence"] == (
        "Counted differently from Apr 2026: Assisted collections are counted too."
        " Figures before and after cannot be compared."
    )


def test_a_series_without_breaks_is_whole(snapshot: Snapshot) -> None:
    """One segment and no marks; an empty series stays empty, with the same columns."""
    assert series(snapshot, "recycling", HOME)["segment"].unique().tolist() == [0]
    assert series(snapshot, "recycling", HOME)["change"].isna().all()
    assert "segment" in series(snapshot, "nothing", HOME)


def test_a_break_before_or_after_all_figures_marks_nothing(tmp_path: Path) -> None:
    """Where there is nothing on the other side, there is nothing to tell apart."""
    held = altered(
        tmp_path,
        "insert into lifecycle values ('call_wait', 0, 'amended', '2020-04-01', 'r', 'c', true)",
        "insert into lifecycle values ('call_wait', 1, 'amended', '2027-04-01', 'r', 'c', true)",
    )
    frame = series(held, "call_wait", HOME)
    assert frame["segment"].unique().tolist() == [0]
    assert frame["change"].isna().all()
    held.close()


def test_the_line_is_cut_and_the_rule_has_its_words(snapshot: Snapshot) -> None:
    """The specification splits the line by segment; rule and words stand at the first period after the break."""
    frame = series(snapshot, "missed_bins", HOME)
    data = plotted.columns(frame, "per 100,000 collections", 0)
    assert list(data.loc[data["broken"], "period"]) == ["Apr 2026"]
    changed = data.dropna(subset="changed")[["changed", "changed_level", "changed_align"]]
    assert changed.to_numpy().tolist() == [
        ["Counted differently\nfrom Apr 2026", 0, "left"],
        ["New usual level\nfrom Aug 2026", 1, "right"],
    ]
    for colours in (LIGHT, DARK):
        layers = charts._specification(colours, levels=2, room=40)["layer"]
        lines = [one for one in layers if one["mark"]["type"] == "line" and one["mark"].get("strokeWidth") != 1]
        assert len(lines) == 5
        assert all(one["encoding"]["detail"]["field"] == "segment" for one in lines)
        rules = [one for one in layers if one["mark"]["type"] == "rule" and "xOffset" in one["mark"]]
        assert len(rules) == 4
        # A first layer that left periods out would move them to the end, and close the gaps.
        assert "transform" not in layers[0]
    plain = charts._specification(LIGHT, levels=0, room=40)["layer"]
    assert not [one for one in plain if "xOffset" in one["mark"]]


def test_every_mark_is_hidden_from_screen_readers() -> None:
    """The sentence and the table say what the marks show; none of them is read out by itself."""
    for specification in (
        charts._specification(LIGHT, levels=2, room=40),
        strips._strip_specification(LIGHT),
        parts._specification(LIGHT),
    ):
        assert all(layer["mark"]["aria"] is False for layer in specification["layer"])


def test_peers_are_not_compared_across_a_break(tmp_path: Path) -> None:
    """The comparison goes no further back than home's latest break that has come."""
    newest = "insert into lifecycle values ('recycling', 0, 'amended', '2027-04-01', 'r', 'c', true)"
    gone = "delete from observation where measure_id = 'recycling' and period = '2025/26' and area_code <> ?"
    held = altered(tmp_path, newest, gone.replace("?", f"'{HOME}'"))
    compared = comparison(held, "recycling")
    assert compared is not None
    assert compared.period == "2024/25"
    assert compared.counted_from is None
    held.close()
    broken = "insert into lifecycle values ('recycling', 0, 'amended', '2025-04-01', 'r', 'c', true)"
    held = altered(tmp_path, broken, gone.replace("?", f"'{HOME}'"))
    assert comparison(held, "recycling") is None
    held.close()


def test_a_comparison_after_a_break_says_since_when(snapshot: Snapshot) -> None:
    """The day is there for the page to tell."""
    compared = comparison(snapshot, "missed_bins")
    assert compared is not None
    assert str(compared.counted_from) == "2026-04-01"


def test_breakdowns_are_by_name_with_the_year_before(snapshot: Snapshot) -> None:
    """Latest period, each category in the order of its name, marker and all."""
    assert breakdowns.dimensions(snapshot, "repairs", HOME)["title"].tolist() == ["Priority", "Trade"]
    frame = breakdowns.breakdown(snapshot, "repairs", HOME, "trade")
    assert frame["category"].tolist() == ["Electrical", "Joinery", "Plumbing"]
    assert frame["period"].unique().tolist() == ["Oct 2026"]
    assert frame["marker"].tolist() == [None, "c", None]
    assert frame["earlier_value"].fillna(0).tolist() == [0, 90.1, 93.3]
    assert breakdowns.breakdown(snapshot, "repairs", HOME, "nothing").empty
    assert breakdowns.dimensions(snapshot, "foi", HOME).empty


def test_a_breakdown_is_not_compared_across_a_break(tmp_path: Path) -> None:
    """The year before is left out where it was counted differently."""
    held = altered(tmp_path, "insert into lifecycle values ('repairs', 0, 'amended', '2026-04-01', 'r', 'c', true)")
    frame = breakdowns.breakdown(held, "repairs", HOME, "trade")
    assert frame["earlier_period"].isna().all()
    assert frame["earlier_value"].isna().all()
    held.close()


def rows(**figures: float | None) -> pd.DataFrame:
    """A breakdown with these figures and none of a year before."""
    return pd.DataFrame(
        {
            "category": list(figures),
            "period": "Oct 2026",
            "value": list(figures.values()),
            "marker": None,
            "earlier_period": None,
            "earlier_value": None,
            "earlier_marker": None,
        }
    ).astype({"value": float})


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (rows(web=95.04, post=71), "In Oct 2026 it was highest for web (95.0%) and lowest for post (71.0%)."),
        (rows(a=5.01, b=5.04), "In Oct 2026 every category with a figure was at 5.0%."),
        (rows(a=1, b=2, c=2), "In Oct 2026 it was highest for 2 categories (2.0%) and lowest for a (1.0%)."),
        (rows(a=1, b=None), "In Oct 2026 every category with a figure was at 1.0%. 1 category has no figure that can be"
                            " shown."),
        (rows(a=None), "In Oct 2026 no category has a figure that can be shown."),
    ],
)  # fmt: skip
def test_the_finding_of_a_breakdown(frame: pd.DataFrame, said: str) -> None:
    """Highest and lowest by the figures as they are shown; ties are told as ties."""
    assert parts.sentence(frame, "%", 1) == said


@pytest.mark.parametrize(("title", "heading"), [("Channel", "By channel"), ("GP surgery", "By GP surgery")])
def test_headings_keep_their_capitals(title: str, heading: str) -> None:
    """A column's heading becomes the heading of its breakdown."""
    assert parts.heading(title) == heading


def test_a_counted_figure_names_its_files(snapshot: Snapshot) -> None:
    """Records, days and every loaded load of the source that overlaps them; a return has its row instead."""
    held = receipt(snapshot, "repairs", HOME)
    assert (held["records"], held["source_row"]) == (1412, None)
    assert (str(held["counted_from"].date()), str(held["counted_to"].date())) == ("2026-04-01", "2026-10-31")
    assert counted_files(snapshot, "repairs", HOME)["path"].tolist() == ["collections.csv", "wards.csv"]
    held = receipt(snapshot, "missed_bins", HOME)
    assert (held["records"], held["source_row"]) == (None, 40)
    assert counted_files(snapshot, "missed_bins", HOME).empty


def test_files_outside_the_days_counted_are_not_named(tmp_path: Path) -> None:
    """A load that ends before the first day counted had no part in the figure."""
    held = altered(tmp_path, "update load set period_end = '2026-03-31' where path = 'wards.csv'")
    assert counted_files(held, "repairs", HOME)["path"].tolist() == ["collections.csv"]
    held.close()


def test_stages_and_goals_come_with_the_measures(snapshot: Snapshot) -> None:
    """Each measure's stage on the council's day, its goal, and what its class is judged on."""
    stages = latest(snapshot).set_index("measure_id")
    assert stages["stage"].value_counts().to_dict() == {"live": 16, "proposed": 1, "removed": 1}
    assert stages.at["shared_bikes", "goal"] == "Moving about"
    held = definition(snapshot, "missed_bins")
    assert (held["goal"], held["plan"], held["lg_inform"]) == ("Clean streets", "Our plan 2026", 46)
    assert held["tolerance"] == "3 per 100,000 collections"
    assert definition(snapshot, "foi")["judged_how"].startswith("Judged against its target and the year before.")


def test_a_theme_of_removed_measures_is_left_out(tmp_path: Path) -> None:
    """There is nothing to show under it."""
    held = altered(tmp_path, "update measure set stage = 'removed' where theme_id = 'citizen_intelligence'")
    assert "citizen_intelligence" not in set(themes(held)["theme_id"])
    held.close()
