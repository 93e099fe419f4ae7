"""The council among its peers: a worked example, the gate, polarity, margins of error and falling behind."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.catalogue import Measure
from scorecard.judge.panel import Panel
from scorecard.judge.peers.comparability import common_periods, counted_from, depends_on_size, limits_of
from scorecard.judge.peers.comparison import PeerComparison, compare
from scorecard.judge.peers.findings import ordinal, peers_finding
from scorecard.periods import Period, between

APRIL_2023 = 2023 * 12 + 3
PEERS_NOW = [40.0, 41.0, 42.0, 44.0, 44.8, 45.0, 46.0, 47.0, 47.8, 49.0, 51.0, 53.0]


def measure(**changes: Any) -> Measure:
    """A yearly share, higher is better."""
    entry = {
        "title": "Recycling", "definition": "Share recycled.", "theme": "t", "service": "s", "unit": "%", "decimals": 1,
        "polarity": "higher", "frequency": "year", "figures": {"source": "f", "value": "v"},
    }  # fmt: skip
    return Measure.model_validate({**entry, **changes})


def year(at: int) -> Period:
    """Year 0 is 2023/24."""
    return between(APRIL_2023 + 12 * at, APRIL_2023 + 12 * at + 11)


def panel(of: Measure, values: list[list[float]], first: int = 0, **arrays: Any) -> Panel:
    """Rows of areas, columns of years from `first` on."""
    array = np.array(values, dtype=float)
    nothing = np.full(array.shape, np.nan)
    given = {name: arrays.get(name, nothing) for name in ("numerators", "denominators", "lower", "upper")}
    return Panel(
        "m", of, tuple(f"A{row}" for row in range(len(array))),
        tuple(year(first + at) for at in range(array.shape[1])), array,
        markers=np.full(array.shape, None, dtype=object), exists=~np.isnan(array), regular=True, **given,
    )  # fmt: skip


def compared(home: list[float], peers: list[list[float]], of: Measure | None = None, **more: Any) -> PeerComparison:
    """The comparison of one council with peers, both from 2023/24."""
    of = of or measure()
    found = compare(panel(of, [home]), panel(of, peers), **more)
    assert found is not None
    return found


def moving(by: float = 0.3) -> list[list[float]]:
    """Twelve peers, each of which rose by about `by` over the year."""
    wobble = [-0.3, 0.3, -0.2, 0.2, -0.1, 0.1, 0.0, 0.0, -0.1, 0.1, -0.2, 0.2]
    return [[now - by - extra, now] for now, extra in zip(PEERS_NOW, wobble, strict=True)]


def test_the_worked_example() -> None:
    """Middle and quarters of twelve figures by hand, the place among thirteen, and both changes."""
    found = compared([44.9, 43.7], moving())
    assert found.peers is not None
    assert (found.peers.q1, found.peers.median, found.peers.q3) == pytest.approx((43.5, 45.5, 48.1))
    assert (found.rank, found.of, found.status) == (10, 13, "worse_than_middle")
    said = peers_finding(found, measure(), "Alderbrook")
    assert said.sentence == (
        "At 43.7% in 2024/25 Alderbrook is 10th of 13, the best first; half of its peers lie between 43.5 and 48.1% "
        "(middle 45.5%). Over the year it fell by 1.2 points while the middle peer rose by 0.3."
    )
    assert said.evidence["quartile"] == 3
    assert said.evidence["peers_change"] == pytest.approx(0.3)
    assert said.adverse is None


def test_falling_behind_is_bad_news_and_its_mirror_good() -> None:
    """In the worst quarter and fallen further than the middle half; in the best and risen further."""
    behind, ahead = compared([44.9, 41.2], moving()), compared([48.9, 54.0], moving())
    assert (behind.status, behind.adverse) == ("worst_quarter", True)
    assert (ahead.status, ahead.adverse) == ("best_quarter", False)
    assert compared([40.7, 41.0], moving()).adverse is None
    assert compared([50.7, 49.0], moving()).adverse is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(-500, 500), min_size=2, max_size=2), min_size=5, max_size=15),
    st.lists(st.integers(-500, 500), min_size=2, max_size=2),
)
def test_reversed_polarity_mirrors(peers: list[list[float]], home: list[float]) -> None:
    """What is best of higher-is-better is best of lower-is-better on the figures turned round."""
    straight = compared([float(each) for each in home], peers)
    turned = compared(
        [-float(each) for each in home], [[-b for b in each] for each in peers], measure(polarity="lower")
    )
    assert (straight.status, straight.rank, straight.adverse) == (turned.status, turned.rank, turned.adverse)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(12)))
def test_the_order_of_peers_changes_nothing(order: list[int]) -> None:
    """No peer is more of a peer than another."""
    peers = moving()
    assert compared([44.9, 43.7], [peers[at] for at in order]) == compared([44.9, 43.7], peers)


def test_equals_share_a_place_as_shown() -> None:
    """44.04 reads as 44.0, so it stands beside the peer at 44.0."""
    found = compared([44.9, 44.04], moving())
    assert (found.rank, found.joint) == (9, True)
    assert "joint 9th of 13" in peers_finding(found, measure(), "Ashby").sentence


def test_too_few_peers_say_nothing() -> None:
    """Four peers are no group, and a missing figure is none of the five."""
    assert compared([44.0, 43.0], moving()[:4]).status == "no_peers"
    five = moving()[:5]
    five[0][1] = np.nan
    found = compared([44.0, 43.0], five)
    assert found.period == year(0)
    assert compare(panel(measure(), [[44.0]]), panel(measure(), [[np.nan]] * 6)) is None


def test_the_latest_shared_period_is_compared_and_its_age_said() -> None:
    """Ours goes a year further: the year before is compared, and the peers are said to be older."""
    found = compared([44.9, 43.7, 41.0], moving())
    assert (found.period, found.lag) == (year(1), 12)
    assert "The peers' latest figures are 12 months older than its own." in peers_finding(
        found, measure(), "Ashby"
    ).sentence  # fmt: skip
    stale = compared([44.9, 41.2, *([41.0] * 3)], moving())
    assert (stale.status, stale.adverse) == ("worst_quarter", None)


def test_no_figure_from_before_a_break_is_compared() -> None:
    """Counted differently since April 2025: 2024/25 is no match, and the finding says why."""
    changed = {
        "decision": "amended", "on": "2025-04-01", "reason": "r", "approved_by": "c", "breaks_comparability": True,
    }  # fmt: skip
    of = measure(lifecycle=[changed])
    found = compared([44.9, 43.7, 41.0], moving(), of)
    said = peers_finding(found, of, "Ashby")
    assert (said.status, said.adverse) == ("not_comparable", None)
    assert said.sentence == (
        "Ashby cannot be compared with its peers: it has been counted differently since 1 April 2025, and its peers' "
        "figures end before that."
    )
    newer = compared([44.9, 43.7, 41.0], [[*each, each[1]] for each in moving()], of)
    assert (newer.period, newer.change, newer.counted_from) == (year(2), None, year(2).start)
    assert counted_from(measure(rebases=[{"on": "2025-04-01", "reason": "r"}]), year(2).start) is None


def test_plain_numbers_are_not_compared() -> None:
    """A large council has more households; a rate, a share, a cost and a time mean the same in any."""
    of = measure(unit="households", polarity="lower")
    said = peers_finding(compared([44.9, 43.7], moving(), of), of, "Ashby")
    assert said.status == "not_comparable"
    assert said.sentence.endswith("a plain number depends on how large a council is.")
    plain = ("%", "£", "£ per home", "per 1,000 people", "kg per household", "out of 10", "working days", "days")
    assert not [unit for unit in plain if depends_on_size(unit)]
    assert all(depends_on_size(unit) for unit in ("tonnes", "households", "complaints"))


def test_another_source_is_noted() -> None:
    """Two sources seldom count alike: the reader is told, and the comparison stands."""
    of = measure()
    common = common_periods(panel(of, [[44.9, 43.7]]), panel(of, moving()), "the waste return", "WasteDataFlow")
    assert len(common.columns) == 2
    assert common.notes == ("Its own figure comes from the waste return, its peers' from WasteDataFlow.",)


def test_overlapping_intervals_cannot_be_told_apart() -> None:
    """Published limits that reach the middle peer's leave nothing to say but that."""
    of = measure()
    limits = {"lower": np.array([[42.0, 39.0]]), "upper": np.array([[48.0, 45.0]])}
    theirs = np.array(moving())
    peers = panel(of, moving(), lower=theirs - 1, upper=theirs + 1)
    found = compare(panel(of, [[44.9, 41.0]], **limits), peers)
    assert found is not None
    assert (found.status, found.told_apart, found.adverse) == ("middle", False, None)
    assert "cannot be told apart from the middle of its 12 peers" in peers_finding(found, of, "Ashby").sentence
    tight = {"lower": np.array([[44.8, 40.9]]), "upper": np.array([[45.0, 41.1]])}
    apart = compare(panel(of, [[44.9, 41.0]], **tight), peers)
    assert apart is not None
    assert (apart.status, apart.told_apart) == ("worst_quarter", True)


def test_a_few_cases_are_as_uncertain_as_a_survey() -> None:
    """4 of 10 are somewhere between 12 and 74% (Clopper and Pearson), which holds the middle of 45.5."""
    of = measure(figures={"source": "f", "numerator": "n", "denominator": "d", "per": 100})
    home = panel(of, [[50.0, 40.0]], numerators=np.array([[5.0, 4.0]]), denominators=np.array([[10.0, 10.0]]))
    lower, upper = limits_of(home)
    assert (lower[0, 1], upper[0, 1]) == pytest.approx((12.16, 73.76), abs=0.01)
    found = compare(home, panel(of, moving()))
    assert found is not None
    assert (found.status, found.adverse) == ("middle", None)


def test_where_neither_end_is_better_there_is_no_place() -> None:
    """Reserves are high or low and never good or bad; nor is a band judged without its ends."""
    of = measure(polarity="neutral")
    found = compared([44.9, 60.0], moving(), of)
    assert (found.status, found.rank, found.adverse) == ("among_highest", None, None)
    assert "stands among 13 councils" in peers_finding(found, of, "Ashby").sentence
    assert compared([44.9, 60.0], moving(), measure(polarity="band")).rank is None
    banded = compared([44.9, 60.0], moving(), measure(polarity="band"), band=(44, 46))
    assert (banded.rank, banded.status) == (13, "worst_quarter")


def test_since_is_the_start_of_the_run() -> None:
    """In the worst quarter for two years of three."""
    peers = [[each[1]] * 3 for each in moving()]
    assert compared([46.0, 40.5, 40.5], peers).since == year(1).start


def test_nobody_moved() -> None:
    """A year without movement is said in one breath."""
    said = peers_finding(compared([43.7, 43.7], moving(0.0)), measure(), "Ashby")
    assert said.sentence.endswith("Over the year neither it nor the middle peer moved.")


def test_a_missing_figure_never_makes_a_flag() -> None:
    """Whatever goes missing, a council in the middle is not called out."""
    rng = np.random.default_rng(1)
    for _ in range(50):
        peers = np.array(moving())
        peers[rng.random(peers.shape) < 0.4] = np.nan
        home = panel(measure(), [[45.2, 45.5]])
        found = compare(home, replace(panel(measure(), peers.tolist())))
        assert found is None or found.adverse is None


@pytest.mark.parametrize(
    ("place", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (13, "13th"), (22, "22nd")]
)
def test_ordinals(place: int, said: str) -> None:
    """As they are spoken."""
    assert ordinal(place) == said
