"""The season of a series: believed only with enough history and evidence, and taken away as regression would."""

import numpy as np
import pytest

from scorecard.judge.change.budget import LONGEST
from scorecard.judge.change.season import Seasonal, without_season
from scorecard.judge.change.stretch import Stretch, stretch_of
from scorecard.judge.panel import Figures


def stretch(values: Figures, phases: int) -> Stretch:
    """Series that begin with the first phase of a year."""
    columns = np.arange(values.shape[1])
    return stretch_of(values, np.zeros_like(columns), columns % phases)


def regression(values: Figures, design: Figures) -> tuple[Figures, list[float]]:
    """Residuals of one series by least squares, and what is left of a shift of its 1 to LONGEST latest figures."""
    held = ~np.isnan(values)
    design, values = design[held], values[held]
    hat = design @ np.linalg.pinv(design)
    left = np.eye(len(values)) - hat
    weights = []
    for length in range(1, LONGEST + 1):
        shift = np.zeros(len(values))
        shift[len(values) - length :] = 1
        weights.append(float(shift @ left @ shift))
    return left @ values, weights


def compared(found: Seasonal, row: int, values: Figures, design: Figures) -> None:
    """The row is what regression on the design gives."""
    residuals, weights = regression(values, design)
    assert found.residuals[row][len(found.residuals[row]) - len(residuals) :] == pytest.approx(residuals, abs=1e-7)
    assert found.weights[row] == pytest.approx(weights, abs=1e-7)
    assert found.parameters[row] == np.linalg.matrix_rank(design)


def waves(periods: int) -> Figures:
    """A level, a yearly and a half-yearly wave."""
    angle = 2 * np.pi * np.arange(periods) / 12
    turns = [turn(n * angle) for n in (1, 2) for turn in (np.sin, np.cos)]
    return np.column_stack([np.ones(periods), *turns])


def test_without_a_season_only_the_mean_goes() -> None:
    """Figures about 50 with no season keep their distances from the mean, missing ones left out."""
    values = np.random.default_rng(3).normal(50, 5, (6, 36))
    values[0, 7] = np.nan
    found = without_season(stretch(values, 12), 12)
    assert not found.has_season.any()
    for row in range(6):
        compared(found, row, values[row], np.ones((36, 1)))


def test_a_smooth_season_is_fitted_with_waves() -> None:
    """A yearly wave with gaps is taken away by five numbers, as regression on waves does."""
    random = np.random.default_rng(4)
    values = 100 + 30 * np.sin(2 * np.pi * np.arange(36) / 12) + random.normal(0, 5, (5, 36))
    values[1, [4, 20]] = np.nan
    found = without_season(stretch(values, 12), 12)
    assert found.has_season.all()
    for row in range(5):
        compared(found, row, values[row], waves(36))


def test_a_jagged_season_has_a_mean_for_each_month() -> None:
    """Two waves cannot draw figures that are high every third month; each month then has its own mean."""
    values = np.random.default_rng(5).normal(100, 3, (4, 48)) + 30 * (np.arange(48) % 3 == 2)
    found = without_season(stretch(values, 12), 12)
    assert found.has_season.all()
    for row in range(4):
        compared(found, row, values[row], np.eye(12)[np.arange(48) % 12])


def test_quarters_have_a_mean_each() -> None:
    """A season of quarters is four means."""
    values = np.array([10.0, 20, 40, 15])[np.arange(16) % 4] + np.random.default_rng(6).normal(0, 2, (3, 16))
    found = without_season(stretch(values, 4), 4)
    assert found.has_season.all()
    for row in range(3):
        compared(found, row, values[row], np.eye(4)[np.arange(16) % 4])


@pytest.mark.parametrize(("phases", "periods"), [(12, 23), (4, 11), (1, 10)])
def test_too_short_a_history_has_no_season(phases: int, periods: int) -> None:
    """Under two years of months or three of quarters, and for yearly figures, none is looked for."""
    wave = 100 + 50 * np.sin(2 * np.pi * np.arange(periods) / max(phases, 5))
    assert not without_season(stretch(wave[None], phases), phases).has_season.any()


def test_a_month_that_was_seldom_seen_forbids_a_season() -> None:
    """With one August in three years nothing is known of August."""
    values = (100 + 30 * np.sin(2 * np.pi * np.arange(36) / 12) + np.random.default_rng(7).normal(0, 1, 36))[None]
    assert without_season(stretch(values, 12), 12).has_season.all()
    values[0, [4, 16]] = np.nan
    assert not without_season(stretch(values, 12), 12).has_season.any()


def test_seasons_are_seldom_seen_where_there_are_none() -> None:
    """Of 1,000 series without a season, with a long tail, fewer than one in fifteen is thought to have one."""
    values = np.random.default_rng(8).lognormal(0, 1, (1000, 36))
    assert without_season(stretch(values, 12), 12).has_season.mean() < 0.066


def test_one_wild_figure_is_no_season() -> None:
    """A single figure a hundred standard deviations out does not make its month special."""
    values = np.random.default_rng(9).normal(0, 1, (200, 36))
    values[:, 30] += 100
    assert without_season(stretch(values, 12), 12).has_season.mean() < 0.066
