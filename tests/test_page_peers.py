"""The peers page: a middle and a range, how both moved and how old the figures are; never a league."""

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pages.components import peer_words, rows
from scorecard.judge.target import FEWEST_PEERS
from scorecard.snapshot.peer_ranges import not_compared, peer_figures, peer_ranges
from scorecard.snapshot.peers import comparison
from scorecard.snapshot.store import Snapshot, open_snapshot
from tests.pages_under_test import HOSTILE, council, empty_council, nothing_published, visit, words_of
from tests.small_snapshot import HOME, publish

__all__ = ["council", "empty_council", "nothing_published"]


def altered(folder: Path, *statements: str) -> Snapshot:
    """The small snapshot with something changed before it is opened."""
    path = publish(folder)
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return open_snapshot(path)


def of(snapshot: Snapshot, measure_id: str) -> dict[str, object]:
    """One measure's row of `peer_ranges`."""
    frame = peer_ranges(snapshot).set_index("measure_id")
    return dict(frame.loc[measure_id])


def test_middle_range_and_movement_of_a_measure(tmp_path: Path) -> None:
    """Of the four peers alone, worked out by hand: they stand at 0.8, 0.9, 1.05 and 1.2 times home's figure."""
    snapshot = altered(tmp_path)
    row = of(snapshot, "recycling")
    assert (row["period"], row["earlier_period"], row["peers"], row["of"]) == ("2025/26", "2024/25", 4, 4)
    assert row["home"] == pytest.approx(44.8)
    assert (row["low"], row["high"]) == (pytest.approx(35.84), pytest.approx(53.76))
    assert row["median"] == pytest.approx(44.8 * 0.975)
    assert (row["q1"], row["q3"]) == (pytest.approx(44.8 * 0.875), pytest.approx(44.8 * 1.0875))
    assert row["moved"] == pytest.approx(1.1)
    assert row["peers_moved"] == pytest.approx(1.1 * 0.975)
    assert (row["movers"], row["older_by"]) == (4, 0)
    snapshot.close()


def test_all_measures_agree_with_the_comparison_of_one(tmp_path: Path) -> None:
    """The page of all and the page of one may not differ."""
    snapshot = altered(tmp_path)
    frame = peer_ranges(snapshot)
    assert len(frame) > 10
    for row in rows.of(frame):
        one = comparison(snapshot, str(row.measure_id))
        assert one is not None
        assert one.period == row.period
        assert [one.home, one.median, one.low, one.high] == pytest.approx([row.home, row.median, row.low, row.high])
        assert list(peer_figures(snapshot, str(row.measure_id))["area_code"]) == list(one.figures["area_code"])
    snapshot.close()


def test_the_group_s_figures_may_be_older_than_our_own(tmp_path: Path) -> None:
    """Without the peers' last two quarters the comparison is of the one before, and says by how much they are older."""
    snapshot = altered(
        tmp_path,
        f"delete from observation where measure_id = 'foi' and area_code <> '{HOME}' and period_end > '2026-04-01'",
    )
    row = of(snapshot, "foi")
    assert (row["period"], row["home_period"], row["older_by"]) == ("Q4 2025/26", "Q2 2026/27", 6)
    one = next(row for row in rows.of(peer_ranges(snapshot)) if row.measure_id == "foi")
    assert peer_words.age_in_words(one) == (
        "The group's latest figures are 6 months older than our own, which is of Q2 2026/27."
    )
    snapshot.close()


def test_no_period_before_a_break_is_compared_or_moved_from(tmp_path: Path) -> None:
    """A break in 2025 leaves 2025/26 to compare and nothing to move from; without peers in it, nothing at all."""
    broken = "insert into lifecycle values ('recycling', 0, 'amended', '2025-04-01', 'r', 'c', true)"
    snapshot = altered(tmp_path, broken)
    row = of(snapshot, "recycling")
    assert (row["period"], row["counted_from"].date()) == ("2025/26", date(2025, 4, 1))  # type: ignore[attr-defined]
    assert row["earlier_period"] is None
    snapshot.close()
    gone = f"delete from observation where measure_id = 'recycling' and period = '2025/26' and area_code <> '{HOME}'"
    snapshot = altered(tmp_path, broken, gone)
    assert "recycling" not in set(peer_ranges(snapshot)["measure_id"])
    left_out = not_compared(snapshot).set_index("measure_id")
    assert left_out.at["recycling", "has_home"]
    snapshot.close()


def test_what_depends_on_the_size_of_a_council_is_not_compared(tmp_path: Path) -> None:
    """Neither among all nor by itself; the reason is told."""
    refused = json.dumps({})
    snapshot = altered(
        tmp_path,
        f"""insert into finding values ('complaints', '{HOME}', '', 'peers', 'not_comparable', null, 0,
            'Exampleton cannot be compared with its peers: a plain number depends on how large a council is.',
            '{refused}', '2026-07-01', '2026-09-30')""",
    )
    assert comparison(snapshot, "complaints") is None
    assert "complaints" not in set(peer_ranges(snapshot)["measure_id"])
    sentence = not_compared(snapshot).set_index("measure_id").at["complaints", "sentence"]
    assert "depends on how large a council is" in str(sentence)
    snapshot.close()


def test_a_place_is_never_told_of_too_few_councils(tmp_path: Path) -> None:
    """Four peers are fewer than the judgement asks for, so that there is no "most"."""
    assert peer_words.FEWEST == FEWEST_PEERS
    snapshot = altered(tmp_path)
    assert {peer_words.place(row) for row in rows.of(peer_ranges(snapshot))} == {"few"}
    snapshot.close()


@pytest.mark.usefixtures("council")
def test_each_measure_has_middle_range_movement_and_period() -> None:
    """A sentence each, and the same in a table; no rank anywhere, and no order by figure."""
    app = visit("peers.py")
    said = words_of(app)
    assert [title.value for title in app.title] == ["How do we compare with councils like ours?"]
    assert "measures that can be compared with 4 councils like it." in said
    assert (
        "**44.8% (provisional)** in 2025/26. The middle of 4 councils is 43.7%; they range from 35.8% to 53.8%." in said
    )
    assert "Since 2024/25 it rose by 1.1 percentage points here and by as much in the middle of the group." in said
    (table,) = [one.value for one in app.table]
    row = table[table.iloc[:, 0].str.contains("measure=recycling")].iloc[0]
    assert [str(each).replace("\\", "") for each in row[1:]] == [
        "2025/26", "44.8% (provisional)", "43.7%", "35.8% to 53.8%", "+1.1", "+1.1", "4 of 4",
    ]  # fmt: skip
    assert " of 5" not in said
    assert not app.exception


@pytest.mark.usefixtures("council")
def test_one_measure_opens_its_strip_and_the_councils_by_name() -> None:
    """Home first, then the alphabet, each with its figure and change; and a way back."""
    app = visit("peers.py", measure="recycling")
    said = words_of(app)
    assert "In 2025/26 Exampleton Council was at 44.8%, above the middle of 4 similar councils (43.7%)" in said
    assert "Higher is better" in said
    (table,) = [one.value for one in app.table]
    assert list(table["Council"]) == ["Exampleton Council", "Ashby", "Brookvale", "Carrowmoor", "Denford"]
    assert list(table["Change since 2024/25"]) == ["+1.1", "+1.0", "+1.2", "+1.3", "+0.9"]
    assert "The middle of 4 councils" not in said


@pytest.mark.usefixtures("council")
def test_filters_come_from_the_address() -> None:
    """A shared link shows what its sender saw; choosing a measure changes the address."""
    app = visit("peers.py", theme="compliance_and_risk")
    assert [one.value for one in app.header] == ["Compliance and risk"]
    app.selectbox(key="filter_measure").select("recycling").run()
    assert app.query_params["measure"] == "recycling"


@pytest.mark.usefixtures("council")
@pytest.mark.parametrize("nonsense", HOSTILE)
def test_nonsense_in_the_address_falls_back_with_a_notice(nonsense: str) -> None:
    """Everything is shown, it is said, and none of it is repeated."""
    app = visit("peers.py", theme=nonsense, place=nonsense, measure=nonsense)
    said = words_of(app)
    assert not app.exception
    assert said.count("that is not here") == 3
    assert nonsense not in said
    assert "44.8% (provisional)" in said


@pytest.mark.usefixtures("empty_council")
def test_without_comparisons_it_says_so() -> None:
    """An empty page is a sentence."""
    app = visit("peers.py")
    assert "No measure can be compared with councils like Exampleton Council yet." in words_of(app)
    assert not app.exception


@pytest.mark.usefixtures("nothing_published")
def test_before_the_first_run_it_says_what_to_do() -> None:
    """A plain card, never a stack trace."""
    assert "No figures have been published yet." in words_of(visit("peers.py"))


@pytest.mark.parametrize(
    ("moved", "peers_moved", "said"),
    [
        (1.14, 0.3, "Since 2024/25 it rose by 1.1 percentage points here and by 0.3 in the middle of the group."),
        (-1.1, 0.3, "Since 2024/25 it fell by 1.1 percentage points here and rose by 0.3 percentage points in the"
         " middle of the group."),
        (0.02, -0.04, "Since 2024/25 it moved neither here nor in the middle of the group."),
        (0.02, 0.5, "Since 2024/25 it did not move here and rose by 0.5 percentage points in the middle of the group."),
        (1.1, float("nan"), "Since 2024/25 it rose by 1.1 percentage points here; no other council has both figures."),
        (float("nan"), float("nan"), "There is no earlier figure to tell a movement by."),
    ],
)  # fmt: skip
def test_movement_is_told_by_what_is_shown(moved: float, peers_moved: float, said: str) -> None:
    """Changes are rounded as figures are, and each sign has its word."""
    one = type("Row", (), {"moved": moved, "peers_moved": peers_moved, "earlier_period": "2024/25", "unit": "%",
                           "decimals": 1})  # fmt: skip
    assert peer_words.movement_in_words(one) == said


@pytest.mark.parametrize(
    ("home", "polarity", "judged", "place"),
    [
        (50, "higher", None, "better"), (50, "lower", None, "worse"), (50, "neutral", None, "higher"),
        (10, "higher", None, "worse"), (10, "band", None, "lower"), (30, "higher", None, "usual"),
        (50, "higher", "middle", "usual"), (30, "lower", "worst_quarter", "worse"), (20, "lower", None, "usual"),
    ],
)  # fmt: skip
def test_a_place_is_beyond_the_middle_half_or_as_it_was_judged(
    home: float, polarity: str, judged: str | None, place: str
) -> None:
    """The judgement knows margins of error, so it goes before what the quartiles say; their ends are within."""
    one = type("Row", (), {"home": home, "q1": 20, "q3": 40, "peers": 12, "decimals": 0, "polarity": polarity,
                           "judged": judged})  # fmt: skip
    assert peer_words.place(one) == place
