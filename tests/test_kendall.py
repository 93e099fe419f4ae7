"""Direction of travel beyond chance: exact chances, ties, gaps, and a slope that one wild figure does not tilt."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from scorecard.judge.change.kendall import Kendall, kendall


def of(*figures: float, columns: list[int] | None = None) -> Kendall:
    """One series."""
    return kendall(np.array([figures]), np.array([columns or range(len(figures))]))


@pytest.mark.parametrize("count", range(3, 8))
def test_chances_are_those_of_all_orders(count: int) -> None:
    """For up to seven figures every order is tried, and the share with a score as far out is the chance."""
    orders = np.array(list(permutations(range(count))), dtype=float)
    found = kendall(orders, np.tile(np.arange(count), (len(orders), 1)))
    for score in np.unique(np.abs(found.score)):
        share = np.mean(found.score >= score)
        assert found.chance[np.abs(found.score) == score] == pytest.approx(share)


@given(st.integers(3, 30), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_chances_agree_with_scipy(count: int, seed: int) -> None:
    """Two-sided exact chances of scipy are twice ours, as long as that is no more than one."""
    figures = np.random.default_rng(seed).standard_normal(count)
    exact = kendalltau(np.arange(count), figures, method="exact").pvalue
    assert min(1.0, 2 * of(*figures).chance[0]) == pytest.approx(exact)


def test_five_falls_in_a_row_have_one_chance_in_720() -> None:
    """Six figures, each below the one before: one order of 6! = 720."""
    found = of(6, 5, 4, 3, 2, 1)
    assert (found.score[0], found.slope[0]) == (-15, -1)
    assert found.chance[0] == pytest.approx(1 / 720)


def test_equal_figures_count_neither_way() -> None:
    """A tie makes a rise less sure, never surer."""
    assert of(1, 2, 2, 3).score[0] == 5
    assert of(1, 2, 2, 3).chance[0] >= of(1, 2, 2.5, 3).chance[0]
    assert of(4, 4, 4, 4).chance[0] > 0.5


def test_a_missing_period_makes_the_slope_no_steeper() -> None:
    """10 a period, also where the third and fourth periods are missing."""
    assert of(10, 20, np.nan, np.nan, 50, columns=[0, 1, 2, 3, 4]).slope[0] == pytest.approx(10)
    assert of(10, 20, 50, columns=[0, 1, 4]).slope[0] == pytest.approx(10)


def test_one_wild_figure_does_not_tilt_the_slope() -> None:
    """The middle slope stays at 1 with one figure a hundred too high."""
    assert of(1, 2, 3, 104, 5, 6, 7).slope[0] == pytest.approx(1, abs=0.3)


def test_too_few_figures_say_nothing() -> None:
    """One figure has no slope, two have no chance that means anything, none are no fault."""
    assert np.isnan(of(5.0).slope[0])
    assert of(5.0, 4.0).chance[0] == 1
    assert of(np.nan, np.nan).count[0] == 0
    assert np.isnan(of(np.nan, np.nan).slope[0])


def test_series_do_not_mix() -> None:
    """Series of different lengths are judged each by its own number of figures."""
    values = np.array([[np.nan, np.nan, 1, 2, 3], [1, 2, 3, 4, 5], [5, 4, 3, 2, 1]])
    found = kendall(values, np.tile(np.arange(5), (3, 1)))
    assert found.count.tolist() == [3, 5, 5]
    assert found.score.tolist() == [3, 10, -10]
    assert found.chance == pytest.approx([1 / 6, 1 / 120, 1 / 120])
